"""Accounts as an administrator makes and removes them, bans them, and puts one below another."""

import re
from collections.abc import Callable

from emulator.core.gateway import Gateway
from emulator.core.model import Account
from emulator.providers.voipe import people
from emulator.providers.voipe.answers import OK, Answer
from emulator.providers.voipe.calls import Call
from emulator.providers.voipe.faults import Declined
from emulator.providers.voipe.people import Level
from emulator.providers.voipe.tokens import drawn

FEWEST, MOST = 3, 30
"""Letters of a name."""

_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_NAME = re.compile(r"[A-Za-z0-9._-]+", re.ASCII)

MANDATORY = ("data_status", "data_username", "data_password", "data_name", "data_email")
OPTIONAL = {
    "data_mobile": "mobile",
    "data_footer": "footer",
    "data_datetime_timezone": "zone",
    "data_language_module": "language",
}


def accountadd(call: Call) -> Answer:
    """A new account, with a token."""
    # req: voipe/accountadd/operation voipe/accountadd/mandatory voipe/accountadd/level
    # req: voipe/accountadd/optional voipe/accountadd/short-password
    if not all(call.value(name) for name in MANDATORY):
        raise Declined("603")
    gateway, name = call.here.gateway, call.value("data_username")
    new = _new(call, name)

    def checked(_: Account, taken: Callable[[str], bool]) -> Account:
        objection = _objection(gateway, name) or contested(gateway, new)
        if objection:
            raise Declined("604", objection)  # req: voipe/accountadd/refused
        return people.described(new, uid=str(people.next_number(gateway)))

    gateway.open_account(call.login, checked)
    return {**OK, "info": f"Account has been added but failed to send email (username: {name})"}


def _new(call: Call, name: str) -> Account:
    status = call.value("data_status")
    return Account(
        provider=people.NAME,
        login=name,
        password=call.value("data_password"),
        key=drawn(call.here, "voipe-token"),
        senders=(),
        attributes={
            "level": status if status in set(Level) else Level.SUBUSER.value,
            "name": call.value("data_name"),
            "email": call.value("data_email"),
            **_optional(call),
        },
    )


def accountremove(call: Call) -> Answer:
    # req: voipe/accountremove/operation voipe/accountremove/unknown voipe/accountremove/refused
    gateway, account = call.here.gateway, named(call, "605")
    if children(gateway, account):
        raise Declined(
            "606", "Unable to delete this user until all subusers under this user have been removed"
        )
    if account.login in (call.account.login, _first(gateway).login):
        raise Declined("606", f"Unable to delete this user (username: {account.login})")
    gateway.close_account(call.login, account.login)
    return {**OK, "info": f"Account has been removed (username: {account.login})"}


def accountban(call: Call) -> Answer:
    # req: voipe/accountban/operation voipe/accountban/unknown voipe/accountban/refused
    gateway, account = call.here.gateway, named(call, "611")
    if account.login == _first(gateway).login:
        raise Declined("612")
    people.amend(gateway, account.login, lambda one: people.described(one, banned="1"))
    return OK


def accountunban(call: Call) -> Answer:
    # req: voipe/accountunban/operation voipe/accountunban/unknown voipe/accountunban/refused
    gateway, account = call.here.gateway, named(call, "613")
    if not account.attributes.get("banned"):
        raise Declined("614")
    people.amend(gateway, account.login, lambda one: people.described(one, banned=""))
    return OK


def parentset(call: Call) -> Answer:
    # req: voipe/parentset/operation voipe/parentset/level voipe/parentset/unknown voipe/parentset/refused
    gateway, account, above = call.here.gateway, named(call, "607"), named(call, "607", "data_parent")
    present = people.parent(gateway, account)
    if people.level(above) is not Level.USER or above.login in (account.login, present and present.login):
        raise Declined("608")
    below = {"level": Level.SUBUSER.value, "parent": above.login}
    people.amend(gateway, account.login, lambda one: people.described(one, **below))
    return OK


def parentget(call: Call) -> Answer:
    # req: voipe/parentget/operation voipe/parentget/unknown voipe/parentget/refused
    gateway, account = call.here.gateway, named(call, "609")
    above = people.parent(gateway, account)
    if above is None:
        raise Declined("610")
    return {**OK, "parent_uid": people.number(gateway, above), "parent": above.login}


def named(call: Call, unknown: str, parameter: str = "data_username") -> Account:
    """The user that is named, blanks and all. Raises Declined."""
    # req: voipe/http/untrimmed
    found = people.named(call.here.gateway, call.asked.untrimmed.get(parameter, ""))
    if found is None:
        raise Declined(unknown)
    return found


def contested(gateway: Gateway, account: Account) -> str:
    """What speaks against the account's address or mobile number; empty for nothing."""
    mail, mobile = people.mail(account), account.attributes.get("mobile", "")
    if mail and not _MAIL.fullmatch(mail):
        return f"Your email format is invalid ({mail})"
    for other in people.everybody(gateway):
        if other.login == account.login:
            continue
        if mail and people.mail(other).lower() == mail.lower():
            return f"Account with this email already exists (email: {mail})"
        if mobile and other.attributes.get("mobile") == mobile:
            # req: voipe/accountadd/mobile
            return f"Account with this mobile number already exists (mobile: {mobile})"
    return ""


def children(gateway: Gateway, account: Account) -> list[Account]:
    """The subusers of a user."""
    return [
        one
        for one in people.everybody(gateway)
        if people.level(one) is Level.SUBUSER and one.attributes.get("parent") == account.login
    ]


def _objection(gateway: Gateway, name: str) -> str:
    """What speaks against the name of a new account; empty for nothing."""
    if not FEWEST <= len(name) <= MOST:
        return f"Username must be at least {FEWEST} characters and maximum {MOST} characters ({name})"
    if not _NAME.fullmatch(name):
        return f"Valid characters for username are alphabets, numbers, underscore, dot and dash ({name})"
    if people.named(gateway, name):
        return f"Account already exists (username: {name})"
    return ""


def _optional(call: Call) -> dict[str, str]:
    above = people.named(call.here.gateway, call.value("data_parent"))
    given = {attribute: call.value(name) for name, attribute in OPTIONAL.items()}
    given["parent"] = above.login if above and people.level(above) is Level.USER else ""
    return {attribute: value for attribute, value in given.items() if value}


def _first(gateway: Gateway) -> Account:
    """The administrator who was there before all others, whom nobody can ban."""
    admins = [one for one in people.everybody(gateway) if people.level(one) is Level.ADMIN]
    return min(admins, key=lambda one: people.number(gateway, one))
