"""creditview, creditadd, creditdeduct and loginkeyset: an administrator and a user's credit and key."""

import pytest

from conformance.checks.voipe.calls import HEX, NOBODYS, SOON, credit, every_format, refused, succeeded
from conformance.checks.voipe.conftest import User
from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.php import Value
from conformance.drivers.voipe import VoipeDriver
from conformance.requirement import requirement
from conformance.verify import verify

booking = pytest.mark.parametrize(("op", "code"), [("creditadd", "622"), ("creditdeduct", "624")])


def each(slug: str, *codes: str) -> pytest.MarkDecorator:
    """Both operations that change a balance, with their rows of this name and their codes."""
    return pytest.mark.parametrize(
        ("op", "code"),
        [
            pytest.param(op, code, marks=requirement(f"voipe/{op}/{slug}"))
            for op, code in zip(("creditadd", "creditdeduct"), codes or ("", ""), strict=True)
        ],
    )


def balance(admin: VoipeDriver, name: str) -> Value:
    return succeeded(admin.call("creditview", data_username=name)).get("balance")


@requirement("voipe/creditview/operation")
def test_a_balance_is_told(admin: VoipeDriver, voipe: VoipeDriver) -> None:
    """As the user is told it."""
    verify(balance(admin, voipe.username)).equals(voipe.call("cr").document["credit"])


@requirement("voipe/creditview/keys")
@every_format
def test_a_balance_stands_behind_the_code(admin: VoipeDriver, voipe: VoipeDriver, format: str) -> None:
    """In every format."""
    document = succeeded(admin.call("creditview", data_username=voipe.username, format=format))

    verify(list(document)[:3]).equals(["status", "error", "balance"])


@requirement("voipe/creditview/mandatory")
@pytest.mark.parametrize("name", [None, ""])
def test_a_user_is_needed(admin: VoipeDriver, name: str | None) -> None:
    """Missing, empty."""
    refused(admin.call("creditview", data_username=name), "619")


@requirement("voipe/creditview/number")
@pytest.mark.parametrize("amount", [52.5, -85, 1000])
def test_a_balance_is_a_number(admin: VoipeDriver, user: User, amount: float) -> None:
    """Below nought, too."""
    user("dana", credit=amount)

    verify(balance(admin, "dana")).equals(amount)


@requirement("voipe/creditview/zero")
def test_a_balance_of_nought_is_told(admin: VoipeDriver, user: User) -> None:
    """As a success."""
    user("dana", credit=0)

    verify(str(balance(admin, "dana"))).equals("0")


@requirement("voipe/creditview/unknown")
def test_nobodys_balance_is_not(admin: VoipeDriver) -> None:
    """A name that nobody has."""
    refused(admin.call("creditview", data_username=NOBODYS), "620")


@requirement("voipe/creditview/name")
def test_a_user_may_be_in_capitals(admin: VoipeDriver, user: User) -> None:
    """And may not be an address."""
    user("dana", credit=5, email="dana@example.com")

    verify(balance(admin, "DANA")).equals(5)
    refused(admin.call("creditview", data_username="dana@example.com"), "620")


@each("operation")
def test_a_balance_is_changed(admin: VoipeDriver, user: User, clock: Clock, op: str, code: str) -> None:
    """By an amount with a fraction."""
    dana = user("dana", credit=50)
    succeeded(admin.call(op, data_username="dana", data_amount="0.125"))
    clock.advance(SOON)

    verify(float(credit(dana))).equals(50.125 if op == "creditadd" else 49.875)


@each("keys")
@every_format
def test_a_booking_tells_amount_and_balance(
    admin: VoipeDriver, user: User, op: str, code: str, format: str
) -> None:
    """The amount as it was given."""
    user("dana", credit=50)
    document = succeeded(admin.call(op, data_username="dana", data_amount=10, format=format))

    verify(list(document)[:4]).equals(["status", "error", "amount", "balance"])
    verify(float(str(document["amount"]))).equals(10)
    verify(type(document["balance"])).is_one_of(*((str,) if format == "xml" else (int, float)))


