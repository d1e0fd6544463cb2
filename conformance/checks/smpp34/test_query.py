"""query_sm: what became of a message."""

import pytest

from conformance.checks.smpp34.calls import SOON, Smsc, refuses
from conformance.checks.smpp34.messages import LATER, NOBODYS, settled, state, wait
from conformance.drivers.smpp_operations import (
    DELIVERED,
    ENROUTE,
    EXPIRED,
    REJECTED,
    UNDELIVERABLE,
    Whose,
    queried,
    query,
)
from conformance.drivers.smpp_pdus import ANSWER, QUERY_SM
from conformance.drivers.smpp_statuses import Status
from conformance.drivers.smpp_times import moment
from conformance.requirement import requirement
from conformance.verify import verify

UNKNOWN = (Status.RQUERYFAIL, Status.RINVMSGID)


@requirement("smpp34/query/answered")
def test_a_question_is_answered(smsc: Smsc) -> None:
    """In the answer of its own command, with all it consists of."""
    link = smsc.bound()
    name = smsc.submit(link)
    answer = link.ask(QUERY_SM, query(name))

    verify((hex(answer.command), answer.status)).equals((hex(QUERY_SM | ANSWER), Status.ROK))
    found = queried(answer)
    verify(found.message_id).equals(name)
    verify(found.state).is_one_of(*range(1, 9))


@requirement("smpp34/query/enroute")
def test_a_message_that_waits_is_under_way(smsc: Smsc) -> None:
    """For its time to come."""
    link = smsc.bound()
    found = state(link, smsc.submit(link, schedule=LATER))

    verify((found.state, found.final_date)).equals((ENROUTE, ""))


@requirement("smpp34/query/enroute")
def test_a_message_that_is_tried_is_under_way(smsc: Smsc) -> None:
    """Its destination has not been reached."""
    link = smsc.bound()
    name = smsc.submit(link, destination=smsc.fated("stuck"))
    wait(smsc, link, SOON)

    found = state(link, name)
    verify((found.state, found.final_date)).equals((ENROUTE, ""))


@requirement("smpp34/query/delivered", "smpp34/query/final-date")
def test_a_message_that_arrived_has_a_date(smsc: Smsc) -> None:
    """After its submission."""
    link, before = smsc.bound(), smsc.place.clock.now().replace(microsecond=0)
    found = settled(smsc, link, smsc.submit(link, registered=1))

    verify(found.state).equals(DELIVERED)
    verify(moment(found.final_date)).holds(
        lambda at: smsc.place.remote is None or before < at <= smsc.place.clock.now(),
        "a moment between the submission and now",
    )


@requirement("smpp34/query/failed", "smpp34/query/final-date")
@pytest.mark.parametrize(
    ("outcome", "states"),
    [("fails", {UNDELIVERABLE, REJECTED}), ("refused", {UNDELIVERABLE, REJECTED}), ("expires", {EXPIRED})],
)
def test_a_message_that_did_not_arrive_has_a_date(smsc: Smsc, outcome: str, states: set[int]) -> None:
    """And a state that says why."""
    link = smsc.bound()
    name = smsc.submit(link, destination=smsc.fated(outcome), validity=LATER)
    wait(smsc, link, SOON)

    found = state(link, name)
    verify(found.state).is_one_of(*states)
    verify(moment(found.final_date)).holds(lambda at: at <= smsc.place.clock.now(), "a moment that is past")


@requirement("smpp34/query/unknown")
def test_what_nobody_sent_is_not_known(smsc: Smsc) -> None:
    """Under a name that was never given."""
    refuses(smsc.bound().ask(QUERY_SM, query(NOBODYS)), QUERY_SM, *UNKNOWN)


@requirement("smpp34/query/wrong-source")
def test_a_message_is_not_known_to_another_source(smsc: Smsc) -> None:
    """Of the same account."""
    link = smsc.bound()
    name = smsc.submit(link)

    answer = link.ask(QUERY_SM, query(name, Whose(address="another")))
    refuses(answer, QUERY_SM, *UNKNOWN, Status.RINVSRCADR)


@requirement("smpp34/query/foreign")
def test_a_message_is_not_known_to_another_account(smsc: Smsc) -> None:
    """Which knows its name and source."""
    stranger = smsc.bound(role="empty")
    name = smsc.submit(smsc.bound())

    refuses(stranger.ask(QUERY_SM, query(name)), QUERY_SM, *UNKNOWN)
