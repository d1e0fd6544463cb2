"""The phone book: contacts and groups, as the attributes of an account have them.

An attribute `contact.5` holds contact 5 as `name; number; e-mail address; tags; codes of its groups`,
tags and codes with blanks between them; `group.2` holds group 2 as `name; code; 2`, where the last says that
everybody may write to it. What stands at the end may be left out. Numbers count over all accounts.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from emulator.core.gateway import Gateway
from emulator.core.model import Account
from emulator.providers.voipe.people import everybody

EVERYBODY = "2"
"""The flag of a group that all users may write to."""

_NOT_IN_CODES = re.compile(r"[^A-Za-z0-9_-]")  # req: voipe/group/cleaned


class Contact(NamedTuple):
    """Somebody with a number."""

    id: int
    name: str
    number: str
    mail: str = ""
    tags: str = ""
    codes: str = ""


class Group(NamedTuple):
    """Contacts under a name and a code."""

    id: int
    name: str
    code: str
    flag: str = "0"


def members(gateway: Gateway, account: Account, text: str) -> list[str]:
    """The numbers behind `#text`; none where the account knows no such group."""
    # req: voipe/pv/group voipe/group/members voipe/group/name voipe/group/case voipe/group/ignored
    wanted = _code(text)
    for owner, group in _known(gateway, account):
        if wanted and wanted in (group.code.lower(), group.name.lower()):
            return [one.number for one in _contacts(owner) if group.code in one.codes.split()]
    return []


def contacts(gateway: Gateway, account: Account, part: str) -> list[Contact]:
    """Contacts that have the text somewhere: own ones, and those of groups that are shared."""
    # req: voipe/contact/operation voipe/contact/all voipe/contact/own
    if not part:
        return []
    shared = [(owner, group.code) for owner, group in _known(gateway, account) if owner is not account]
    lent = [one for owner, code in shared for one in _contacts(owner) if code in one.codes.split()]
    wanted = part.lower().strip("%")
    found = [one for one in {*_contacts(account), *lent} if _has(one[1:5], wanted)]
    return sorted(found)


def called(gateway: Gateway, account: Account, number: str) -> str:
    """The name of the first contact with that number; empty for nobody."""
    found = contacts(gateway, account, number)
    return next((one.name for one in found if one.number == number), "")


def groups(gateway: Gateway, account: Account, part: str) -> list[Group]:
    """Groups that have the text in name or code, by their numbers."""
    # req: voipe/contact-group/operation
    wanted = _code(part)
    return sorted(group for _, group in _known(gateway, account) if wanted and _has(group[1:3], wanted))


def _known(gateway: Gateway, account: Account) -> Iterator[tuple[Account, Group]]:
    """The groups that an account may write to: its own before what others share."""
    # req: voipe/group/shared
    for group in _groups(account):
        yield account, group
    for other in everybody(gateway):
        if other.login != account.login:
            yield from ((other, group) for group in _groups(other) if group.flag == EVERYBODY)


def _contacts(account: Account) -> list[Contact]:
    rows = _rows(account, "contact.", 5)
    return sorted(Contact(id, *parts) for id, parts in rows if len(parts) > 1)


def _groups(account: Account) -> list[Group]:
    rows = _rows(account, "group.", 3)
    return sorted(Group(id, *parts) for id, parts in rows if len(parts) > 1)


def _rows(account: Account, prefix: str, columns: int) -> Iterator[tuple[int, list[str]]]:
    for name, text in account.attributes.items():
        number = name.removeprefix(prefix)
        if number != name and number.isdecimal():
            yield int(number), [part.strip() for part in text.split(";")][:columns]


def _code(text: str) -> str:
    return _NOT_IN_CODES.sub("", text).lower()


def _has(texts: Iterable[str], part: str) -> bool:
    return any(part in text.lower() for text in texts)
