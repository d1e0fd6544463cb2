"""Hantera blacklist."""

from datetime import UTC, datetime
from itertools import product

import pytest

from conformance.checks.ip1.calls import SOON, VIRTUAL, done, history, listed, refused
from conformance.checks.ip1.conftest import Afterwards, Put
from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.ip1 import BLACKLIST, Ip1Driver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

NO_NUMBERS = ["4670174060600001", "abc", "46-701740605", "%C3%A5"]


def blocked(ip1: Ip1Driver) -> list[str]:
    """The numbers on the list."""
    return [str(one.get("msisdn")) for one in listed(ip1.get(BLACKLIST, {"limit": 1000}))]


def says(ip1: Ip1Driver, control: Control, login: str, number: str, text: str) -> bool:
    """Whether a handset's message has put its number on the list."""
    control.inbound(provider="ip1", account=login, sender=number, to=VIRTUAL, text=text)
    return number in blocked(ip1)


@requirement("ip1/blacklist/list")
def test_blocked_numbers_are_listed(ip1: Ip1Driver, numbers: Numbers, block: Put) -> None:
    """And each can be shown by itself."""
    (number,) = numbers()
    block(number)
    shown = [one for one in listed(ip1.get(BLACKLIST, {"limit": 1000})) if one.get("msisdn") == number]

    verify(shown).equals([done(ip1.get(f"{BLACKLIST}/{number}"))])


@requirement("ip1/blacklist/api", "ip1/blacklist/put")
def test_a_number_is_blocked_by_its_address(ip1: Ip1Driver, numbers: Numbers, block: Put) -> None:
    """Without a body."""
    (number,) = numbers()
    done(block(number))

    verify(number in blocked(ip1)).equals(True)


@requirement("ip1/blacklist/api", "ip1/blacklist/put")
def test_a_number_is_blocked_by_a_body(ip1: Ip1Driver, numbers: Numbers, afterwards: Afterwards) -> None:
    """Posted to the list."""
    (number,) = numbers()
    afterwards(ip1, f"{BLACKLIST}/{number}")
    done(ip1.post(BLACKLIST, {"msisdn": number}))

    verify(number in blocked(ip1)).equals(True)


@requirement("ip1/blacklist/stop")
def test_who_answers_stop_is_blocked(
    ip1: Ip1Driver, control: Control, clock: Clock, numbers: Numbers, login: str
) -> None:
    """And gets no more messages."""
    (number,) = numbers()

    verify(says(ip1, control, login, number, "STOP")).equals(True)
    verify(history(ip1, clock, [number])[-1]).holds(lambda code: code >= 400, "no delivery")


@requirement("ip1/blacklist/stop")
def test_the_answer_to_a_message_blocks(ip1: Ip1Driver, clock: Clock, numbers: Numbers) -> None:
    """From a handset that always answers STOP."""
    to = numbers(1, "9009")
    verify(history(ip1, clock, to)[-1]).equals(201)
    clock.advance(SOON)

    verify(to[0] in blocked(ip1)).equals(True)


@requirement("ip1/blacklist/stop-spelling")
@pytest.mark.parametrize(
    ("text", "stops"),
    [("stop", True), (" Stop \n", True), ("STOP IT", False), ("Please stop", False), ("STOPP", False)],
)
def test_stop_stands_alone(
    ip1: Ip1Driver, control: Control, numbers: Numbers, login: str, text: str, stops: bool
) -> None:
    """In any letter case, with blanks around."""
    verify(says(ip1, control, login, numbers()[0], text)).equals(stops)


