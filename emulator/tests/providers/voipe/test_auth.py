"""Who may call, with a token, a password, or a key that is good for one login."""

import pytest

from emulator.core.refusals import Reason
from emulator.core.sabotage import Effect
from emulator.providers.voipe.addresses import allowed
from emulator.tests.providers.voipe.called import INDEX, TOKENS, Called


@pytest.mark.parametrize(
    ("user", "token", "code"),
    [
        ("demo", TOKENS["demo"], "0"),
        ("demo", TOKENS["demo"].upper(), "0"),
        (" demo ", f" {TOKENS['demo']}\n", "0"),
        ("DEMO@example.com", TOKENS["demo"], "0"),
        ("DEMO", TOKENS["demo"], "100"),
        ("empty", TOKENS["demo"], "100"),
        ("demo", "", "100"),
        ("", TOKENS["demo"], "100"),
        ("demo", "' or '1'='1", "100"),
        ("nobody@example.com", TOKENS["demo"], "100"),
    ],
)
def test_a_token_opens_the_account_of_its_user(user: str, token: str, code: str) -> None:
    assert Called().error("cr", user, h=token) == code


@pytest.mark.parametrize(
    "attributes", [{"webservices": "0"}, {"banned": "1"}, {"ips": "10.0.0.0/8, 192.168.1.*"}]
)
def test_an_account_may_be_kept_out(attributes: dict[str, str]) -> None:
    called = Called()
    called.describe(**attributes)

    assert called.error("cr") == "100"


def test_a_ban_holds_for_subusers() -> None:
    called = Called()
    called.describe("empty", level="4", parent="demo")
    called.describe("demo", banned="1")

    assert called.error("cr", "empty") == "100"


@pytest.mark.parametrize(
    ("entries", "address", "may"),
    [
        ("*.*.*.*", "1.2.3.4", True),
        ("1.2.3.4", "1.2.3.4", True),
        ("1.2.*.4", "1.2.3.4", True),
        ("1.2.*.5", "1.2.3.4", False),
        ("1.2.0.0/16", "1.2.3.4", True),
        ("1.2.3.0 - 1.2.3.9", "1.2.3.4", True),
        ("1.2.3.5-1.2.3.9", "1.2.3.4", False),
        ("nonsense, 1.2.3.4", "1.2.3.4", True),
        ("1.2.3.0-x", "1.2.3.4", False),
        ("10.0.0.0/8", "::1", False),
    ],
)
def test_a_list_of_addresses_has_many_forms(entries: str, address: str, may: bool) -> None:
    assert allowed(entries, address) is may


@pytest.mark.parametrize(
    ("user", "password", "code"),
    [
        ("demo", "demo", "0"),
        ("DEMO", "demo", "0"),
        ("demo@example.com", "demo", "0"),
        ("demo", "DEMO", "100"),
        ("nobody", "", "100"),
    ],
)
def test_a_password_opens_the_account_and_tells_its_token(user: str, password: str, code: str) -> None:
    assert Called().error("get_token", user, p=password) == code


def test_the_first_objection_to_a_password_is_told() -> None:
    called = Called()
    called.describe("demo", webservices="off", ips="10.0.0.1", banned="1")
    told = []

    for attribute, value in [("", ""), ("banned", ""), ("ips", ""), ("webservices", "")]:
        if attribute:
            called.describe("demo", **{attribute: value})
        told.append(called.error("get_token", p="demo"))

    assert told == ["100", "106", "105", "0"]


def test_a_new_token_takes_the_place_of_the_old_one() -> None:
    called = Called()

    token = called.said("set_token", token="0" * 32)["token"]

    assert called.error("cr") == "100"
    assert called.error("cr", h=token) == "0"
    assert called.said("get_token", p="demo")["token"] == token


def test_wrong_passwords_block_an_account_for_their_address_where_that_is_on() -> None:
    open_, guarded = Called(), Called(brute_force=True)
    for called in (open_, guarded):
        for _ in range(4):
            called.error("get_token", p="wrong")

    assert open_.error("cr") == "0"
    assert (guarded.error("cr"), guarded.error("get_token", p="demo")) == ("100", "100")
    assert guarded.error("cr", "empty") == "0"


def test_the_right_password_in_time_is_forgiven_for() -> None:
    called = Called(brute_force=True)
    for password in ["wrong", "wrong", "wrong", "demo", "wrong", "wrong", "wrong"]:
        called.error("get_token", p=password)

    assert called.error("get_token", p="demo") == "0"


def login(called: Called, user: str, key: str) -> str:
    """Where a visitor is sent on from the page that a login sends to."""
    first = called.get("ws_login", user, login_key=key, format="xml")
    assert (first.status_code, first.headers["Location"], first.text) == (302, "index.php", "")
    return called.client.get(INDEX).headers["Location"].split("&")[1]


def test_a_key_logs_in_once() -> None:
    called = Called()
    key = called.said("loginkeyset", "admin", data_username=" demo ")["login_key"]

    first = login(called, "DEMO", key)
    called.client.delete_cookie("PHPSESSID")
    second = login(called, "demo", key)

    assert (first, second) == ("inc=core_welcome", "inc=core_auth")


def test_any_attempt_uses_a_key_up() -> None:
    called = Called()
    key = called.said("loginkeyset", "admin", data_username="demo")["login_key"]

    tries = [login(called, user, tried) for user, tried in [("demo", "0" * 32), ("demo", key), ("", key)]]

    assert tries == ["inc=core_auth"] * 3


def test_a_logged_in_cookie_is_no_token() -> None:
    called = Called()
    key = called.said("loginkeyset", "admin", data_username="demo")["login_key"]
    login(called, "demo", key)

    assert called.error("cr", h="") == "100"


@pytest.mark.parametrize(("unknown", "code"), [("refused", "626"), ("accepted", "0")])
def test_a_key_for_nobody_is_refused_or_worth_nothing(unknown: str, code: str) -> None:
    assert Called(unknown_user=unknown).error("loginkeyset", "admin", data_username="nobody") == code


@pytest.mark.parametrize("op", ["pv", "cr", "get_token", "in", "set_token", "query"])
def test_a_fault_on_purpose_refuses_who_calls(op: str) -> None:
    called = Called()
    called.break_(Effect.REFUSE, reason=Reason.BAD_CREDENTIALS, account="demo")

    assert called.error(op, p="demo", to="1", msg="x") == "100"
    assert called.error("creditview") == "600"
