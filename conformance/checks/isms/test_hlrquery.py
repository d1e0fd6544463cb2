"""hlrquery.php: what became of a look-up."""

from itertools import combinations
from typing import NamedTuple

import pytest

from conformance.bench import Account
from conformance.checks.isms.calls import SOON, Spoilt, balance, identifier, said
from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.isms import IsmsDriver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

UNKNOWN = "Error: No such message ID or mobile."
NOBODYS = "0adgre1"  # the identifier in the page's sample

LIVE, ABSENT, NO_NUMBER, NO_ANSWER, PORTED, ABROAD = None, "9001", "9003", "9004", "9010", "9011"

FLAWS: dict[str, Spoilt] = {  # a way to spoil a query, and what is said of it, in the order of the page
    "password": ({"password": "nobody-has-this"}, "Error: Authentication error."),
    "mid": ({"mid": None}, "Error: No message ID defined."),
    "mobile": ({"mobile": None}, "Error: No mobile defined."),
    "unknown": ({}, UNKNOWN),
}


class Result(NamedTuple):
    """The six fields of a finished look-up, under the page's names."""

    status: str
    country: str
    operator: str
    imsi: str
    serving_msc: str
    error_code: str


def result(isms: IsmsDriver, clock: Clock, mobile: str) -> Result:
    """What a look-up has found after a minute, which has to be six fields."""
    mid = identifier(isms.hlr(mobiles=mobile))
    clock.advance(SOON)
    return Result(
        *verify(said(isms.hlrquery(mid=mid, mobile=mobile))).matches(";".join(["([^;]*)"] * 6)).groups()
    )


@requirement("isms/hlrquery/queued", "isms/hlrquery/word-alone")
def test_a_new_look_up_is_queued(isms: IsmsDriver, control: Control, numbers: Numbers) -> None:
    """No time has passed; the word is all there is."""
    mobile = numbers()[0]
    mid = identifier(isms.hlr(mobiles=mobile))
    control.advance(0)

    verify(said(isms.hlrquery(mid=mid, mobile=mobile))).equals("Queued")


@requirement("isms/hlrquery/pending", "isms/hlrquery/word-alone")
def test_a_look_up_under_way_is_pending(isms: IsmsDriver, control: Control, numbers: Numbers) -> None:
    """A second and a half later; the word is all there is."""
    mobile = numbers()[0]
    mid = identifier(isms.hlr(mobiles=mobile))
    control.advance(1.5)

    verify(said(isms.hlrquery(mid=mid, mobile=mobile))).equals("Pending")


@pytest.mark.parametrize(
    ("ending", "word"),
    [
        pytest.param(LIVE, "Delivered", marks=requirement("isms/hlrquery/delivered")),
        pytest.param(ABSENT, "Undelivered", marks=requirement("isms/hlrquery/undelivered")),
        pytest.param(NO_NUMBER, "Failed", marks=requirement("isms/hlrquery/failed")),
        pytest.param(NO_ANSWER, "Unknown", marks=requirement("isms/hlrquery/unanswered")),
    ],
)
def test_a_finished_look_up_begins_with_its_word(
    isms: IsmsDriver, clock: Clock, numbers: Numbers, ending: str | None, word: str
) -> None:
    """A live number, an absent one, none at all, one that does not answer."""
    verify(result(isms, clock, numbers(1, ending)[0]).status).equals(word)


@requirement("isms/hlrquery/six-fields")
@pytest.mark.parametrize("ending", [LIVE, ABSENT, NO_NUMBER, NO_ANSWER])
def test_a_finished_look_up_has_six_fields(
    isms: IsmsDriver, clock: Clock, numbers: Numbers, ending: str | None
) -> None:
    """Five semicolons, whatever was found."""
    mobile = numbers(1, ending)[0]
    mid = identifier(isms.hlr(mobiles=mobile))
    clock.advance(SOON)

    verify(said(isms.hlrquery(mid=mid, mobile=mobile)).count(";")).equals(5)


@requirement("isms/hlrquery/empty-fields")
@pytest.mark.parametrize("ending", [LIVE, ABSENT, NO_NUMBER, NO_ANSWER])
def test_fields_are_empty_or_trimmed(
    isms: IsmsDriver, clock: Clock, numbers: Numbers, ending: str | None
) -> None:
    """No blank beside a semicolon, no dash for nothing."""
    for value in result(isms, clock, numbers(1, ending)[0]):
        verify(value).matches(r"|[^\s;-]|[^\s;][^;]*[^\s;]")


@requirement("isms/hlrquery/country")
@pytest.mark.parametrize(("mobile", "country"), [("306900000000", "Greece"), ("35799000000", "Cyprus")])
@pytest.mark.usefixtures("control")  # only an emulator may be asked about numbers that are not ours
def test_the_country_is_named_in_english(isms: IsmsDriver, clock: Clock, mobile: str, country: str) -> None:
    """By the prefix of the number."""
    verify(result(isms, clock, mobile).country).equals(country)


@requirement("isms/hlrquery/operator")
def test_the_operator_is_named(isms: IsmsDriver, clock: Clock, numbers: Numbers) -> None:
    """Of a live number."""
    verify(result(isms, clock, numbers()[0]).operator).matches(".+")


@requirement("isms/hlrquery/operator")
def test_the_operator_of_a_ported_number_is_another(
    isms: IsmsDriver, clock: Clock, control: Control, numbers: Numbers
) -> None:
    """One number, before and after it is ported."""
    mobile = numbers()[0]
    before = result(isms, clock, mobile).operator
    control.set_outcome(mobile, "ported")

    verify(result(isms, clock, mobile).operator).holds(
        lambda after: after not in ("", before), f"the name of another operator than {before}"
    )


