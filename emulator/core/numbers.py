"""One way to write a number: the digits of its international form, nothing else."""

import re

_INTERNATIONAL = re.compile(r"(?:\+|00)?([1-9][0-9]*)", re.ASCII)


def msisdn(text: str, *, fewest: int = 8, most: int = 15) -> str | None:
    """The digits without `+` or `00`; None if the text is no international number of that length."""
    found = _INTERNATIONAL.fullmatch(text)
    return found[1] if found and fewest <= len(found[1]) <= most else None
