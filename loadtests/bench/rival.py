"""What a user would pick instead: a server for tests, and the call of ours that is made to it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from loadtests.bench.installed import Lacking
from loadtests.bench.pressure import Requests
from loadtests.bench.processes import cpu_seconds
from loadtests.client import Client
from loadtests.failures import HarnessFailed
from loadtests.scenarios.template import Template
from loadtests.served import last_line, stop

READY_WITHIN = 60.0  # seconds
NUMBER = "306912345678"

Command = Callable[[Path, int], Sequence[str]]
"""From a folder of its own, and a port."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    name: str
    dialect: str
    """Of ours, that is compared with it."""
    installed: Callable[[Path], Command]
    """From the cache of what is installed. Raises Lacking."""
    template: Template
    sign: str
    """What is found in an answer that accepts a message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """A rival at work, and what it took until it accepted a message: seconds on the wall and of processor."""

    requests: Requests
    pid: int
    seconds: float
    spent: float


@contextmanager
def started(rival: Rival, command: Command) -> Iterator[Started]:
    """Raises HarnessFailed where it does not accept a message."""
    port = free_port()
    requests = Requests(base=f"http://127.0.0.1:{port}", template=rival.template, recipients=1)
    with tempfile.TemporaryDirectory(prefix="smslab-bench-") as folder, tempfile.TemporaryFile() as said:
        words = command(Path(folder), port)
        began = time.monotonic()
        process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        try:
            until_accepted(rival, requests, process, said)
            seconds = time.monotonic() - began
            spent = cpu_seconds(process.pid)
            yield Started(requests=requests, pid=process.pid, seconds=seconds, spent=spent)
        finally:
            stop(process)


def until_accepted(
    rival: Rival, requests: Requests, process: subprocess.Popen[bytes], said: IO[bytes]
) -> None:
    give_up = time.monotonic() + READY_WITHIN
    while rival.sign not in (answer := answered(requests)):
        if process.poll() is not None:
            raise HarnessFailed(f"{rival.name} ended: {last_line(said)}")
        if time.monotonic() > give_up:
            raise HarnessFailed(f"{rival.name} accepts no message: {answer[:100] or 'it does not answer'}")
        time.sleep(0.05)


def answered(requests: Requests) -> str:
    """What it says to one message; nothing where nobody listens yet."""
    try:
        with Client(requests.base) as client:
            return client.exchange(requests.template.request((NUMBER,))).text
    except HarnessFailed:
        return ""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def program(name: str) -> str:
    """Where a program of the system lies. Raises Lacking."""
    found = shutil.which(name)
    if found is None:
        raise Lacking(f"{name} is not installed")
    return found
