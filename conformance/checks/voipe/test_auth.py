"""Who may call."""

import pytest

from conformance.checks.voipe.calls import ADMINISTRATION, HEX, NOBODYS, OWNED, refused, succeeded
from conformance.checks.voipe.conftest import User
from conformance.control import Control
from conformance.drivers.voipe import WS, Answer, VoipeDriver
from conformance.requirement import requirement
from conformance.verify import verify


@requirement("voipe/auth/pair")
def test_name_and_token_open_every_operation(voipe: VoipeDriver) -> None:
    """Whatever it then says."""
    harmless = {op: fields for op, fields in OWNED.items() if op != "set_token"}

    codes = {op: voipe.call(op, **fields).code for op, fields in harmless.items()}
    verify([op for op, code in codes.items() if code == "100"]).equals([])


@requirement("voipe/auth/wrong")
def test_every_operation_wants_the_token(stranger: VoipeDriver) -> None:
    """With what else it needs."""
    for op, fields in OWNED.items():
        refused(stranger.call(op, **fields), "100")


@requirement("voipe/auth/wrong")
@pytest.mark.parametrize(
    "credentials",
    [
        {"u": "nobody"},
        {"u": None},
        {"u": ""},
        {"h": None},
        {"h": ""},
        {"u": None, "h": None},
        {"h": "'or'1'='1"},
    ],
    ids=["name", "no-name", "empty-name", "no-token", "empty-token", "neither", "quotes"],
)
def test_both_have_to_be_right(voipe: VoipeDriver, credentials: dict[str, str | None]) -> None:
    """Wrong, missing, empty."""
    refused(voipe.call("cr", **credentials), "100")


@requirement("voipe/auth/foreign")
def test_the_token_of_another_is_wrong(voipe: VoipeDriver, poor: VoipeDriver) -> None:
    """Both ways."""
    refused(voipe.call("cr", h=poor.token), "100")
    refused(poor.call("cr", h=voipe.token), "100")


@requirement("voipe/auth/characters")
@pytest.mark.parametrize("sign", ["'", "%", "/", " x", "שלום", "\x00"])
def test_a_name_has_no_other_signs(voipe: VoipeDriver, sign: str) -> None:
    """Behind the name."""
    refused(voipe.call("cr", u=f"{voipe.username}{sign}."), "100")


@requirement("voipe/auth/characters")
def test_a_name_may_have_dots_and_strokes(user: User) -> None:
    """Which letters and digits are not."""
    succeeded(user("dana.l-1_b").call("cr"))


@requirement("voipe/auth/email")
def test_an_address_stands_for_its_user(user: User) -> None:
    """In any case; another does not."""
    dana = user("dana", email="dana.l@example.com")

    succeeded(dana.call("cr", u="dana.l@example.com"))
    succeeded(dana.call("cr", u="Dana.L@EXAMPLE.com"))
    refused(dana.call("cr", u="nobody@example.com"), "100")


@requirement("voipe/auth/token-case")
def test_a_token_may_be_in_capitals(voipe: VoipeDriver) -> None:
    """All of it."""
    succeeded(voipe.call("cr", h=voipe.token.upper()))


@requirement("voipe/auth/name-case")
def test_a_name_may_not(voipe: VoipeDriver) -> None:
    """Beside its token."""
    refused(voipe.call("cr", u=voipe.username.swapcase()), "100")


@requirement("voipe/auth/webservices-off")
def test_webservices_may_be_switched_off(user: User) -> None:
    """And on again."""
    refused(user("dana", webservices="0").call("cr"), "100")
    succeeded(user("dana", webservices="1").call("cr"))


@requirement("voipe/auth/address")
def test_a_user_may_be_bound_to_addresses(user: User) -> None:
    """None of which is ours."""
    refused(user("dana", ips="10.0.0.0/8,192.168.1.*").call("cr"), "100")


@requirement("voipe/auth/address-forms")
@pytest.mark.parametrize(
    ("ips", "may"),
    [
        ("127.0.0.1", True),
        ("10.1.1.1, 127.0.0.1", True),
        ("127.*.*.*", True),
        ("*.*.*.*", True),
        ("127.0.0.0/8", True),
        ("127.0.0.0-127.0.0.9", True),
        ("127.0.0.2", False),
        ("127.0.*.2", False),
        ("127.0.0.2-127.0.0.9", False),
        ("127.1.0.0/16", False),
    ],
)
def test_addresses_are_written_in_four_ways(user: User, here: str, ips: str, may: bool) -> None:
    """Such as have ours, and such as do not."""
    verify(user("dana", ips=ips).call("cr").code).equals("0" if may else "100")


@requirement("voipe/auth/banned")
def test_the_banned_are_refused(user: User) -> None:
    """With the right token, and for the right password."""
    dana = user("dana", banned="1")

    refused(dana.call("cr"), "100")
    refused(dana.call("get_token", p=dana.password), "100")


@requirement("voipe/auth/parent-banned")
def test_with_a_parent_its_subusers_are_refused(user: User) -> None:
    """And those of others are not."""
    user("boss", banned="1")

    refused(user("child", level="4", parent="boss").call("cr"), "100")
    succeeded(user("other", level="4", parent="demo").call("cr"))


@requirement("voipe/auth/no-blocking")
def test_wrong_passwords_block_nobody(voipe: VoipeDriver, control: Control) -> None:
    """Half a dozen of them."""
    for attempt in range(6):
        refused(voipe.call("get_token", p=f"wrong-{attempt}"), "100")

    succeeded(voipe.call("get_token", p=voipe.password))
    succeeded(voipe.call("cr"))


@requirement("voipe/auth/cookie")
def test_a_login_is_no_token(voipe: VoipeDriver, admin: VoipeDriver) -> None:
    """Whose cookie is sent along."""
    key = succeeded(admin.call("loginkeyset", data_username=voipe.username))["login_key"]
    login = voipe.get(f"{WS}&op=ws_login&u={voipe.username}&login_key={key}")
    cookie = str(login.headers["Set-Cookie"]).partition(";")[0]

    refused(Answer(voipe.get(f"{WS}&op=cr&u={voipe.username}", cookie=cookie)), "100")


@requirement("voipe/auth/first")
def test_who_calls_is_looked_at_first(stranger: VoipeDriver) -> None:
    """A send without anything to send."""
    refused(stranger.call("pv"), "100")
    refused(stranger.call("pv", to="1", msg=""), "100")


@requirement("voipe/auth/admin")
def test_administration_is_for_administrators(voipe: VoipeDriver) -> None:
    """With the right token of somebody else."""
    for op in ADMINISTRATION:
        refused(voipe.call(op, data_username=NOBODYS), "600")


@requirement("voipe/auth/admin-wrong")
def test_administration_wants_the_token(stranger: VoipeDriver) -> None:
    """In words of its own."""
    for op in ADMINISTRATION:
        refused(stranger.call(op), "600")
    refused(stranger.call("creditview", u="admin", h=NOBODYS), "600")
    refused(stranger.call("creditview", u=None, h=None), "600")


@requirement("voipe/auth/token-form")
def test_tokens_have_a_form(user: User) -> None:
    """Those that are made."""
    token = succeeded(user("dana").call("set_token")).get("token")

    verify(token).matches(HEX)
