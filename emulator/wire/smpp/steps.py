"""The fields of a table as steps: what is read and written at once."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from struct import Struct
from typing import Any, NamedTuple

from emulator.wire.smpp.fields import Field, Int, Values, short


class Run(NamedTuple):
    """Neighbouring integers, read and written at once: half of a body are such."""

    names: tuple[str, ...]
    form: Struct

    def read(self, octets: bytes, at: int, values: Values) -> int:
        end = at + self.form.size
        if end > len(octets):
            raise short(self.names[-1])
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


Step = Run | One


def steps(fields: Mapping[str, Field]) -> Iterator[Step]:
    """The steps of a table."""
    for integers, group in groupby(fields.items(), key=lambda item: isinstance(item[1], Int)):
        rows = list(group)
        if integers:
            form = ">" + "".join(_LETTERS[field.size] for _, field in rows if isinstance(field, Int))
            yield Run(tuple(name for name, _ in rows), Struct(form))
        else:
            yield from (One(name, field) for name, field in rows)


_LETTERS = {1: "B", 2: "H", 4: "I"}
