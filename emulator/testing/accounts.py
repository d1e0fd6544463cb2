"""The accounts of a space: who may log in, and what they have left."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypedDict, Unpack
from urllib.parse import quote

import msgspec
from msgspec import Struct

from emulator.testing.control import Control
from emulator.testing.values import Account
from emulator.testing.waiting import Missed


class Terms(TypedDict, total=False):
    """What can be said of an account; what is left out stays, or takes its default.

    A `credit` of None is unlimited, `senders` of None are any; `overdraft` is how far below nothing it may
    spend, `submits_per_second` what SMPP holds it to, an attribute of None is taken away.
    """

    password: str
    key: str
    credit: Decimal | float | None
    overdraft: Decimal | float
    senders: Sequence[str] | None
    submits_per_second: int | None
    attributes: Mapping[str, str | None]


class _Known(Struct):
    accounts: list[Account]


class Accounts:
    """The accounts of all providers. A space begins with those of its world."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def get(self, provider: str, login: str) -> Account:
        """The account as it is now. Raises Missed."""
        known = list(iter(self))
        found = [one for one in known if (one.provider, one.login) == (provider, login)]
        if not found:
            there_are = ", ".join(f"{one.provider}/{one.login}" for one in known)
            raise Missed(f"no account {provider}/{login}; there are {there_are or 'none'}")
        return found[0]

    def credit(self, provider: str, login: str = "demo") -> Decimal | None:
        """What an account has left; None is unlimited."""
        return self.get(provider, login).credit

    def put(self, provider: str, login: str, **terms: Unpack[Terms]) -> Account:
        """Make an account, or make it anew; with neither password nor key the login is the password."""
        return self._told("PUT", provider, login, terms)

    def change(self, provider: str, login: str = "demo", **terms: Unpack[Terms]) -> Account:
        """Change what is named of an account; `change("isms", credit=0)` makes it poor."""
        return self._told("PATCH", provider, login, terms)

    def remove(self, provider: str, login: str) -> None:
        self._control.tell("DELETE", _path(provider, login))

    def __iter__(self) -> Iterator[Account]:
        return iter(self._control.get("/accounts", _Known).accounts)

    def _told(self, method: str, provider: str, login: str, terms: Terms) -> Account:
        octets = self._control.tell(method, _path(provider, login), _fields(terms))
        return msgspec.json.decode(octets, type=Account)


def _path(provider: str, login: str) -> str:
    return f"/accounts/{quote(provider, safe='')}/{quote(login, safe='')}"


def _fields(terms: Terms) -> dict[str, object]:
    """The terms as the control API has them: money as numbers, limits below a name of their own."""
    fields: dict[str, object] = {**terms}
    for name, value in fields.items():
        if isinstance(value, Decimal):
            fields[name] = float(value)
    if "submits_per_second" in fields:
        fields["limits"] = {"submits_per_second": fields.pop("submits_per_second")}
    return fields
