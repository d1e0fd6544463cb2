"""One session as a state machine: what may be said when, and which answer belongs to which request.

Nothing outside this module decides states. Section numbers are those of SMPP 3.4, issue 1.2.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from emulator.wire.smpp import pdus
from emulator.wire.smpp.fields import Malformed
from emulator.wire.smpp.pdus import (
    ANSWERS,
    GENERIC_NACK,
    NO_FIELDS,
    NO_OPTIONS,
    UNANSWERED,
    Pdu,
    answer_to,
    is_answer,
)
from emulator.wire.smpp.statuses import CommandStatus
from emulator.wire.smpp.stream import MOST, Stream

LAST_SEQUENCE = 0x7FFFFFFF

MOST_OF_STRANGERS = 4096
"""Octets of the longest PDU from an ESME that is not bound: it may keep an SMSC from forgetting them."""


class Side(StrEnum):
    """The two ends of a session."""

    ESME = "esme"
    SMSC = "smsc"

    @property
    def other(self) -> "Side":
        return Side.SMSC if self is Side.ESME else Side.ESME


class State(StrEnum):
    """How far a session has come (section 2.2)."""

    OPEN = "open"
    OUTBOUND = "outbound"
    BOUND_TX = "bound_tx"
    BOUND_RX = "bound_rx"
    BOUND_TRX = "bound_trx"
    UNBOUND = "unbound"


BOUND = frozenset({State.BOUND_TX, State.BOUND_RX, State.BOUND_TRX})
UNBOUND_YET = frozenset({State.OPEN, State.OUTBOUND})
ALWAYS = frozenset(State) - {State.UNBOUND}
SENDING = frozenset({State.BOUND_TX, State.BOUND_TRX})
RECEIVING = frozenset({State.BOUND_RX, State.BOUND_TRX})

BINDS: Mapping[str, State] = {
    "bind_transmitter": State.BOUND_TX,
    "bind_receiver": State.BOUND_RX,
    "bind_transceiver": State.BOUND_TRX,
}
"""Where each bind leads."""

# req: smpp34/states/rx-no-submit smpp34/states/rx-no-multi smpp34/states/rx-no-query
# req: smpp34/states/rx-no-cancel smpp34/states/rx-no-replace smpp34/states/rx-data smpp34/states/trx-both
# req: smpp34/states/open-no-submit smpp34/states/open-no-others smpp34/states/open-no-unbind
# req: smpp34/states/open-enquire smpp34/states/deliver-from-esme smpp34/bind/before-any
MAY_ASK: Mapping[Side, Mapping[str, frozenset[State]]] = {
    Side.ESME: {
        "bind_transmitter": UNBOUND_YET,
        "bind_receiver": UNBOUND_YET,
        "bind_transceiver": UNBOUND_YET,
        "submit_sm": SENDING,
        "submit_multi": SENDING,
        "data_sm": BOUND,
        "query_sm": SENDING,
        "cancel_sm": SENDING,
        "replace_sm": SENDING,
        "enquire_link": ALWAYS,
        "unbind": BOUND,
    },
    Side.SMSC: {
        "outbind": frozenset({State.OPEN}),
        "deliver_sm": RECEIVING,
        "data_sm": BOUND,
        "alert_notification": RECEIVING,
        "enquire_link": ALWAYS,
        "unbind": BOUND,
    },
}
"""The states in which each end may send each request: those of table 2-1, and two more.

