"""send_message: what a message costs, and how many parts it has."""

import pytest

from conformance.checks.netoxygen.calls import LATER, cost
from conformance.drivers.netoxygen import NetOxygenDriver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

LETTER = "ж"  # in no alphabet of GSM
EXTENSION = "^{}\\[~]|€"


@requirement("netoxygen/send/cost")
@pytest.mark.parametrize("count", [1, 2])
def test_each_recipient_costs_a_credit(netoxygen: NetOxygenDriver, numbers: Numbers, count: int) -> None:
    """A short text."""
    verify(cost(netoxygen, lambda: netoxygen.send_message(numbers(count)))).equals(count)


@requirement("netoxygen/send/cost")
def test_only_who_is_accepted_costs(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """One who is and one who is not."""
    verify(cost(netoxygen, lambda: netoxygen.send_message([*numbers(), "12"]))).equals(1)


@requirement("netoxygen/send/cost")
def test_every_part_costs_for_every_recipient(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """Two parts to two."""
    verify(cost(netoxygen, lambda: netoxygen.send_message(numbers(2), "a" * 161))).equals(4)


@requirement("netoxygen/send/cost")
def test_a_scheduled_message_is_paid_at_once(netoxygen: NetOxygenDriver, numbers: Numbers) -> None:
    """Years before it is sent; it is taken back after."""
    sent = []
    spent = cost(netoxygen, lambda: sent.append(netoxygen.send_message(numbers()[0], "later", "", LATER)))
    netoxygen.cancel_message([one[2] for one in sent[0]])

    verify(spent).equals(1)


@requirement("netoxygen/send/parts-gsm")
@pytest.mark.parametrize(("length", "parts"), [(1, 1), (160, 1), (161, 2), (306, 2), (307, 3)])
def test_texts_of_the_gsm_alphabet_are_cut_in_septets(
    netoxygen: NetOxygenDriver, numbers: Numbers, length: int, parts: int
) -> None:
    """At the borders."""
    text = "è" * length

    verify(cost(netoxygen, lambda: netoxygen.send_message(numbers()[0], text))).equals(parts)


@requirement("netoxygen/send/parts-ucs2")
@pytest.mark.parametrize(("length", "parts"), [(1, 1), (70, 1), (71, 2), (134, 2), (135, 3)])
def test_other_texts_are_cut_in_units_of_ucs2(
    netoxygen: NetOxygenDriver, numbers: Numbers, length: int, parts: int
) -> None:
    """One foreign letter makes all of a text so."""
    text = LETTER + "a" * (length - 1)

    verify(cost(netoxygen, lambda: netoxygen.send_message(numbers()[0], text))).equals(parts)


@requirement("netoxygen/send/parts-extension")
@pytest.mark.parametrize("sign", EXTENSION)
def test_characters_of_the_extension_count_two(
    netoxygen: NetOxygenDriver, numbers: Numbers, sign: str
) -> None:
    """Eighty are one part, one more is two."""
    to = numbers(2)

    verify(cost(netoxygen, lambda: netoxygen.send_message(to[0], sign * 80))).equals(1)
    verify(cost(netoxygen, lambda: netoxygen.send_message(to[1], sign * 80 + "a"))).equals(2)
