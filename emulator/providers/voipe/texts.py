"""What is sent: the message, cut to its longest; the footer behind it; how many parts that makes."""

import re
from functools import lru_cache
from typing import NamedTuple

from emulator.core.model import Account, Coding
from emulator.core.text import fits_gsm7
from emulator.providers.voipe import people
from emulator.providers.voipe.quirks import Quirks
from emulator.wire.php import given

SINGLE, JOINED = 160, 153  # req: voipe/segments/seven-bit
WIDE_SINGLE, WIDE_JOINED = 70, 67  # req: voipe/segments/unicode

LONGEST_FOOTER = 30
LONGEST_TYPE = 100

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_NUMBER = re.compile(r"([+-]?[0-9]+)?", re.ASCII)


class Worded(NamedTuple):
    """A message with what is put behind it; how both travel, and in how many parts."""

    message: str
    footer: str
    coding: Coding
    parts: int

    @property
    def whole(self) -> str:
        """What a handset shows."""
        return f"{self.message} {self.footer}" if self.footer else self.message


def message(text: str, account: Account, quirks: Quirks) -> str:
    """The text as it is sent: never longer than the account's footer leaves room for."""
    # req: voipe/text/longest voipe/text/longest-anyway voipe/text/unchanged voipe/text/line-ends
    text = _stored(text.replace("\r\n", "\n"), quirks)
    own = people.footer(account)
    most = quirks.max_parts * JOINED - (len(own) + 1 if own else 0)
    return cut(text, most, quirks) if len(text) > most else text


def storable(text: str, quirks: Quirks) -> bool:
    """Whether the server can keep the text: some know no characters beyond the first plane."""
    return not quirks.strict or _ASTRAL.search(text) is None  # req: voipe/text/astral


def fitting(flag: str, type: str, quirks: Quirks) -> bool:
    """Whether the server can keep what a message is to be: some take no word where a number belongs."""
    # req: voipe/text/astral
    return not quirks.strict or (len(type) <= LONGEST_TYPE and _NUMBER.fullmatch(flag) is not None)


def _stored(text: str, quirks: Quirks) -> str:
    """The text as it is kept: a question mark for each octet of what there is no room for."""
    return _ASTRAL.sub("????", text) if quirks.astral == "marks" else text  # req: voipe/text/astral


def footer(asked: str, without: str, account: Account, quirks: Quirks) -> str:
    """What stands behind the message: the footer asked for, else the account's own; nothing `without` it."""
    # req: voipe/pv/footer voipe/pv/nofooter voipe/footer/empty voipe/footer/no-values voipe/footer/quotes
    if given(without):
        return ""
    chosen = asked if given(asked) else people.footer(account)
    return cut(_stored(chosen, quirks).replace('"', "'"), LONGEST_FOOTER, quirks)


def cut(text: str, most: int, quirks: Quirks) -> str:
    """The text cut after so many characters, or octets: of a letter that is split a question mark stays."""
    # req: voipe/text/cut-characters voipe/footer/longest
    if quirks.cut == "characters":
        return text[:most]
    octets = text.encode()
    if len(octets) <= most:
        return text
    kept = octets[:most].decode("utf-8", "ignore")
    return kept if len(kept.encode()) == most else f"{kept}?"


def worded(text: str, footer: str, flag: str, quirks: Quirks) -> Worded:
    """The message with its footer, and the alphabet for both."""
    # req: voipe/footer/appended voipe/segments/footer voipe/pv/unicode voipe/segments/auto-unicode
    whole = f"{text} {footer}" if footer else text
    wide = _asked(flag[:20]) or (quirks.auto_unicode and not fits_gsm7(whole))
    return Worded(
        text, footer, Coding.UCS2 if wide else Coding.GSM7, parts(_length(whole, quirks), wide=wide)
    )


def _length(whole: str, quirks: Quirks) -> int:
    """Characters; octets on a server that is told the alphabet, of a text that needs no other one."""
    # req: voipe/segments/seven-bit voipe/segments/auto-unicode
    in_octets = not (quirks.auto_unicode or whole.isascii()) and fits_gsm7(whole)
    return len(whole.encode()) if in_octets else len(whole)


def parts(length: int, *, wide: bool) -> int:
    """How many parts so many characters take; a sign of the extension table is one of them."""
    # req: voipe/segments/extension
    single, joined = (WIDE_SINGLE, WIDE_JOINED) if wide else (SINGLE, JOINED)
    return 1 if length <= single else -(-length // joined)


@lru_cache(maxsize=64)
def _asked(flag: str) -> bool:
    """Whether the flag is set: PHP reads the number that a text begins with."""
    digits = flag.lstrip("+-")
    return digits[:1].isdecimal() and digits.lstrip("0")[:1].isdecimal()
