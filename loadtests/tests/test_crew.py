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

    with crew.crew([PLAN]) as hands:
        assert next(hands.batches) == Batch(finished=True)


@pytest.mark.parametrize("when", ["sys.stdin.readline()", "sys.stdin.close()"])
def test_a_process_that_fails_is_quoted_whether_it_heard_the_plan_or_not(
    monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    hired(monkeypatch, f"import sys; {when}; sys.exit('no socket left')")

    with pytest.raises(HarnessFailed, match="no socket left"), crew.crew([PLAN]) as hands:
        next(hands.batches)


def test_a_process_that_says_nothing_is_not_waited_for_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    hired(monkeypatch, "import sys; sys.stdin.read()")
    monkeypatch.setattr(crew, "SILENCE", 0.2)

    with pytest.raises(HarnessFailed, match="fell silent"), crew.crew([PLAN]) as hands:
        next(hands.batches)


STOPS = """
import sys
sys.stdin.readline()
sys.stdin.readline()
print('{"worker": 0, "finished": true}', flush=True)
sys.stdin.read()
"""


def test_a_run_is_stopped_by_a_word_and_goes_on_to_report(monkeypatch: pytest.MonkeyPatch) -> None:
    hired(monkeypatch, STOPS)

    with crew.crew([PLAN]) as hands:
        hands.stop()

        assert next(hands.batches) == Batch(finished=True)


JOINS = """
import sys
sys.stdin.readline()
for line in '"port": 1', '"joined": 0', '"joined": 0', '"joined": 1', '"worker": 0, "finished": true':
    print("{" + line + "}", flush=True)
sys.stdin.read()
"""


def test_workers_of_other_hosts_are_waited_for_and_counted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hired(monkeypatch, JOINS)

    with crew.crew([PLAN], bind="10.0.0.1:5557") as hands:
        assert next(hands.batches) == Batch(finished=True)

    assert capsys.readouterr().out.splitlines() == [
        "0 of 1 workers have joined at 10.0.0.1:5557",
        "1 of 1 workers have joined at 10.0.0.1:5557",
    ]


def test_a_helper_without_its_master_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    hired(monkeypatch, "raise SystemExit('no route')")

    with pytest.raises(HarnessFailed, match=r"no longer led by 10\.0\.0\.1:5557: no route"):
        crew.helped("10.0.0.1:5557", "127.0.0.1", 2)
