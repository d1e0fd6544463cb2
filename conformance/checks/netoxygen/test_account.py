"""auth, get_credits, account_status and get_guid."""

import pytest

from conformance.checks.netoxygen.calls import balance, cost
from conformance.control import Control
from conformance.drivers.netoxygen import NetOxygenDriver
from conformance.drivers.xmlrpc import Fault
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

wrong_pairs = pytest.mark.parametrize(
    ("user", "password"),
    [(None, "nobody-has-this"), ("nobody", None), (None, ""), ("", None), ("", ""), ("nobody", "nothing")],
    ids=["password", "user", "no-password", "no-user", "neither", "both"],
)


def as_if(netoxygen: NetOxygenDriver, user: str | None, password: str | None) -> NetOxygenDriver:
    """With one or both of the credentials replaced."""
    return netoxygen.as_user(
        netoxygen.username if user is None else user, netoxygen.password if password is None else password
    )


@requirement("netoxygen/auth/true")
def test_the_right_pair_is_true(netoxygen: NetOxygenDriver) -> None:
    """A boolean."""
    verify(netoxygen.auth()).equals(True)


@requirement("netoxygen/auth/false")
@wrong_pairs
def test_a_wrong_pair_is_false(netoxygen: NetOxygenDriver, user: str | None, password: str | None) -> None:
    """A boolean, and no fault."""
    verify(as_if(netoxygen, user, password).auth()).equals(False)


@requirement("netoxygen/auth/no-effect")
def test_to_be_asked_who_one_is_costs_nothing(netoxygen: NetOxygenDriver) -> None:
    """Nor do the other questions about an account."""
    verify(cost(netoxygen, netoxygen.auth)).equals(0)
    verify(cost(netoxygen, netoxygen.account_status)).equals(0)
    verify(cost(netoxygen, netoxygen.get_guid)).equals(0)


@requirement("netoxygen/credits/amount")
def test_the_credits_are_those_the_account_has(netoxygen: NetOxygenDriver, control: Control) -> None:
    """Before and after a change."""
    verify(netoxygen.get_credits()).equals(int(control.credit("netoxygen", netoxygen.username)))
    control.patch_account("netoxygen", netoxygen.username, credit=7)
    verify(netoxygen.get_credits()).equals(7)


@requirement("netoxygen/credits/amount")
def test_a_message_makes_the_credits_fewer(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """However many there are."""
    verify(cost(netoxygen, lambda: netoxygen.send_message(numbers()[0]))).holds(
        lambda spent: spent > 0, "fewer than before"
    )


@requirement("netoxygen/credits/integer")
def test_credits_are_an_integer(netoxygen: NetOxygenDriver) -> None:
    """By type."""
    verify(netoxygen.get_credits()).holds(
        lambda credits: isinstance(credits, int) and not isinstance(credits, bool), "an int"
    )


@requirement("netoxygen/credits/integer")
def test_parts_of_a_credit_are_not_told(netoxygen: NetOxygenDriver, control: Control) -> None:
    """An account with some."""
    control.patch_account("netoxygen", netoxygen.username, credit=7.75)

    verify(netoxygen.get_credits()).equals(7)


@requirement("netoxygen/credits/zero")
def test_no_credits_are_a_number(poor: NetOxygenDriver) -> None:
    """Which Python, too, holds apart from FALSE only by type."""
    verify(poor.get_credits()).equals(0)


@requirement("netoxygen/credits/false", "netoxygen/credits/wrong-pair")
@wrong_pairs
def test_a_wrong_pair_has_no_credits(
    netoxygen: NetOxygenDriver, user: str | None, password: str | None
) -> None:
    """FALSE as a boolean."""
    verify(as_if(netoxygen, user, password).get_credits()).equals(False)


@requirement("netoxygen/account-status/regular")
def test_an_ordinary_account_is_regular(netoxygen: NetOxygenDriver) -> None:
    """The one that has credit."""
    verify(netoxygen.account_status()).equals("regular")


@requirement("netoxygen/account-status/free")
def test_a_free_account_is_free(free: NetOxygenDriver) -> None:
    """The one that may not choose its sender."""
    verify(free.account_status()).equals("free")


@requirement("netoxygen/guid/length")
def test_the_identifier_of_a_group_has_36_characters(netoxygen: NetOxygenDriver) -> None:
    """As the document counts them."""
    verify(netoxygen.get_guid()).matches(".{36}")


@requirement("netoxygen/guid/form")
def test_the_identifier_of_a_group_is_a_uuid(netoxygen: NetOxygenDriver) -> None:
    """With the groups that UUIDs have."""
    verify(netoxygen.get_guid()).matches("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@requirement("netoxygen/guid/false", "netoxygen/guid/wrong-pair")
@wrong_pairs
def test_a_wrong_pair_has_no_group(
    netoxygen: NetOxygenDriver, user: str | None, password: str | None
) -> None:
    """FALSE as a boolean."""
    verify(as_if(netoxygen, user, password).get_guid()).equals(False)


@requirement("netoxygen/guid/stable")
def test_a_group_keeps_its_identifier(netoxygen: NetOxygenDriver) -> None:
    """Asked twice."""
    verify(netoxygen.get_guid()).equals(netoxygen.get_guid())


@requirement("netoxygen/guid/stable")
def test_a_group_keeps_its_identifier_for_days(netoxygen: NetOxygenDriver, control: Control) -> None:
    """Whatever was done in between."""
    before = netoxygen.get_guid()
    control.patch_account("netoxygen", netoxygen.username, credit=1, password="another")
    control.advance(3 * 24 * 3600)

    verify(netoxygen.as_user(netoxygen.username, "another").get_guid()).equals(before)


def member(control: Control, netoxygen: NetOxygenDriver, login: str, group: str) -> NetOxygenDriver:
    """A user of a group."""
    control.put_account("netoxygen", login, password="known", attributes={"group": group})
    return netoxygen.as_user(login, "known")


@requirement("netoxygen/guid/shared")
def test_users_of_one_group_have_its_identifier(netoxygen: NetOxygenDriver, control: Control) -> None:
    """Two of them."""
    one, other = member(control, netoxygen, "one", "acme"), member(control, netoxygen, "other", "acme")

    verify(one.get_guid()).holds(lambda guid: bool(guid) and not isinstance(guid, Fault), "an identifier")
    verify(other.get_guid()).equals(one.get_guid())


@requirement("netoxygen/guid/distinct")
def test_groups_have_identifiers_of_their_own(netoxygen: NetOxygenDriver, control: Control) -> None:
    """Two users of two groups, and one of none that is named."""
    users = (
        member(control, netoxygen, "one", "acme"),
        member(control, netoxygen, "other", "zenith"),
        netoxygen,
    )

    verify([user.get_guid() for user in users]).holds(lambda guids: len(set(guids)) == 3, "three identifiers")


@requirement("netoxygen/guid/moves")
def test_a_user_who_is_moved_has_the_new_group(netoxygen: NetOxygenDriver, control: Control) -> None:
    """From one to another that somebody is in."""
    one, other = member(control, netoxygen, "one", "acme"), member(control, netoxygen, "other", "zenith")
    control.patch_account("netoxygen", "one", attributes={"group": "zenith"})

    verify(one.get_guid()).equals(other.get_guid())


@requirement("netoxygen/credits/amount")
def test_asking_for_the_credits_costs_none(netoxygen: NetOxygenDriver) -> None:
    """Twice in a row."""
    verify(balance(netoxygen)).equals(balance(netoxygen))
