"""The generator processes of a run, seen from outside."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import IO, NamedTuple

import click
import msgspec

from loadtests.accounting.ledger import Batch, Heard
from loadtests.failures import WARNED, HarnessFailed
from loadtests.planning.plan import Plan
from loadtests.served import last_line

# Locust patches sockets and threads for gevent, so it is only ever imported in processes of its own.
GENERATOR = (sys.executable, "-P", "-m", "loadtests.sending.generator")
SILENCE = 60.0  # seconds without a word after which the generator has failed
PIECE = 1 << 20  # octets of their errors that are looked at together
LOOK_EVERY = 1.0  # seconds: how soon a process that died is noticed where no other speaks


class Line(NamedTuple):
    """Of the leader's output. It is read at once, however late somebody takes it up."""

    at: float  # of the monotonic clock
    text: bytes


END = Line(0.0, b"")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands:
    batches: Iterator[Heard]  # what they report, as it comes
    stop: Callable[[], None]  # no more calls; reports are still taken


@contextmanager
def crew(plans: Sequence[Plan], *, bind: str | None = None) -> Iterator[Hands]:
    """One process alone, or a Locust master with its workers, which with `bind` are started by others."""
    workers = plans[0].workers
    with ExitStack() as stack:
        errors = stack.enter_context(tempfile.TemporaryFile())
        leader = started(*leading(workers, bind), errors=errors)
        stack.callback(ended, leader)
        processes = [leader]
        lines = heard(leader, processes, errors)
        told(leader, plans)
        if workers > 1 or bind:
            port = msgspec.json.decode(next(lines).text)["port"]
            for _ in range(0 if bind else workers):
                processes.append(started("worker", f"127.0.0.1:{port}", errors=errors))
                stack.callback(ended, processes[-1])
            joined(lines, workers, aloud=bind)
        stack.callback(told, leader, None)  # first of all: the master takes leave of its workers
        yield Hands(batches=batches(lines, Warnings(errors)), stop=partial(told, leader, ()))


def leading(workers: int, bind: str | None) -> tuple[str, ...]:
    if bind:
        return "master", bind
    return ("local",) if workers == 1 else ("master",)


def joined(lines: Iterator[Line], workers: int, *, aloud: str | None) -> None:
    """Returns when all are there."""
    before = -1
    while before < workers:
        count = msgspec.json.decode(next(lines).text)["joined"]
        if aloud and count != before:
            click.echo(f"{count} of {workers} workers have joined at {aloud}")
        before = count


def started(*role: str, errors: IO[bytes]) -> subprocess.Popen[bytes]:
    heard = subprocess.DEVNULL if role[0] == "worker" else subprocess.PIPE
    return subprocess.Popen([*GENERATOR, *role], stdin=subprocess.PIPE, stdout=heard, stderr=errors)


def told(leader: subprocess.Popen[bytes], plans: Sequence[Plan] | None) -> None:
    """Plans start the work, none of them stop it, and the end of input ends the process."""
    assert leader.stdin is not None
    with suppress(
        BrokenPipeError, ValueError
    ):  # a process that is gone is noticed, and quoted, where it speaks
        if plans is None:
            leader.stdin.close()
        else:
            leader.stdin.write(msgspec.json.encode(plans) + b"\n")
            leader.stdin.flush()


def heard(
    leader: subprocess.Popen[bytes], processes: Sequence[subprocess.Popen[bytes]], errors: IO[bytes]
) -> Iterator[Line]:
    """Lines of the leader's output; raises HarnessFailed when it falls silent or a process ends."""
    assert leader.stdout is not None
    said: queue.SimpleQueue[Line] = queue.SimpleQueue()
    threading.Thread(target=listen, args=(leader.stdout, said), daemon=True).start()
    while (line := awaited(said, processes, errors)) is not END:
        watch(processes, errors)
        yield line
    raise HarnessFailed(f"the load generator fell silent: {last_line(errors)}")


def awaited(
    said: queue.SimpleQueue[Line], processes: Sequence[subprocess.Popen[bytes]], errors: IO[bytes]
) -> Line:
    """The next one; END where none came for too long, or none will."""
    give_up = time.monotonic() + SILENCE
    while time.monotonic() < give_up:
        with suppress(queue.Empty):
            return said.get(timeout=min(LOOK_EVERY, SILENCE))
        watch(processes, errors)
    return END


def watch(processes: Iterable[subprocess.Popen[bytes]], errors: IO[bytes]) -> None:
    """Raises HarnessFailed for a process that has ended."""
    if any(process.poll() is not None for process in processes):
        raise HarnessFailed(f"a load generator process died: {last_line(errors)}")


def listen(output: IO[bytes], said: queue.SimpleQueue[Line]) -> None:
    with output:
        for line in output:
            said.put(Line(time.monotonic(), line))
    said.put(END)


def batches(lines: Iterator[Line], warnings: Warnings) -> Iterator[Heard]:
    for at, text in lines:
        warnings.tell()
        yield Heard(at, msgspec.json.decode(text, type=Batch))


class Warnings:
    """What the generator has to say of itself, which its employer has to know."""

    def __init__(self, errors: IO[bytes]) -> None:
        self._errors = errors.fileno()
        self._read = 0  # octets

    def tell(self) -> None:
        """What is new and whole; read where it lies, as the processes write on where the file stands."""
        *lines, _ = os.pread(self._errors, PIECE, self._read).split(b"\n")
        self._read += sum(len(line) + 1 for line in lines)
        for line in lines:
            if line.startswith(WARNED.encode()):
                click.echo(f"smslab: {line.decode('utf-8', 'replace')}", err=True)


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


def helped(master: str, listen: str, workers: int) -> None:
    """Send for the master of another host until it is done. Raises HarnessFailed when it is gone."""
    with ExitStack() as stack:
        errors = stack.enter_context(tempfile.TemporaryFile())
        processes = [started("worker", master, listen, errors=errors) for _ in range(workers)]
        for process in processes:
            stack.callback(ended, process)
        click.echo(f"{workers} sending for {master}, reports to {listen}")
        codes = [process.wait() for process in processes]
        Warnings(errors).tell()
        if any(codes):
            raise HarnessFailed(f"no longer led by {master}: {last_line(errors)}")
