"""Emulators of our own: started, watched, stopped."""

from __future__ import annotations

import os
import signal
import sys

import psutil  # type: ignore[import-untyped]  # comes with Locust
import pytest

from loadtests.failures import HarnessFailed
from loadtests.served import served

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
