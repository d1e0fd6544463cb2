"""What bodies are made of: fields that read and write themselves (SMPP 3.4, section 3.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from emulator.wire.smpp.statuses import CommandStatus

Values = dict[str, Any]
"""Fields by name: int, str for C-octet strings, bytes for octets, tuples for lists."""


class Malformed(ValueError):
    """Octets that break their format, after which the next PDU can still be read.

    `status` is what the specification has for it, `read` are the fields that could be read before.
    """

    def __init__(self, status: CommandStatus, text: str) -> None:
        super().__init__(text)
        self.status, self.read = status, Values()


class Field(Protocol):
    """A stretch of a body. `read` puts what stands at an offset into `values`; both give what comes next."""

    def read(self, name: str, octets: bytes, at: int, values: Values) -> int: ...
    def written(self, name: str, values: Mapping[str, Any]) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Int:
    """An unsigned integer, most significant octet first."""

    size: int

    def read(self, name: str, octets: bytes, at: int, values: Values) -> int:
        if at + self.size > len(octets):
            raise short(name)
        values[name] = int.from_bytes(octets[at : at + self.size], "big")
        return at + self.size

    def written(self, name: str, values: Mapping[str, Any]) -> bytes:
        return int(values.get(name, 0)).to_bytes(self.size, "big")


@dataclass(frozen=True, slots=True)
class CString:
    """Characters and a NUL, of at most `size` octets with it; `fixed` ones are empty or exactly so long.

    `status` is for one that is too long or never ends.
    """

    size: int
    status: CommandStatus = CommandStatus.RINVCMDLEN
    fixed: bool = False

    def read(self, name: str, octets: bytes, at: int, values: Values) -> int:
        # req: smpp34/types/c-octet-end smpp34/types/c-octet-endless smpp34/types/c-octet-empty
        end = octets.find(0, at, at + self.size)
        if end < 0:
            raise short(name) if at >= len(octets) else Malformed(self.status, f"{name} does not end")
        if self.fixed and end - at not in (0, self.size - 1):
            raise Malformed(self.status, f"{name} is neither empty nor {self.size - 1} characters long")
        values[name] = octets[at:end].decode("latin-1")
        return end + 1

    def written(self, name: str, values: Mapping[str, Any]) -> bytes:
        written = str(values.get(name, "")).encode("latin-1")
        if len(written) >= self.size or 0 in written:
            raise ValueError(f"{name} takes {self.size - 1} characters, none of them NUL: {values[name]!r}")
        return written + b"\0"


@dataclass(frozen=True, slots=True)
class Counted:
    """Octets behind one that counts them: short_message behind sm_length."""

    most: int

    def read(self, name: str, octets: bytes, at: int, values: Values) -> int:
        if at >= len(octets):
            raise short(name)
        # req: smpp34/submit/length-over smpp34/submit/length-lies smpp34/types/octets-binary
        end = at + 1 + octets[at]
        if octets[at] > self.most or end > len(octets):
            raise Malformed(CommandStatus.RINVMSGLEN, f"{name} cannot have {octets[at]} octets here")
        values[name] = octets[at + 1 : end]
        return end

    def written(self, name: str, values: Mapping[str, Any]) -> bytes:
        octets = bytes(values.get(name, b""))
        if len(octets) > self.most:
            raise ValueError(f"{name} takes {self.most} octets, not {len(octets)}")
        return bytes((len(octets),)) + octets


def short(name: str) -> Malformed:
    """What is wrong with a body that ends before a field."""
    # req: smpp34/framing/body-short
    return Malformed(CommandStatus.RINVCMDLEN, f"the body ends before {name}")
