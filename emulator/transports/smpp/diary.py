"""What sessions said, for the journal: octets as they were, decoded when somebody looks."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from emulator.core.events import Kind
from emulator.core.journal import Exchange
from emulator.space import Space
from emulator.wire.smpp import pdus
from emulator.wire.smpp.fields import Malformed
from emulator.wire.smpp.pdus import HEADER
from emulator.wire.smpp.statuses import CommandStatus

SURFACE = "smpp"

HIDDEN = b"***"

KNOWN = frozenset(CommandStatus)

KEYED = frozenset({"bind_transmitter", "bind_receiver", "bind_transceiver", "outbind"})
"""Commands with a password in them."""

log = logging.getLogger("smslab")


class Decoded(Mapping[str, object]):
    """The fields of a PDU by name, read when they are asked for: most are never looked at."""

    __slots__ = ("_octets",)

    def __init__(self, octets: bytes) -> None:
        self._octets = octets

    def __getitem__(self, name: str) -> object:
        return self._read()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def values(self) -> Any:
        return self._read().values()

    def items(self) -> Any:
        return self._read().items()

    def _read(self) -> dict[str, object]:
        if len(self._octets) < HEADER.size:
            return {}
        try:
            pdu = pdus.read(self._octets)
        except Malformed as error:
            return {"malformed": str(error), **{name: shown(value) for name, value in error.read.items()}}
        both = {**pdu.fields, **{str(name): value for name, value in pdu.options.items()}}
        return {"sequence_number": pdu.sequence, **{name: shown(value) for name, value in both.items()}}


def shown(value: object) -> object:
    """A field as JSON has it."""
    if isinstance(value, bytes):
        return value.hex()
    return [shown(one) for one in value] if isinstance(value, tuple) else value


Note = tuple[str, bytes, bytes, int]
"""A command, its octets, those of the answer, and the status in that."""


@dataclass(frozen=True, slots=True)
class Page:
    """What was said together in one session, as exchanges when somebody looks: few are ever looked at."""

    at: datetime
    account: str | None
    notes: Sequence[Note]

    def __len__(self) -> int:
        return len(self.notes)

    def item(self, place: int, id: int) -> Exchange:
        command, octets, answer, status = self.notes[place]
        return Exchange(
            at=self.at,
            surface=SURFACE,
            method=command,
            target=SURFACE,
            headers=(),
            body=octets,
            id=id,
            account=self.account,
            fields=Decoded(octets),
            status=status,
            answer=answer,
            size=_size(self.notes[place]),
        )

    @property
    def each(self) -> int:
        """Octets that each of its exchanges takes, about."""
        return sum([_size(note) for note in self.notes]) // len(self.notes)


class Diary:
    """The journal of one session: entries are gathered and kept together."""

    def __init__(self, space: Space, account: str | None = None) -> None:
        self._space, self.account = space, account
        self._notes: list[Note] = []

    def note(self, command: str, asked: bytes, answer: bytes, status: int) -> None:
        """A request of either side and its answer, as octets."""
        self._notes.append((command, masked(asked) if command in KEYED else asked, answer, status))

    def keep(self) -> None:
        """Let everybody see what was noted."""
        notes, self._notes = self._notes, []
        if not notes:
            return
        page = Page(self._space.clock.now(), self.account, notes)
        each = page.each
        kept = self._space.journal.keep_page(page, each)
        self._space.feed.tell(page.at, Kind.EXCHANGE, kept, each)
        if log.isEnabledFor(logging.INFO):
            for entry in kept:
                log.info("%s", line(self._space, entry))


def _size(note: Note) -> int:
    """About: the fields would have to be read for it."""
    return 3 * (len(note[1]) + len(note[2]))


def line(space: Space, entry: Exchange) -> str:
    """An exchange for the log: who, what, which message, and how it was answered."""
    asked = f"space {space.name!r} account {entry.account!r}: SMPP {entry.method}"
    said = pdus.header(entry.answer).command if entry.answer else "no answer"
    about = message(entry.answer) or message(entry.body)
    return " ".join(
        [f"{asked} -> {said} {status(entry.status)}", *(["message", repr(about)] if about else [])]
    )


def message(octets: bytes) -> str:
    """The message_id that a PDU names; empty where it names none."""
    fields = Decoded(octets)
    return str(fields.get("message_id") or fields.get("receipted_message_id") or "")


def status(value: int) -> str:
    """A command_status by the name that the specification has for it."""
    return f"ESME_{CommandStatus(value).name}" if value in KNOWN else f"{value:#010x}"


def masked(octets: bytes) -> bytes:
    """A bind without its password, whose length it no longer tells either; nothing of one that has none."""
    head, end, rest = octets[HEADER.size :].partition(b"\0")
    _, last, after = rest.partition(b"\0")
    if not (end and last):
        return octets[: HEADER.size]
    body = head + end + HIDDEN + last + after
    return HEADER.pack(HEADER.size + len(body), *HEADER.unpack_from(octets)[1:]) + body
