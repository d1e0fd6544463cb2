"""When a run, or a chapter of it, is over: with the last report, or, where none comes, after its time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import count, islice, repeat

import pytest

from loadtests.accounting import audit as module
from loadtests.accounting.audit import Audit
from loadtests.accounting.ledger import Batch, Heard, Key, Ledger, Receipt
from loadtests.accounting.reconciliation import Books, Found
from loadtests.accounting.statement import of_balance
from loadtests.failures import HarnessFailed
from loadtests.planning.plan import Plan
from loadtests.planning.shape import Shape
from loadtests.run import gathered
from loadtests.tests.rows import PLAN, receipt, sent

SETTLE = 60.0  # seconds, which pass by being told
SOAK = replace(PLAN, shape=Shape.SOAK, seconds=1, chapter=0.5)  # two chapters of five calls


@pytest.fixture(autouse=True)
def honest(monkeypatch: pytest.MonkeyPatch) -> None:
    """A target that has what was accepted, and charges nothing."""
    monkeypatch.setattr(module, "statement", lambda *_, **__: of_balance(Decimal(100)))
    monkeypatch.setattr(module, "books", held)


def held(_plan: Plan, _scenario: object, ledger: Ledger, _listed: object, *, settle: float) -> Books:
    known = [key for call in ledger.sent for key in call.accepted]
    return Books(found=[Found(reference=r, number=n, delivered=True) for r, n in known], complete=True)


def heard(batches: Iterable[Batch]) -> Iterator[Heard]:
    """One every half second."""
    return map(Heard, count(step=0.5), batches)


def audited(batches: Iterable[Batch], plan: Plan = PLAN) -> Audit:
    audit = Audit(plan, control=False, settle=SETTLE)
    gathered(heard(batches), [audit], watches=())
    return audit


def batches(*receipts: Receipt) -> Iterator[Batch]:
    """One call, its receipts, then nothing new for ever."""
    yield Batch(sent=(sent(0),), finished=True)
    yield Batch(receipts=receipts, finished=True)
    yield from repeat(Batch(finished=True))


def test_with_the_last_report_and_a_little_it_is_over() -> None:
    part = audited(batches(receipt(0))).closed()

    assert (part.receipts, part.checked.lost) == (1, 0)


def test_while_no_report_comes_the_run_is_not_over() -> None:
    audit = Audit(PLAN, control=False, settle=SETTLE)

    audit.add(Batch(sent=(sent(0),), finished=True), 5.0)
    audit.add(Batch(finished=True), 5.0 + SETTLE)
    assert not audit.over
    audit.add(Batch(finished=True), 5.5 + SETTLE)

    assert audit.over
    assert audit.closed().checked.unreported == (Key("A0", "306900000000"),)


def test_a_report_may_come_before_the_answer_to_its_call() -> None:
    def ahead() -> Iterator[Batch]:
        yield Batch(receipts=(receipt(1), receipt(1), receipt(0)))
        yield Batch(sent=(sent(0), sent(1)), finished=True)
        yield from islice(repeat(Batch(finished=True)), 10)

    audit = audited(ahead())

    assert audit.over
    assert audit.closed().checked.reported_twice == (Key("A1", "306900000001"),)


def test_a_report_for_what_is_settled_while_others_are_not_is_stray() -> None:
    audit = audited(batches(receipt(0)))

    audit.add(Batch(receipts=(receipt(0, arrived=9.0),), finished=True), 9.0)

    part = audit.closed()
    assert (part.receipts, part.checked.stray) == (2, (Key("A0", "306900000000"),))


def test_every_worker_must_have_finished() -> None:
    first = [Batch(sent=(sent(0),), finished=True), *[Batch(finished=True)] * 200]

    assert not audited(first, replace(PLAN, workers=2)).over


def test_reports_that_were_not_asked_for_are_not_waited_for() -> None:
    def unasked() -> Iterator[Batch]:
        yield Batch(sent=(sent(0, reported=False),), finished=True)
        yield from batches()

    assert audited(unasked()).over


def test_an_account_without_the_credit_for_a_run_does_not_begin_it() -> None:
    with pytest.raises(HarnessFailed, match=r"needs 200\.00 credits and the account has 100"):
        Audit(replace(PLAN, rate=100), control=False, settle=SETTLE)


def soaked(*slots: int, finished: bool = False) -> Batch:
    calls, receipts = tuple(map(sent, slots)), tuple(map(receipt, slots))
    return Batch(sent=calls, receipts=receipts, finished=finished)


def passing(*said: Batch) -> Iterator[Batch]:
    """With time between them for what is complete to be settled."""
    for batch in said:
        yield batch
        yield from [Batch(finished=batch.finished)] * 5


def test_a_chapter_is_reconciled_by_itself_while_the_run_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []

    def counted(plan: Plan, scenario: object, ledger: Ledger, listed: object, *, settle: float) -> Books:
        sizes.append(len(ledger.sent))
        return held(plan, scenario, ledger, listed, settle=settle)

    monkeypatch.setattr(module, "books", counted)
    audit = audited(passing(soaked(*range(5)), soaked(5, 6)), SOAK)

    assert not audit.over
    assert sizes == [5]


def test_the_chapters_together_are_the_run() -> None:
    audit = audited(passing(soaked(*range(6)), soaked(*range(6, 10), finished=True)), SOAK)

    part = audit.closed()
    assert (part.checked.accepted, part.checked.lost, part.receipts) == (10, 0, 10)
    assert len(part.tallies[0].waits) == len(part.tallies[0].lags) == 10


def test_what_went_astray_in_a_chapter_that_is_over_is_remembered() -> None:
    silent = Batch(sent=tuple(map(sent, range(5))), receipts=tuple(map(receipt, range(4))))

    part = audited(
        [
            silent,
            *[Batch()] * 125,
            Batch(receipts=(receipt(4),)),
            *passing(soaked(*range(5, 10), finished=True)),
        ],
        SOAK,
    ).closed()

    assert part.checked.unreported == part.checked.stray == (Key("A4", "306900000004"),)
