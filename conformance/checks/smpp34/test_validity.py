"""validity_period: until when a message is worth anything."""

import pytest

from conformance.checks.smpp34.calls import Smsc, refuses
from conformance.checks.smpp34.messages import AHEAD, LATER, ahead, settled, state, wait
from conformance.drivers.smpp_operations import DELIVERED, ENROUTE, EXPIRED
from conformance.drivers.smpp_pdus import SUBMIT_SM
from conformance.drivers.smpp_statuses import Status
from conformance.requirement import requirement
from conformance.verify import verify

UNREACHED = "expires"
"""The outcome of a message whose destination is not reached."""


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("absolute", marks=requirement("smpp34/times/validity")),
        pytest.param("relative", marks=requirement("smpp34/times/validity-relative")),
    ],
)
def test_a_message_that_does_not_arrive_in_time_expires(smsc: Smsc, written: str) -> None:
    """At its end, and no sooner."""
    link, number = smsc.bound(), smsc.fated(UNREACHED)
    validity = ahead(smsc) if written == "absolute" else LATER
    name = smsc.submit(link, destination=number, validity=validity)

    states = []
    for seconds in (AHEAD - 1, 1):
        wait(smsc, link, seconds)
        states.append(state(link, name).state)
    verify(states).equals([ENROUTE, EXPIRED])


@requirement("smpp34/times/validity-default")
def test_a_message_without_an_end_arrives(smsc: Smsc) -> None:
    """However long the SMSC would have tried."""
    link = smsc.bound()
    name = smsc.submit(link, validity="", registered=1)

    verify(settled(smsc, link, name).state).equals(DELIVERED)


@requirement("smpp34/times/past-validity")
def test_a_message_whose_end_is_past_does_not_arrive(smsc: Smsc) -> None:
    """It is refused, or expires at once."""
    link = smsc.bound()
    answer = smsc.answer(link, smsc.letter(validity=ahead(smsc, -3600), registered=1))

    verify(answer.status).is_one_of(Status.ROK, Status.RINVEXPIRY)
    if answer.status == Status.ROK:
        verify(settled(smsc, link, answer.message_id).state).equals(EXPIRED)


@requirement("smpp34/times/end-before-schedule")
def test_a_message_that_leaves_after_its_end_does_not_arrive(smsc: Smsc) -> None:
    """It is refused, or expires."""
    link = smsc.bound()
    letter = smsc.letter(schedule=ahead(smsc), validity=ahead(smsc, AHEAD / 2), registered=1)
    answer = smsc.answer(link, letter)

    if answer.status == Status.ROK:
        wait(smsc, link, AHEAD)
        verify(settled(smsc, link, answer.message_id).state).equals(EXPIRED)
    else:
        refuses(answer, SUBMIT_SM)
