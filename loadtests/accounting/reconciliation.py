"""Comparing what was sent with what the target knows, what it reported and what it charged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain
from typing import NamedTuple, TypeVar

from loadtests.accounting.ledger import Key, Ledger, Outcome, Receipt, wanted
from loadtests.accounting.statement import Statement, charged

Amount = TypeVar("Amount", int, Decimal)
Counted = TypeVar("Counted")

FINDINGS: Mapping[str, str] = {
    "missing": "accepted, but the target does not know it",
    "unfinished": "known to the target, but without a final state",
    "unreported": "accepted, but no delivery report came",
    "stored_twice": "answered or stored more than once",
    "reported_twice": "more than one delivery report came",
    "early": "reported before it can have been delivered",
    "stray": "held or reported by the target, but never sent",
    "contradicted": "of which the target tells two different things",
}

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
    asked: Sequence[Key] = ()  # in the dialect
    answered: Sequence[Found] = ()  # there; what it does not know is left out


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What may be expected of a message."""

    free_failures: bool = False  # whether what fails in the end costs nothing
    receipt_after: float | None = (
        0.0  # seconds from acceptance before which no report may come; None: no reports
    )
    steps: tuple[str, ...] = ()  # states that are reported before the final one


class Owed(NamedTuple):
    """Bounds of the messages that must have been charged: calls without an answer may have been or not."""

    least: int = 0
    most: int = 0


NOTHING = Owed()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """Messages by what is wrong with them; all empty and `credits_off` zero or untold when nothing is."""

    accepted: int = 0
    missing: tuple[Key, ...] = ()  # accepted, but the target does not know it
    unfinished: tuple[Key, ...] = ()  # known, but without a final state
    unreported: tuple[Key, ...] = ()  # no delivery report, where the dialect has them
    stored_twice: tuple[Key, ...] = ()
    reported_twice: tuple[Key, ...] = ()
    early: tuple[Key, ...] = ()  # reported before it can have been delivered
    stray: tuple[Key, ...] = ()  # the target has or reports it, and we did not send it
    contradicted: tuple[Key, ...] = ()  # the target tells two different things of it
    owed: Owed = NOTHING
    credits_off: Decimal | None = None  # how far the charge is from what is owed; None: untold
    billed_off: int | None = None  # how far the count on the bill is from it; None without a count

    @property
    def lost(self) -> int:
        return len({*self.missing, *self.unfinished, *self.unreported})

    @property
    def doubled(self) -> int:
        return len({*self.stored_twice, *self.reported_twice})


def reconciled(ledger: Ledger, books: Books, terms: Terms) -> Reconciliation:
    """All but the money, which only a whole run can be asked for."""
    accepted = Counter(key for call in ledger.sent for key in call.accepted)
    found = Counter(message.key for message in books.found)
    answered = Counter(message.key for message in books.answered)
    state = {message.key: message.delivered for message in books.found}
    reports = Counter(receipt.key for receipt in ledger.receipts)
    steps = Counter((receipt.key, receipt.step) for receipt in ledger.steps)
    # Nobody knows the reference of a call that was not answered, but its numbers are nobody else's.
    doubtful = {n for call in ledger.sent if call.outcome is Outcome.UNANSWERED for n in call.numbers}
    unanswered = {key for key in found | reports if key not in accepted and key.number in doubtful}
    taken = unanswered & found.keys()
    asked_for = {key for call in ledger.sent if call.reported for key in call.accepted} | taken
    expected = asked_for if terms.receipt_after is not None else set()
    lacking = {key for key in expected for step in terms.steps if (key, step) not in steps}
    told = found | answered | reports | Counter({key for key, _ in steps})
    return Reconciliation(
        accepted=accepted.total(),
        missing=ordered((accepted.keys() - found.keys()) | (set(books.asked) - answered.keys())),
        unfinished=ordered(key for key in accepted if key in found and state[key] is None),
        unreported=ordered((expected - reports.keys()) | lacking),
        stored_twice=ordered(
            given_again(ledger)
            | more_than_once(found)
            | more_than_once(answered)
            | under_several_references(unanswered)
        ),
        reported_twice=ordered(more_than_once(reports) | {key for key, _ in more_than_once(steps)}),
        early=ordered(early(ledger, terms.receipt_after or 0.0)),
        stray=ordered(key for key in told if key not in accepted and key.number not in doubtful),
        contradicted=ordered(contradicted(ledger.receipts, state) | disagreeing(books.answered, state)),
        owed=owed(ledger, books, terms, len({key.number for key in taken})),
    )


def joined(parts: Sequence[Reconciliation]) -> Reconciliation:
    """Of several accounts, or of one at several times: all findings, and the charge that is farthest off."""
    sums = [part.credits_off for part in parts if part.credits_off is not None]
    counts = [part.billed_off for part in parts if part.billed_off is not None]
    findings = {name: tuple(chain.from_iterable(getattr(part, name) for part in parts)) for name in FINDINGS}
    return Reconciliation(
        accepted=sum(part.accepted for part in parts),
        owed=Owed(sum(part.owed.least for part in parts), sum(part.owed.most for part in parts)),
        credits_off=farthest(sums) if sums else None,
        billed_off=farthest(counts) if counts else None,
        **findings,
    )


def given_again(ledger: Ledger) -> set[Key]:
    """Messages whose reference is not that of their call alone."""
    given = Counter(reference for call in ledger.sent for reference in {*call.references})
    return {key for call in ledger.sent for key in call.accepted if given[key.reference] > 1}


def more_than_once(keys: Counter[Counted]) -> set[Counted]:
    return {key for key, times in keys.items() if times > 1}


def under_several_references(keys: Iterable[Key]) -> set[Key]:
    """Of numbers that were sent to once."""
    keys = {*keys}
    numbers = more_than_once(Counter(key.number for key in keys))
    return {key for key in keys if key.number in numbers}


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


def owed(ledger: Ledger, books: Books, terms: Terms, taken: int) -> Owed:
    """`taken`: messages that the target has, of calls that it did not answer, each counted once."""
    sure = ledger.accepted + taken
    free = sum(message.delivered is False for message in books.found) * terms.free_failures
    unknown = [call for call in ledger.sent if call.outcome is Outcome.UNANSWERED and not books.complete]
    return Owed(least=sure - free, most=sure + wanted(unknown))


def settled(checked: Reconciliation, before: Statement, after: Statement, price: Decimal) -> Reconciliation:
    """With how far the charge is off: zeros when it is right to the cent, wherever it is told."""
    least, most = checked.owed
    charges = charged(before, after)
    sums = [beyond(charge.price, price * least, price * most) for charge in charges]
    counts = [beyond(charge.messages, least, most) for charge in charges if charge.messages is not None]
    return replace(
        checked,
        credits_off=farthest(sums) if sums else None,
        billed_off=farthest(counts) if counts else None,
    )


def beyond(amount: Amount, least: Amount, most: Amount) -> Amount:
    """How far an amount lies outside of its bounds; zero within them."""
    return amount - min(max(amount, least), most)


def farthest(amounts: Iterable[Amount]) -> Amount:
    return max(amounts, key=abs)
