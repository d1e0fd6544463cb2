"""Comparing what was sent with what the target knows, what it reported and what it charged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from loadtests.ledger import Key, Ledger, Outcome, Receipt, due
from loadtests.statement import Statement, charged

Amount = TypeVar("Amount", int, Decimal)
Counted = TypeVar("Counted")

SLACK = 0.02  # seconds: two clocks of one machine need not agree to the last


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A message as the target holds it; `delivered` is None while it has no final state."""

    reference: str
    number: str
    delivered: bool | None

    @property
    def key(self) -> Key:
        return Key(self.reference, self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """The target's side. `complete` says that `found` is everything it has, not only what we asked for."""

    found: Sequence[Found]
    complete: bool
    before: Statement
    after: Statement
    asked: Sequence[Key] = ()  # in the dialect
    answered: Sequence[Found] = ()  # there; what it does not know is left out


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a message costs, and what may be expected of it."""

    price: Decimal
    free_failures: bool = False  # whether what fails in the end costs nothing
    receipt_after: float | None = (
        0.0  # seconds from acceptance before which no report may come; None: no reports
    )
    steps: tuple[str, ...] = ()  # states that are reported before the final one


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """Messages by what is wrong with them; all empty and `credits_off` zero or untold when nothing is."""

    accepted: int
    missing: tuple[Key, ...]  # accepted, but the target does not know it
    unfinished: tuple[Key, ...]  # known, but without a final state
    unreported: tuple[Key, ...]  # no delivery report, where the dialect has them
    stored_twice: tuple[Key, ...]
    reported_twice: tuple[Key, ...]
    early: tuple[Key, ...]  # reported before it can have been delivered
    stray: tuple[Key, ...]  # the target has or reports it, and we did not send it
    contradicted: tuple[Key, ...]  # the target tells two different things of it
    credits_off: Decimal | None  # how far the charge is from the price of what was accepted; None: untold
    billed_off: int | None  # how far the count on the bill is from what was accepted; None without a count

    @property
    def lost(self) -> int:
        return len({*self.missing, *self.unfinished, *self.unreported})

    @property
    def doubled(self) -> int:
        return len({*self.stored_twice, *self.reported_twice})


def reconciled(ledger: Ledger, books: Books, terms: Terms) -> Reconciliation:
    accepted = Counter(key for call in ledger.sent for key in call.accepted)
    found = Counter(message.key for message in books.found)
    answered = Counter(message.key for message in books.answered)
    state = {message.key: message.delivered for message in books.found}
    reports = Counter(receipt.key for receipt in ledger.receipts)
    steps = Counter((receipt.key, receipt.step) for receipt in ledger.steps)
    # Nobody knows the reference of a call that was not answered, but its numbers are nobody else's.
    doubtful = {n for call in ledger.sent if call.outcome is Outcome.UNANSWERED for n in call.numbers}
    taken = {key for key in found if key not in accepted and key.number in doubtful}
    asked_for = {key for call in ledger.sent if call.reported for key in call.accepted} | taken
    expected = asked_for if terms.receipt_after is not None else set()
    lacking = {key for key in expected for step in terms.steps if (key, step) not in steps}
    told = found | answered | reports | Counter({key for key, _ in steps})
    credits_off, billed_off = charge_off(ledger, books, terms, len(taken))
    return Reconciliation(
        accepted=accepted.total(),
        missing=ordered((accepted.keys() - found.keys()) | (set(books.asked) - answered.keys())),
        unfinished=ordered(key for key in accepted if key in found and state[key] is None),
        unreported=ordered((expected - reports.keys()) | lacking),
        stored_twice=ordered(given_again(ledger) | more_than_once(found) | more_than_once(answered)),
        reported_twice=ordered(more_than_once(reports) | {key for key, _ in more_than_once(steps)}),
        early=ordered(early(ledger, terms.receipt_after or 0.0)),
        stray=ordered(key for key in told if key not in accepted and key.number not in doubtful),
        contradicted=ordered(contradicted(ledger.receipts, state) | disagreeing(books.answered, state)),
        credits_off=credits_off,
        billed_off=billed_off,
    )


def given_again(ledger: Ledger) -> set[Key]:
    """Messages whose reference is not that of their call alone."""
    given = Counter(reference for call in ledger.sent for reference in {*call.references})
    return {key for call in ledger.sent for key in call.accepted if given[key.reference] > 1}


def more_than_once(keys: Counter[Counted]) -> set[Counted]:
    return {key for key, times in keys.items() if times > 1}


def ordered(keys: Iterable[Key]) -> tuple[Key, ...]:
    return tuple(sorted(keys, key=lambda key: (key.number, key.reference)))


def early(ledger: Ledger, receipt_after: float) -> set[Key]:
    not_before = {key: call.begun + receipt_after - SLACK for call in ledger.sent for key in call.accepted}
    return {
        key
        for receipt in ledger.receipts
        if receipt.arrived < not_before.get(key := receipt.key, receipt.arrived)
    }


def contradicted(receipts: Iterable[Receipt], state: Mapping[Key, bool | None]) -> set[Key]:
    return {
        key
        for receipt in receipts
        if state.get(key := receipt.key, receipt.delivered) is not receipt.delivered
    }


def disagreeing(answered: Iterable[Found], state: Mapping[Key, bool | None]) -> set[Key]:
    return {at.key for at in answered if at.key in state and state[at.key] is not at.delivered}


def charge_off(ledger: Ledger, books: Books, terms: Terms, taken: int) -> tuple[Decimal | None, int | None]:
    """Zeros when the charge is right to the cent, wherever it is told.

    Calls without an answer may or may not have been charged.
    """
    sure = ledger.accepted + taken
    least = sure - sum(message.delivered is False for message in books.found) * terms.free_failures
    unknown = [call for call in ledger.sent if call.outcome is Outcome.UNANSWERED and not books.complete]
    most = sure + due(unknown)
    charges = charged(books.before, books.after)
    counts = [charge.messages for charge in charges if charge.messages is not None]
    return (
        farthest(beyond(charge.price, terms.price * least, terms.price * most) for charge in charges)
        if charges
        else None,
        farthest(beyond(count, least, most) for count in counts) if counts else None,
    )


def beyond(amount: Amount, least: Amount, most: Amount) -> Amount:
    """How far an amount lies outside of its bounds; zero within them."""
    return amount - min(max(amount, least), most)


def farthest(amounts: Iterable[Amount]) -> Amount:
    return max(amounts, key=abs)
