"""How PHP reads a request: names and values of query strings and forms."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

MOST_FIELDS = 1000
"""PHP's max_input_vars: what comes after is not read."""

_NAMES = str.maketrans(". ", "__")


def fields(octets: bytes, *, first_wins: bool = False) -> dict[str, str]:
    """Percent-decoded UTF-8 fields. Of a repeated name the last value counts; arrays are left out.

    Octets that are no UTF-8 become U+FFFD. Dots and blanks in names become underscores.
    """
    text = octets[: 8 * 2**20].decode("latin-1")
    pairs = parse_qsl(_requoted(text), keep_blank_values=True, errors="replace")[:MOST_FIELDS]
    ordered = reversed(pairs) if first_wins else pairs
    return {name.translate(_NAMES): value for name, value in ordered if "[" not in name}


def merged(query: Mapping[str, str], body: Mapping[str, str]) -> dict[str, str]:
    """What $_REQUEST holds: the body counts where both give a name."""
    return {**query, **body}


def _requoted(text: str) -> str:
    """Raw octets above ASCII as percent escapes, so that they are decoded like all others."""
    if text.isascii():
        return text
    return "".join(letter if letter < "\x80" else f"%{ord(letter):02X}" for letter in text)
