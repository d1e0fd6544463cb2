"""query.php: the state of a message."""

from itertools import combinations

import pytest

from conformance.bench import Account
from conformance.checks.isms.calls import SOON, Spoilt, balance, identifier, said, state
from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.isms import IsmsDriver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

UNKNOWN = "Error: No such message or recipient."
NOBODYS = "0008FABD"  # the identifier in the page's example

FLAWS: dict[str, Spoilt] = {  # a way to spoil a query, and what is said of it, in the order of the page
    "password": ({"password": "nobody-has-this"}, "Error: Authentication error."),
    "mid": ({"mid": None}, "Error: No message ID defined."),
    "mobile": ({"mobile": None}, "Error: No mobile defined."),
    "unknown": ({}, UNKNOWN),
}


@requirement("isms/query/parameters", "isms/query/reply")
def test_a_message_is_named_by_identifier_and_number(isms: IsmsDriver, numbers: Numbers) -> None:
    """One of the four states, behind one word and a blank."""
    mobile = numbers()[0]
    mid = identifier(isms.send(to=mobile))

    verify(said(isms.query(mid=mid, mobile=mobile))).is_one_of(
        "Status: Queued", "Status: Pending", "Status: Delivered", "Status: Failed"
    )


@requirement("isms/query/queued")
def test_a_message_still_waiting_is_queued(isms: IsmsDriver, numbers: Numbers) -> None:
    """Scheduled for an hour from now."""
    mobile = numbers()[0]
    mid = identifier(isms.send(to=mobile, schedule="+1 hour"))

    verify(said(isms.query(mid=mid, mobile=mobile))).equals("Status: Queued")


@requirement("isms/query/pending")
def test_a_message_on_its_way_is_pending(isms: IsmsDriver, clock: Clock, numbers: Numbers) -> None:
    """To a handset that takes an hour."""
    mobile = numbers(1, "9005")[0]
    mid = identifier(isms.send(to=mobile))
    clock.advance(SOON)

    verify(said(isms.query(mid=mid, mobile=mobile))).equals("Status: Pending")


@requirement("isms/query/delivered")
def test_a_message_that_arrived_is_delivered(isms: IsmsDriver, clock: Clock, numbers: Numbers) -> None:
    """Within a minute."""
    mobile = numbers()[0]
    mid = identifier(isms.send(to=mobile))
    clock.advance(SOON)

    verify(said(isms.query(mid=mid, mobile=mobile))).equals("Status: Delivered")


@requirement("isms/query/failed")
@pytest.mark.parametrize("ending", ["9001", "9003", "9006"], ids=["handset", "network", "route"])
def test_a_message_that_cannot_arrive_has_failed(
    isms: IsmsDriver, clock: Clock, numbers: Numbers, ending: str
) -> None:
    """Wherever it was lost."""
    mobile = numbers(1, ending)[0]
    mid = identifier(isms.send(to=mobile))
    clock.advance(SOON)

    verify(said(isms.query(mid=mid, mobile=mobile))).equals("Status: Failed")


@requirement("isms/query/no-mid")
def test_a_query_needs_an_identifier(isms: IsmsDriver, numbers: Numbers) -> None:
    """The parameter left out."""
    verify(said(isms.query(mid=None, mobile=numbers()))).equals("Error: No message ID defined.")


@requirement("isms/query/no-mobile")
@pytest.mark.parametrize("mobile", [None, ""], ids=["left-out", "empty"])
def test_a_query_needs_a_number(isms: IsmsDriver, mobile: str | None) -> None:
    """Without the parameter, and with nothing in it."""
    verify(said(isms.query(mid=NOBODYS, mobile=mobile))).equals("Error: No mobile defined.")


@requirement("isms/query/unknown")
@pytest.mark.parametrize("mid", [NOBODYS, "ΑΒΓ", "0", "x" * 300])
def test_an_identifier_nobody_was_given_is_unknown(isms: IsmsDriver, numbers: Numbers, mid: str) -> None:
    """The page's example, and others."""
    verify(said(isms.query(mid=mid, mobile=numbers()))).equals(UNKNOWN)


@requirement("isms/query/other-recipient")
def test_a_number_of_another_call_is_unknown(isms: IsmsDriver, numbers: Numbers) -> None:
    """Two calls, the number of one asked for under the other."""
    mobile, other = numbers(2)
    mid = identifier(isms.send(to=mobile))
    identifier(isms.send(to=other))

    verify(said(isms.query(mid=mid, mobile=other))).equals(UNKNOWN)


@requirement("isms/query/other-recipient")
def test_a_text_that_is_no_number_is_unknown(isms: IsmsDriver, numbers: Numbers) -> None:
    """There is no error of its own for it."""
    mid = identifier(isms.send(to=numbers()))

    verify(said(isms.query(mid=mid, mobile="MOBILE"))).equals(UNKNOWN)


