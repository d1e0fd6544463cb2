"""submit_multi: one message for several destinations."""

import pytest

from conformance.checks.smpp34.calls import Smsc, refuses
from conformance.checks.smpp34.reports import receipts
from conformance.drivers.smpp import Link
from conformance.drivers.smpp_frames import Frame
from conformance.drivers.smpp_operations import destinations, distribution_list, many
from conformance.drivers.smpp_pdus import ANSWER, SUBMIT_MULTI
from conformance.drivers.smpp_statuses import Status
from conformance.requirement import requirement
from conformance.verify import verify

NOBODY = "nobody"

UNLISTED = (Status.RINVDLNAME, Status.RCNTSUBDL)
"""What is said of a distribution list that there is not."""


def to_many(smsc: Smsc, link: Link, addresses: bytes, cost: int = 1) -> Frame:
    """The answer to a submit_multi that asks for receipts."""
    body = smsc.letter(destination=NOBODY, registered=1).to_many(addresses)
    return smsc.ask(link, SUBMIT_MULTI, body, cost=cost)


def receivers(smsc: Smsc, link: Link, count: int) -> list[str]:
    """From whom the next receipts come."""
    return sorted(one.source for one in receipts(smsc, link, count))


@requirement("smpp34/multi/accepted", "smpp34/multi/each")
def test_a_message_is_sent_to_each(smsc: Smsc) -> None:
    """Under one name, and nobody is missed."""
    link, numbers = smsc.bound(), smsc.place.numbers(3)
    answer = to_many(smsc, link, destinations(*numbers), cost=3)

    verify((hex(answer.command), answer.status)).equals((hex(SUBMIT_MULTI | ANSWER), Status.ROK))
    verify(many(answer).message_id).holds(bool, "a message_id that is not empty")
    verify(many(answer).missed).equals({})
    verify(receivers(smsc, link, 3)).equals(sorted(numbers))


@requirement("smpp34/multi/some-fail")
def test_one_that_is_refused_is_named_and_stops_no_other(smsc: Smsc) -> None:
    """Between two that are taken."""
    link = smsc.bound()
    first, last = smsc.place.numbers(2)
    answer = to_many(smsc, link, destinations(first, NOBODY, last), cost=2)

    verify(answer.status).equals(Status.ROK)
    verify(many(answer).missed).equals({NOBODY: Status.RINVDSTADR})
    verify(receivers(smsc, link, 2)).equals(sorted([first, last]))


@requirement("smpp34/multi/all-fail")
def test_where_none_is_taken_each_is_named_or_the_whole_refused(smsc: Smsc) -> None:
    """Two of them."""
    answer = to_many(smsc, smsc.bound(), destinations(NOBODY, "nowhere"))

    if answer.status == Status.ROK:
        verify(set(many(answer).missed)).equals({NOBODY, "nowhere"})
    else:
        refuses(answer, SUBMIT_MULTI)


@pytest.mark.parametrize(
    "count",
    [
        pytest.param(0, marks=requirement("smpp34/multi/no-destinations")),
        pytest.param(255, marks=requirement("smpp34/multi/too-many")),
    ],
)
def test_a_number_of_destinations_that_cannot_be_is_refused(smsc: Smsc, count: int) -> None:
    """Nothing else is wrong with them."""
    numbers = [smsc.number()] * count
    answer = to_many(smsc, smsc.bound(), destinations(*numbers))

    refuses(answer, SUBMIT_MULTI, Status.RINVNUMDESTS)


@requirement("smpp34/multi/bad-flag")
@pytest.mark.parametrize("flag", [0, 3])
def test_a_destination_that_is_neither_address_nor_list_is_refused(smsc: Smsc, flag: int) -> None:
    """Whatever comes behind the flag."""
    answer = to_many(smsc, smsc.bound(), destinations(smsc.number(), flag=flag))

    refuses(answer, SUBMIT_MULTI, Status.RINVDESTFLAG)


@requirement("smpp34/multi/list")
def test_a_list_that_there_is_not_is_refused_or_named(smsc: Smsc) -> None:
    """Alone in its request."""
    answer = to_many(smsc, smsc.bound(), distribution_list("nobodys"))

    if answer.status == Status.ROK:
        verify(list(many(answer).missed.values())).is_one_of(*([one] for one in UNLISTED))
    else:
        refuses(answer, SUBMIT_MULTI, *UNLISTED)
