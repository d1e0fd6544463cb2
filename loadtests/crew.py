"""The generator processes of a run, seen from outside."""

from __future__ import annotations

import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import IO

import msgspec

from loadtests.failures import HarnessFailed
from loadtests.ledger import Batch
from loadtests.plan import Plan
from loadtests.served import last_line

# Locust patches sockets and threads for gevent, so it is only ever imported in processes of its own.
GENERATOR = (sys.executable, "-m", "loadtests.generator")
SILENCE = 60.0  # seconds without a word after which the generator has failed


@contextmanager
def crew(plan: Plan) -> Iterator[Iterator[Batch]]:
    """One process alone, or a Locust master with its workers; yields what they report, as it comes."""
    with ExitStack() as stack:
        errors = stack.enter_context(tempfile.TemporaryFile())
        leader = started("local" if plan.workers == 1 else "master", errors=errors)
        stack.callback(ended, leader)
        processes = [leader]
        lines = heard(leader, errors)
        told(leader, plan)
        if plan.workers > 1:
            port = msgspec.json.decode(next(lines))["port"]
            for _ in range(plan.workers):
                processes.append(started("worker", f"127.0.0.1:{port}", errors=errors))
                stack.callback(ended, processes[-1])
        stack.callback(told, leader, None)  # first of all: the master takes leave of its workers
        yield batches(lines, processes, errors)


def started(*role: str, errors: IO[bytes]) -> subprocess.Popen[bytes]:
    heard = subprocess.DEVNULL if role[0] == "worker" else subprocess.PIPE
    return subprocess.Popen([*GENERATOR, *role], stdin=subprocess.PIPE, stdout=heard, stderr=errors)


def told(leader: subprocess.Popen[bytes], plan: Plan | None) -> None:
    """A plan starts the work; the end of input stops it."""
    assert leader.stdin is not None
    with suppress(BrokenPipeError):  # a process that is gone is noticed, and quoted, where it should speak
        if plan is None:
            leader.stdin.close()
        else:
            leader.stdin.write(msgspec.json.encode(plan) + b"\n")
            leader.stdin.flush()


def heard(leader: subprocess.Popen[bytes], errors: IO[bytes]) -> Iterator[bytes]:
    """Lines of the leader's output; raises HarnessFailed when it falls silent or ends."""
    assert leader.stdout is not None
    said: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=listen, args=(leader.stdout, said), daemon=True).start()
    while True:
        try:
            line = said.get(timeout=SILENCE)
        except queue.Empty:
            line = b""
        if not line:
            raise HarnessFailed(f"the load generator fell silent: {last_line(errors)}")
        yield line


def listen(output: IO[bytes], said: queue.SimpleQueue[bytes]) -> None:
    with output:
        for line in output:
            said.put(line)
    said.put(b"")


def batches(
    lines: Iterator[bytes], processes: list[subprocess.Popen[bytes]], errors: IO[bytes]
) -> Iterator[Batch]:
    for line in lines:
        if any(process.poll() is not None for process in processes):
            raise HarnessFailed(f"a load generator process died: {last_line(errors)}")
        yield msgspec.json.decode(line, type=Batch)


def ended(process: subprocess.Popen[bytes]) -> None:
    """Waits for a process that was told to stop, and makes sure of it."""
    if process.stdin:
        with suppress(BrokenPipeError):
            process.stdin.close()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
