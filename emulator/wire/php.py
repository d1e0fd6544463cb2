"""How PHP reads a request: names and values of query strings and forms, and what it takes for a value."""

import re
from collections.abc import Mapping
from functools import lru_cache

MOST_FIELDS = 1000
"""PHP's max_input_vars: what comes after is not read."""

LONGEST_KNOWN = 64
"""Octets of a name that is remembered once it is read: clients repeat names, unless they mean harm."""

_ESCAPES = re.compile(rb"(?:%[0-9A-Fa-f]{2})+")
_UNDERSCORED = str.maketrans(". ", "__")


def fields(octets: bytes, *, first_wins: bool = False, errors: str = "replace") -> dict[str, str]:
    """Percent-decoded UTF-8 fields. Of a repeated name the last value counts; arrays are left out.

    Octets that are no UTF-8 become U+FFFD, or what `errors` says. Dots and blanks in names become
    underscores.
    """
    pairs = [pair.partition(b"=") for pair in octets.split(b"&", MOST_FIELDS)[:MOST_FIELDS]]
    ordered = reversed(pairs) if first_wins else pairs
    found = {_name(name): decoded(value, errors) for name, _, value in ordered}
    found.pop("", None)
    return found


def decoded(octets: bytes, errors: str = "replace") -> str:
    """What a percent-encoded form value stands for."""
    if octets.isalnum():  # most are: user names, numbers, words
        return octets.decode("ascii")
    return _ESCAPES.sub(_unescaped, octets.replace(b"+", b" ")).decode("utf-8", errors)


def merged(query: Mapping[str, str], body: Mapping[str, str]) -> dict[str, str]:
    """What $_REQUEST holds: the body counts where both give a name."""
    return {**query, **body}


def given(value: str) -> bool:
    """Whether `if ($value)` holds: of all texts two are taken for none."""
    return value not in ("", "0")


def _name(octets: bytes) -> str:
    """A field's name; empty for an array, which is no field."""
    return _known(octets) if len(octets) <= LONGEST_KNOWN else _spelled(octets)


def _spelled(octets: bytes) -> str:
    name = decoded(octets).lstrip(" ").translate(_UNDERSCORED)
    return "" if "[" in name else name


_known = lru_cache(maxsize=1024)(_spelled)


def _unescaped(run: re.Match[bytes]) -> bytes:
    return bytes.fromhex(run[0].replace(b"%", b"").decode())
