"""Bodies: tables of fields that are read and written as a whole."""

from collections.abc import Mapping
from typing import Any

from emulator.wire.smpp.fields import Field, Malformed, Values
from emulator.wire.smpp.glance import Glance
from emulator.wire.smpp.steps import steps


class Body:
    """A table of fields in the order of the specification."""

    def __init__(self, fields: Mapping[str, Field]) -> None:
        self.fields = fields
        self._steps = tuple(steps(fields))
        self._glance = Glance.of(self._steps)
        self._single = dict[int, Values]()
        """Bodies of one octet as they were read: most answers to deliver_sm have no other."""

    def read(self, octets: bytes, at: int = 0) -> tuple[Values, int]:
        """The fields that stand at an offset, and where they end. Raises Malformed."""
        if len(octets) == at + 1:
            return self._read_single(octets, at)
        return (self._glance and self._glance.read(octets, at, self._read)) or self._read(octets, at)

    def _read_single(self, octets: bytes, at: int) -> tuple[Values, int]:
        known = self._single.get(octets[at])
        if known is not None:
            return known.copy(), at + 1
        values, end = self._read(octets, at)
        if end == at + 1:
            self._single[octets[at]] = values.copy()
        return values, end

    def _read(self, octets: bytes, at: int) -> tuple[Values, int]:
        values: Values = {}
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
