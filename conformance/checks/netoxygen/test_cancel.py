"""cancel_message: messages that are taken back."""

import pytest

from conformance.checks.netoxygen.calls import LATER, NOBODYS, balance, codes, identifier, row, rows
from conformance.control import Control
from conformance.drivers.netoxygen import NetOxygenDriver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

IN_FIVE_MINUTES = "2026-03-02 10:05:00"  # after the clock of a space begins


def scheduled(netoxygen: NetOxygenDriver, numbers: Numbers, count: int = 1, date: str = LATER) -> list[str]:
    """The identifiers of messages that wait."""
    return [identifier(netoxygen.send_message(number, "later", "", date)) for number in numbers(count)]


@requirement("netoxygen/cancel/result", "netoxygen/cancel/array")
@pytest.mark.parametrize("count", [1, 3])
def test_there_is_an_array_for_each_identifier(
    netoxygen: NetOxygenDriver, numbers: Numbers, count: int
) -> None:
    """With a boolean in it."""
    ids = scheduled(netoxygen, numbers, count)

    verify(rows(netoxygen.cancel_message(ids))).holds(
        lambda found: len(found) == count and all(True in one for one in found), f"{count} arrays with TRUE"
    )


@requirement("netoxygen/cancel/string")
def test_a_string_gives_an_array_of_one(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """The identifier is not in an array, the answer is."""
    verify(row(netoxygen.cancel_message(*scheduled(netoxygen, numbers)))).holds(
        lambda found: any(one is True for one in found), "TRUE among its elements"
    )


@requirement("netoxygen/cancel/pair")
def test_an_answer_is_identifier_and_boolean(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """In the order of the identifiers, last first."""
    first, second = scheduled(netoxygen, numbers, 2)

    verify(netoxygen.cancel_message([second, NOBODYS, first])).equals(
        [[second, True], [NOBODYS, False], [first, True]]
    )


@requirement("netoxygen/cancel/scheduled")
def test_a_message_that_waits_is_cancelled(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """TRUE as a boolean."""
    verify(row(netoxygen.cancel_message(*scheduled(netoxygen, numbers)))[1]).equals(True)


@requirement("netoxygen/cancel/scheduled", "netoxygen/codes/error-10")
def test_a_cancelled_message_is_called_so(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """By its error code, and by the text of it, which has one l."""
    (id,) = scheduled(netoxygen, numbers)
    netoxygen.cancel_message(id)

    (_, known) = row(netoxygen.get_status(id))
    verify((known["sent_status"], known["sent_status_text"])).equals((10, "Message canceled"))


@requirement("netoxygen/cancel/never-sent")
def test_a_cancelled_message_never_leaves(
    netoxygen: NetOxygenDriver, control: Control, numbers: Numbers
) -> None:
    """Long after its date."""
    (id,) = scheduled(netoxygen, numbers, date=IN_FIVE_MINUTES)
    netoxygen.cancel_message(id)
    control.advance(24 * 3600)

    (found,) = control.messages(provider="netoxygen")
    verify(found["status"]).equals("cancelled")
    verify(codes(netoxygen, id)[0]).equals(10)


@requirement("netoxygen/codes/cancelled-pair")
def test_a_cancelled_message_keeps_its_last_status(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """There is none for what was cancelled."""
    (id,) = scheduled(netoxygen, numbers)
    netoxygen.cancel_message(id)

    verify(codes(netoxygen, id)).equals((10, 9))


@requirement("netoxygen/cancel/sent")
def test_a_message_on_its_way_is_not_cancelled(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """Sent a moment ago."""
    id = identifier(netoxygen.send_message(numbers()[0]))

    verify(netoxygen.cancel_message(id)).equals([[id, False]])


@requirement("netoxygen/cancel/sent")
@pytest.mark.parametrize("seconds", [300, 301, 3600], ids=["leaving", "left", "there"])
def test_a_message_whose_date_has_come_is_not_cancelled(
    netoxygen: NetOxygenDriver, control: Control, numbers: Numbers, seconds: int
) -> None:
    """From the very second on."""
    (id,) = scheduled(netoxygen, numbers, date=IN_FIVE_MINUTES)
    control.advance(seconds)

    verify(netoxygen.cancel_message(id)).equals([[id, False]])
    verify(codes(netoxygen, id)[0]).equals(1)


@requirement("netoxygen/cancel/again")
def test_a_message_is_cancelled_once(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """Twice in one call, and in another."""
    (id,) = scheduled(netoxygen, numbers)

    verify(netoxygen.cancel_message([id, id])).equals([[id, True], [id, False]])
    verify(netoxygen.cancel_message(id)).equals([[id, False]])


@requirement("netoxygen/cancel/unknown")
@pytest.mark.parametrize("id", [NOBODYS, "nope", ""])
def test_what_nobody_has_is_not_cancelled(netoxygen: NetOxygenDriver, id: str) -> None:
    """Of the right form, and of others."""
    verify(netoxygen.cancel_message(id)).equals([[id, False]])


@requirement("netoxygen/cancel/foreign")
def test_messages_of_others_are_not_cancelled(
    netoxygen: NetOxygenDriver, free: NetOxygenDriver, numbers: Numbers
) -> None:
    """They wait on, until their owner cancels them."""
    (id,) = scheduled(netoxygen, numbers)

    verify(free.cancel_message(id)).equals([[id, False]])
    verify(netoxygen.cancel_message(id)).equals([[id, True]])


@requirement("netoxygen/cancel/each-for-itself")
def test_one_that_cannot_be_cancelled_stops_no_other(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """Sent, waiting, unknown."""
    (waits,) = scheduled(netoxygen, numbers)
    sent = identifier(netoxygen.send_message(numbers()[0]))

    answer = rows(netoxygen.cancel_message([sent, NOBODYS, waits]))
    verify([one[1] for one in answer]).equals([False, False, True])


@requirement("netoxygen/cancel/refund")
def test_a_cancelled_message_is_paid_back(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """Once."""
    before = balance(netoxygen)
    (id,) = scheduled(netoxygen, numbers)
    netoxygen.cancel_message([id, id])

    verify(balance(netoxygen)).equals(before)


@requirement("netoxygen/cancel/refund")
def test_every_part_is_paid_back(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """A message of three."""
    before = balance(netoxygen)
    id = identifier(netoxygen.send_message(numbers()[0], "a" * 400, "", LATER))
    verify(before - balance(netoxygen)).equals(3)
    netoxygen.cancel_message(id)

    verify(balance(netoxygen)).equals(before)


@requirement("netoxygen/cancel/empty-array")
def test_nothing_given_nothing_said(netoxygen: NetOxygenDriver) -> None:
    """An array without elements in, the same out."""
    verify(netoxygen.cancel_message([])).equals([])
