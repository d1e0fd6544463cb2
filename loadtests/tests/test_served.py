"""Emulators of our own: started, watched, stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # comes with Locust
import pytest

from loadtests.failures import HarnessFailed
from loadtests.sending.crew import GENERATOR
from loadtests.served import SERVE, served

READY = """
import json, pathlib, sys, threading
ready = pathlib.Path(sys.argv[sys.argv.index("--ready-file") + 1])
ready.write_text(json.dumps({"http": "http://127.0.0.1:9"}))
threading.Event().wait()
"""


def test_a_server_is_there_as_long_as_it_is_needed() -> None:
    with served((sys.executable, "-c", READY)) as server:
        server.check()
        running = psutil.Process(server.pid)

    assert server.http == "http://127.0.0.1:9"
    assert not running.is_running()


def test_a_server_that_does_not_start_says_why() -> None:
    refusal = (sys.executable, "-c", "raise SystemExit('port 1: Permission denied')")

    with pytest.raises(HarnessFailed, match="port 1: Permission denied"), served(refusal):
        pass


def test_a_server_that_dies_is_noticed() -> None:
    with served((sys.executable, "-c", READY)) as server:
        os.kill(server.pid, signal.SIGKILL)
        psutil.wait_procs([psutil.Process(server.pid)], timeout=5)

        with pytest.raises(HarnessFailed, match="the emulator ended"):
            server.check()


@pytest.mark.parametrize("command", [(*SERVE, "--help"), (*GENERATOR, "local")])
def test_what_is_started_is_ours_wherever_that_is_done(tmp_path: Path, command: tuple[str, ...]) -> None:
    for package in ("emulator", "loadtests"):
        Path(tmp_path, package).mkdir()
        Path(tmp_path, package, "__init__.py").write_text("raise SystemExit('not ours')")

    done = subprocess.run(command, cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, check=False)

    assert b"not ours" not in done.stderr
