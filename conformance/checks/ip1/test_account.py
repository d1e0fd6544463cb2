"""The account that calls."""

import pytest

from conformance.checks.ip1.book import answered, shown
from conformance.checks.ip1.calls import SOON, balance, message, refused, sent
from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.ip1 import CHILDREN, DETAILS, OVERVIEW, Ip1Driver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

MEMBERS = ["Account", "Balance", "Currency", "Organization", "Type"]

both_calls = pytest.mark.parametrize("path", [OVERVIEW, DETAILS], ids=["overview", "details"])


@requirement("ip1/account/overview")
def test_there_is_an_overview(ip1: Ip1Driver) -> None:
    """With the members of the page."""
    verify(sorted(shown(ip1, OVERVIEW))).equals(MEMBERS)


@requirement("ip1/account/id")
def test_an_account_has_an_id(ip1: Ip1Driver) -> None:
    """A prefix and digits."""
    verify(shown(ip1, OVERVIEW)["Account"]).matches("ip1-[0-9]+")


@requirement("ip1/account/id")
def test_an_account_is_who_calls(ip1: Ip1Driver, empty: Ip1Driver) -> None:
    """Another one with another token."""
    verify(shown(ip1, OVERVIEW)["Account"]).holds(
        lambda id: id != shown(empty, OVERVIEW)["Account"], "another id than the other account's"
    )


@requirement("ip1/account/organization")
def test_an_account_has_an_owner(ip1: Ip1Driver) -> None:
    """Who has a name."""
    verify(shown(ip1, OVERVIEW)["Organization"]).holds(
        lambda name: isinstance(name, str) and bool(name), "a name"
    )


@requirement("ip1/account/type")
@both_calls
def test_an_account_is_of_one_of_two_types(ip1: Ip1Driver, path: str) -> None:
    """The words of the page."""
    verify(shown(ip1, path)["Type"]).is_one_of("swedish", "international")


@requirement("ip1/account/type")
def test_an_account_may_be_international(ip1: Ip1Driver, control: Control, login: str) -> None:
    """And count in euro."""
    before = control.account("ip1", login)["attributes"]
    control.patch_account("ip1", login, attributes={**before, "type": "international", "currency": "EUR"})
    overview = shown(ip1, OVERVIEW)

    verify((overview["Type"], overview["Currency"])).equals(("international", "EUR"))


@requirement("ip1/account/abroad")
def test_traffic_abroad_is_priced_by_its_country(ip1: Ip1Driver, clock: Clock, control: Control) -> None:
    """A message within Sweden and one to Greece."""
    ids = [sent(ip1, [number]) for number in ("46701740606", "306900000001")]
    clock.advance(SOON)
    home, abroad = (message(ip1, id)["price"] for id in ids)

    verify(home).holds(lambda price: price not in (0, abroad), "a price of its own")


@requirement("ip1/account/balance")
def test_an_overview_has_a_balance(ip1: Ip1Driver) -> None:
    """A number of one of two currencies."""
    overview = shown(ip1, OVERVIEW)

    verify(type(overview["Balance"])).is_one_of(int, float)
    verify(overview["Currency"]).is_one_of("SEK", "EUR")


@requirement("ip1/account/balance")
def test_the_balance_of_an_overview_may_be_below_zero(ip1: Ip1Driver, control: Control, login: str) -> None:
    """After more was spent than there was."""
    control.patch_account("ip1", login, credit=-2.5)

    verify(shown(ip1, OVERVIEW)["Balance"]).equals(-2.5)


@requirement("ip1/account/details")
def test_there_are_details(ip1: Ip1Driver) -> None:
    """Of the account that calls."""
    verify(shown(ip1, DETAILS)["Key"]).equals(ip1.key)


@requirement("ip1/account/details-document")
def test_details_have_the_members_of_the_page(ip1: Ip1Driver) -> None:
    """Four of them."""
    found = shown(ip1, DETAILS)

    verify([name for name in ("Key", "Parent", "Type", "Balance") if name not in found]).equals([])
    verify(found["Type"]).equals(shown(ip1, OVERVIEW)["Type"])


@requirement("ip1/account/key")
def test_the_key_opens_the_account(ip1: Ip1Driver) -> None:
    """As its token."""
    overview = shown(ip1.as_key(str(shown(ip1, DETAILS)["Key"])), OVERVIEW)

    verify(overview).equals(shown(ip1, OVERVIEW))


@requirement("ip1/account/details-balance")
def test_details_have_a_balance(ip1: Ip1Driver) -> None:
    """A number."""
    verify(type(shown(ip1, DETAILS)["Balance"])).is_one_of(int, float)


@requirement("ip1/account/details-balance")
def test_the_balance_of_details_may_be_below_zero(ip1: Ip1Driver, control: Control, login: str) -> None:
    """After more was spent than there was."""
    control.patch_account("ip1", login, credit=-2.5)

    verify(shown(ip1, DETAILS)["Balance"]).equals(-2.5)


@requirement("ip1/account/details-more")
def test_details_have_more_members(ip1: Ip1Driver) -> None:
    """Those of the portal."""
    details, overview = shown(ip1, DETAILS), shown(ip1, OVERVIEW)

    verify((details["ID"], details["Currency"])).equals((overview["Account"], overview["Currency"]))
    verify(type(details["Name"])).equals(str)


@requirement("ip1/account/same-balance")
def test_both_calls_follow_what_is_spent(ip1: Ip1Driver, numbers: Numbers, clock: Clock) -> None:
    """By a message to one recipient."""
    before = balance(ip1)
    sent(ip1, numbers())
    clock.advance(SOON)
    after = balance(ip1)

    verify(after).holds(lambda amount: amount < before, f"less than {before}")
    verify(shown(ip1, DETAILS)["Balance"]).equals(shown(ip1, OVERVIEW)["Balance"])


@requirement("ip1/account/errors")
@pytest.mark.parametrize("path", [OVERVIEW, DETAILS, CHILDREN, f"{CHILDREN}/ip1-0"])
def test_a_stranger_gets_a_message(nobody: Ip1Driver, path: str) -> None:
    """In an object of its own kind."""
    answer = nobody.get(path)

    refused(answer, 401)
    verify(sorted(answer.document)).equals(["Message"])
    verify(answer.document["Message"]).holds(lambda text: isinstance(text, str) and bool(text), "a sentence")


@requirement("ip1/account/errors")
def test_fields_at_fault_are_named(ip1: Ip1Driver) -> None:
    """With sentences about them."""
    answer = ip1.post(CHILDREN, {"Name": ""})

    refused(answer)
    verify(sorted(answer.document)).equals(["Message", "ModelState"])
    verify(answer.document["ModelState"]).holds(
        lambda state: (
            isinstance(state, dict)
            and bool(state)
            and all(isinstance(lines, list) and lines for lines in state.values())
        ),
        "an object of arrays of sentences",
    )


@requirement("ip1/account/no-parent")
def test_a_main_account_has_no_parent(ip1: Ip1Driver, control: Control) -> None:
    """The member is there all the same."""
    verify(answered(ip1.get(DETAILS)).get("Parent", "nothing")).equals(None)
