"""SOAP query: the state of a message."""

import pytest

from conformance.bench import Account
from conformance.checks.isms import calls
from conformance.checks.isms.calls import SOON
from conformance.checks.isms.soap_calls import identifier, refused, returned, state
from conformance.clock import Clock
from conformance.drivers.isms import IsmsDriver
from conformance.drivers.isms_soap import IsmsSoapDriver
from conformance.drivers.soap import STYLES, Style
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

UNKNOWN = "No such message or recipient."


@requirement("isms/soap-query/parameters", "isms/soap-query/reply")
@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_a_message_is_named_by_identifier_and_number(
    soap: IsmsSoapDriver, numbers: Numbers, style: Style
) -> None:
    """One of the four words, alone, in the manner of six kinds of clients."""
    mobile = numbers()[0]
    caller = soap.styled(style)
    sent = identifier(caller.send(to=[mobile]))

    verify(returned(caller.query(message_id=sent, mobile=mobile))).is_one_of(
        "Queued", "Pending", "Delivered", "Failed"
    )


@requirement("isms/soap-query/queued")
def test_a_message_still_waiting_is_queued(isms: IsmsDriver, soap: IsmsSoapDriver, numbers: Numbers) -> None:
    """Put off for an hour over HTTP, where the page has a word for it."""
    mobile = numbers()[0]
    sent = calls.identifier(isms.send(to=mobile, schedule="+1 hour"))

    verify(state(soap, sent, mobile)).equals("Queued")


@requirement("isms/soap-query/pending")
def test_a_message_on_its_way_is_pending(soap: IsmsSoapDriver, clock: Clock, numbers: Numbers) -> None:
    """To a handset that takes an hour."""
    mobile = numbers(1, "9005")[0]
    sent = identifier(soap.send(to=[mobile]))
    clock.advance(SOON)

    verify(state(soap, sent, mobile)).equals("Pending")


@requirement("isms/soap-query/delivered")
def test_a_message_that_arrived_is_delivered(soap: IsmsSoapDriver, clock: Clock, numbers: Numbers) -> None:
    """Within a minute."""
    mobile = numbers()[0]
    sent = identifier(soap.send(to=[mobile]))
    clock.advance(SOON)

    verify(state(soap, sent, mobile)).equals("Delivered")


@requirement("isms/soap-query/failed")
@pytest.mark.parametrize("ending", ["9001", "9003", "9006"], ids=["handset", "network", "route"])
def test_a_message_that_cannot_arrive_has_failed(
    soap: IsmsSoapDriver, clock: Clock, numbers: Numbers, ending: str
) -> None:
    """Wherever it was lost."""
    mobile = numbers(1, ending)[0]
    sent = identifier(soap.send(to=[mobile]))
    clock.advance(SOON)

    verify(state(soap, sent, mobile)).equals("Failed")


@requirement("isms/soap-query/unknown")
def test_a_number_of_another_call_is_unknown(soap: IsmsSoapDriver, numbers: Numbers) -> None:
    """Two calls, the number of one asked for under the other."""
    mobile, other = numbers(2)
    sent = identifier(soap.send(to=[mobile]))
    identifier(soap.send(to=[other]))

    verify(refused(soap.query(message_id=sent, mobile=other))).equals(UNKNOWN)


@requirement("isms/soap-query/owner")
def test_another_account_knows_nothing_of_a_message(
    soap: IsmsSoapDriver, empty_account: Account, numbers: Numbers
) -> None:
    """Right identifier, right number, other account."""
    mobile = numbers()[0]
    sent = identifier(soap.send(to=[mobile]))
    other = soap.as_user(empty_account.username, empty_account.password)

    verify(refused(other.query(message_id=sent, mobile=mobile))).equals(UNKNOWN)
