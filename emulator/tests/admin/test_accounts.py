"""Accounts through the control API."""

from decimal import Decimal

import pytest

from emulator.core.model import Login
from emulator.tests.admin.called import Called

JOE = {
    "provider": "isms",
    "login": "joe",
    "credit": 0,
    "overdraft": 0,
    "senders": None,
    "limits": {"submits_per_second": 700},
    "attributes": {},
}


def balance(control: Called, login: str, password: str) -> str:
    query = {"username": login, "password": password}
    return control.client.get("/api/http/credits.php", query_string=query).text


def test_the_default_world_has_its_accounts(control: Called) -> None:
    known = control.get("/accounts")["accounts"]

    assert [(one["provider"], one["login"], one["credit"]) for one in known[:2]] == [
        ("isms", "demo", 3948.47),
        ("isms", "empty", 0),
    ]


def test_passwords_are_never_shown(control: Called) -> None:
    answer = control.call("PUT", "/accounts/isms/joe", {"password": "open-sesame"})

    assert b"sesame" not in answer.data + control.call("GET", "/accounts").data


def test_a_new_account_can_log_in(control: Called) -> None:
    answer = control.call("PUT", "/accounts/isms/joe", {"password": "open-sesame", "credit": 5})

    assert (answer.status_code, answer.get_json()) == (201, {**JOE, "credit": 5})
    assert balance(control, "joe", "open-sesame") == "Credits:5.00"


def test_a_key_takes_the_place_of_a_password(control: Called) -> None:
    answer = control.call("PUT", "/accounts/isms/joe", {"key": "open-sesame"})

    assert (answer.status_code, answer.get_json()) == (201, JOE)
    who = control.space.gateway.who
    assert who(Login(provider="isms", key="open-sesame")) == control.space.store.account("isms", "joe")
    assert who(Login(provider="isms", name="joe", password="joe")) is None
    assert b"sesame" not in control.call("GET", "/accounts").data


def test_a_key_opens_one_account_only(control: Called) -> None:
    control.put("/accounts/isms/joe", {"key": "open-sesame"})

    refused = (409, "the key is that of 'joe' already")
    assert control.problem("PUT", "/accounts/isms/ann", {"key": "open-sesame"}) == refused
    assert control.problem("PATCH", "/accounts/isms/demo", {"key": "open-sesame"}) == refused
    assert control.put("/accounts/isms/joe", {"key": "open-sesame", "credit": 1})["credit"] == 1
    assert control.put("/accounts/iro/joe", {"key": "open-sesame"})["provider"] == "iro"


def test_a_key_may_be_changed_and_taken_away(control: Called) -> None:
    control.put("/accounts/isms/joe", {"key": "old"})
    who = control.space.gateway.who

    control.patch("/accounts/isms/joe", {"key": "new"})
    assert (who(Login(provider="isms", key="old")), who(Login(provider="isms", key="new")) is None) == (
        None,
        False,
    )
    control.patch("/accounts/isms/joe", {"key": ""})
    assert who(Login(provider="isms", key="new")) is None


def test_without_a_password_the_login_is_the_password(control: Called) -> None:
    assert control.put("/accounts/isms/joe") == JOE
    assert balance(control, "joe", "joe") == "Credits:0.00"


def test_replacing_an_account_leaves_nothing_of_the_old_one(control: Called) -> None:
    control.put("/accounts/isms/joe", {"credit": 5, "senders": ["Shop"], "attributes": {"colour": "red"}})

    answer = control.call("PUT", "/accounts/isms/joe", {})

    assert (answer.status_code, answer.get_json()) == (200, JOE)


def test_a_patch_changes_what_it_names(control: Called) -> None:
    control.put(
        "/accounts/isms/joe",
        {"credit": 5, "limits": {"submits_per_second": 3}, "attributes": {"colour": "red", "size": "L"}},
    )

    changed = control.patch(
        "/accounts/isms/joe", {"senders": ["Shop"], "limits": {}, "attributes": {"size": None, "new": "x"}}
    )

    assert changed == {
        **JOE,
        "credit": 5,
        "senders": ["Shop"],
        "limits": {"submits_per_second": 3},
        "attributes": {"colour": "red", "new": "x"},
    }
    assert balance(control, "joe", "joe") == "Credits:5.00"


def test_null_takes_the_limits_away(control: Called) -> None:
    changed = control.patch("/accounts/isms/demo", {"credit": None, "limits": {"submits_per_second": None}})

    assert (changed["credit"], changed["limits"]) == (None, {"submits_per_second": None})


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("3948.47", "3948.47"),
        ("0.1", "0.1"),
        ("0.30000000000000004", "0.3"),
        ("1.23456", "1.2346"),
        ("1e3", "1000"),
        ("1e12", "1000000000000"),
        ("0.00001", "0"),
        ("-0.0", "0"),
        ("-12.5", "-12.5"),
    ],
)
def test_credit_is_kept_to_four_places(control: Called, written: str, kept: str) -> None:
    answer = control.call("PUT", "/accounts/isms/joe", data=f'{{"credit": {written}}}')

    assert f'"credit":{kept},' in answer.text
    joe = control.space.store.account("isms", "joe")
    assert joe is not None
    assert joe.credit == Decimal(kept)


@pytest.mark.parametrize("credit", ["-1e13", "1e13", "1e400", '"5"', '"NaN"', "true", "[]", "NaN"])
def test_other_credits_are_refused(control: Called, credit: str) -> None:
    answer = control.call("PATCH", "/accounts/isms/demo", data=f'{{"credit": {credit}}}')

    assert answer.status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        {"pasword": "x"},
        {"password": None},
        {"password": "x" * 201},
        {"key": None},
        {"key": "x" * 201},
        {"senders": "Shop"},
        {"senders": [""]},
        {"limits": {"submits_per_second": 0}},
        {"limits": {"submits_per_minute": 5}},
        {"attributes": {"a": 1}},
        [],
        "joe",
    ],
)
def test_other_bodies_are_refused_and_change_nothing(control: Called, body: object) -> None:
    before = control.get("/export")

    assert control.problem("PATCH", "/accounts/isms/demo", body)[0] == 400
    assert control.problem("PUT", "/accounts/isms/new", body)[0] == 400
    assert control.get("/export") == before


def test_a_deleted_account_cannot_log_in(control: Called) -> None:
    control.delete("/accounts/isms/demo")

    assert balance(control, "demo", "demo") == "Error: Authentication error."
    assert control.problem("DELETE", "/accounts/isms/demo") == (404, "no account 'demo' of 'isms'")


def test_unknown_accounts_and_providers_are_not_found(control: Called) -> None:
    assert control.problem("PATCH", "/accounts/isms/nobody", {}) == (404, "no account 'nobody' of 'isms'")
    assert control.problem("PUT", "/accounts/acme/joe", {}) == (404, "no provider 'acme'")


@pytest.mark.parametrize("login", ["j o e", "ιωάννης", "a.b", "%41", "<b>", "x" * 200])
def test_a_login_may_be_anything_that_fits_a_segment(control: Called, login: str) -> None:
    from urllib.parse import quote

    assert control.put(f"/accounts/isms/{quote(login)}")["login"] == login


def test_a_login_has_an_end(control: Called) -> None:
    assert control.problem("PUT", f"/accounts/isms/{'x' * 201}", {})[0] == 400