@requirement("isms/query/precedence")
@pytest.mark.parametrize(("first", "second"), list(combinations(FLAWS, 2)))
def test_the_error_listed_first_is_voiced(
    isms: IsmsDriver, numbers: Numbers, first: str, second: str
) -> None:
    """Two flaws in one query."""
    fields = {"username": isms.username, "password": isms.password, "mid": NOBODYS, "mobile": numbers()[0]}
    reply = isms.call("query.php", {**fields, **FLAWS[first][0], **FLAWS[second][0]})

    verify(said(reply)).equals(FLAWS[first][1])


@requirement("isms/query/owner")
def test_another_account_knows_nothing_of_a_message(
    isms: IsmsDriver, empty_account: Account, numbers: Numbers
) -> None:
    """Right identifier, right number, other account."""
    mobile = numbers()[0]
    mid = identifier(isms.send(to=mobile))
    other = isms.as_user(empty_account.username, empty_account.password)

    verify(said(other.query(mid=mid, mobile=mobile))).equals(UNKNOWN)


@requirement("isms/query/number-spelling")
@pytest.mark.parametrize("spelling", ["+{}", "00{}", " {} "], ids=["plus", "zeros", "blanks"])
def test_a_recipient_is_found_in_other_spellings(isms: IsmsDriver, numbers: Numbers, spelling: str) -> None:
    """Sent to in digits."""
    mobile = numbers()[0]
    mid = identifier(isms.send(to=mobile))

    verify(said(isms.query(mid=mid, mobile=spelling.format(mobile)))).matches(r"Status: \w+")


@requirement("isms/query/id-prefix")
def test_an_identifier_with_its_prefix_is_unknown(isms: IsmsDriver, numbers: Numbers) -> None:
    """The answer to send.php, pasted whole."""
    mobile = numbers()[0]
    mid = identifier(isms.send(to=mobile))

    verify(said(isms.query(mid=f"ID:{mid}", mobile=mobile))).equals(UNKNOWN)


@requirement("isms/query/id-case")
def test_an_identifier_in_the_other_case_is_unknown(isms: IsmsDriver, numbers: Numbers) -> None:
    """Capitals for small letters and the reverse."""
    mobile = numbers()[0]
    mid = identifier(isms.send(to=mobile))

    verify(said(isms.query(mid=mid.swapcase(), mobile=mobile))).equals(UNKNOWN)


@requirement("isms/query/kinds-apart")
def test_messages_and_look_ups_have_identifiers_of_their_own(isms: IsmsDriver, numbers: Numbers) -> None:
    """Each asked for at the other's script."""
    mobile = numbers()[0]
    message, look_up = identifier(isms.send(to=mobile)), identifier(isms.hlr(mobiles=mobile))

    verify(said(isms.query(mid=look_up, mobile=mobile))).equals(UNKNOWN)
    verify(said(isms.hlrquery(mid=message, mobile=mobile))).equals("Error: No such message ID or mobile.")


@requirement("isms/query/each-recipient")
def test_recipients_fare_differently(isms: IsmsDriver, clock: Clock, numbers: Numbers) -> None:
    """One reached, one not, one not yet, in one call."""
    to = [*numbers(1), *numbers(1, "9001"), *numbers(1, "9005")]
    mid = identifier(isms.send(to=to))
    clock.advance(SOON)

    verify([state(isms, mid, mobile) for mobile in to]).equals(["Delivered", "Failed", "Pending"])


@requirement("isms/query/onwards")
def test_a_state_only_moves_on(isms: IsmsDriver, control: Control, numbers: Numbers) -> None:
    """Looked at every half second, then after a day."""
    mobile = numbers()[0]
    mid = identifier(isms.send(to=mobile))
    seen = [state(isms, mid, mobile)]
    for seconds in [0.5] * 10 + [24 * 3600.0]:
        control.advance(seconds)
        seen.append(state(isms, mid, mobile))

    verify(list(dict.fromkeys(seen))).equals(["Queued", "Pending", "Delivered"])
    verify(seen).equals(sorted(seen, key=["Queued", "Pending", "Delivered"].index))


@requirement("isms/query/expiry")
def test_a_message_expires_after_two_days(isms: IsmsDriver, control: Control, numbers: Numbers) -> None:
    """A minute before and a minute after."""
    mobile = numbers(1, "9002")[0]
    mid = identifier(isms.send(to=mobile))

    control.advance(48 * 3600 - SOON)
    verify(state(isms, mid, mobile)).equals("Pending")
    control.advance(2 * SOON)
    verify(state(isms, mid, mobile)).equals("Failed")


@requirement("isms/query/no-effect")
def test_asking_changes_nothing(isms: IsmsDriver, numbers: Numbers) -> None:
    """Neither the state of a waiting message nor the balance."""
    mobile = numbers()[0]
    mid = identifier(isms.send(to=mobile, schedule="+1 hour"))
    before = balance(isms)

    verify([state(isms, mid, mobile) for _ in range(5)]).equals(["Queued"] * 5)
    verify(balance(isms)).equals(before)
