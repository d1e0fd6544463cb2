"""How a secret may be spelled in a request, so that it is found wherever it stands."""

import re
from base64 import b64encode
from collections.abc import Iterator
from functools import lru_cache

ENTITIES = {"&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "apos"}

ESCAPED = frozenset('"\\/')
"""What JSON may write behind a backslash."""

OTHER_ENCODINGS = ("latin-1", "utf-16-le", "utf-16-be")
"""Besides UTF-8, which all else is taken to be in."""


@lru_cache(maxsize=1024)
def pattern(secret: str) -> re.Pattern[str]:
    """The secret in octets read as Latin-1: plain, escaped as in XML or JSON, percent-encoded, as base64.

    Each alternative begins with a letter of its own, so that a search skips quickly to where one may begin.
    """
    first, *rest = [list(_letter(letter)) for letter in secret]
    tail = "".join(f"(?:{'|'.join(letter)})" for letter in rest)
    return re.compile("|".join([*(start + tail for start in first), _base64(secret), *_encoded(secret)]))


def _letter(letter: str) -> Iterator[str]:
    octets, number = letter.encode("utf-8", "surrogatepass"), ord(letter)
    if letter in ENTITIES:
        yield f"&{ENTITIES[letter]};"
    yield f"&#0*{number};"
    yield f"&#[xX]0*{_hexadecimal(number)};"
    yield "".join(f"%{_hexadecimal(octet, 2)}" for octet in octets)
    units = letter.encode("utf-16-be", "surrogatepass")
    yield "".join(rf"\\u{_hexadecimal(units[i] << 8 | units[i + 1], 4)}" for i in range(0, len(units), 2))
    if letter in ESCAPED:
        yield re.escape(f"\\{letter}")
    if letter == " ":
        yield r"\+"
    yield re.escape(octets.decode("latin-1"))


def _hexadecimal(number: int, digits: int = 1) -> str:
    """The number in hexadecimal, its letters in either case."""
    written = f"{number:0{digits}x}"
    return "".join(f"[{digit}{digit.upper()}]" if digit.isalpha() else digit for digit in written)


def _base64(secret: str) -> str:
    """As MIME writes it: broken into lines wherever it likes."""
    written = b64encode(secret.encode("utf-8", "surrogatepass")).decode().rstrip("=")
    return r"\s*".join(map(re.escape, written)) + r"(?:\s*=){0,2}"


def _encoded(secret: str) -> Iterator[str]:
    for encoding in OTHER_ENCODINGS:
        octets = secret.encode(encoding, "ignore")
        if octets.decode(encoding) == secret:
            yield re.escape(octets.decode("latin-1"))
