"""Whom a call names: numbers, users and groups, with commas between them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from emulator.core.gateway import Gateway
from emulator.core.model import Account
from emulator.providers.voipe import people, phonebook
from emulator.providers.voipe.quirks import Quirks

LONGEST = 20

_NOT_IN_NUMBERS = re.compile(r"[^0-9+]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Destinations as they were read. None stands for a number that got lost on the way."""

    numbers: Sequence[str | None]
    users: Sequence[tuple[str, Account]]
    asked: bool
    """Whether any number was asked for at all."""


def named(to: str, account: Account, gateway: Gateway, quirks: Quirks) -> Named:
    """Everybody whom the text names; nobody where it begins with a comma."""
    # req: voipe/pv/commas voipe/number/words voipe/pv/many voipe/pv/mixed voipe/pv/leading-comma
    # req: voipe/pv/empty-places
    places = [] if to.startswith(",") else [place.strip() for place in to.split(",")]
    users = [place for place in places if place.startswith("@")]
    raw = list(_raw([place for place in places if place and place[0] != "@"], account, gateway))
    gaps = quirks.duplicates == "gaps"
    cleaned = [cleaned for one in _once(raw, gaps=gaps) if (cleaned := number(one or "", account))]
    return Named(
        numbers=_once(cleaned, gaps=gaps),
        users=[(user, found) for user in users if (found := _user(gateway, account, user))],
        asked=bool(raw),
    )


def number(text: str, account: Account) -> str:
    """The number in it, with the prefix that the account is set up with; empty where there is none."""
    # req: voipe/number/cleaned voipe/number/twenty voipe/number/any-length voipe/number/plus
    # req: voipe/number/only-commas voipe/pv/number voipe/pv/international
    if text.isdecimal() and text.isascii() and len(text) <= LONGEST and not account.attributes:
        return text
    kept = _kept(text)
    return _prefixed(kept, account) if kept else ""


def _kept(text: str) -> str:
    """What of a text can be part of a number."""
    return _NOT_IN_NUMBERS.sub("", text)[:LONGEST]


def _prefixed(kept: str, account: Account) -> str:
    """The number as the account's settings have it."""
    # req: voipe/number/prefix voipe/number/local-length
    prefix = _kept(account.attributes.get("replace_zero", ""))  # an administrator may have put anything
    if prefix and kept.startswith("0"):
        kept = prefix + kept[1:]
    elif prefix and str(len(kept)) == account.attributes.get("local_length"):
        kept = prefix + kept
    plus = account.attributes.get("plus", "")
    if plus:
        kept = kept.lstrip("+")
    return f"+{kept}" if plus == "add" else kept


def _raw(places: Sequence[str], account: Account, gateway: Gateway) -> Iterator[str]:
    """The numbers as they were written, groups in the places where they were named."""
    seen: set[str] = set()
    for place in places:
        if place[0] != "#":
            yield place
        elif place not in seen:
            seen.add(place)
            yield from phonebook.members(gateway, account, place[1:])


def _once(many: Sequence[str], *, gaps: bool) -> list[str | None]:
    """Each once. With gaps there is a hole where one stood before, and as many at the end are lost."""
    # req: voipe/pv/duplicates voipe/pv/spellings voipe/group/once
    kept = list(dict.fromkeys(many))
    if not gaps or len(kept) == len(many):
        return [*kept]
    first = {one: place for place, one in reversed([*enumerate(many)])}
    return [one if first[one] == place else None for place, one in enumerate(many[: len(kept)])]


def _user(gateway: Gateway, caller: Account, place: str) -> Account | None:
    """Who is meant by `@name`: nobody who is unknown, banned or the caller."""
    # req: voipe/pv/user voipe/user/echo voipe/user/ignored voipe/user/email voipe/user/twice
    found = people.named(gateway, place[1:])
    if found is None or found.login == caller.login or people.banned(gateway, found):
        return None
    return found
