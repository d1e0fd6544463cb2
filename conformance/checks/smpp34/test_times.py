"""schedule_delivery_time: when a message leaves."""

from typing import Any

import pytest

from conformance.checks.smpp34.calls import Smsc, refuses
from conformance.checks.smpp34.messages import ALMOST, LATER, ahead, settled, state, vectors, wait
from conformance.drivers.smpp import Link
from conformance.drivers.smpp_operations import DELIVERED, ENROUTE
from conformance.drivers.smpp_pdus import SUBMIT_SM
from conformance.drivers.smpp_statuses import Status
from conformance.requirement import requirement
from conformance.verify import verify

ATHENS, NEWFOUNDLAND = 8, -14
"""Quarters of an hour ahead of UTC."""


def leaves_then(smsc: Smsc, link: Link, name: str) -> None:
    """The message, whose receipt was asked for, has to wait for its time, and to leave then."""
    wait(smsc, link, ALMOST)
    verify(state(link, name).state).equals(ENROUTE)
    verify(settled(smsc, link, name).state).equals(DELIVERED)


@requirement("smpp34/times/at-once")
def test_without_a_time_a_message_leaves_at_once(smsc: Smsc) -> None:
    """And arrives soon."""
    link = smsc.bound()
    name = smsc.submit(link, schedule="", registered=1)

    verify(settled(smsc, link, name).state).equals(DELIVERED)


@requirement("smpp34/times/absolute", "smpp34/times/not-before", "smpp34/times/scheduled-then")
def test_a_message_leaves_at_an_absolute_time(smsc: Smsc) -> None:
    """Not before."""
    link = smsc.bound()
    name = smsc.submit(link, schedule=ahead(smsc), registered=1)

    leaves_then(smsc, link, name)


@requirement("smpp34/times/absolute-zone")
@pytest.mark.parametrize("quarters", [ATHENS, NEWFOUNDLAND], ids=["ahead", "behind"])
def test_a_time_is_that_of_its_zone(smsc: Smsc, quarters: int) -> None:
    """Ahead of UTC, and behind."""
    link = smsc.bound()
    name = smsc.submit(link, schedule=ahead(smsc, quarters=quarters), registered=1)

    leaves_then(smsc, link, name)


@requirement("smpp34/times/relative", "smpp34/times/not-before", "smpp34/times/scheduled-then")
def test_a_message_leaves_after_a_while(smsc: Smsc) -> None:
    """Which is counted from its submission."""
    link = smsc.bound()
    name = smsc.submit(link, schedule=LATER, registered=1)

    leaves_then(smsc, link, name)


NO_TIMES = [row for row in vectors("times") if "smpp34/times/bad-schedule" in row["req"]]
WRONG_LENGTHS = [row for row in vectors("times") if "smpp34/times/bad-length" in row["req"]]


@requirement("smpp34/times/bad-schedule")
def test_a_time_that_is_none_is_refused(smsc: Smsc) -> None:
    """Though it has the length of one."""
    link = smsc.bound()
    for row in NO_TIMES:
        refuses(smsc.answer(link, smsc.letter(schedule=row["written"])), SUBMIT_SM, Status.RINVSCHED)


@requirement("smpp34/times/bad-validity")
def test_an_end_that_is_no_time_is_refused(smsc: Smsc) -> None:
    """In the same forms."""
    link = smsc.bound()
    for row in NO_TIMES:
        refuses(smsc.answer(link, smsc.letter(validity=row["written"])), SUBMIT_SM, Status.RINVEXPIRY)


@requirement("smpp34/times/bad-length")
@pytest.mark.parametrize("field", ["schedule", "validity"])
@pytest.mark.parametrize("row", WRONG_LENGTHS, ids=lambda row: row["name"])
def test_a_time_of_another_length_is_refused(smsc: Smsc, row: dict[str, Any], field: str) -> None:
    """By whatever status, as its field or as the whole PDU."""
    answer = smsc.answer(smsc.bound(), smsc.letter(**{field: row["written"]}))

    refuses(answer, SUBMIT_SM)


@requirement("smpp34/times/past-schedule")
def test_a_time_that_is_past_means_at_once_or_nothing(smsc: Smsc) -> None:
    """An hour ago."""
    link = smsc.bound()
    answer = smsc.answer(link, smsc.letter(schedule=ahead(smsc, -3600), registered=1))

    verify(answer.status).is_one_of(Status.ROK, Status.RINVSCHED)
    if answer.status == Status.ROK:
        verify(settled(smsc, link, answer.message_id).state).equals(DELIVERED)
