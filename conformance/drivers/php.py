"""What PHP's serialize writes, read strictly and by somebody else's hand."""

import re
from typing import TypeAlias

Value: TypeAlias = "bool | int | float | str | list[Value] | dict[str, Value] | None"

HEAD = re.compile(rb"N;|b:([01]);|i:(-?[0-9]+);|d:([-+.0-9E]+);|s:([0-9]+):\"|a:([0-9]+):\{")

DEEPEST = 50  # arrays within arrays


def unserialize(octets: bytes) -> Value:
    """The value; an array that counts from nought is a list. ValueError says where it is none."""
    value, end = _value(octets, 0, 0)
    if end != len(octets):
        raise ValueError(f"octet {end}: something follows the value")
    return value


def _value(octets: bytes, start: int, depth: int) -> tuple[Value, int]:
    head = HEAD.match(octets, start)
    if head is None or depth > DEEPEST:
        raise ValueError(f"octet {start}: no value begins here, {octets[start : start + 20]!r}")
    truth, whole, fraction, length, count = head.groups()
    if length is not None:
        return _text(octets, head.end(), int(length))
    if count is not None:
        return _array(octets, head.end(), int(count), depth)
    if truth is not None:
        return truth == b"1", head.end()
    if whole is not None:
        return int(whole), head.end()
    return (None if fraction is None else float(fraction)), head.end()


def _text(octets: bytes, start: int, length: int) -> tuple[str, int]:
    end = start + length
    if octets[end : end + 2] != b'";':
        raise ValueError(f"octet {start}: the text is not {length} octets long")
    return octets[start:end].decode(), end + 2


def _array(octets: bytes, start: int, count: int, depth: int) -> tuple[Value, int]:
    pairs: list[tuple[Value, Value]] = []
    for _ in range(count):
        key, start = _value(octets, start, depth + 1)
        value, start = _value(octets, start, depth + 1)
        pairs.append((key, value))
    if octets[start : start + 1] != b"}":
        raise ValueError(f"octet {start}: the array does not end after {count} entries")
    if [key for key, _ in pairs] == list(range(count)):
        return [value for _, value in pairs], start + 1
    return {str(key): value for key, value in pairs}, start + 1
