"""Takes secrets out of what was said before anybody is shown it: by the names of fields, or as they are."""

import re
from collections.abc import Iterable, Sequence, Set
from functools import lru_cache
from urllib.parse import unquote_plus

from emulator.wire.spellings import pattern

HIDDEN = "***"

CREDENTIALS = frozenset({"authorization", "proxy-authorization"})
COOKIES = frozenset({"cookie", "set-cookie"})
"""Header fields whose values are nobody else's business."""

LONGEST = 128
"""Characters of a secret that is searched for; the pattern of a longer one would take long to make."""

MEMBERED = (b"{", b"[", b"<?xml", b"a:")
"""How answers begin that have members."""

_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")


def header(name: str, value: str) -> tuple[str, str]:
    """A field; of credentials only the scheme is left, of cookies nothing."""
    if name.lower() in COOKIES:
        return name, HIDDEN
    if name.lower() not in CREDENTIALS:
        return name, value
    scheme, blank, _ = value.partition(" ")
    return name, scheme + blank + HIDDEN if blank else HIDDEN


def target(text: str, secrets: Set[str], values: Iterable[str] = ()) -> str:
    """The target without the fields of these names; where there are none, without these values."""
    path, mark, query = text.partition("?")
    named = path + mark + form(query, secrets)
    return named if named != text else without(text.encode(), values).decode("utf-8", "replace")


def body(octets: bytes, secrets: Set[str], values: Iterable[str] = ()) -> bytes:
    """A form, of either encoding, JSON or XML without the fields of these names.

    Others without these values; XML too, which may have had no names for them.
    """
    named = _named(octets, secrets) if secrets else octets
    return without(named, values) if named == octets or octets.lstrip().startswith(b"<") else named


def answer(octets: bytes, secrets: Set[str]) -> bytes:
    """An answer in JSON, XML or PHP's own format without the members of these names; pages have none."""
    if not secrets or not octets.lstrip().startswith(MEMBERED):
        return octets
    return _without_members(octets.decode("latin-1"), secrets)


def _named(octets: bytes, secrets: Set[str]) -> bytes:
    return _without_members(form(octets.decode("latin-1"), secrets), secrets)


def _without_members(text: str, secrets: Set[str]) -> bytes:
    for secret, shown in _patterns(frozenset(secrets)):
        text = secret.sub(shown, text)
    return text.encode("latin-1")


def without(octets: bytes, values: Iterable[str]) -> bytes:
    """The octets without these secrets, however they are spelled; nothing of what may hold one too long."""
    text = octets.decode("latin-1")
    # a secret may be part of a longer one, so that this comes first
    possible = sorted([value for value in values if len(value) <= len(text)], key=_longest_first)
    if any(len(value) > LONGEST for value in possible):
        return HIDDEN.encode()
    for value in possible:
        text = pattern(value).sub(_hidden, text)
    return text.encode("latin-1")


def _longest_first(value: str) -> tuple[int, str]:
    return -len(value), value


def _hidden(found: re.Match[str]) -> str:
    """What stands for a secret; within a longer word it is none."""
    start, end = found.span()
    before, after = found.string[max(0, start - 3) : start], found.string[end : end + 1]
    joined = _is_letter(before[-1:]) and not _PERCENT.fullmatch(before)
    return found[0] if joined or _is_letter(after) else HIDDEN


def _is_letter(text: str) -> bool:
    return text.isascii() and text.isalnum()


def form(text: str, secrets: Set[str]) -> str:
    """Pairs of names and values, whichever way the names are spelled."""
    return "&".join(_pair(pair, secrets) for pair in text.split("&"))


def _pair(pair: str, secrets: Set[str]) -> str:
    name, equals, _ = pair.partition("=")
    return f"{name}={HIDDEN}" if equals and unquote_plus(name).strip() in secrets else pair


@lru_cache(maxsize=8)
def _patterns(secrets: frozenset[str]) -> Sequence[tuple[re.Pattern[str], str]]:
    """What is secret in bodies that are no form, after what leads to it, and what is shown in its place."""
    names = "|".join(re.escape(name) for name in sorted(secrets))
    # what has no end is secret as far as it goes: nobody may have been able to read the whole
    part = rf'(\bname="?(?:{names})"?[ \t]*(?:;[^\r\n]*)?\r?\n(?:[^\r\n]+\r?\n){{0,9}}\r?\n).*?(?=\r?\n--|\Z)'
    member = rf'("(?:{names})"\s*:\s*)"(?:[^"\\]|\\.)*"'
    php = rf'(s:\d+:"(?:{names})";s:\d+:)".*?"(?=;)'
    tag = rf"(?:[^\s<>:/]+:)?(?:{names})"
    element = rf"(<{tag}(?:\s[^<>]*)?(?<!/)>).*?(?=</{tag}\s*>|\Z)"
    return (
        (re.compile(part, re.DOTALL), rf"\1{HIDDEN}"),
        (re.compile(member), rf'\1"{HIDDEN}"'),
        (re.compile(php, re.DOTALL), rf'\1"{HIDDEN}"'),
        (re.compile(element, re.DOTALL), rf"\1{HIDDEN}"),
    )
