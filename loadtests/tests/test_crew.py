"""The generator processes as their employer sees them."""

from __future__ import annotations

import io
import itertools
import queue
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import IO

import pytest

from loadtests.accounting.ledger import Batch
from loadtests.failures import HarnessFailed
from loadtests.sending import crew
from loadtests.served import last_line
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
        assert next(hands.batches).batch == Batch(finished=True)


def test_a_line_was_heard_when_it_was_read_however_late_it_is_taken_up() -> None:
    said: queue.SimpleQueue[crew.Line] = queue.SimpleQueue()

    crew.listen(io.BytesIO(b"word\n"), said)

    read = time.monotonic()
    line = said.get()
    assert (line.text, line.at <= read) == (b"word\n", True)


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

        assert next(hands.batches).batch == Batch(finished=True)


WARNS = """
import sys
from loadtests.failures import WARNED
sys.stdin.readline()
print(f"Traceback\\n{WARNED}CPU usage above 90%!\\n{WARNED}not all", end="", file=sys.stderr, flush=True)
for line in range(2):
    print('{}', flush=True)
sys.stdin.read()
"""


def test_a_warning_of_the_generator_is_passed_on_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hired(monkeypatch, WARNS)

    with crew.crew([PLAN]) as hands:
        deque(itertools.islice(hands.batches, 2), maxlen=0)

    assert capsys.readouterr().err == "smslab: the load generator warns: CPU usage above 90%!\n"


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
        assert next(hands.batches).batch == Batch(finished=True)

    assert capsys.readouterr().out.splitlines() == [
        "0 of 1 workers have joined at 10.0.0.1:5557",
        "1 of 1 workers have joined at 10.0.0.1:5557",
    ]


def test_a_helper_without_its_master_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    hired(monkeypatch, "raise SystemExit('no route')")

    with pytest.raises(HarnessFailed, match=r"no longer led by 10\.0\.0\.1:5557: no route"):
        crew.helped("10.0.0.1:5557", "127.0.0.1", 2)


SOON = 20  # seconds, at most
NOBODY = replace(PLAN, base="http://127.0.0.1:9", seconds=0.5)  # every call is refused, and noted


@pytest.fixture
def place() -> str:
    """Where a master may be joined."""
    with socket.create_server(("127.0.0.1", 0)) as reserved:
        return f"127.0.0.1:{reserved.getsockname()[1]}"


@pytest.fixture
def helpers(place: str, errors: IO[bytes]) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Two workers, whatever they are told."""
    with ExitStack() as stack:
        started = [crew.started("worker", place, errors=errors) for _ in range(2)]
        for process in started:
            stack.callback(crew.ended, process)
        yield started


@pytest.fixture
def errors() -> Iterator[IO[bytes]]:
    with tempfile.TemporaryFile() as file:
        yield file


def test_a_worker_too_many_is_turned_away_and_no_slot_is_sent_twice(
    place: str, helpers: list[subprocess.Popen[bytes]], errors: IO[bytes]
) -> None:
    slots: list[int] = []
    with crew.crew([NOBODY], bind=place) as hands:
        for _, batch in itertools.islice(hands.batches, 2 * SOON):
            slots += [call.slot for call in batch.sent]
            codes = {helper.poll() for helper in helpers}
            if batch.finished and codes != {None}:
                break

    assert codes == {None, 1}
    assert sorted(slots) == [*range(NOBODY.calls)]
    assert sorted(helper.wait(SOON) for helper in helpers) == [0, 1]
    assert "start as many workers as --expect-workers says" in last_line(errors)


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("broken", ["calls.Calls._sent", "share.Notes.passed_on", "share.Share.begin"])
def test_what_nobody_expected_in_a_greenlet_ends_the_run_and_is_told(
    monkeypatch: pytest.MonkeyPatch, broken: str, workers: int
) -> None:
    hired(monkeypatch, BREAKS.format(broken=broken))

    with (
        pytest.raises(HarnessFailed, match="RuntimeError: a thing of"),
        crew.crew([replace(NOBODY, workers=workers)]) as hands,
    ):
        deque(itertools.islice(hands.batches, 2 * SOON), maxlen=0)


BREAKS = """
from loadtests.sending import generator, calls, share
def fails(*_, **__):
    raise RuntimeError("a thing of the impossible")
{broken} = fails
generator.main()
"""

CROWDED = """
from loadtests.sending import generator
generator.TOGETHER_WITHIN, generator.SPEAK_EVERY = 1.0, 0.1
generator.main()
"""


@pytest.mark.parametrize("workers", [1, 2])
def test_many_users_take_the_time_they_need_and_meanwhile_it_is_not_silent(
    monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    hired(monkeypatch, CROWDED)

    with crew.crew([replace(NOBODY, users=400, workers=workers)]) as hands:
        heard = [batch for _, batch in itertools.islice(hands.batches, 20)]

    assert Batch() in heard
    assert not any(batch.sent for batch in heard)


HASTY = """
from locust import runners
from loadtests.sending.generator import main
runners.MASTER_HEARTBEAT_TIMEOUT = 0.5
main()
"""


def test_a_helper_whose_master_vanishes_says_so(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    hired(monkeypatch, HASTY)
    with tempfile.TemporaryFile() as errors, crew.started("master", place, errors=errors) as leader:
        crew.told(leader, [replace(PLAN, workers=2)])
        threading.Thread(target=killed, args=(leader,)).start()

        with pytest.raises(HarnessFailed, match=f"no longer led by {place}: the master is gone"):
            crew.helped(place, "127.0.0.1", 1)


def killed(leader: subprocess.Popen[bytes]) -> None:
    """As soon as it has a worker."""
    assert leader.stdout is not None
    while b'"joined":1' not in leader.stdout.readline():
        pass
    leader.kill()
