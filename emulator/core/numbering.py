"""What the numbering plans of the world say of a telephone number, however it is spelled."""

from functools import lru_cache
from typing import NamedTuple


class Number(NamedTuple):
    """What is known of a number: `possible` by its length, `valid` where its range was given out.

    `kind` is one of libphonenumber's words (MOBILE, FIXED_LINE, …, UNKNOWN); `msisdn` has the digits of the
    international form, and is empty for what is no number.
    """

    possible: bool
    valid: bool
    kind: str
    msisdn: str


UNKNOWN = Number(possible=False, valid=False, kind="UNKNOWN", msisdn="")


@lru_cache(maxsize=4096)
def described(text: str, home: str) -> Number:
    """What is known of a number as somebody wrote it; one without its country is of the region `home`."""
    import phonenumbers  # late: many runs never need it

    try:
        parsed = phonenumbers.parse(text, home)
    except phonenumbers.NumberParseException:
        return UNKNOWN
    kind = phonenumbers.PhoneNumberType.to_string(phonenumbers.number_type(parsed))
    return Number(
        possible=phonenumbers.is_possible_number(parsed),
        valid=phonenumbers.is_valid_number(parsed),
        kind=str(kind),
        msisdn=phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164).lstrip("+"),
    )
