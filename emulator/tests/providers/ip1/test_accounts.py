"""The account that calls, and sub-accounts."""

import json
from decimal import Decimal
from typing import Any

import pytest

from emulator.core.model import Account
from emulator.providers.ip1.accounts import balance, currency, document
from emulator.tests.providers.ip1.called import ACCOUNT, KEY, OTHER, OTHER_KEY, Called

CHILDREN = "/api/me/children"
FIRST = "ip1-10003"


@pytest.fixture
def called() -> Called:
    return Called()


def opened(called: Called, name: str = "Sales", key: str = KEY) -> dict[str, Any]:
    """A sub-account that is made, as the answer shows it."""
    answer = called.ask("POST", CHILDREN, {"Name": name}, key=key)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = json.loads(answer.text)
    return found


def an_account(**changes: Any) -> Account:
    return Account(**{"provider": "ip1", "login": ACCOUNT, "key": KEY, **changes})


def test_the_overview_is_in_pascal_case(called: Called) -> None:
    assert called.get("/api/me") == {
        "Account": ACCOUNT,
        "Organization": "Demo AB",
        "Type": "swedish",
        "Balance": 1000.0,
        "Currency": "SEK",
    }


def test_a_main_account_has_no_parent(called: Called) -> None:
    assert called.get("/api/me/account") == {
        "ID": ACCOUNT,
        "Name": "Demo",
        "Key": KEY,
        "Parent": None,
        "Type": "swedish",
        "Balance": 1000.0,
        "Currency": "SEK",
    }


@pytest.mark.parametrize(("credit", "shown"), [(Decimal("-1.25"), -1.25), (Decimal("0.1"), 0.1), (None, 0.0)])
def test_a_balance_is_a_number(credit: Decimal | None, shown: float) -> None:
    assert balance(an_account(credit=credit)) == shown


@pytest.mark.parametrize(
    ("attributes", "shown"),
    [({}, "SEK"), ({"type": "international"}, "EUR"), ({"type": "international", "currency": "SEK"}, "SEK")],
)
def test_the_currency_follows_the_type(attributes: dict[str, str], shown: str) -> None:
    assert currency(an_account(attributes=attributes)) == shown


def test_an_account_without_attributes_is_shown_all_the_same() -> None:
    assert document(an_account()) == {
        "ID": ACCOUNT, "Name": "", "Key": KEY, "Parent": None, "Type": "swedish", "Balance": 0.0,
        "Currency": "SEK",
    }  # fmt: skip


def test_a_sub_account_is_like_the_one_above_but_for_what_it_has(called: Called) -> None:
    child = opened(called)

    assert child == {
        "ID": FIRST,
        "Name": "Sales",
        "Key": child["Key"],
        "Parent": ACCOUNT,
        "Type": "swedish",
        "Balance": 0.0,
        "Currency": "SEK",
    }
    assert called.get(CHILDREN) == [child]
    assert called.get(f"{CHILDREN}/{FIRST}") == child


def test_no_two_sub_accounts_share_an_id_or_a_key(called: Called) -> None:
    children = [opened(called), opened(called), opened(called, key=OTHER_KEY)]

    assert len({child["ID"] for child in children}) == 3
    assert len({child["Key"] for child in children}) == 3


def test_equal_seeds_give_equal_keys() -> None:
    assert opened(Called()) == opened(Called())


def test_an_id_that_somebody_has_is_not_given_out(called: Called) -> None:
    called.space.store.put_account(an_account(login=FIRST, key="x"))

    assert opened(called)["ID"] == "ip1-10004"


def test_a_key_that_somebody_has_is_not_given_out(called: Called) -> None:
    key = opened(Called())["Key"]  # equal seeds give equal ones
    called.space.store.put_account(an_account(login="ip1-1", key=key))

    assert opened(called)["Key"] != key


def test_the_key_of_a_sub_account_opens_it_alone(called: Called) -> None:
    child = opened(called)
    called.ask("POST", "/v2/contacts", [{"properties": {}}])

    assert called.get("/api/me", key=child["Key"])["Account"] == FIRST
    assert called.get("/v2/contacts", key=child["Key"]) == []
    assert called.get(CHILDREN, key=child["Key"]) == []


def test_a_sub_account_may_have_its_own(called: Called) -> None:
    child = opened(called)

    grandchild = opened(called, key=child["Key"])

    assert grandchild["Parent"] == FIRST
    assert called.get(CHILDREN) == [child]


def test_a_sub_account_gets_another_name_and_keeps_its_key(called: Called) -> None:
    child = opened(called)

    renamed = called.ask("PUT", f"{CHILDREN}/{FIRST}", {"id": FIRST, "name": "Support"}).json

    assert renamed == {**child, "Name": "Support"}
    assert called.get("/api/me/account", key=child["Key"]) == renamed


@pytest.mark.parametrize("id", [ACCOUNT, OTHER, "ip1-99999", "x"])
def test_what_is_no_sub_account_of_the_caller_is_not_found(id: str, called: Called) -> None:
    opened(called, key=OTHER_KEY)
    answers = [
        called.ask("GET", f"{CHILDREN}/{id}"),
        called.ask("PUT", f"{CHILDREN}/{id}", {"Name": "Mine"}),
        called.ask("PUT", f"{CHILDREN}/{FIRST}", {"Name": "Mine"}),
    ]

    assert [(answer.status_code, answer.json) for answer in answers] == [
        (404, {"Message": "There is no such account."})
    ] * 3
    assert called.get("/api/me/account", key=OTHER_KEY)["Name"] == "Empty"


@pytest.mark.parametrize("sent", [{}, {"Name": ""}, {"Name": None}, {"Name": 7}])
def test_a_sub_account_needs_a_name(sent: dict[str, Any], called: Called) -> None:
    answer = called.ask("POST", CHILDREN, sent)

    assert (answer.status_code, answer.content_type) == (400, "application/json")
    assert answer.json == {
        "Message": "The request is invalid.", "ModelState": {"Name": ["A name is needed."]},
    }  # fmt: skip
    assert called.get(CHILDREN) == []


@pytest.mark.parametrize("id", ["ip1-10001", "", None, 7])
def test_a_body_names_the_account_of_its_path(id: object, called: Called) -> None:
    child = opened(called)

    answer = called.ask("PUT", f"{CHILDREN}/{FIRST}", {"ID": id, "Name": "Support"})

    assert answer.status_code == 400
    assert answer.json is not None
    assert list(answer.json["ModelState"]) == ["ID"]
    assert called.get(CHILDREN) == [child]


def test_refusals_can_be_problems_here_too() -> None:
    called = Called(account_errors="problem")

    assert list(called.errors("POST", CHILDREN, {})) == ["Name"]
    assert called.ask("GET", f"{CHILDREN}/x").content_type == "application/problem+json"
