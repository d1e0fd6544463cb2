"""How a true SMSC is spoilt: between its PDUs and the driver's."""

import struct
from collections.abc import Callable, Iterable

from conformance.drivers.smpp_frames import Frame
from conformance.drivers.smpp_pdus import ANSWER, pdu
from conformance.miniature import Miniature
from conformance.relay import Spoiling, Talk, as_it_is

Behaviour = Callable[[Talk, Frame], Iterable[bytes]]
Shelving = Callable[[Behaviour], Behaviour]


def changed(
    frame: Frame,
    *,
    length: int | None = None,
    command: int | None = None,
    status: int | None = None,
    sequence: int | None = None,
    body: bytes | None = None,
) -> bytes:
    """The octets of a PDU in which something else stands; its length fits unless it is given."""
    octets = frame.body if body is None else body
    given = (
        16 + len(octets) if length is None else length,
        frame.command if command is None else command,
        frame.status if status is None else status,
        frame.sequence if sequence is None else sequence,
    )
    return struct.pack(">IIII", *given) + octets


def told(shelf: list[Miniature], breaks: str, says: str, *commands: int) -> Shelving:
    """Shelves what becomes of PDUs of the SMSC: those of the commands, or all."""
    return _shelved(shelf, breaks, says, lambda behave: Spoiling(told=_only(commands, behave)))


def asked(shelf: list[Miniature], breaks: str, says: str, *commands: int) -> Shelving:
    """Shelves what becomes of the driver's PDUs: those of the commands, or all."""
    return _shelved(shelf, breaks, says, lambda behave: Spoiling(asked=_only(commands, behave)))


def heard(
    shelf: list[Miniature], breaks: str, says: str
) -> Callable[[Callable[[Talk, bytes], bytes]], Callable[[Talk, bytes], bytes]]:
    """Shelves what becomes of the driver's octets as they come."""

    def shelve(change: Callable[[Talk, bytes], bytes]) -> Callable[[Talk, bytes], bytes]:
        shelf.append(_miniature(change.__name__, breaks, says, Spoiling(raw=change)))
        return change

    return shelve


def answer(frame: Frame, status: int = 0, body: bytes = b"", *, command: int | None = None) -> bytes:
    """An answer to a request, or what passes for one."""
    given = frame.command | ANSWER if command is None else command
    return pdu(given, body, sequence=frame.sequence, status=status)


def _miniature(name: str, breaks: str, says: str, wire: Spoiling) -> Miniature:
    return Miniature(name=name.replace("_", "-"), breaks=breaks, says=says, wire=wire)


def _shelved(
    shelf: list[Miniature], breaks: str, says: str, spoiling: Callable[[Behaviour], Spoiling]
) -> Shelving:
    def shelve(behave: Behaviour) -> Behaviour:
        shelf.append(_miniature(behave.__name__, breaks, says, spoiling(behave)))
        return behave

    return shelve


def _only(commands: tuple[int, ...], behave: Behaviour) -> Behaviour:
    def behaving(talk: Talk, frame: Frame) -> Iterable[bytes]:
        return (behave if not commands or frame.command in commands else as_it_is)(talk, frame)

    return behaving
