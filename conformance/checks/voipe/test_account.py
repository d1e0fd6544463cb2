"""cr, get_token, set_token and query: what a user asks about itself."""

import pytest

from conformance.checks.voipe.calls import HEX, SOON, amount, every_format, ids, refused, succeeded, taken
from conformance.checks.voipe.conftest import User
from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.voipe import VoipeDriver, VoipeForm, VoipeJson
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify


@requirement("voipe/cr/operation", "voipe/cr/mandatory")
def test_the_credit_is_told(voipe: VoipeDriver, form: VoipeForm, json: VoipeJson) -> None:
    """In each of the three ways, alike."""
    found = [amount(succeeded(way.call("cr"))["credit"]) for way in (voipe, form, json)]

    verify(found).equals([found[0]] * 3)


@requirement("voipe/cr/number")
def test_the_credit_is_the_one_there_is(voipe: VoipeDriver, control: Control) -> None:
    """Before and after a change."""
    verify(amount(voipe.call("cr").document["credit"])).equals(control.credit("voipe", voipe.username))
    control.patch_account("voipe", voipe.username, credit=7)
    verify(voipe.call("cr").document["credit"]).equals(7)


@requirement("voipe/cr/keys")
@every_format
def test_the_credit_stands_behind_the_code(voipe: VoipeDriver, format: str) -> None:
    """In every format."""
    verify(list(voipe.call("cr", format=format).document)[:3]).equals(["status", "error", "credit"])


@requirement("voipe/cr/number")
@pytest.mark.parametrize(("credit", "told"), [(52.5, 52.5), (-85, -85), (0.1255, 0.126), (743.2139, 743.214)])
def test_the_credit_is_a_number(voipe: VoipeDriver, control: Control, credit: float, told: float) -> None:
    """Of three decimals at most."""
    control.patch_account("voipe", voipe.username, credit=credit)

    verify(voipe.call("cr").document["credit"]).equals(told)


@requirement("voipe/cr/nought")
@pytest.mark.parametrize("format", ["json", "serialize"])
def test_no_credit_is_a_text(poor: VoipeDriver, format: str) -> None:
    """And no number."""
    verify(poor.call("cr", format=format).document["credit"]).equals("0")


@requirement("voipe/get-token/operation", "voipe/get-token/mandatory", "voipe/get-token/login")
def test_the_token_is_told_for_the_password(voipe: VoipeDriver, form: VoipeForm, json: VoipeJson) -> None:
    """In each of the three ways; it is the one that opens everything else."""
    for way in (voipe, form, json):
        answer = way.ask({"op": "get_token", "u": way.username, "p": way.password})
        verify(succeeded(answer)["token"]).equals(way.token)


@requirement("voipe/get-token/mandatory")
@pytest.mark.parametrize(
    "credentials", [{"p": "nobody-has-this"}, {"p": None}, {"p": ""}, {"u": "nobody"}, {"u": None}]
)
def test_both_have_to_be_right(voipe: VoipeDriver, credentials: dict[str, str | None]) -> None:
    """Wrong, missing, empty; a token is no help."""
    refused(voipe.call("get_token", **{"p": voipe.password, **credentials}), "100")


@requirement("voipe/get-token/keys")
@every_format
def test_the_token_stands_behind_the_code(voipe: VoipeDriver, format: str) -> None:
    """In every format."""
    document = succeeded(voipe.call("get_token", p=voipe.password, format=format))

    verify(list(document)[:3]).equals(["status", "error", "token"])


@requirement("voipe/get-token/same")
def test_the_token_stays(voipe: VoipeDriver) -> None:
    """Asked twice."""
    one, two = (succeeded(voipe.call("get_token", p=voipe.password))["token"] for _ in range(2))

    verify(two).equals(one)


@requirement("voipe/get-token/email", "voipe/get-token/case")
def test_a_user_may_be_named_in_several_ways(user: User) -> None:
    """By an address, in another case; the password has one."""
    dana = user("dana", email="dana.l@example.com")

    for name in ("dana.l@example.com", "DANA"):
        verify(succeeded(dana.call("get_token", u=name, p="danapw"))["token"]).equals(dana.token)
    refused(dana.call("get_token", p="DANAPW"), "100")


