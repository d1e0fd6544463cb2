"""pv: what a message costs."""

from decimal import Decimal

from conformance.checks.voipe.calls import cost, credit, numbered, rejected, taken
from conformance.checks.voipe.conftest import User
from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.voipe import VoipeDriver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify


@requirement("voipe/credit/each")
def test_every_part_costs_for_every_number(voipe: VoipeDriver, clock: Clock, numbers: Numbers) -> None:
    """Two parts to three."""
    one = cost(voipe, clock, lambda: voipe.pv(numbers()[0], "a", nofooter=1))

    verify(one).holds(lambda price: price > 0, "a price")
    three = cost(voipe, clock, lambda: voipe.pv(",".join(numbers(3)), "a" * 161, nofooter=1))
    verify(three).equals(6 * one)


@requirement("voipe/credit/charged")
def test_a_message_is_paid_at_once(voipe: VoipeDriver, control: Control, numbers: Numbers) -> None:
    """And not again when it arrives."""
    before = credit(voipe)
    taken(voipe.pv(numbers()[0], "a", nofooter=1))
    after = credit(voipe)
    control.advance(60)

    verify((before - after, credit(voipe) - after)).equals((Decimal(1), Decimal(0)))


@requirement("voipe/credit/none")
def test_without_credit_nothing_is_sent(poor: VoipeDriver, numbers: Numbers) -> None:
    """One entry, of however many numbers."""
    entry = rejected(poor.pv(",".join(numbers(2))), "103")

    verify((entry["smslog_id"], entry["queue"], entry["to"])).equals(("", "", ""))


@requirement("voipe/credit/all-or-nothing")
def test_all_numbers_are_paid_or_none(user: User, control: Control, numbers: Numbers) -> None:
    """Of somebody who has enough for one of two."""
    dana = user("dana", credit=1.5)

    verify(dana.pv(",".join(numbers(2)), "a").entries[0]["status"]).equals("ERR")
    verify(control.messages(provider="voipe")).equals([])
    taken(dana.pv(numbers()[0], "a"))


@requirement("voipe/credit/refused-is-free")
def test_what_is_refused_is_free(user: User, numbers: Numbers) -> None:
    """For lack of credit, of digits, of a message."""
    dana = user("dana", credit=1.5)

    for to, msg in ((",".join(numbers(2)), "a"), ("abc", "a"), (numbers()[0], ""), ("#NOSUCH", "a")):
        dana.pv(to, msg)
    verify(credit(dana)).equals(Decimal("1.5"))


@requirement("voipe/credit/parent")
def test_a_parent_has_to_be_able_to_pay(user: User, numbers: Numbers) -> None:
    """One who is, and one who is not."""
    user("pauper", credit=0)
    user("boss", credit=100)
    poor, rich = (user(f"of-{boss}", level="4", parent=boss) for boss in ("pauper", "boss"))

    verify(poor.pv(numbers()[0], "a").entries[0]["status"]).equals("ERR")
    (number,) = numbers()
    verify(numbered(rich.pv(number, "a"))).equals([number])
