"""Accounts: credentials, credit, senders, limits."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from flask import Response
from msgspec import UNSET

from emulator.admin import views
from emulator.admin.answers import Absent, Taken, Unreadable, nothing, present, shown
from emulator.admin.bodies import AccountBody
from emulator.admin.call import Here
from emulator.core.model import Account, Limits

LONGEST_LOGIN = 200

PLACES = 4
"""Decimal places of an amount."""


def index(here: Here) -> Response:
    return shown({"accounts": [views.account(one) for one in here.space.store.accounts()]})


def put(here: Here, provider: str, login: str, body: AccountBody) -> Response:
    """With neither password nor key the login is the password."""
    _named(here, provider, login)
    with here.space.store.turn():
        new = here.space.store.account(provider, login) is None
        account = changed(Account(provider=provider, login=login), body)
        if not (account.key or account.password):
            account = replace(account, password=login)
        return _kept(here, account, 201 if new else 200)


def patch(here: Here, provider: str, login: str, body: AccountBody) -> Response:
    with here.space.store.turn():
        account = here.space.store.account(provider, login)
        return _kept(here, changed(present(account, f"no account {login!r} of {provider!r}"), body), 200)


def delete(here: Here, provider: str, login: str) -> Response:
    if not here.space.store.drop_account(provider, login):
        raise Absent(f"no account {login!r} of {provider!r}")
    return nothing()


def changed(account: Account, body: AccountBody) -> Account:
    """The account with what the body names."""
    given = {name: getattr(body, name) for name in body.__struct_fields__}
    changes: dict[str, Any] = {name: value for name, value in given.items() if value is not UNSET}
    for name in ("credit", "overdraft"):
        if isinstance(changes.get(name), float):
            changes[name] = amount(changes[name])
    if isinstance(body.senders, list):
        changes["senders"] = tuple(body.senders)
    if body.limits is not UNSET:
        asked = body.limits.submits_per_second
        changes["limits"] = account.limits if asked is UNSET else Limits(submits_per_second=asked)
    if body.attributes is not UNSET:
        changes["attributes"] = _merged(account.attributes, body.attributes)
    return replace(account, **changes)


def amount(value: float) -> Decimal:
    """As it was written, to the places that are kept, without an exponent."""
    return round(Decimal(str(value)), PLACES).normalize() + 0


def _merged(old: Mapping[str, str], new: Mapping[str, str | None]) -> dict[str, str]:
    """As a merge patch has it (RFC 7396): null takes away."""
    return {name: value for name, value in {**old, **new}.items() if value is not None}


def _named(here: Here, provider: str, login: str) -> None:
    """Raises Absent, Unreadable."""
    if provider not in {one.name for one in here.providers}:
        raise Absent(f"no provider {provider!r}")
    if len(login) > LONGEST_LOGIN:
        raise Unreadable(f"a login may have {LONGEST_LOGIN} characters")


def _kept(here: Here, account: Account, status: int) -> Response:
    """Raises Taken."""
    holder = here.space.store.keyed(account.provider, account.key)
    if holder is not None and holder.login != account.login:
        raise Taken(f"the key is that of {holder.login!r} already")
    here.space.store.put_account(account)
    return shown(views.account(account), status)
