"""JSON as strangers send it: read as far as memory and stack bear it."""

from collections.abc import Iterable

import msgspec

CONTENT_TYPE = "application/json"

MOST_BRACKETS = 500_000
"""Arrays and objects, each of which takes far more memory than its brackets."""

_read = msgspec.json.Decoder().decode


def decoded(octets: bytes, *, most: int = MOST_BRACKETS, deepest: int | None = None) -> object:
    """The value of a JSON text in UTF-8; `deepest` is how many levels of arrays and objects it may have.

    Of members that stand there twice the last one counts. Raises ValueError.
    """
    brackets = octets.count(b"[") + octets.count(b"{")
    if brackets > most:
        raise ValueError(f"more than {most} brackets")
    try:
        value = _read(octets)
    except RecursionError:
        raise ValueError("nested too deep") from None
    if deepest is not None and brackets > deepest and is_deeper(value, deepest):
        raise ValueError(f"nested deeper than {deepest} levels")
    return value


def is_deeper(value: object, levels: int) -> bool:
    """Whether arrays and objects lie within each other on more levels."""
    level = [value]
    for _ in range(levels):
        level = [one for outer in level for one in _inner(outer) if isinstance(one, (list, dict))]
        if not level:
            return False
    return True


def is_json(label: str) -> bool:
    """Whether a content type is JSON's; its parameters do not matter."""
    if label == CONTENT_TYPE:
        return True
    kind = label.partition(";")[0].strip().lower()
    return kind in {CONTENT_TYPE, "text/json"} or kind.endswith("+json")


def _inner(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()
