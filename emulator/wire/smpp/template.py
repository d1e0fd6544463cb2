"""Bodies most of which never change, written for the most part in advance."""

from collections.abc import Mapping
from typing import Any

from emulator.wire.smpp import options as tlv
from emulator.wire.smpp.fields import Field
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
        chunks, fields_ = [b""], list[tuple[str, Field]]()
        for name, field_ in COMMANDS[command].body.fields.items():
            if name in open:
                fields_.append((name, field_))
                chunks.append(b"")
            else:
                chunks[-1] += field_.written(name, fields)
        self._first = chunks[0]
        self._open = [
            (name, field_.written, chunk) for (name, field_), chunk in zip(fields_, chunks[1:], strict=True)
        ]
        self._option, self._end = tlv.TABLE[option][0] if option else None, tlv.written(options)

    def written(self, values: Mapping[str, Any], option: str = "") -> bytes:
        """The octets. Raises ValueError for too much in a field."""
        parts = [self._first]
        for name, written, chunk in self._open:
            parts += (written(name, values), chunk)
        if self._option is not None:
            text = option.encode("latin-1")
            parts += (tlv.HEAD.pack(self._option, len(text) + 1), text, b"\0")
        parts.append(self._end)
        return b"".join(parts)
