"""Texts with gaps, filled in for each recipient."""

import re
from collections.abc import Mapping

import msgspec

DEFAULT = "default"
"""The name among recipients that stands for nobody: its values are for those who lack them."""

Values = Mapping[str, str]

_GAP = re.compile(r"\{([^{}]*)\}")


def value(given: object) -> str | None:
    """What a value is in a text; None if it can be none."""
    # req: ip1/templating/values
    if isinstance(given, str):
        return given
    if isinstance(given, (bool, float)):
        return msgspec.json.encode(given).decode()
    return str(given) if isinstance(given, int) else None


def filled(body: str, own: Values, others: Values, known: frozenset[str], *, kept: bool) -> str:
    """The text for somebody with these values of one's own, and those of everybody.

    A key that is `known` to somebody but not here leaves nothing, or itself where it is to be `kept`; one
    that nobody knows stands as it was. What is filled in is not looked at again.
    """
    # req: ip1/templating/replaced ip1/templating/default ip1/templating/missing ip1/templating/unknown
    # req: ip1/templating/case ip1/templating/once

    def fill(gap: re.Match[str]) -> str:
        key = gap[1]
        found = own.get(key, others.get(key))
        if found is not None:
            return found
        return "" if key in known and not kept else gap[0]

    return _GAP.sub(fill, body)
