"""What our side of a session says: in order until it goes out, and in the diary before that."""

from typing import Protocol

from emulator.provider import Told
from emulator.transports.smpp.diary import Diary
from emulator.transports.smpp.hand import Handed
from emulator.wire.smpp import pdus
from emulator.wire.smpp.pdus import GENERIC_NACK, Pdu
from emulator.wire.smpp.session import Session, Wrong
from emulator.wire.smpp.statuses import CommandStatus


class Wire(Protocol):
    """The connection that carries it."""

    @property
    def now(self) -> float:
        """Seconds, of the loop's clock."""
        ...

    @property
    def is_full(self) -> bool:
        """Whether the peer leaves too much unread."""
        ...

    def write(self, octets: bytes) -> None: ...
    def trust(self) -> None:
        """Let somebody who is known have more room."""
        ...

    def close(self) -> None: ...
    def abort(self) -> None: ...


class Voice:
    """Octets that wait to be sent, and the diary of what they answer."""

    def __init__(self, session: Session, diary: Diary, wire: Wire) -> None:
        self._session, self.diary, self._wire = session, diary, wire
        self._said: list[bytes] = []

    def reply(self, pdu: Pdu, told: Told | None) -> None:
        """Answer a request; None leaves it without an answer."""
        # req: smpp34/framing/same-sequence smpp34/framing/answer-id smpp34/framing/refused-without-body
        if told is None:
            self.diary.note(pdu.command, pdu.octets, b"", 0)
            return
        answer = self._session.reply(pdu, told.status, told.fields, told.options)
        self._said.append(answer)
        self.diary.note(pdu.command, pdu.octets, answer, told.status)

    def object(self, wrong: Wrong) -> None:
        """Answer what cannot be obeyed, as far as that is answered at all."""
        answer = b""
        if wrong.answer is not None:
            answer = pdus.written(wrong.answer)
            self._said.append(answer)
        name = wrong.header.command or f"{wrong.header.id:#010x}"
        self.diary.note(name, wrong.octets, answer, wrong.status)

    def object_to_length(self, sequence: int) -> None:
        """Say that nothing more can be understood."""
        # req: smpp34/framing/too-short smpp34/framing/too-long
        status = CommandStatus.RINVCMDLEN
        answer = pdus.written(Pdu(command=GENERIC_NACK, sequence=sequence, status=status))
        self._said.append(answer)
        self.diary.note(GENERIC_NACK, b"", answer, status)

    def ask(self, command: str, **fields: str) -> int:
        """Ask the peer for something; the number of the request."""
        request = self._session.ask(command, fields)
        self._said.append(pdus.written(request))
        return request.sequence

    def tell(self, handed: Handed) -> None:
        """Send a notice; what is never answered is in the diary at once."""
        self._said.append(handed.octets)
        if not handed.is_answered:
            self.diary.note(handed.command, handed.octets, b"", 0)

    def send(self) -> None:
        """Let out what was said; whoever gets it finds it in the journal."""
        self.diary.keep()
        said, self._said = self._said, []
        if said:
            self._wire.write(b"".join(said))
