"""send.php: its errors, which of them comes first, and that they cost nothing."""

from itertools import combinations
from typing import NamedTuple

import pytest

from conformance.bench import Account
from conformance.checks.isms.calls import balance, said
from conformance.control import Control
from conformance.drivers.http import Reply
from conformance.drivers.isms import IsmsDriver, Value
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify


class Flaw(NamedTuple):
    """A way to spoil a send, and what is said of it."""

    parameter: str
    value: str | None
    says: str


PASSWORD = Flaw("password", "nobody-has-this", "Error: Authentication error.")
RECIPIENTS = Flaw("to", None, "Error: No recipients.")
SENDER = Flaw("from", "no sender is that long", "Error: Invalid sender identity.")
CREDIT = Flaw("", None, "Error: Insufficient credits.")
SCHEDULE = Flaw("schedule", "the day after never", "Error: Invalid scheduling date.")

FLAWS = {"password": PASSWORD, "to": RECIPIENTS, "from": SENDER, "credit": CREDIT, "schedule": SCHEDULE}
"""In the order of the page."""


def spoiled(isms: IsmsDriver, numbers: Numbers, *flaws: Flaw) -> Reply:
    """A send that is right but for its flaws; lack of credit is the caller's to see to."""
    fields: dict[str, Value] = {
        "username": isms.username,
        "password": isms.password,
        "from": "smslab",
        "to": numbers(),
        "message": "smslab check",
    }
    return isms.call("send.php", fields | {flaw.parameter: flaw.value for flaw in flaws})


@requirement("isms/send/no-recipients")
@pytest.mark.parametrize("to", [None, ""], ids=["left-out", "empty"])
def test_a_send_to_nobody_is_refused(isms: IsmsDriver, to: str | None) -> None:
    """Without the parameter, and with nothing in it."""
    verify(said(isms.send(to=to))).equals("Error: No recipients.")


@requirement("isms/send/nothing-valid")
@pytest.mark.parametrize("to", ["nobody", "12", ",", "MOBILE,NUMBER", "30690000000x"])
def test_a_list_without_a_number_is_nobody(isms: IsmsDriver, to: str) -> None:
    """Words, fragments, commas."""
    verify(said(isms.send(to=to))).equals("Error: No recipients.")


@requirement("isms/send/bad-sender")
def test_an_impossible_sender_is_refused(isms: IsmsDriver, numbers: Numbers) -> None:
    """Thirty characters, most of them signs."""
    reply = isms.send(to=numbers(), from_="<>" * 15)

    verify(said(reply)).equals("Error: Invalid sender identity.")


@requirement("isms/send/missing-from")
@pytest.mark.parametrize("sender", [None, ""], ids=["left-out", "empty"])
def test_a_send_without_a_sender_is_refused(isms: IsmsDriver, numbers: Numbers, sender: str | None) -> None:
    """Without the parameter, and with nothing in it."""
    verify(said(isms.send(to=numbers(), from_=sender))).equals("Error: Invalid sender identity.")


@requirement("isms/send/sender-form")
@pytest.mark.parametrize("sender", ["ABCDEFGHIJKL", "12345678901234567", "Γειά", "a/b"])
def test_a_sender_of_another_form_is_refused(isms: IsmsDriver, numbers: Numbers, sender: str) -> None:
    """Twelve letters, seventeen digits, other characters."""
    verify(said(isms.send(to=numbers(), from_=sender))).equals("Error: Invalid sender identity.")


@requirement("isms/send/no-credit")
def test_an_account_without_credit_cannot_send(
    isms: IsmsDriver, empty_account: Account, numbers: Numbers
) -> None:
    """One recipient, nought credits."""
    poor = isms.as_user(empty_account.username, empty_account.password)

    verify(said(poor.send(to=numbers()))).equals("Error: Insufficient credits.")


@requirement("isms/send/no-credit")
def test_a_send_beyond_the_balance_is_refused(isms: IsmsDriver, control: Control, numbers: Numbers) -> None:
    """One recipient more than the balance can pay for."""
    control.patch_account("isms", isms.username, credit=9)

    verify(said(isms.send(to=numbers(10)))).equals("Error: Insufficient credits.")


@requirement("isms/send/bad-schedule")
@pytest.mark.parametrize("schedule", ["garbage", "17/07/2017", "2017-13-01"])
def test_a_date_that_is_none_is_refused(isms: IsmsDriver, numbers: Numbers, schedule: str) -> None:
    """A word, European slashes, a thirteenth month."""
    verify(said(isms.send(to=numbers(), schedule=schedule))).equals("Error: Invalid scheduling date.")


@requirement("isms/send/precedence")
@pytest.mark.parametrize(("first", "second"), list(combinations(FLAWS, 2)))
def test_the_error_listed_first_is_voiced(
    isms: IsmsDriver, empty_account: Account, numbers: Numbers, first: str, second: str
) -> None:
    """Two flaws in one call."""
    poor = isms.as_user(empty_account.username, empty_account.password)
    caller = poor if "credit" in (first, second) else isms

    verify(said(spoiled(caller, numbers, FLAWS[first], FLAWS[second]))).equals(FLAWS[first].says)


@requirement("isms/send/refused-is-free")
@pytest.mark.parametrize("flaw", ["password", "to", "from", "schedule"])
def test_a_refused_send_costs_nothing(isms: IsmsDriver, numbers: Numbers, flaw: str) -> None:
    """Whichever error it met."""
    before = balance(isms)
    verify(said(spoiled(isms, numbers, FLAWS[flaw]))).equals(FLAWS[flaw].says)

    verify(balance(isms)).equals(before)


@requirement("isms/send/refused-is-free")
@pytest.mark.parametrize("flaw", FLAWS)
def test_a_refused_send_reaches_nobody(
    isms: IsmsDriver, control: Control, empty_account: Account, numbers: Numbers, flaw: str
) -> None:
    """The inbox stays empty."""
    poor = isms.as_user(empty_account.username, empty_account.password)
    spoiled(poor if flaw == "credit" else isms, numbers, FLAWS[flaw])

    verify(control.messages(provider="isms")).equals([])


@requirement("isms/send/decoded-once")
def test_commas_encoded_twice_part_nothing(isms: IsmsDriver, numbers: Numbers) -> None:
    """As a known client sends several recipients."""
    reply = isms.send(to="%2C".join(numbers(2)))

    verify(said(reply)).equals("Error: No recipients.")