A transceiver may replace, as it has all that a transmitter has (section 2.2); anybody may be asked whether
it is there, before a bind as well.
"""


class Asked(NamedTuple):
    """The peer asks for something, and it may."""

    pdu: Pdu


class Answered(NamedTuple):
    """The peer answers; `to` is the command of what it was asked, None where it was not asked."""

    pdu: Pdu
    to: str | None


@dataclass(frozen=True, slots=True)
class Wrong:
    """What cannot be obeyed, and the answer that the specification has for it; None where it has none."""

    header: pdus.Header
    status: CommandStatus
    why: str
    answer: Pdu | None
    octets: bytes = field(default=b"", repr=False, compare=False)


Heard = Asked | Answered | Wrong


class Session:
    """One end of a session. It neither waits nor sends: it says what was heard and what is to be sent."""

    def __init__(self, side: Side) -> None:
        self.side, self.state = side, State.OPEN
        self._peer_may = MAY_ASK[side.other]
        self._stream = Stream(MOST if side is Side.ESME else MOST_OF_STRANGERS)
        self._sequence = 0
        self._asked: dict[int, str] = {}
        """The commands of our requests that are not answered, by their numbers."""

    @property
    def unanswered(self) -> int:
        """How many of our requests the peer has not answered: the window that is in use."""
        return len(self._asked)

    def heard(self, octets: bytes) -> Iterator[Heard]:
        """What the octets say, one by one: a change of state in between counts. Raises Desynchronised."""
        for frame in self._stream.fed(octets):
            yield self._understood(frame)

    def ask(
        self,
        command: str,
        fields: Mapping[str, Any] | None = None,
        options: Mapping[str | int, Any] | None = None,
    ) -> Pdu:
        """A request to be sent. Raises ValueError in a state that does not allow it."""
        sequence = self._numbered(command)
        return Pdu(command=command, sequence=sequence, fields=fields or {}, options=options or {})

    def told(self, command: str, body: bytes) -> bytes:
        """A request to be sent whose body is written already. Raises ValueError likewise."""
        return pdus.framed(command, self._numbered(command), body)

    @property
    def sequence(self) -> int:
        """The number of the latest request of ours."""
        return self._sequence

    def answer(
        self,
        to: Pdu,
        status: int = CommandStatus.ROK,
        fields: Mapping[str, Any] | None = None,
        options: Mapping[str | int, Any] | None = None,
    ) -> Pdu:
        """The answer to a request of the peer, and the state that it leads to."""
        command = answer_to(to.command)
        if not status:
            self._follow(to.command)
        return Pdu(
            command=command, sequence=to.sequence, status=status, fields=fields or {}, options=options or {}
        )

    def reply(
        self,
        to: Pdu,
        status: int = CommandStatus.ROK,
        fields: Mapping[str, Any] = NO_FIELDS,
        options: Mapping[str | int, Any] = NO_OPTIONS,
    ) -> bytes:
        """The same answer as octets. Raises ValueError for too much in a field."""
        # req: smpp34/framing/any-sequence smpp34/bind/refused-stays-open smpp34/bind/refused-not-bound
        if not status:
            self._follow(to.command)
        return pdus.octets(answer_to(to.command), to.sequence, status, fields, options)

    def give_up(self, sequence: int) -> None:
        """Wait for the answer to a request no longer."""
        self._asked.pop(sequence, None)

    def _numbered(self, command: str) -> int:
        """The number of a request that is sent now. Raises ValueError in a state that does not allow it."""
        # req: smpp34/framing/own-sequence smpp34/framing/no-sequence-zero
        if self.state not in MAY_ASK[self.side].get(command, ()):
            raise ValueError(f"no {command} from the {self.side} while {self.state}")
        self._sequence = self._sequence % LAST_SEQUENCE + 1
        if command == "outbind":
            self.state = State.OUTBOUND
        elif command not in UNANSWERED:
            self._asked[self._sequence] = command
        return self._sequence

    def _understood(self, frame: bytes) -> Heard:
        # req: smpp34/framing/status-unread
        try:
            pdu = pdus.read(frame)
        except Malformed as error:
            return self._garbled(frame, error)
        if pdu.command in ANSWERS:
            return self._answered(pdu)
        if (status := self._objection(pdu.command)) is not None:
            return self._wrong(frame, status, f"{pdu.command} while {self.state}")
        if pdu.command == "outbind":
            self.state = State.OUTBOUND
        return Asked(pdu)

    def _garbled(self, frame: bytes, error: Malformed) -> Heard:
        """What it is and where it belongs is in its header, whatever its body looks like."""
        header = pdus.header(frame)
        command = header.command
        if command and is_answer(command):
            return self._answered(
                Pdu(command=command, sequence=header.sequence, status=header.status, octets=frame)
            )
        misplaced = self._objection(command) if command else None
        return self._wrong(frame, misplaced or error.status, str(error))

    def _objection(self, command: str) -> CommandStatus | None:
        if self.state in self._peer_may.get(command, ()):
            return None
        again = command in BINDS and self.state in BOUND  # req: smpp34/bind/twice
        return CommandStatus.RALYBND if again else CommandStatus.RINVBNDSTS

    def _answered(self, pdu: Pdu) -> Answered:
        asked = self._asked.get(pdu.sequence)
        if asked is None or pdu.command not in (answer_to(asked), GENERIC_NACK):
            return Answered(pdu, None)
        del self._asked[pdu.sequence]
        if not pdu.status and pdu.command != GENERIC_NACK:
            self._follow(asked)
        return Answered(pdu, asked)

    def _wrong(self, octets: bytes, status: CommandStatus, why: str) -> Wrong:
        """Never an answer to an answer; an unknown command has none but generic_nack (section 4.3)."""
        # req: smpp34/framing/nack-unanswered smpp34/framing/reserved-answer-id smpp34/framing/lives-on
        # req: smpp34/states/alert-from-esme
        header = pdus.header(octets)
        command = header.command
        if header.id & pdus.RESPONSE or command in UNANSWERED:
            return Wrong(header, status, why, None, octets)
        answer = answer_to(command) if command else GENERIC_NACK
        said = Pdu(command=answer, sequence=header.sequence, status=status)
        return Wrong(header, status, why, said, octets)

    def _follow(self, command: str) -> None:
        if command in BINDS:
            self.state, self._stream.most = BINDS[command], MOST
        elif command == "unbind":
            self.state = State.UNBOUND
