"""Takes the values of secret fields out of a request, before anybody is shown it."""

import re
from collections.abc import Set
from functools import lru_cache
from urllib.parse import unquote_plus

HIDDEN = "***"

CREDENTIALS = frozenset({"authorization", "proxy-authorization", "cookie"})
"""Header fields whose values are nobody else's business."""


def header(name: str, value: str) -> tuple[str, str]:
    """A field; of credentials only the scheme is left."""
    if name.lower() not in CREDENTIALS:
        return name, value
    scheme, blank, _ = value.partition(" ")
    return name, scheme + blank + HIDDEN if blank else HIDDEN


def target(text: str, secrets: Set[str]) -> str:
    path, mark, query = text.partition("?")
    return path + mark + form(query, secrets)


def body(octets: bytes, secrets: Set[str]) -> bytes:
    """A form, of either encoding, or JSON. All other octets stay as they are."""
    if not secrets:
        return octets
    text = form(octets.decode("latin-1"), secrets)
    part, member = _patterns(frozenset(secrets))
    return member.sub(rf'\1"{HIDDEN}"', part.sub(rf"\1{HIDDEN}", text)).encode("latin-1")


def form(text: str, secrets: Set[str]) -> str:
    """Pairs of names and values, whichever way the names are spelled."""
    return "&".join(_pair(pair, secrets) for pair in text.split("&"))


def _pair(pair: str, secrets: Set[str]) -> str:
    name, equals, _ = pair.partition("=")
    return f"{name}={HIDDEN}" if equals and unquote_plus(name).strip() in secrets else pair


@lru_cache(maxsize=8)
def _patterns(secrets: frozenset[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A secret part of a multipart form, and a secret member of a JSON object, after what leads to it."""
    names = "|".join(re.escape(name) for name in sorted(secrets))
    part = rf'(\bname="?(?:{names})"?[ \t]*(?:;[^\r\n]*)?\r?\n(?:[^\r\n]+\r?\n)*\r?\n).*?(?=\r?\n--)'
    return re.compile(part, re.DOTALL), re.compile(rf'("(?:{names})"\s*:\s*)"(?:[^"\\]|\\.)*"')
