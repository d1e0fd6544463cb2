"""Runs that are ended from without: what was started for them ends too."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # comes with Locust
import pytest

from loadtests.ending import terminable
from loadtests.tests.test_served import READY

SOON = 10  # seconds, at most

SERVES = f"""
import sys, time
from loadtests.served import served
command = (sys.executable, "-c", {READY!r})
with served(command) as server:
    print(server.pid, flush=True)
    time.sleep(60)
"""


def test_a_server_ends_with_whoever_started_it_even_where_that_was_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", SERVES], stdout=subprocess.PIPE) as run:
        assert run.stdout is not None
        server = psutil.Process(int(run.stdout.readline()))
        watch = next(child for child in psutil.Process(run.pid).children() if child != server)

        run.kill()

        gone, _ = psutil.wait_procs([server, watch], timeout=SOON)
    assert {*gone} == {server, watch}
    assert [*tmp_path.iterdir()] == []


def test_sigterm_ends_a_run_as_ctrl_c_does_and_only_as_long_as_it_lasts() -> None:
    before = signal.getsignal(signal.SIGTERM)

    with pytest.raises(KeyboardInterrupt), terminable():
        os.kill(os.getpid(), signal.SIGTERM)

    assert signal.getsignal(signal.SIGTERM) is before


@pytest.mark.parametrize("role", [("worker", "127.0.0.1:9"), ("master",)])
def test_a_generator_ends_with_its_input_whatever_it_waits_for(role: tuple[str, ...]) -> None:
    plans = b'[{"scenario": "isms-http", "rate": 1, "seconds": 1, "workers": 2}]\n'
    with subprocess.Popen(
        [sys.executable, "-m", "loadtests.sending.generator", *role],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as generator:
        assert generator.stdin is not None
        if role == ("master",):
            assert generator.stdout is not None
            generator.stdin.write(plans)
            generator.stdin.flush()
            assert b"port" in generator.stdout.readline()

        generator.stdin.close()

        assert generator.wait(timeout=SOON) is not None
