"""Telephone numbers and senders, as far as their digits and letters tell."""

import re

from emulator.providers.ip1.quirks import Quirks

FEWEST = 7
"""Digits of a number that can be reached."""

SENDERS = "a number of 3 to 15 digits, or 3 to 11 letters and digits"

# req: ip1/send/sender-rules ip1/send/sender-digits ip1/senders/rules
_SENDER = re.compile(r"[1-9][0-9]{2,14}|[0-9A-Za-z]{3,11}", re.ASCII)
_NUMERIC = re.compile(r"[1-9][0-9]{2,14}", re.ASCII)
_DIGITS = re.compile(r"[0-9]{1,15}", re.ASCII)

COUNTRY = re.compile(
    "1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]"
    "|21[12368]|2[2346][0-9]|25[0-8]|29[01789]|35[0-9]|37[0-8]|38[0-35-79]|42[013]|50[0-9]|59[0-9]"
    "|67[02-9]|68[0-35-9]|69[0-2]|80[08]|85[02356]|87[08]|88[0-368]|96[0-8]|97[0-79]|99[2-68]"
)
"""The codes that ITU-T has given out."""


def sender(given: object, quirks: Quirks) -> str | None:
    """The sender that a customer means; None if it can be none."""
    # req: ip1/send/sender-plus ip1/senders/plus
    if not isinstance(given, str):
        return None
    if given.startswith("+"):
        bare = given[1:]
        return bare if quirks.leading_plus == "strip" and _NUMERIC.fullmatch(bare) else None
    return given if _SENDER.fullmatch(given) else None


def msisdn(given: object, quirks: Quirks) -> str | None:
    """The number that the blacklist may have; None if it can be none."""
    # req: ip1/blacklist/number ip1/blacklist/plus
    if not isinstance(given, str):
        return None
    bare = given.removeprefix("+") if quirks.leading_plus == "strip" else given
    return bare if _DIGITS.fullmatch(bare) else None


def is_recipient(given: object) -> bool:
    """Whether a call may name it as a recipient: digits, and not too many of them."""
    # req: ip1/recipients/digits ip1/recipients/text-only
    return isinstance(given, str) and _DIGITS.fullmatch(given) is not None


def is_reachable(number: str) -> bool:
    """Whether a number can belong to anybody: of a country, and not too short."""
    # req: ip1/recipients/unparsable
    return len(number) >= FEWEST and COUNTRY.match(number) is not None
