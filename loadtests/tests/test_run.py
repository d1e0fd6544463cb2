"""When a run is over: with the last report, or, where none comes, after its time."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from loadtests import run
from loadtests.ledger import Batch, Receipt
from loadtests.run import gathered
from loadtests.tests.rows import PLAN, receipt, sent

FAR = 60.0  # seconds that no test waits


def batches(*receipts: Receipt) -> Iterator[Batch]:
    """One call, its receipts, then nothing new for ever."""
    yield Batch(sent=(sent(0),), finished=True)
    yield Batch(receipts=receipts, finished=True)
    while True:
        time.sleep(0.01)
        yield Batch(finished=True)


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "LINGER", 0.02)


def test_with_the_last_report_and_a_little_it_is_over() -> None:
    kept = gathered(batches(receipt(0)), PLAN, wait=FAR, watch=lambda _ledger: None)

    assert len(kept.receipts) == 1


def test_while_no_report_comes_the_run_is_not_over() -> None:
    began = time.monotonic()

    kept = gathered(batches(), PLAN, wait=0.2, watch=lambda _ledger: None)

    assert time.monotonic() - began > 0.2
    assert kept.accepted == 1


def test_every_worker_must_have_finished() -> None:
    plan = PLAN.__class__(scenario="isms-http", rate=1, seconds=1, workers=2)
    early = iter([Batch(worker=0, sent=(sent(0),), finished=True), Batch(worker=0, finished=True)])

    kept = gathered(early, plan, wait=-1, watch=lambda _ledger: None)

    assert list(early) == []
    assert kept.finished == {0}


def test_reports_that_were_not_asked_for_are_not_waited_for() -> None:
    unasked = iter([Batch(sent=(sent(0, reported=False),), finished=True), *[Batch(finished=True)] * 9])

    gathered(unasked, PLAN, wait=FAR, watch=lambda _ledger: time.sleep(0.01))

    assert list(unasked) != []
