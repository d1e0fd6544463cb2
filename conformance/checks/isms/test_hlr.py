"""hlr.php: asking about numbers."""

import pytest

from conformance.bench import Account
from conformance.checks.isms.calls import balance, cost, identifier, said
from conformance.control import Control
from conformance.drivers.isms import IsmsDriver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

STRANGER = "Error: Authentication error."
NO_RECIPIENTS = "Error: No recipients."
NO_CREDIT = "Error: Insufficient credits."


@requirement("isms/hlr/reply", "isms/hlr/mobiles")
def test_a_look_up_is_answered_with_one_identifier(isms: IsmsDriver, numbers: Numbers) -> None:
    """Under which each of its numbers is known."""
    mobiles = numbers(3)
    mid = verify(said(isms.hlr(mobiles=mobiles))).matches("ID:([0-9A-Za-z]+)")[1]

    for mobile in mobiles:
        verify(said(isms.hlrquery(mid=mid, mobile=mobile))).matches(r"[A-Z][a-z]+(;.*)?")


@requirement("isms/hlr/mobiles")
@pytest.mark.usefixtures("control")  # only an emulator may be asked about numbers that are not ours
def test_numbers_of_several_countries_are_looked_up(isms: IsmsDriver) -> None:
    """The numbers in the example of the page, two of Greece and one of Cyprus."""
    mobiles = ["306949876543", "306931234567", "35712548796"]
    mid = identifier(isms.hlr(mobiles=mobiles))

    for mobile in mobiles:
        verify(said(isms.hlrquery(mid=mid, mobile=mobile))).equals("Queued")


@requirement("isms/hlr/id-form")
def test_the_identifier_is_of_the_printed_kind(isms: IsmsDriver, numbers: Numbers) -> None:
    """Like 0adgre1."""
    verify(said(isms.hlr(mobiles=numbers()))).matches("ID:[0-9a-z]{7}")


@requirement("isms/hlr/no-recipients")
@pytest.mark.parametrize("mobiles", [None, ""], ids=["left-out", "empty"])
def test_a_look_up_of_nothing_is_refused(isms: IsmsDriver, mobiles: str | None) -> None:
    """Without the parameter, and with nothing in it."""
    verify(said(isms.hlr(mobiles=mobiles))).equals(NO_RECIPIENTS)


@requirement("isms/hlr/no-credit")
def test_an_account_without_credit_cannot_look_up(
    isms: IsmsDriver, empty_account: Account, numbers: Numbers
) -> None:
    """One number, nought credits."""
    poor = isms.as_user(empty_account.username, empty_account.password)

    verify(said(poor.hlr(mobiles=numbers()))).equals(NO_CREDIT)


@requirement("isms/hlr/precedence")
@pytest.mark.parametrize(
    ("password", "listed", "says"),
    [("wrong", False, STRANGER), ("wrong", True, STRANGER), ("right", False, NO_RECIPIENTS)],
    ids=["password-and-numbers", "password-and-credit", "numbers-and-credit"],
)
def test_the_error_listed_first_is_voiced(
    isms: IsmsDriver, empty_account: Account, numbers: Numbers, password: str, listed: bool, says: str
) -> None:
    """Two flaws in one call of an account without credit."""
    known = empty_account.password if password == "right" else "nobody-has-this"
    poor = isms.as_user(empty_account.username, known)

    verify(said(poor.hlr(mobiles=numbers() if listed else None))).equals(says)


@requirement("isms/hlr/cost")
def test_the_cost_is_one_price_a_number(isms: IsmsDriver, numbers: Numbers) -> None:
    """Three numbers, one of them twice, against one."""
    price = cost(isms, lambda: isms.hlr(mobiles=numbers()))
    first, second, third = numbers(3)
    paid = cost(isms, lambda: isms.hlr(mobiles=[first, second, first, third]))

    verify(price).holds(lambda one: one > 0, "less credit than before")
    verify(paid).equals(3 * price)


@requirement("isms/hlr/refused-is-free")
def test_a_refused_look_up_costs_nothing(isms: IsmsDriver, control: Control, numbers: Numbers) -> None:
    """Nothing to look up, and more than the balance can pay for."""
    price = cost(isms, lambda: isms.hlr(mobiles=numbers()))
    control.patch_account("isms", isms.username, credit=float(2 * price))

    verify(said(isms.hlr(mobiles=None))).equals(NO_RECIPIENTS)
    verify(said(isms.hlr(mobiles=numbers(3)))).equals(NO_CREDIT)
    verify(balance(isms)).equals(2 * price)


@requirement("isms/hlr/number-spelling")
def test_numbers_are_recognised_in_other_spellings(isms: IsmsDriver, numbers: Numbers) -> None:
    """With plus, zeros and blanks, and beside what is no number."""
    first, second, third = numbers(3)
    price = cost(isms, lambda: isms.hlr(mobiles=numbers()))
    before = balance(isms)
    mid = identifier(isms.hlr(mobiles=f"+{first}, 00{second},nobody,, {third} "))

    verify(before - balance(isms)).equals(3 * price)
    for mobile in (first, second, third):
        verify(said(isms.hlrquery(mid=mid, mobile=mobile))).matches(r"[A-Z][a-z]+(;.*)?")