@requirement("voipe/get-token/order")
@pytest.mark.parametrize(
    ("faults", "password", "code"),
    [
        ({"ips": "10.0.0.1", "token": "", "webservices": "0"}, "wrong", "100"),
        ({"ips": "10.0.0.1", "token": "", "webservices": "0", "banned": "1"}, "danapw", "100"),
        ({"ips": "10.0.0.1", "token": "", "webservices": "0"}, "danapw", "106"),
        ({"token": "", "webservices": "0"}, "danapw", "104"),
        ({"webservices": "0"}, "danapw", "105"),
    ],
)
def test_the_first_objection_is_told(user: User, faults: dict[str, str], password: str, code: str) -> None:
    """Of all, then of fewer and fewer."""
    refused(user("dana", **faults).call("get_token", p=password), code)


@requirement("voipe/set-token/operation", "voipe/set-token/mandatory", "voipe/set-token/change")
def test_a_new_token_takes_the_place_of_the_old(user: User) -> None:
    """At once."""
    dana = user("dana")
    new = str(succeeded(dana.call("set_token"))["token"])

    verify(new).matches(HEX)
    refused(dana.call("cr"), "100")
    succeeded(dana.call("cr", h=new))
    verify(succeeded(dana.call("get_token", p="danapw"))["token"]).equals(new)


@requirement("voipe/set-token/change")
def test_every_token_is_another(user: User) -> None:
    """Three of two users."""
    dana, other = user("dana"), user("other")
    first = str(succeeded(dana.call("set_token"))["token"])
    found = {
        first,
        *(str(succeeded(one)["token"]) for one in (dana.call("set_token", h=first), other.call("set_token"))),
    }

    verify(len(found)).equals(3)


@requirement("voipe/set-token/keys")
@every_format
def test_a_new_token_stands_behind_the_code(user: User, format: str) -> None:
    """In every format."""
    verify(list(succeeded(user("dana").call("set_token", format=format)))[:3]).equals(
        ["status", "error", "token"]
    )


@requirement("voipe/set-token/chosen")
def test_a_token_is_not_chosen(user: User) -> None:
    """Though one is sent along."""
    chosen = "0" * 32

    verify(succeeded(user("dana").call("set_token", token=chosen))["token"] == chosen).equals(False)


@requirement("voipe/query/operation", "voipe/query/user", "voipe/query/types")
def test_a_user_is_told_about_itself(user: User) -> None:
    """In full."""
    dana = user("dana", credit=52.5, name="Dana L", email="d@example.com", mobile="+972521234567", level="3")
    data = succeeded(dana.call("query")).get("data")

    verify(isinstance(data, dict) and list(data)).equals(["user", "last_id"])
    told = data["user"] if isinstance(data, dict) else {}
    verify(isinstance(told, dict) and list(told)).equals(
        ["username", "uid", "status", "name", "email", "mobile", "credit"]
    )
    known = dict(told) if isinstance(told, dict) else {}
    verify(known.pop("uid", None)).holds(lambda uid: type(uid) is int and uid > 0, "a number")
    verify(known).equals(
        {
            "username": "dana",
            "status": 3,
            "name": "Dana L",
            "email": "d@example.com",
            "mobile": "+972521234567",
            "credit": 52.5,
        }
    )


@requirement("voipe/query/last", "voipe/query/types")
def test_the_last_identifiers_are_told(user: User, clock: Clock, control: Control, numbers: Numbers) -> None:
    """None at first."""
    dana = user("dana", keywords="INFO")
    verify(_last(dana)).equals({"user_inbox": 0, "user_incoming": 0, "user_outgoing": 0})

    id = taken(dana.pv(numbers()[0]))
    for text in ("hello", "INFO hello"):
        control.inbound(provider="voipe", account="dana", sender="1", to="2", text=text)
    clock.advance(SOON)
    incoming, inbox = (int(ids(dana.call(op), "id")[0]) for op in ("in", "ix"))
    verify(_last(dana)).equals({"user_inbox": inbox, "user_incoming": incoming, "user_outgoing": int(id)})


def _last(voipe: VoipeDriver) -> object:
    data = succeeded(voipe.call("query")).get("data")
    return data.get("last_id") if isinstance(data, dict) else None
