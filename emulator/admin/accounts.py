"""Accounts as the control API writes them."""

from dataclasses import replace
from typing import Any

from msgspec import UNSET

from emulator.admin.bodies import AccountBody
from emulator.core.model import Account, Limits


def created(provider: str, login: str, body: AccountBody) -> Account:
    """A new account; without a password its login is its password."""
    return changed(Account(provider=provider, login=login, password=login), body)


def changed(account: Account, body: AccountBody) -> Account:
    """The account with what the body names."""
    given = {name: getattr(body, name) for name in body.__struct_fields__}
    changes: dict[str, Any] = {name: value for name, value in given.items() if value is not UNSET}
    if isinstance(changes.get("senders"), list):
        changes["senders"] = tuple(changes["senders"])
    if body.limits is not UNSET:
        changes["limits"] = Limits(submits_per_second=body.limits.submits_per_second)
    return replace(account, **changes)
