"""What one session was handed, and what comes of it."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple

from emulator.core.pushes import Waiting
from emulator.space import Space
from emulator.wire.smpp import pdus
from emulator.wire.smpp.pdus import UNANSWERED
from emulator.wire.smpp.session import Session
from emulator.wire.smpp.statuses import CommandStatus

LATER = frozenset({CommandStatus.RX_T_APPN, CommandStatus.RMSGQFUL, CommandStatus.RTHROTTLED})
"""Answers to a notice that mean: not now."""


class Handed(NamedTuple):
    """A notice on its way, the octets that carry it, and since when (of the loop's clock)."""

    notice: Waiting
    octets: bytes
    since: float

    @property
    def command(self) -> str:
        return self.notice.notice.command

    @property
    def is_answered(self) -> bool:
        """Whether its kind is answered at all."""
        return self.command not in UNANSWERED


class Hand:
    """Notices by the sequence numbers of the requests that carry them."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._handed: dict[int, Handed] = {}
        self._taken: list[Waiting] = []
        self.bare = False
        """Whether the peer knows no optional parameters."""

    def __len__(self) -> int:
        return len(self._handed)

    def take(self, notices: Sequence[Waiting], now: float) -> Iterator[Handed]:
        """Each as it is to be sent; those that are answered are held until they are."""
        # req: smpp34/framing/own-sequence smpp34/states/tx-no-deliver
        for notice in notices:
            command, body = notice.notice.command, notice.notice.octets
            octets = self._session.told(command, pdus.bare(command, body) if self.bare else body)
            handed = Handed(notice, octets, now)
            if handed.is_answered:
                self._handed[self._session.sequence] = handed
            else:
                self._taken.append(notice)
            yield handed

    def answered(self, sequence: int) -> Handed | None:
        """What an answer is about; it is held no longer."""
        return self._handed.pop(sequence, None)

    def settle(self, notice: Waiting, status: int, space: Space, retry: float) -> None:
        """A notice was answered: it is done with, or tried again after so many seconds."""
        if status in LATER:  # req: smpp34/receipts/temporary-refusal
            until = space.clock.now() + timedelta(seconds=retry)
            space.gateway.agenda.put_off(notice, until)
        else:
            self._taken.append(notice)

    def taken(self) -> list[Waiting]:
        """What reached the peer since the last time."""
        taken, self._taken = self._taken, []
        return taken

    def late(self, before: float) -> list[Waiting]:
        """What was handed over before then, and is not waited for any more."""
        late = [sequence for sequence, handed in self._handed.items() if handed.since < before]
        for sequence in late:
            self._session.give_up(sequence)
        return [self._handed.pop(sequence).notice for sequence in late]

    def emptied(self) -> list[Waiting]:
        """All of it, which is held no longer."""
        handed, self._handed = self._handed, {}
        return [one.notice for one in handed.values()]
