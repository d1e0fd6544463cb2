"""replace_sm, and replace_if_present_flag: another text in the place of one that waits."""

from typing import Any

from conformance.checks.smpp34.calls import Smsc, refuses
from conformance.checks.smpp34.messages import (
    AHEAD,
    ALMOST,
    LATER,
    NOBODYS,
    arrives,
    settled,
    shows,
    state,
    wait,
)
from conformance.checks.smpp34.reports import receipt
from conformance.drivers.smpp import Link
from conformance.drivers.smpp_frames import Frame
from conformance.drivers.smpp_operations import (
    DELIVERED,
    ENROUTE,
    EXPIRED,
    OURS,
    Whose,
    queried,
    query,
    replace,
)
from conformance.drivers.smpp_pdus import ANSWER, QUERY_SM, REPLACE_SM
from conformance.drivers.smpp_statuses import Status
from conformance.drivers.smpp_times import relative
from conformance.requirement import requirement
from conformance.verify import verify

MUCH_LATER = relative(2 * AHEAD)

NO_TIME = "ABCDEFGHIJKLMNOP"

REPLACING = 1

ANOTHER = Whose(address="another")

UNKNOWN = (Status.RREPLACEFAIL, Status.RINVMSGID)


def waiting(smsc: Smsc, link: Link, text: str = "Old", **fields: Any) -> str:
    """The name of a message that waits for its time, and has a receipt."""
    return smsc.submit(link, text, **{"schedule": LATER, "registered": 1, **fields})


def replaced(link: Link, name: str, whose: Whose = OURS, **fields: Any) -> Frame:
    """The answer to a replace_sm that asks for a receipt."""
    return link.ask(REPLACE_SM, replace(name, b"New", whose, **{"registered": 1, **fields}))


def waits(link: Link, name: str, whose: Whose = OURS) -> bool:
    """Whether a message is known, and under way."""
    answer = link.ask(QUERY_SM, query(name, whose))
    return answer.status == Status.ROK and queried(answer).state == ENROUTE


def states(smsc: Smsc, link: Link, name: str, *seconds: int) -> list[int]:
    """The states of a message after so many seconds, and so many more."""
    found = []
    for some in seconds:
        wait(smsc, link, some)
        found.append(state(link, name).state)
    return found


@requirement("smpp34/replace/text", "smpp34/replace/times")
def test_a_message_that_waits_gets_another_text(smsc: Smsc) -> None:
    """Which arrives in the place of the first, and at its time."""
    link = smsc.bound()
    name = waiting(smsc, link)
    answer = replaced(link, name)

    verify((hex(answer.command), answer.status)).equals((hex(REPLACE_SM | ANSWER), Status.ROK))
    verify(states(smsc, link, name, ALMOST)).equals([ENROUTE])
    arrives(smsc, link, name, "New")
    verify(states(smsc, link, name, AHEAD)).equals([DELIVERED])


@requirement("smpp34/replace/times")
def test_a_message_that_waits_gets_another_time(smsc: Smsc) -> None:
    """It does not leave at the first."""
    link = smsc.bound()
    name = waiting(smsc, link, registered=0)
    verify(replaced(link, name, schedule=MUCH_LATER, registered=0).status).equals(Status.ROK)

    verify(states(smsc, link, name, AHEAD + ALMOST, AHEAD)).equals([ENROUTE, DELIVERED])


@requirement("smpp34/replace/times")
def test_a_message_that_waits_gets_another_end(smsc: Smsc) -> None:
    """Counted from its replacement, as that of a message is from its submission."""
    link = smsc.bound()
    name = waiting(smsc, link, destination=smsc.fated("expires"))
    verify(replaced(link, name, validity=MUCH_LATER).status).equals(Status.ROK)

    verify(states(smsc, link, name, AHEAD + ALMOST, 5)).equals([ENROUTE, EXPIRED])


@requirement("smpp34/replace/times")
def test_a_message_that_gets_another_time_keeps_its_end(smsc: Smsc) -> None:
    """Which is nearer then."""
    link = smsc.bound()
    name = waiting(smsc, link, destination=smsc.fated("expires"), validity=MUCH_LATER)
    verify(replaced(link, name, schedule=relative(AHEAD + 30)).status).equals(Status.ROK)

    verify(states(smsc, link, name, AHEAD + ALMOST, 5)).equals([ENROUTE, EXPIRED])