@each("mandatory", "621", "623")
def test_a_booking_needs_a_user(admin: VoipeDriver, op: str, code: str) -> None:
    """Missing, empty."""
    refused(admin.call(op, data_amount=5), code)
    refused(admin.call(op, data_amount=5, data_username=""), code)


@each("amount", "622", "624")
@pytest.mark.parametrize("amount", ["0", "abc", "", None])
def test_a_booking_needs_an_amount(
    admin: VoipeDriver, user: User, op: str, code: str, amount: str | None
) -> None:
    """Nought, none, a word."""
    dana = user("dana", credit=50)

    refused(admin.call(op, data_username="dana", data_amount=amount), code)
    verify(int(credit(dana))).equals(50)


@each("unknown", "622", "624")
def test_nobody_is_booked(admin: VoipeDriver, control: Control, op: str, code: str) -> None:
    """A name that nobody has."""
    refused(admin.call(op, data_username=NOBODYS, data_amount=5), code)


@requirement("voipe/creditadd/at-once")
@booking
def test_a_booking_tells_what_is_left_after_it(admin: VoipeDriver, user: User, op: str, code: str) -> None:
    """And not what there was before."""
    user("dana", credit=50)
    document = succeeded(admin.call(op, data_username="dana", data_amount=10))

    verify(document["balance"]).equals(60 if op == "creditadd" else 40)


@requirement("voipe/creditadd/negative")
def test_less_than_nothing_may_be_added(admin: VoipeDriver, user: User, clock: Clock) -> None:
    """Which takes something away."""
    dana = user("dana", credit=50)
    verify(succeeded(admin.call("creditadd", data_username="dana", data_amount=-20))["amount"]).equals(-20)
    clock.advance(SOON)

    verify(int(credit(dana))).equals(30)


@requirement("voipe/creditdeduct/sign")
def test_whatever_its_sign_an_amount_is_taken(admin: VoipeDriver, user: User, clock: Clock) -> None:
    """More than there is."""
    dana = user("dana", credit=50)
    succeeded(admin.call("creditdeduct", data_username="dana", data_amount=-20))
    succeeded(admin.call("creditdeduct", data_username="dana", data_amount=100))
    clock.advance(SOON)

    verify(int(credit(dana))).equals(-70)


@requirement("voipe/creditadd/nought")
@pytest.mark.parametrize(("op", "amount"), [("creditadd", 50), ("creditdeduct", -50)])
def test_a_booking_to_nought_tells_null(admin: VoipeDriver, user: User, op: str, amount: int) -> None:
    """For a number."""
    user("dana", credit=-amount)

    verify(succeeded(admin.call(op, data_username="dana", data_amount=amount)).get("balance", 0)).equals(None)


@requirement("voipe/loginkeyset/operation", "voipe/loginkeyset/keys")
@every_format
def test_a_key_is_told(admin: VoipeDriver, voipe: VoipeDriver, control: Control, format: str) -> None:
    """Another each time."""
    one, two = (
        succeeded(admin.call("loginkeyset", data_username=voipe.username, format=format)) for _ in range(2)
    )

    verify(list(one)[:3]).equals(["status", "error", "login_key"])
    verify(one["login_key"]).matches(HEX)
    verify(one["login_key"] == two["login_key"]).equals(False)


@requirement("voipe/loginkeyset/mandatory")
def test_a_key_needs_a_user(admin: VoipeDriver) -> None:
    """Missing, empty."""
    refused(admin.call("loginkeyset"), "625")
    refused(admin.call("loginkeyset", data_username=""), "625")


@requirement("voipe/loginkeyset/trimmed")
def test_blanks_around_a_user_are_nothing(admin: VoipeDriver, voipe: VoipeDriver, control: Control) -> None:
    """For this operation alone."""
    succeeded(admin.call("loginkeyset", data_username=f" {voipe.username} "))


@requirement("voipe/loginkeyset/unknown")
def test_nobody_has_a_key(admin: VoipeDriver) -> None:
    """A name that nobody has."""
    refused(admin.call("loginkeyset", data_username=NOBODYS), "626")
