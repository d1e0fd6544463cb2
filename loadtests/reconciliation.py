"""Comparing what was sent with what the target knows, what it reported and what it charged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from loadtests.ledger import Key, Ledger, Outcome, Receipt, messages

SLACK = 0.02  # seconds: two clocks of one machine need not agree to the last


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A message as the target holds it; `delivered` is None while it has no final state."""

    reference: str
    number: str
    delivered: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """The target's side. `complete` says that `found` is everything it has, not only what we asked for."""

    found: Sequence[Found]
    complete: bool
    before: Decimal
    after: Decimal
    asked: Mapping[Key, Found | None] = field(
        default_factory=dict
    )  # answers in the dialect; None: unknown there


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """Messages by what is wrong with them; all empty and `credits_off` zero when nothing is."""

    accepted: int
    missing: tuple[Key, ...]  # accepted, but the target does not know it
    unfinished: tuple[Key, ...]  # known, but without a final state
    unreported: tuple[Key, ...]  # no delivery report
    stored_twice: tuple[Key, ...]
    reported_twice: tuple[Key, ...]
    early: tuple[Key, ...]  # reported before it can have been delivered
    stray: tuple[Key, ...]  # the target has or reports it, and we did not send it
    contradicted: tuple[Key, ...]  # report and state disagree
    credits_off: Decimal  # how far the charge is from the price of what was accepted

    @property
    def lost(self) -> int:
        return len({*self.missing, *self.unfinished, *self.unreported})

    @property
    def doubled(self) -> int:
        return len({*self.stored_twice, *self.reported_twice})


def reconciled(ledger: Ledger, books: Books, *, price: Decimal, receipt_after: float) -> Reconciliation:
    """`receipt_after`: seconds from acceptance before which no report may come."""
    accepted = Counter(
        Key(call.reference, number)
        for call in ledger.sent
        if call.outcome is Outcome.ACCEPTED
        for number in call.numbers
    )
    found = Counter(Key(message.reference, message.number) for message in books.found)
    state = {Key(message.reference, message.number): message.delivered for message in books.found}
    reports = Counter(Key(receipt.reference, receipt.number) for receipt in ledger.receipts)
    # Nobody knows the reference of a call that was not answered, but its numbers are nobody else's.
    doubtful = {n for call in ledger.sent if call.outcome is Outcome.UNANSWERED for n in call.numbers}
    taken = {key for key in found if key not in accepted and key.number in doubtful}
    return Reconciliation(
        accepted=accepted.total(),
        missing=ordered(
            (accepted.keys() - found.keys()) | {key for key, at in books.asked.items() if at is None}
        ),
        unfinished=ordered(key for key in accepted if key in found and state[key] is None),
        unreported=ordered((accepted.keys() | taken) - reports.keys()),
        stored_twice=ordered(more_than_once(accepted) | more_than_once(found)),
        reported_twice=ordered(more_than_once(reports)),
        early=ordered(early(ledger, receipt_after)),
        stray=ordered(key for key in (found | reports) if key not in accepted and key.number not in doubtful),
        contradicted=ordered(contradicted(ledger.receipts, state) | disagreeing(books.asked, state)),
        credits_off=credits_off(ledger, books, price, len(taken)),
    )


def more_than_once(keys: Counter[Key]) -> set[Key]:
    return {key for key, times in keys.items() if times > 1}


def ordered(keys: Iterable[Key]) -> tuple[Key, ...]:
    return tuple(sorted(keys, key=lambda key: (key.number, key.reference)))


def early(ledger: Ledger, receipt_after: float) -> set[Key]:
    due = {
        Key(call.reference, number): call.begun + receipt_after - SLACK
        for call in ledger.sent
        if call.outcome is Outcome.ACCEPTED
        for number in call.numbers
    }
    return {
        key
        for receipt in ledger.receipts
        if receipt.arrived < due.get(key := Key(receipt.reference, receipt.number), receipt.arrived)
    }


def contradicted(receipts: Iterable[Receipt], state: Mapping[Key, bool | None]) -> set[Key]:
    return {
        key
        for receipt in receipts
        if state.get(key := Key(receipt.reference, receipt.number), receipt.delivered)
        is not receipt.delivered
    }


def disagreeing(asked: Mapping[Key, Found | None], state: Mapping[Key, bool | None]) -> set[Key]:
    return {key for key, at in asked.items() if at is not None and state.get(key) is not at.delivered}


def credits_off(ledger: Ledger, books: Books, price: Decimal, taken: int) -> Decimal:
    """Zero when the charge is right to the cent; calls without an answer may or may not have been charged."""
    charged = books.before - books.after
    sure = ledger.accepted + taken
    doubtful = 0 if books.complete else messages(ledger.sent, Outcome.UNANSWERED)
    least, most = price * sure, price * (sure + doubtful)
    return charged - min(max(charged, least), most)
