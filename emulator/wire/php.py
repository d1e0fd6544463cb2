"""How PHP reads a request: names and values of query strings and forms."""

from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import unquote_to_bytes

MOST_FIELDS = 1000
"""PHP's max_input_vars: what comes after is not read."""

_UNDERSCORED = str.maketrans(". ", "__")


def fields(octets: bytes, *, first_wins: bool = False) -> dict[str, str]:
    """Percent-decoded UTF-8 fields. Of a repeated name the last value counts; arrays are left out.

    Octets that are no UTF-8 become U+FFFD. Dots and blanks in names become underscores.
    """
    pairs = [pair.partition(b"=") for pair in octets.split(b"&", MOST_FIELDS)[:MOST_FIELDS]]
    ordered = reversed(pairs) if first_wins else pairs
    found = {_name(name): decoded(value) for name, _, value in ordered}
    found.pop("", None)
    return found


def decoded(octets: bytes) -> str:
    """What a percent-encoded form value stands for."""
    if octets.isalnum():  # most are: user names, numbers, words
        return octets.decode("ascii")
    return unquote_to_bytes(octets.replace(b"+", b" ")).decode("utf-8", "replace")


def merged(query: Mapping[str, str], body: Mapping[str, str]) -> dict[str, str]:
    """What $_REQUEST holds: the body counts where both give a name."""
    return {**query, **body}


@lru_cache(maxsize=1024)
def _name(octets: bytes) -> str:
    """A field's name; empty for an array, which is no field."""
    name = decoded(octets).lstrip(" ").translate(_UNDERSCORED)
    return "" if "[" in name else name