@requirement("isms/hlrquery/imsi")
@pytest.mark.parametrize(("mobile", "country"), [("306900000000", "202"), ("35799000000", "280")])
@pytest.mark.usefixtures("control")
def test_the_imsi_begins_with_the_code_of_the_country(
    isms: IsmsDriver, clock: Clock, mobile: str, country: str
) -> None:
    """Fifteen digits for a live number."""
    verify(result(isms, clock, mobile).imsi).matches(rf"{country}\d{{12}}")


@requirement("isms/hlrquery/serving-msc")
def test_the_serving_exchange_is_where_the_handset_is(
    isms: IsmsDriver, clock: Clock, numbers: Numbers
) -> None:
    """At home, and roaming abroad."""
    home = result(isms, clock, numbers()[0])
    abroad = result(isms, clock, numbers(1, ABROAD)[0])

    verify(home.serving_msc).matches(r"30\d{6,13}")
    verify(abroad.serving_msc).matches(r"(?!30)\d{8,15}")


@requirement("isms/hlrquery/error-code")
@pytest.mark.parametrize(
    ("ending", "code"),
    [(LIVE, "0"), (ABSENT, r"[1-9]\d*"), (NO_NUMBER, r"[1-9]\d*"), (NO_ANSWER, r"[1-9]\d*")],
)
def test_the_error_code_is_0_for_live_numbers_only(
    isms: IsmsDriver, clock: Clock, numbers: Numbers, ending: str | None, code: str
) -> None:
    """Digits in any case."""
    verify(result(isms, clock, numbers(1, ending)[0]).error_code).matches(code)


@requirement("isms/hlrquery/parameters")
def test_each_number_of_a_look_up_has_its_result(isms: IsmsDriver, clock: Clock, numbers: Numbers) -> None:
    """A live number and an absent one under one identifier."""
    live, absent = numbers()[0], numbers(1, ABSENT)[0]
    mid = identifier(isms.hlr(mobiles=[live, absent]))
    clock.advance(SOON)

    verify(said(isms.hlrquery(mid=mid, mobile=live))).matches("Delivered;.*")
    verify(said(isms.hlrquery(mid=mid, mobile=absent))).matches("Undelivered;.*")


@requirement("isms/hlrquery/no-mid")
def test_a_query_needs_an_identifier(isms: IsmsDriver, numbers: Numbers) -> None:
    """The parameter left out."""
    verify(said(isms.hlrquery(mid=None, mobile=numbers()))).equals("Error: No message ID defined.")


@requirement("isms/hlrquery/no-mobile")
@pytest.mark.parametrize("mobile", [None, ""], ids=["left-out", "empty"])
def test_a_query_needs_a_number(isms: IsmsDriver, mobile: str | None) -> None:
    """Without the parameter, and with nothing in it."""
    verify(said(isms.hlrquery(mid=NOBODYS, mobile=mobile))).equals("Error: No mobile defined.")


@requirement("isms/hlrquery/unknown")
def test_an_identifier_nobody_was_given_is_unknown(isms: IsmsDriver, numbers: Numbers) -> None:
    """The page's sample."""
    verify(said(isms.hlrquery(mid=NOBODYS, mobile=numbers()))).equals(UNKNOWN)


@requirement("isms/hlrquery/unknown")
def test_a_number_not_looked_up_is_unknown(isms: IsmsDriver, numbers: Numbers) -> None:
    """Asked for under the identifier of another."""
    mobile, other = numbers(2)
    mid = identifier(isms.hlr(mobiles=mobile))

    verify(said(isms.hlrquery(mid=mid, mobile=other))).equals(UNKNOWN)


@requirement("isms/hlrquery/precedence")
@pytest.mark.parametrize(("first", "second"), list(combinations(FLAWS, 2)))
def test_the_error_listed_first_is_voiced(
    isms: IsmsDriver, numbers: Numbers, first: str, second: str
) -> None:
    """Two flaws in one query."""
    fields = {"username": isms.username, "password": isms.password, "mid": NOBODYS, "mobile": numbers()[0]}
    reply = isms.call("hlrquery.php", {**fields, **FLAWS[first][0], **FLAWS[second][0]})

    verify(said(reply)).equals(FLAWS[first][1])


@requirement("isms/hlrquery/owner")
def test_another_account_knows_nothing_of_a_look_up(
    isms: IsmsDriver, empty_account: Account, numbers: Numbers
) -> None:
    """Right identifier, right number, other account."""
    mobile = numbers()[0]
    mid = identifier(isms.hlr(mobiles=mobile))
    other = isms.as_user(empty_account.username, empty_account.password)

    verify(said(other.hlrquery(mid=mid, mobile=mobile))).equals(UNKNOWN)


@requirement("isms/hlrquery/number-spelling")
@pytest.mark.parametrize("spelling", ["+{}", "00{}", " {} "], ids=["plus", "zeros", "blanks"])
def test_a_number_is_found_in_other_spellings(isms: IsmsDriver, numbers: Numbers, spelling: str) -> None:
    """Looked up in digits."""
    mobile = numbers()[0]
    mid = identifier(isms.hlr(mobiles=mobile))

    verify(said(isms.hlrquery(mid=mid, mobile=spelling.format(mobile)))).matches(r"[A-Z][a-z]+(;.*)?")


@requirement("isms/hlrquery/no-effect")
def test_asking_changes_nothing(isms: IsmsDriver, clock: Clock, numbers: Numbers) -> None:
    """Neither the result nor the balance."""
    mobile = numbers()[0]
    mid = identifier(isms.hlr(mobiles=mobile))
    clock.advance(SOON)
    before = balance(isms)
    results = [said(isms.hlrquery(mid=mid, mobile=mobile)) for _ in range(3)]

    verify(results).equals(results[:1] * 3)
    verify(balance(isms)).equals(before)
