"""get_status: how the answer is built, and whom it is given to."""

import pytest

from conformance.checks.netoxygen.calls import (
    LATER,
    NOBODYS,
    codes,
    cost,
    identifier,
    row,
    rows,
    state,
    zurich,
)
from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.netoxygen import NetOxygenDriver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

MEMBERS = {
    "from",
    "to",
    "length",
    "sent_date",
    "sent_status",
    "sent_status_text",
    "last_date",
    "last_status",
    "last_status_text",
}

DATE = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"


def sent(netoxygen: NetOxygenDriver, numbers: Numbers, count: int = 1) -> list[str]:
    """The identifiers of messages that have to be accepted."""
    return [identifier(netoxygen.send_message(number)) for number in numbers(count)]


@requirement("netoxygen/status/result", "netoxygen/status/array")
@pytest.mark.parametrize("count", [1, 3])
def test_there_is_an_array_for_each_identifier(
    netoxygen: NetOxygenDriver, numbers: Numbers, count: int
) -> None:
    """One and three of them in an array."""
    ids = sent(netoxygen, numbers, count)

    verify(rows(netoxygen.get_status(ids))).holds(lambda found: len(found) == count, f"{count} arrays")


@requirement("netoxygen/status/string")
def test_a_string_gives_an_array_of_one(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """The identifier is not in an array, the answer is."""
    (id,) = sent(netoxygen, numbers)

    verify(row(netoxygen.get_status(id))[0]).equals(id)


@requirement("netoxygen/status/codes")
def test_both_codes_are_told(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """Of either table."""
    error, status = codes(netoxygen, *sent(netoxygen, numbers))

    verify((error, status)).holds(lambda pair: pair[0] in range(1, 11) and pair[1] in range(1, 10), "codes")


@requirement("netoxygen/status/order")
def test_the_answer_keeps_the_order(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """Last first, with one that nobody has between them."""
    first, second = sent(netoxygen, numbers, 2)

    answer = rows(netoxygen.get_status([second, NOBODYS, first]))
    verify([one[0] for one in answer]).equals([second, NOBODYS, first])


@requirement("netoxygen/status/pair")
def test_an_answer_is_identifier_and_struct(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """Two elements."""
    (id,) = sent(netoxygen, numbers)

    verify(row(netoxygen.get_status(id))).holds(
        lambda found: len(found) == 2 and found[0] == id and isinstance(found[1], dict), f"{id} and a struct"
    )


@requirement("netoxygen/status/members")
def test_the_struct_has_its_members(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """All of them, and no others."""
    verify(set(state(netoxygen, *sent(netoxygen, numbers)))).equals(MEMBERS)


@requirement("netoxygen/status/from-to")
def test_sender_and_destination_are_told(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """As they were given."""
    (number,) = numbers()
    known = state(netoxygen, identifier(netoxygen.send_message(number, "hello", "Myself")))

    verify((known["from"], known["to"])).equals(("Myself", number))


@requirement("netoxygen/status/effective-sender")
def test_the_sender_is_the_one_that_was_used(free: NetOxygenDriver, numbers: Numbers) -> None:
    """By an account that may not choose it, to a number with a plus sign."""
    (number,) = numbers()
    known = state(free, identifier(free.send_message(f"+{number}", "hello", "Myself")))

    verify((known["from"] != "Myself", known["to"])).equals((True, number))


@requirement("netoxygen/status/length")
def test_the_length_is_told(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """Of the message of the document's example."""
    known = state(netoxygen, identifier(netoxygen.send_message(numbers()[0], "test message")))

    verify(int(known["length"])).equals(12)


@requirement("netoxygen/status/length-counts")
@pytest.mark.parametrize(
    ("text", "length"), [("abc", 3), ("1 €", 4), ("[x]", 5), ("жжж", 3), ("😀", 2), ("a" * 161, 161)]
)
def test_the_length_counts_as_parts_do(
    netoxygen: NetOxygenDriver, numbers: Numbers, text: str, length: int
) -> None:
    """Characters that take two."""
    known = state(netoxygen, identifier(netoxygen.send_message(numbers()[0], text)))

    verify(known["length"]).equals(length)


@requirement("netoxygen/status/dates")
def test_dates_are_written_as_they_are_given(
    netoxygen: NetOxygenDriver, clock: Clock, numbers: Numbers
) -> None:
    """By the clock of Zurich, give or take a minute."""
    before = clock.now()
    known = state(netoxygen, *sent(netoxygen, numbers))

    for date in (known["sent_date"], known["last_date"]):
        verify(date).matches(DATE)
        verify(date).holds(
            lambda one: one[:13] in (zurich(before)[:13], zurich(clock.now())[:13]), "this hour"
        )


@requirement("netoxygen/status/sent-date")
def test_the_first_date_is_when_the_message_was_taken(
    netoxygen: NetOxygenDriver, control: Control, numbers: Numbers
) -> None:
    """And stays so."""
    taken = zurich(control.now())
    (id,) = sent(netoxygen, numbers)
    control.advance(60)

    verify(state(netoxygen, id)["sent_date"]).equals(taken)


@requirement("netoxygen/status/sent-date")
def test_the_first_date_of_a_scheduled_message_is_the_one_asked_for(
    netoxygen: NetOxygenDriver, numbers: Numbers
) -> None:
    """While it waits; it is taken back after."""
    id = identifier(netoxygen.send_message(numbers()[0], "later", "", LATER))
    known = state(netoxygen, id)
    netoxygen.cancel_message(id)

    verify(known["sent_date"]).equals(LATER)


@requirement("netoxygen/status/last-date")
def test_the_last_date_is_when_the_state_was_reached(
    netoxygen: NetOxygenDriver, control: Control, numbers: Numbers
) -> None:
    """In the queue at once, delivered after three seconds."""
    (id,) = sent(netoxygen, numbers)
    first = state(netoxygen, id)["last_date"]
    control.advance(60)

    verify((first, state(netoxygen, id)["last_date"])).equals(("2026-03-02 10:00:00", "2026-03-02 10:00:03"))


@requirement("netoxygen/status/tables")
def test_each_code_is_of_its_table(netoxygen: NetOxygenDriver, control: Control, numbers: Numbers) -> None:
    """A message in the queue, which has no error."""
    known = state(netoxygen, *sent(netoxygen, numbers))

    verify((known["sent_status"], known["last_status"])).equals((1, 8))


@requirement("netoxygen/status/texts")
def test_each_code_has_its_text(netoxygen: NetOxygenDriver, control: Control, numbers: Numbers) -> None:
    """A message in the queue, and later."""
    (id,) = sent(netoxygen, numbers)
    first = state(netoxygen, id)
    control.advance(60)
    last = state(netoxygen, id)

    verify((first["sent_status_text"], first["last_status_text"])).equals(("OK", "Message in queue"))
    verify((last["sent_status_text"], last["last_status_text"])).equals(
        ("OK", "Delivered to the recipient device")
    )


@requirement("netoxygen/status/unknown")
@pytest.mark.parametrize("id", [NOBODYS, "nope", "", "1", "x" * 1000])
def test_an_identifier_that_nobody_has_is_false(netoxygen: NetOxygenDriver, id: str) -> None:
    """Of the right form, and of others."""
    verify(netoxygen.get_status(id)).equals([[id, False]])


@requirement("netoxygen/status/unknown")
def test_an_unknown_identifier_does_not_hide_the_others(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """One between two."""
    first, second = sent(netoxygen, numbers, 2)
    answer = rows(netoxygen.get_status([first, NOBODYS, second]))

    verify([isinstance(one[1], dict) for one in answer]).equals([True, False, True])


@requirement("netoxygen/status/unknown")
@pytest.mark.parametrize("digit", [5, -5])
@pytest.mark.parametrize("others", ["01", "fe"], ids=["lower", "higher"])
def test_an_identifier_that_is_almost_right_is_unknown(
    netoxygen: NetOxygenDriver, numbers: Numbers, digit: int, others: str
) -> None:
    """One digit of it is another, near the beginning or the end."""
    (id,) = sent(netoxygen, numbers)
    other = others[id[digit] == others[0]]
    almost = f"{id[:digit]}{other}{id[digit:][1:]}"

    verify(netoxygen.get_status(almost)).equals([[almost, False]])


@requirement("netoxygen/status/foreign")
def test_messages_of_others_are_unknown(
    netoxygen: NetOxygenDriver, free: NetOxygenDriver, numbers: Numbers
) -> None:
    """Another account with the right identifier."""
    (id,) = sent(netoxygen, numbers)

    verify(free.get_status(id)).equals([[id, False]])


@requirement("netoxygen/status/empty-array")
def test_nothing_asked_nothing_said(netoxygen: NetOxygenDriver) -> None:
    """An array without elements in, the same out."""
    verify(netoxygen.get_status([])).equals([])


@requirement("netoxygen/status/free")
def test_to_ask_costs_nothing(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """For a message and for none."""
    (id,) = sent(netoxygen, numbers)

    verify(cost(netoxygen, lambda: netoxygen.get_status([id, NOBODYS]))).equals(0)


@requirement("netoxygen/status/on-network")
def test_a_second_after_it_was_submitted_a_message_is_on_the_network(
    netoxygen: NetOxygenDriver, control: Control, numbers: Numbers
) -> None:
    """To a number that is never reached: it stays there."""
    id = identifier(netoxygen.send_message(numbers(ending="9004")[0]))
    found = []
    for seconds in (1, 0.9, 0.1, 3600):
        control.advance(seconds)
        found.append(codes(netoxygen, id)[1])

    verify(found).equals([3, 3, 2, 2])


@requirement("netoxygen/status/expired")
def test_a_message_expires_after_two_days(
    netoxygen: NetOxygenDriver, control: Control, numbers: Numbers
) -> None:
    """Not a second before."""
    id = identifier(netoxygen.send_message(numbers(ending="9002")[0]))
    control.advance(48 * 3600 - 1)
    before = codes(netoxygen, id)
    control.advance(1)

    verify((before, codes(netoxygen, id))).equals(((1, 2), (3, 6)))
