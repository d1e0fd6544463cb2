"""Accounts at run time: shown, opened, changed and closed by customers, as their provider lets them."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from emulator.core.events import Change, Kind
from emulator.core.gateway import Gateway
from emulator.core.model import Account, Login
from emulator.core.refusals import Reason, Refused
from emulator.tests.samples import DEMO, a_gateway, an_account

STRANGER = Login(provider="isms", name="demo", password="wrong")


def a_shop() -> Gateway:
    """Two customers, one of whom has a key, and one of another provider."""
    return a_gateway(
        an_account(), an_account(login="shop", key="k"), an_account(provider="iro", login="elsewhere")
    )


def logins(gateway: Gateway) -> list[str]:
    return [account.login for account in gateway.accounts(DEMO)]


def called(name: str, **changes: Any) -> Callable[[Account, Any], Account]:
    """An account of that name, otherwise like that of who asks."""
    return lambda asking, taken: replace(asking, login=name, **changes)


def test_accounts_are_those_of_the_provider() -> None:
    assert logins(a_shop()) == ["demo", "shop"]


def test_an_account_is_opened_by_what_who_asks_is() -> None:
    gateway = a_shop()

    opened = gateway.open_account(DEMO, called("new", credit=Decimal(0), attributes={"parent": "demo"}))

    assert (opened.login, opened.attributes) == ("new", {"parent": "demo"})
    assert logins(gateway) == ["demo", "shop", "new"]
    assert gateway.credit(Login(provider="isms", name="new", password="secret")) == 0


def test_whoever_opens_an_account_can_see_which_logins_are_taken() -> None:
    def first_free(asking: Account, taken: Callable[[str], bool]) -> Account:
        names = ("demo", "shop", "elsewhere", "new")
        return replace(asking, login=next(name for name in names if not taken(name)))

    assert a_shop().open_account(DEMO, first_free).login == "elsewhere"


@pytest.mark.parametrize("make", [called("shop"), called("new", key="k")], ids=["login", "key"])
def test_what_another_has_is_taken(make: Callable[[Account, Any], Account]) -> None:
    gateway = a_shop()

    with pytest.raises(Refused) as refusal:
        gateway.open_account(DEMO, make)

    assert refusal.value.reasons == {Reason.TAKEN}
    assert logins(gateway) == ["demo", "shop"]


def test_an_account_is_changed_for_who_asks() -> None:
    gateway = a_shop()

    def topped_up(asking: Account, target: Account) -> Account:
        assert asking.login == "demo"
        return replace(target, credit=Decimal(99))

    assert gateway.amend(DEMO, "shop", topped_up).credit == 99

    assert gateway.credit(Login(provider="isms", key="k")) == 99


def test_a_key_that_another_has_is_refused_and_one_s_own_may_stay() -> None:
    gateway = a_shop()

    with pytest.raises(Refused) as refusal:
        gateway.amend(DEMO, "demo", lambda asking, target: replace(target, key="k"))

    assert refusal.value.reasons == {Reason.TAKEN}
    assert gateway.amend(DEMO, "shop", lambda asking, target: target).key == "k"


def test_a_change_that_is_refused_changes_nothing() -> None:
    gateway = a_shop()

    def declined(asking: Account, target: Account) -> Account:
        raise Refused([Reason.BAD_SENDER])

    with pytest.raises(Refused):
        gateway.amend(DEMO, "shop", declined)

    assert logins(gateway) == ["demo", "shop"]


def test_a_closed_account_lets_nobody_in() -> None:
    gateway = a_shop()

    gateway.close_account(DEMO, "shop")

    assert gateway.who(Login(provider="isms", key="k")) is None
    assert logins(gateway) == ["demo"]


def test_what_customers_do_to_accounts_is_told() -> None:
    gateway = a_shop()
    gateway.open_account(DEMO, called("new"))
    gateway.amend(DEMO, "new", lambda asking, target: replace(target, credit=Decimal(5)))
    gateway.close_account(DEMO, "new")

    told: list[Any] = [event.detail for event in gateway.feed.after(0) if event.kind is Kind.ACCOUNT]

    assert [(change, one.login, one.credit) for change, one in told] == [
        (Change.MADE, "new", Decimal(10)),
        (Change.CHANGED, "new", Decimal(5)),
        (Change.REMOVED, "new", Decimal(5)),
    ]


@pytest.mark.parametrize("name", ["nobody", "elsewhere"])
def test_an_account_that_is_none_of_the_provider_is_unknown(name: str) -> None:
    gateway = a_shop()

    for ask in (
        lambda: gateway.close_account(DEMO, name),
        lambda: gateway.amend(DEMO, name, lambda asking, target: target),
    ):
        with pytest.raises(Refused) as refusal:
            ask()
        assert refusal.value.reasons == {Reason.UNKNOWN_ACCOUNT}


def test_a_stranger_learns_and_changes_nothing() -> None:
    gateway = a_shop()

    for ask in (
        lambda: gateway.accounts(STRANGER),
        lambda: gateway.open_account(STRANGER, called("new")),
        lambda: gateway.amend(STRANGER, "shop", lambda asking, target: target),
        lambda: gateway.close_account(STRANGER, "shop"),
    ):
        with pytest.raises(Refused) as refusal:
            ask()
        assert refusal.value.reasons == {Reason.BAD_CREDENTIALS}
