"""How PHP writes a structure of values: with json_encode, and with serialize."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Value: TypeAlias = "str | int | float | Mapping[str, Value] | Sequence[Value] | None"
"""Of a Mapping the order counts. Without lone surrogates: PHP has octets, and those stand for none."""

_DELETED = "\\u007f"
_DELETE = re.compile(r"\\u007f|\\\\")

_written = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


def encoded(value: Value) -> str:
    """What json_encode writes: ASCII alone, slashes escaped, no fraction of a number that has none."""
    written = _written(_shortened(value)).replace("/", "\\/")
    return _DELETE.sub(_kept, written) if _DELETED in written else written


def _kept(found: re.Match[str]) -> str:
    """The character that Python escapes and PHP does not; an escaped backslash is none of it."""
    return "\x7f" if found[0] == _DELETED else found[0]


def serialized(value: Value) -> str:
    """What serialize writes; a text has its length in octets before it."""
    if value is None:
        return "N;"
    if isinstance(value, str):
        return f's:{len(value.encode())}:"{value}";'
    if isinstance(value, int):
        return f"i:{value};"
    if isinstance(value, float):
        return f"d:{number(value)};"
    entries = value.items() if isinstance(value, Mapping) else enumerate(value)
    inside = "".join([serialized(key) + serialized(one) for key, one in entries])
    return f"a:{len(value)}:{{{inside}}}"


def number(value: float) -> str:
    """What PHP prints of a float."""
    return str(_shortened(value))


def _shortened(value: Value) -> Value:
    """The same with every float that is whole as an integer."""
    if isinstance(value, str) or value is None:
        return value
    if isinstance(value, Mapping):
        return {key: _shortened(one) for key, one in value.items()}
    if isinstance(value, Sequence):
        return [_shortened(one) for one in value]
    return int(value) if float(value).is_integer() else value
