"""Bodies most of which never change, written for the most part in advance."""

from collections.abc import Callable, Mapping
from typing import Any

from emulator.wire.smpp import options as tlv
from emulator.wire.smpp.pdus import COMMANDS


class Template:
    """The body of a PDU most of which never changes: what is `open` is filled in, the rest is written once.

    Open ones are strings and counted octets among the fields, in the order of the table, and at most one
    string among the options, whose tag is below those of the others.
    """

    def __init__(
        self,
        command: str,
        fields: Mapping[str, Any],
        options: Mapping[str | int, Any],
        open: tuple[str, ...],
        option: str = "",
    ) -> None:
        self._parts, self._open = [b""], list[tuple[int, str, Callable[[str, Mapping[str, Any]], bytes]]]()
        for name, field in COMMANDS[command].body.fields.items():
            if name in open:
                self._open.append((len(self._parts), name, field.written))
                self._parts += (b"", b"")
            else:
                self._parts[-1] += field.written(name, fields)
        self._option = tlv.TABLE[option][0] if option else None
        self._parts += (b"", tlv.written(options))

    def written(self, values: Mapping[str, Any], option: str = "") -> bytes:
        """The octets. Raises ValueError for too much in a field."""
        parts = self._parts.copy()
        for place, name, written in self._open:
            parts[place] = written(name, values)
        if self._option is not None:
            text = option.encode("latin-1") + b"\0"
            parts[-2] = tlv.HEAD.pack(self._option, len(text)) + text
        return b"".join(parts)
