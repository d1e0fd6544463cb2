"""cancel_sm: messages that are taken back."""

from typing import Any

from conformance.checks.smpp34.calls import SOON, Smsc, refuses
from conformance.checks.smpp34.messages import AHEAD, LATER, NOBODYS, settled, state, wait
from conformance.drivers.smpp import Link
from conformance.drivers.smpp_operations import DELETED, DELIVERED, ENROUTE, Whose, cancel, queried, query
from conformance.drivers.smpp_pdus import ANSWER, CANCEL_SM, QUERY_SM
from conformance.drivers.smpp_statuses import Status
from conformance.requirement import requirement
from conformance.verify import verify

SERVICE = "CMT"

UNKNOWN = (Status.RCANCELFAIL, Status.RINVMSGID)


def waiting(smsc: Smsc, link: Link, number: str, **fields: Any) -> str:
    """The name of a message that waits for its time."""
    return smsc.submit(link, destination=number, schedule=LATER, **fields)


@requirement("smpp34/cancel/waiting")
def test_a_message_that_waits_is_cancelled_and_does_not_leave(smsc: Smsc) -> None:
    """It has not arrived long after its time; it may be forgotten by then."""
    link, number = smsc.bound(), smsc.number()
    name = waiting(smsc, link, number)
    answer = link.ask(CANCEL_SM, cancel(name, number))

    verify((hex(answer.command), answer.status)).equals((hex(CANCEL_SM | ANSWER), Status.ROK))
    wait(smsc, link, AHEAD + SOON)
    verify(link.ask(QUERY_SM, query(name))).holds(
        lambda found: found.status != Status.ROK or queried(found).state != DELIVERED,
        "a state other than DELIVERED, or no such message",
    )


@requirement("smpp34/cancel/state")
def test_a_message_that_was_cancelled_is_deleted(smsc: Smsc) -> None:
    """At once."""
    link, number = smsc.bound(), smsc.number()
    name = waiting(smsc, link, number)
    link.ask(CANCEL_SM, cancel(name, number))

    verify(state(link, name).state).equals(DELETED)


@requirement("smpp34/cancel/unknown")
def test_what_nobody_sent_is_not_cancelled(smsc: Smsc) -> None:
    """Under a name that was never given."""
    answer = smsc.bound().ask(CANCEL_SM, cancel(NOBODYS, smsc.number()))

    refuses(answer, CANCEL_SM, *UNKNOWN)


@requirement("smpp34/cancel/delivered")
def test_a_message_that_arrived_is_not_cancelled(smsc: Smsc) -> None:
    """And stays what it is."""
    link, number = smsc.bound(), smsc.number()
    name = smsc.submit(link, destination=number, registered=1)
    settled(smsc, link, name)

    refuses(link.ask(CANCEL_SM, cancel(name, number)), CANCEL_SM, *UNKNOWN)
    verify(state(link, name).state).equals(DELIVERED)


@requirement("smpp34/cancel/group")
def test_without_a_name_all_alike_are_cancelled(smsc: Smsc) -> None:
    """Those of the source, the destination and the service; no others."""
    link = smsc.bound()
    number, elsewhere = smsc.place.numbers(2)
    alike = [waiting(smsc, link, number, service_type=SERVICE) for _ in range(2)]
    others = [
        waiting(smsc, link, elsewhere, service_type=SERVICE),
        waiting(smsc, link, number, service_type=SERVICE, source="another"),
        waiting(smsc, link, number),
    ]
    sources = [Whose(), Whose(address="another"), Whose()]

    answer = link.ask(CANCEL_SM, cancel("", number, service_type=SERVICE))
    verify(answer.status).equals(Status.ROK)
    verify([state(link, name).state for name in alike]).equals([DELETED] * 2)
    left = [state(link, name, whose).state for name, whose in zip(others, sources, strict=True)]
    verify(left).equals([ENROUTE] * 3)


@requirement("smpp34/cancel/no-destination")
def test_a_name_is_enough_to_cancel(smsc: Smsc) -> None:
    """Without the destination."""
    link = smsc.bound()
    name = waiting(smsc, link, smsc.number())

    verify(link.ask(CANCEL_SM, cancel(name, "")).status).equals(Status.ROK)
    verify(state(link, name).state).equals(DELETED)


@requirement("smpp34/cancel/wrong-destination")
def test_a_message_is_not_cancelled_for_another_destination(smsc: Smsc) -> None:
    """Though its name is right; it waits on."""
    link = smsc.bound()
    number, elsewhere = smsc.place.numbers(2)
    name = waiting(smsc, link, number)

    refuses(link.ask(CANCEL_SM, cancel(name, elsewhere)), CANCEL_SM)
    verify(state(link, name).state).equals(ENROUTE)


@requirement("smpp34/cancel/wrong-source")
def test_a_message_is_not_cancelled_by_another_source(smsc: Smsc) -> None:
    """Of the same account; it waits on."""
    link, number = smsc.bound(), smsc.number()
    name = waiting(smsc, link, number)

    refuses(link.ask(CANCEL_SM, cancel(name, number, Whose(address="another"))), CANCEL_SM)
    verify(state(link, name).state).equals(ENROUTE)


@requirement("smpp34/cancel/foreign")
def test_a_message_is_not_cancelled_by_another_account(smsc: Smsc) -> None:
    """Which knows all about it; it waits on."""
    stranger = smsc.bound(role="empty")
    link, number = smsc.bound(), smsc.number()
    name = waiting(smsc, link, number)

    refuses(stranger.ask(CANCEL_SM, cancel(name, number)), CANCEL_SM)
    verify(state(link, name).state).equals(ENROUTE)
