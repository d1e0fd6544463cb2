"""send_message: who is not sent to, and why."""

import pytest

from conformance.checks.netoxygen.calls import (
    LONGEST_GSM,
    LONGEST_UCS2,
    balance,
    cost,
    identifier,
    refusal,
    rows,
)
from conformance.control import Control
from conformance.drivers.netoxygen import NetOxygenDriver
from conformance.drivers.xmlrpc import Value
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

GATEWAY, DESTINATION, SOURCE, EMPTY, LONG = 2, 5, 6, 7, 8

LETTER = "ж"  # in no alphabet of GSM
NO_SENDER = "no sender at all!"
NO_NUMBER = "nobody"


@requirement("netoxygen/send/empty-message", "netoxygen/codes/error-7")
@pytest.mark.parametrize("message", ["", b""], ids=["string", "base64"])
def test_an_empty_message_is_refused(netoxygen: NetOxygenDriver, numbers: Numbers, message: Value) -> None:
    """In either type."""
    verify(refusal(netoxygen.send_message(numbers()[0], message))).equals(EMPTY)


@requirement("netoxygen/send/too-long", "netoxygen/codes/error-8")
@pytest.mark.parametrize(
    "text",
    ["a" * (LONGEST_GSM + 1), LETTER * (LONGEST_UCS2 + 1), "€" * (LONGEST_GSM // 2 + 1)],
    ids=["gsm", "ucs2", "extension"],
)
def test_an_eleventh_part_is_refused(netoxygen: NetOxygenDriver, numbers: Numbers, text: str) -> None:
    """A unit too many."""
    verify(refusal(netoxygen.send_message(numbers()[0], text))).equals(LONG)


@requirement("netoxygen/send/too-long")
@pytest.mark.parametrize("text", ["a" * LONGEST_GSM, LETTER * LONGEST_UCS2], ids=["gsm", "ucs2"])
def test_ten_parts_are_sent(netoxygen: NetOxygenDriver, numbers: Numbers, text: str) -> None:
    """As long as can be."""
    identifier(netoxygen.send_message(numbers()[0], text))


@requirement("netoxygen/codes/error-8")
def test_a_book_is_refused(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """A hundred thousand letters."""
    verify(refusal(netoxygen.send_message(numbers()[0], "a" * 100_000))).equals(LONG)


@requirement("netoxygen/send/bad-sender", "netoxygen/codes/error-6")
@pytest.mark.parametrize("sender", [NO_SENDER, "x" * 200], ids=["signs", "long"])
def test_a_sender_that_cannot_be_one_is_refused(
    netoxygen: NetOxygenDriver, numbers: Numbers, sender: str
) -> None:
    """By whoever may choose one."""
    verify(refusal(netoxygen.send_message(numbers()[0], "hello", sender))).equals(SOURCE)


@requirement("netoxygen/send/bad-destination", "netoxygen/codes/error-5")
@pytest.mark.parametrize("dest", [NO_NUMBER, "", "12", "+", "1234567890123456789"])
def test_a_destination_that_cannot_be_one_is_refused(netoxygen: NetOxygenDriver, dest: str) -> None:
    """Alone, and in an array."""
    verify(refusal(netoxygen.send_message(dest))).equals(DESTINATION)
    verify(refusal(netoxygen.send_message([dest]))).equals(DESTINATION)


@requirement("netoxygen/send/no-credit")
def test_who_has_no_credit_cannot_send(poor: NetOxygenDriver, numbers: Numbers) -> None:
    """One recipient."""
    verify(refusal(poor.send_message(numbers()[0]))).equals(GATEWAY)


@requirement("netoxygen/send/no-credit")
def test_a_number_can_stand_for_used_up_credits(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """As the emulator's table of numbers has it."""
    verify(refusal(netoxygen.send_message(numbers(ending="9013")[0]))).equals(GATEWAY)


@requirement("netoxygen/send/no-credit", "netoxygen/send/each-for-itself")
def test_credits_go_to_the_first(netoxygen: NetOxygenDriver, control: Control, numbers: Numbers) -> None:
    """Two credits and three recipients."""
    control.patch_account("netoxygen", netoxygen.username, credit=2)
    answer = rows(netoxygen.send_message(numbers(3)))

    verify([bool(one[1]) for one in answer]).equals([True, True, False])
    verify(answer[2][2]).equals(GATEWAY)
    verify(balance(netoxygen)).equals(0)


@requirement("netoxygen/send/each-for-itself")
def test_one_bad_number_stops_nobody_else(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """Before, between and after good ones."""
    first, second = numbers(2)
    answer = rows(netoxygen.send_message(["12", first, NO_NUMBER, second, ""]))

    verify([bool(one[1]) for one in answer]).equals([False, True, False, True, False])


@requirement("netoxygen/send/precedence")
@pytest.mark.parametrize(
    ("dest", "message", "sender", "code"),
    [
        (NO_NUMBER, "", NO_SENDER, EMPTY),
        (NO_NUMBER, "a" * (LONGEST_GSM + 1), NO_SENDER, LONG),
        (NO_NUMBER, "hello", NO_SENDER, SOURCE),
        (NO_NUMBER, "hello", "", DESTINATION),
    ],
    ids=["empty", "long", "sender", "destination"],
)
def test_the_first_fault_is_told(
    netoxygen: NetOxygenDriver, dest: str, message: str, sender: str, code: int
) -> None:
    """Each with all that come after it."""
    verify(refusal(netoxygen.send_message(dest, message, sender))).equals(code)


@requirement("netoxygen/send/precedence")
@pytest.mark.parametrize(
    ("dest", "message", "sender", "code"),
    [
        ("{}", "", "", EMPTY),
        ("{}", "a" * (LONGEST_GSM + 1), "", LONG),
        ("{}", "hello", NO_SENDER, SOURCE),
        (NO_NUMBER, "hello", "", DESTINATION),
    ],
    ids=["empty", "long", "sender", "destination"],
)
def test_credits_are_looked_at_last(
    poor: NetOxygenDriver, numbers: Numbers, dest: str, message: str, sender: str, code: int
) -> None:
    """An account that could not have paid for it."""
    verify(refusal(poor.send_message(dest.format(*numbers()), message, sender))).equals(code)


@requirement("netoxygen/send/refused-is-free")
@pytest.mark.parametrize(
    ("dest", "message", "sender"),
    [("12", "hello", ""), ("{}", "", ""), ("{}", "a" * (LONGEST_GSM + 1), ""), ("{}", "hello", NO_SENDER)],
    ids=["destination", "empty", "long", "sender"],
)
def test_a_refused_message_costs_nothing(
    netoxygen: NetOxygenDriver, numbers: Numbers, dest: str, message: str, sender: str
) -> None:
    """Whatever it is refused for."""
    to = dest.format(*numbers())

    verify(cost(netoxygen, lambda: netoxygen.send_message(to, message, sender))).equals(0)
