"""What bodies are made of: fields that read and write themselves (SMPP 3.4, section 3.1)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from struct import Struct
from typing import Any, NamedTuple, Protocol

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
            raise _short(name)
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
        end = octets.find(0, at, at + self.size)
        if end < 0:
            raise _short(name) if at >= len(octets) else Malformed(self.status, f"{name} does not end")
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
            raise _short(name)
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


class Destination(NamedTuple):
    """Where a copy of submit_multi goes: an address, or (with a name) a distribution list."""

    ton: int = 0
    npi: int = 0
    address: str = ""
    list_name: str = ""


class Unsuccess(NamedTuple):
    """An address that submit_multi did not reach, and why."""

    ton: int
    npi: int
    address: str
    status: int


@dataclass(frozen=True, slots=True)
class Destinations:
    """number_of_dests and the addresses (section 4.5.1.1)."""

    most: int = 254

    def read(self, name: str, octets: bytes, at: int, values: Values) -> int:
        if at >= len(octets):
            raise _short(name)
        if not 1 <= octets[at] <= self.most:
            raise Malformed(CommandStatus.RINVNUMDESTS, f"{octets[at]} destinations")
        found, at = [], (count_at := at) + 1
        for _ in range(octets[count_at]):
            destination, at = _destination(octets, at)
            found.append(destination)
        values[name] = tuple(found)
        return at

    def written(self, name: str, values: Mapping[str, Any]) -> bytes:
        found: Sequence[Destination] = values[name]
        return bytes((len(found),)) + b"".join(map(_destination_written, found))


@dataclass(frozen=True, slots=True)
class Unsuccesses:
    """no_unsuccess and the addresses with their reasons (section 4.5.2)."""

    def read(self, name: str, octets: bytes, at: int, values: Values) -> int:
        if at >= len(octets):
            raise _short(name)
        found, at = [], (count_at := at) + 1
        for _ in range(octets[count_at]):
            row, at = UNSUCCESS.read(octets, at)
            found.append(Unsuccess(**row))
        values[name] = tuple(found)
        return at

    def written(self, name: str, values: Mapping[str, Any]) -> bytes:
        found: Sequence[Unsuccess] = values.get(name, ())
        return bytes((len(found),)) + b"".join(UNSUCCESS.written(row._asdict()) for row in found)


class Run(NamedTuple):
    """Neighbouring integers, read and written at once: half of a body are such."""

    names: tuple[str, ...]
    form: Struct

    def read(self, octets: bytes, at: int, values: Values) -> int:
        end = at + self.form.size
        if end > len(octets):
            raise _short(self.names[-1])
        values.update(zip(self.names, self.form.unpack_from(octets, at), strict=True))
        return end

    def written(self, values: Mapping[str, Any]) -> bytes:
        return self.form.pack(*[values.get(name, 0) for name in self.names])


class One(NamedTuple):
    """A field under its name."""

    name: str
    field: Field

    def read(self, octets: bytes, at: int, values: Values) -> int:
        return self.field.read(self.name, octets, at, values)

    def written(self, values: Mapping[str, Any]) -> bytes:
        return self.field.written(self.name, values)


class Body:
    """A table of fields in the order of the specification."""

    def __init__(self, fields: Mapping[str, Field]) -> None:
        self.fields = fields
        self._steps = tuple(_steps(fields))
        self._glance = Glance.of(self._steps)

    def read(self, octets: bytes, at: int = 0) -> tuple[Values, int]:
        """The fields that stand at an offset, and where they end. Raises Malformed."""
        return (self._glance and self._glance.read(octets, at)) or self._read(octets, at)

    def _read(self, octets: bytes, at: int) -> tuple[Values, int]:
        values = Values()
        try:
            for step in self._steps:
                at = step.read(octets, at, values)
        except Malformed as error:
            error.read = values
            raise
        return values, at

    def written(self, values: Mapping[str, Any]) -> bytes:
        """The octets; absent fields are null. Raises ValueError for what a field cannot hold."""
        return b"".join([step.written(values) for step in self._steps])


@dataclass(frozen=True, slots=True)
class Glance:
    """A table as one pattern: well-formed bodies, nearly all of them, are read at a third of the cost.

    What does not fit the pattern says nothing of what is wrong: the fields, one by one, find that out.
    """

    form: re.Pattern[bytes]
    integers: Struct
    names: tuple[str, ...]
    """Of all integers, then of all strings."""
    runs: tuple[int, ...]
    strings: tuple[int, ...]
    last: str
    """What is counted by the last octet of the pattern; nothing, if empty."""
    most: int = 0

    @staticmethod
    def of(steps: "Sequence[Run | One]") -> "Glance | None":
        """None for a table with lists in it, and for one without anything to read."""
        last = steps[-1] if steps and isinstance(steps[-1], One) else None
        counted = last.field if last and isinstance(last.field, Counted) else None
        plain = steps[:-1] if counted else steps
        if not plain or any(isinstance(step, One) and not isinstance(step.field, CString) for step in plain):
            return None
        runs = [(index, step) for index, step in enumerate(plain) if isinstance(step, Run)]
        strings = [(index, step) for index, step in enumerate(plain) if isinstance(step, One)]
        return Glance(
            form=re.compile(
                b"".join(_pattern(step) for step in plain) + (b"(.)" if counted else b""), re.DOTALL
            ),
            integers=Struct(">" + "".join(step.form.format[1:] for _, step in runs)),
            names=(*(name for _, run in runs for name in run.names), *(one.name for _, one in strings)),
            runs=tuple(index for index, _ in runs),
            strings=tuple(index for index, _ in strings),
            last=last.name if last and counted else "",
            most=counted.most if counted else 0,
        )

    def read(self, octets: bytes, at: int) -> tuple[Values, int] | None:
        found = self.form.match(octets, at)
        if found is None:
            return None
        groups, end = found.groups(), found.end()
        integers = self.integers.unpack(b"".join([groups[index] for index in self.runs]))
        strings = [groups[index].decode("latin-1") for index in self.strings]
        values = dict(zip(self.names, (*integers, *strings), strict=True))
        if self.last:
            start, end = end, end + octets[end - 1]
            if end > len(octets) or end - start > self.most:
                return None
            values[self.last] = octets[start:end]
        return values, end


def _pattern(step: Run | One) -> bytes:
    if isinstance(step, Run):
        return b"(.{%d})" % step.form.size
    assert isinstance(step.field, CString)  # a table with others has no pattern
    letters = b"(?:[^\\0]{%d})?" if step.field.fixed else b"[^\\0]{0,%d}"
    return b"(" + letters % (step.field.size - 1) + b")\\0"


def _steps(fields: Mapping[str, Field]) -> Iterator[Run | One]:
    for integers, group in groupby(fields.items(), key=lambda item: isinstance(item[1], Int)):
        rows = list(group)
        if integers:
            form = ">" + "".join(_LETTERS[field.size] for _, field in rows if isinstance(field, Int))
            yield Run(tuple(name for name, _ in rows), Struct(form))
        else:
            yield from (One(name, field) for name, field in rows)


_LETTERS = {1: "B", 2: "H", 4: "I"}

ADDRESS = Body({"ton": Int(1), "npi": Int(1), "address": CString(21, CommandStatus.RINVDSTADR)})
LIST = Body({"list_name": CString(21, CommandStatus.RINVDLNAME)})
UNSUCCESS = Body({**ADDRESS.fields, "status": Int(4)})
FORMS = {1: ADDRESS, 2: LIST}
"""What stands behind each dest_flag."""


def _destination(octets: bytes, at: int) -> tuple[Destination, int]:
    if at >= len(octets):
        raise _short("dest_flag")
    form = FORMS.get(octets[at])
    if form is None:
        raise Malformed(CommandStatus.RINVDESTFLAG, f"dest_flag {octets[at]}")
    row, end = form.read(octets, at + 1)
    return Destination(**row), end


def _destination_written(one: Destination) -> bytes:
    flag = 2 if one.list_name else 1
    return bytes((flag,)) + FORMS[flag].written(one._asdict())


def _short(name: str) -> Malformed:
    return Malformed(CommandStatus.RINVCMDLEN, f"the body ends before {name}")