@requirement("smpp34/replace/registered")
def test_a_receipt_may_be_asked_for_later(smsc: Smsc) -> None:
    """By a replacement."""
    link = smsc.bound()
    name = waiting(smsc, link, registered=0)
    verify(replaced(link, name).status).equals(Status.ROK)
    wait(smsc, link, AHEAD)

    verify(receipt(smsc, link, name).is_receipt).equals(True)


@requirement("smpp34/replace/bad-times")
def test_a_time_that_is_none_replaces_nothing(smsc: Smsc) -> None:
    """Nor does the text that comes with it."""
    link = smsc.bound()
    name = waiting(smsc, link)

    refuses(replaced(link, name, schedule=NO_TIME), REPLACE_SM, Status.RINVSCHED)
    refuses(replaced(link, name, validity=NO_TIME), REPLACE_SM, Status.RINVEXPIRY)
    shows(smsc, name, "text", "Old")


@requirement("smpp34/replace/unknown")
def test_what_nobody_sent_is_not_replaced(smsc: Smsc) -> None:
    """Under a name that was never given."""
    refuses(replaced(smsc.bound(), NOBODYS), REPLACE_SM, *UNKNOWN)


@requirement("smpp34/replace/delivered")
def test_a_message_that_arrived_is_not_replaced(smsc: Smsc) -> None:
    """It is too late for another text."""
    link = smsc.bound()
    name = smsc.submit(link, registered=1)
    receipt(smsc, link, name)

    refuses(replaced(link, name), REPLACE_SM, *UNKNOWN)


@requirement("smpp34/replace/wrong-source")
def test_a_message_is_not_replaced_by_another_source(smsc: Smsc) -> None:
    """Of the same account; its text stays."""
    link = smsc.bound()
    name = waiting(smsc, link)

    refuses(replaced(link, name, whose=ANOTHER), REPLACE_SM, *UNKNOWN, Status.RINVSRCADR)
    shows(smsc, name, "text", "Old")


@requirement("smpp34/replace/if-present")
def test_a_message_takes_the_place_of_one_that_waits(smsc: Smsc) -> None:
    """Of the same source, destination and service: one is left, under either name, with its own wishes."""
    link, number = smsc.bound(), smsc.number()
    before = waiting(smsc, link, destination=number, registered=0)
    name = waiting(smsc, link, "New", destination=number, replace=REPLACING)

    verify({one for one in (before, name) if waits(link, one)}).equals({name})
    wait(smsc, link, AHEAD)
    verify(receipt(smsc, link, name).is_receipt).equals(True)
    shows(smsc, name, "text", "New")


@requirement("smpp34/replace/if-present")
def test_messages_of_others_keep_their_place(smsc: Smsc) -> None:
    """Of another source, destination or service."""
    link = smsc.bound()
    number, elsewhere = smsc.place.numbers(2)
    others = [
        waiting(smsc, link, destination=elsewhere),
        waiting(smsc, link, destination=number, source="another"),
        waiting(smsc, link, destination=number, service_type="CMT"),
    ]
    name = waiting(smsc, link, "New", destination=number, replace=REPLACING)

    verify({*others, name}).holds(lambda names: len(names) == 4, "four names that differ")
    left = [waits(link, one, whose) for one, whose in zip(others, (OURS, ANOTHER, OURS), strict=True)]
    verify(left).equals([True] * 3)


@requirement("smpp34/replace/if-present-none")
def test_where_nothing_waits_the_message_is_a_new_one(smsc: Smsc) -> None:
    """Another, that has arrived, stays as it is."""
    link, number = smsc.bound(), smsc.number()
    before = smsc.submit(link, destination=number, registered=1)
    receipt(smsc, link, before)
    name = smsc.submit(link, "New", destination=number, registered=1, replace=REPLACING)

    verify(name).holds(lambda found: found != before, "a message_id of its own")
    verify(settled(smsc, link, name).state).equals(DELIVERED)
