"""The generator processes as their employer sees them."""

from __future__ import annotations

import sys

import pytest

from loadtests import crew
from loadtests.failures import HarnessFailed
from loadtests.ledger import Batch
from loadtests.tests.rows import PLAN

SPEAKS = """
import sys
sys.stdin.readline()
print('{"worker": 0, "finished": true}', flush=True)
sys.stdin.read()
"""


def hired(monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    monkeypatch.setattr(crew, "GENERATOR", (sys.executable, "-c", script))


def test_what_a_process_reports_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    hired(monkeypatch, SPEAKS)

    with crew.crew(PLAN) as batches:
        assert next(batches) == Batch(finished=True)


@pytest.mark.parametrize("when", ["sys.stdin.readline()", "sys.stdin.close()"])
def test_a_process_that_fails_is_quoted_whether_it_heard_the_plan_or_not(
    monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    hired(monkeypatch, f"import sys; {when}; sys.exit('no socket left')")

    with pytest.raises(HarnessFailed, match="no socket left"), crew.crew(PLAN) as batches:
        next(batches)


def test_a_process_that_says_nothing_is_not_waited_for_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    hired(monkeypatch, "import sys; sys.stdin.read()")
    monkeypatch.setattr(crew, "SILENCE", 0.2)

    with pytest.raises(HarnessFailed, match="fell silent"), crew.crew(PLAN) as batches:
        next(batches)
