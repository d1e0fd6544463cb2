"""How a true SMSC is spoilt: between its PDUs and the driver's."""

import struct
from collections.abc import Callable, Iterable

from conformance.drivers.smpp_frames import Frame
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


def _shelved(
    shelf: list[Miniature], breaks: str, says: str, spoiling: Callable[[Behaviour], Spoiling]
) -> Shelving:
    def shelve(behave: Behaviour) -> Behaviour:
        name = behave.__name__.replace("_", "-")
        shelf.append(Miniature(name=name, breaks=breaks, says=says, wire=spoiling(behave)))
        return behave

    return shelve


def _only(commands: tuple[int, ...], behave: Behaviour) -> Behaviour:
    def behaving(talk: Talk, frame: Frame) -> Iterable[bytes]:
        return (behave if not commands or frame.command in commands else as_it_is)(talk, frame)

    return behaving