@requirement("ip1/blacklist/document")
def test_an_entry_tells_since_when_it_is_there(
    ip1: Ip1Driver, clock: Clock, numbers: Numbers, block: Put
) -> None:
    """Number and moment."""
    (number,) = numbers()
    before = clock.now()
    made = done(block(number))
    verify(made.get("created")).matches(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d.*")
    created = datetime.fromisoformat(str(made.get("created")))
    passed = (created if created.tzinfo else created.replace(tzinfo=UTC)) - before

    verify(sorted(made)).equals(["created", "msisdn"])
    verify(made.get("msisdn")).equals(number)
    verify(passed.total_seconds()).holds(lambda seconds: abs(seconds) < 60, "now, by either clock")


@requirement("ip1/blacklist/created-form")
def test_a_moment_has_milliseconds_and_no_zone(ip1: Ip1Driver, numbers: Numbers, block: Put) -> None:
    """Alone among moments."""
    verify(done(block(numbers()[0])).get("created")).matches(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}")


@requirement("ip1/blacklist/post-status", "ip1/blacklist/again")
def test_a_number_is_new_once(ip1: Ip1Driver, clock: Clock, numbers: Numbers, afterwards: Afterwards) -> None:
    """201 the first time, 200 and the same entry the second."""
    (number,) = numbers()
    afterwards(ip1, f"{BLACKLIST}/{number}")
    first = ip1.post(BLACKLIST, {"msisdn": number})
    clock.advance(2)
    second = ip1.post(BLACKLIST, {"msisdn": number})

    verify((first.status, first.document.get("msisdn"))).equals((201, number))
    verify((second.status, second.document)).equals((200, first.document))


@requirement("ip1/blacklist/again")
def test_blocking_again_changes_nothing(clock: Clock, numbers: Numbers, block: Put) -> None:
    """By its address, a while later."""
    (number,) = numbers()
    first = done(block(number))
    clock.advance(2)
    again = block(number)

    verify((again.status, again.document)).equals((200, first))


@requirement("ip1/blacklist/delete")
def test_a_number_can_be_freed(ip1: Ip1Driver, clock: Clock, numbers: Numbers, block: Put) -> None:
    """And gets messages again."""
    to = numbers()
    block(to[0])
    done(ip1.delete(f"{BLACKLIST}/{to[0]}"))

    verify(to[0] in blocked(ip1)).equals(False)
    verify(history(ip1, clock, to)[-1]).equals(201)


@requirement("ip1/blacklist/delete-answer")
def test_freeing_shows_what_is_gone(ip1: Ip1Driver, numbers: Numbers, block: Put) -> None:
    """The entry as it was."""
    (number,) = numbers()
    made = done(block(number))

    verify(done(ip1.delete(f"{BLACKLIST}/{number}"))).equals(made)


@requirement("ip1/blacklist/unknown")
def test_a_number_that_is_not_blocked_is_not_found(ip1: Ip1Driver, numbers: Numbers) -> None:
    """To read, to free."""
    (number,) = numbers()

    refused(ip1.get(f"{BLACKLIST}/{number}"), 404)
    refused(ip1.delete(f"{BLACKLIST}/{number}"), 404)


@requirement("ip1/blacklist/number")
def test_what_is_no_number_is_refused(ip1: Ip1Driver) -> None:
    """To block by address or by body, to read, to free."""
    for bad, method in product(NO_NUMBERS, ("PUT", "GET", "DELETE")):
        refused(ip1.call(method, f"{BLACKLIST}/{bad}"))
    for bad in ("", "abc", "4670174060600001", "46 7"):
        refused(ip1.post(BLACKLIST, {"msisdn": bad}))


@requirement("ip1/blacklist/plus")
def test_a_plus_before_a_number_is_taken_off(
    ip1: Ip1Driver, numbers: Numbers, afterwards: Afterwards
) -> None:
    """In the path and in a body."""
    one, other = numbers(2)
    for number in (one, other):
        afterwards(ip1, f"{BLACKLIST}/{number}")
    shown = [ip1.put(f"{BLACKLIST}/+{one}"), ip1.post(BLACKLIST, {"msisdn": f"+{other}"})]

    verify([done(answer).get("msisdn") for answer in shown]).equals([one, other])
    verify({one, other} <= set(blocked(ip1))).equals(True)
    done(ip1.delete(f"{BLACKLIST}/%2B{one}"))
    verify(one in blocked(ip1)).equals(False)


@requirement("ip1/blacklist/own")
def test_the_list_of_another_blocks_nothing(
    ip1: Ip1Driver, empty: Ip1Driver, clock: Clock, numbers: Numbers, afterwards: Afterwards
) -> None:
    """A message to a number that another account has blocked."""
    to = numbers()
    afterwards(empty, f"{BLACKLIST}/{to[0]}")
    done(empty.put(f"{BLACKLIST}/{to[0]}"))

    verify(history(ip1, clock, to)[-1]).equals(201)
