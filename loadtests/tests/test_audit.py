"""When a run, or a chapter of it, is over: with the last report, or, where none comes, after its time."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from loadtests import audit as module
from loadtests.audit import Audit
from loadtests.failures import HarnessFailed
from loadtests.ledger import Batch, Key, Ledger, Receipt
from loadtests.plan import Plan
from loadtests.reconciliation import Books, Found
from loadtests.run import gathered
from loadtests.shape import Shape
from loadtests.statement import of_balance
from loadtests.tests.rows import PLAN, receipt, sent

FAR = 60.0  # seconds that no test waits
SOAK = replace(PLAN, shape=Shape.SOAK, seconds=1, chapter=0.5)  # two chapters of five calls


@pytest.fixture(autouse=True)
def honest(monkeypatch: pytest.MonkeyPatch) -> None:
    """A target that has what was accepted, and charges nothing; and no time to linger."""
    monkeypatch.setattr(module, "LINGER", 0.02)
    monkeypatch.setattr(module, "statement", lambda *_, **__: of_balance(Decimal(100)))
    monkeypatch.setattr(module, "books", held)


def held(_plan: Plan, _scenario: object, ledger: Ledger, _listed: object, *, settle: float) -> Books:
    known = [key for call in ledger.sent for key in call.accepted]
    return Books(found=[Found(reference=r, number=n, delivered=True) for r, n in known], complete=True)


def audited(batches: Iterable[Batch], plan: Plan = PLAN, *, settle: float = FAR) -> Audit:
    audit = Audit(plan, control=False, settle=settle)
    gathered(batches, [audit], watches=())
    return audit


def batches(*receipts: Receipt) -> Iterator[Batch]:
    """One call, its receipts, then nothing new for ever."""
    yield Batch(sent=(sent(0),), finished=True)
    yield Batch(receipts=receipts, finished=True)
    while True:
        time.sleep(0.01)
        yield Batch(finished=True)


def test_with_the_last_report_and_a_little_it_is_over() -> None:
    part = audited(batches(receipt(0))).closed()

    assert (part.receipts, part.checked.lost) == (1, 0)


def test_while_no_report_comes_the_run_is_not_over() -> None:
    began = time.monotonic()

    part = audited(batches(), settle=0.2).closed()

    assert time.monotonic() - began > 0.2
    assert part.checked.unreported == (Key("A0", "306900000000"),)


def test_a_report_for_what_is_settled_while_others_are_not_is_stray() -> None:
    audit = audited(batches(receipt(0)))

    audit.add(Batch(receipts=(receipt(0, arrived=9.0),), finished=True))

    part = audit.closed()
    assert (part.receipts, part.checked.stray) == (2, (Key("A0", "306900000000"),))


def test_every_worker_must_have_finished() -> None:
    early = iter([Batch(sent=(sent(0),), finished=True), Batch(finished=True)])

    assert not audited(early, replace(PLAN, workers=2), settle=0.0).over


def test_reports_that_were_not_asked_for_are_not_waited_for() -> None:
    def unasked() -> Iterator[Batch]:
        yield Batch(sent=(sent(0, reported=False),), finished=True)
        yield from batches()

    assert audited(unasked()).over


def test_an_account_without_the_credit_for_a_run_does_not_begin_it() -> None:
    with pytest.raises(HarnessFailed, match=r"needs 200\.00 credits and the account has 100"):
        Audit(replace(PLAN, rate=100), control=False, settle=FAR)


def soaked(*slots: int, finished: bool = False) -> Batch:
    calls, receipts = tuple(map(sent, slots)), tuple(map(receipt, slots))
    return Batch(sent=calls, receipts=receipts, finished=finished)


def passing(*said: Batch) -> Iterator[Batch]:
    """With time between them for what is complete to be settled."""
    for batch in said:
        yield batch
        time.sleep(0.03)
        yield Batch(finished=batch.finished)


def test_a_chapter_is_reconciled_while_the_run_goes_on_and_not_kept() -> None:
    audit = Audit(SOAK, control=False, settle=FAR)

    gathered(passing(soaked(*range(5)), soaked(5, 6)), [audit], watches=())

    assert not audit.over
    assert audit.kept == 2


def test_the_chapters_together_are_the_run() -> None:
    audit = audited(passing(soaked(*range(6)), soaked(*range(6, 10), finished=True)), SOAK)

    part = audit.closed()
    assert (part.checked.accepted, part.checked.lost, part.receipts) == (10, 0, 10)
    assert len(part.tallies[0].waits) == len(part.tallies[0].lags) == 10


def test_what_went_astray_in_a_chapter_that_is_over_is_remembered() -> None:
    silent = Batch(sent=tuple(map(sent, range(5))), receipts=tuple(map(receipt, range(4))))

    def late() -> Iterator[Batch]:
        yield silent
        time.sleep(0.25)
        yield Batch()
        yield Batch(receipts=(receipt(4),))
        yield from passing(soaked(*range(5, 10), finished=True))

    part = audited(late(), SOAK, settle=0.2).closed()

    assert part.checked.unreported == part.checked.stray == (Key("A4", "306900000004"),)
