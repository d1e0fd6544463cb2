"""The lines of a run that lasts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from loadtests.accounting.ledger import BEHIND, Batch, Outcome, Sent
from loadtests.planning.plan import Plan
from loadtests.reporting.progress import Progress
from loadtests.tests.rows import PLAN, sent


def lines(
    capsys: pytest.CaptureFixture[str], *batches: Batch, plans: tuple[Plan, ...] = (PLAN,)
) -> list[str]:
    progress = Progress(lambda: None, plans, reports=False)
    for batch in batches:
        progress(batch)
    return capsys.readouterr().out.splitlines()


def dropped(slot: int, *, lag: float) -> Sent:
    return sent(slot, outcome=Outcome.UNSENT, took=lag, reason=BEHIND)


def test_a_line_a_second_tells_what_was_due_and_what_became_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    calls = tuple(map(sent, range(9)))

    told = lines(capsys, Batch(now=0.5, sent=calls[:4]), Batch(now=0.95, sent=calls[4:]), Batch(now=1.05))

    assert [line.split() for line in told] == [
        ["time", "due/s", "accepted/s", "failed", "p50", "ms", "p99", "ms"],
        ["1s", "10", "9", "0", "10.0", "10.0"],
    ]


def test_in_a_stall_messages_fall_due_all_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    _, *told = lines(capsys, Batch(now=1.05), Batch(now=2.1), plans=(replace(PLAN, seconds=9),))

    assert [line.split()[1:3] for line in told] == [["10", "0"]] * 2


def test_once_nobody_sends_any_more_nothing_is_due(capsys: pytest.CaptureFixture[str]) -> None:
    ended = (Batch(now=0.9, worker=1, finished=True), Batch(now=1.05, worker=0, finished=True))
    stopped = replace(PLAN, seconds=9, workers=2)

    _, *told = lines(capsys, *ended, Batch(now=2.1), plans=(stopped,))

    assert [line.split()[1] for line in told] == ["10", "0"]


def test_what_was_dropped_for_its_lag_waited_so_long(capsys: pytest.CaptureFixture[str]) -> None:
    (_, line) = lines(capsys, Batch(now=11.0, sent=(dropped(0, lag=10.5),)))

    assert line.split()[3:] == ["1", "10500.0", "10500.0"]
