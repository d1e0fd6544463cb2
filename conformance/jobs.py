"""The checks in several processes at once, each with spaces of its own on the same emulator."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait

from conformance.bench import Bench
from conformance.catalogue import catalogue
from conformance.drivers.http import Unreachable
from conformance.hearing import Hearing
from conformance.judge import HarnessFault, made
from conformance.listeners import Manner
from conformance.record import Check, Run
from conformance.recorder import finished, selected
from conformance.target import Target

MOST = 8
"""Processes beyond which the one emulator is what they wait for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A share of a run, as a process of its own gets it."""

    target: Target
    seed: int
    clock: str
    provider: str | None
    only: tuple[str, ...]
    manner: Manner


def cores() -> int:
    """How many processes can work at a time on this machine."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(allowed or 1, MOST)


def judged(
    bench: Bench,
    jobs: int,
    *,
    provider: str | None = None,
    only: Sequence[str] = (),
    observer: Callable[[Check], None] = lambda check: None,
    manner: Manner,
) -> Run:
    """As judge.judged, by so many processes. HarnessFault where one of them breaks off."""
    hearing = Hearing(observer)
    whole = Job(
        target=bench.target,
        seed=bench.seed,
        clock=bench.clock,
        provider=provider,
        only=tuple(only),
        manner=manner,
    )
    parts = [replace(whole, manner=replace(manner, share=(part, jobs))) for part in range(jobs)]
    with _working(parts) as channels:
        _heard(channels, hearing)
    return finished(bench, selected(catalogue(), provider, only), hearing.checks)


@contextmanager
def _working(parts: Sequence[Job]) -> Iterator[list[Connection]]:
    """A process for each part, and where to hear it."""
    fresh = get_context("spawn")
    pipes = [fresh.Pipe(duplex=False) for _ in parts]
    workers = [
        fresh.Process(target=_work, args=(job, speaker), daemon=True)
        for job, (_, speaker) in zip(parts, pipes, strict=True)
    ]
    try:
        for worker, (_, speaker) in zip(workers, pipes, strict=True):
            worker.start()
            speaker.close()
        yield [listener for listener, _ in pipes]
    finally:
        for worker in workers:
            worker.terminate()
            worker.join()


def _heard(channels: Sequence[Connection], hearing: Hearing) -> None:
    busy = list(channels)
    while busy:
        for channel in wait(busy):
            assert isinstance(channel, Connection)
            match _said(channel):
                case None:
                    busy.remove(channel)
                case str(fault):
                    raise HarnessFault(fault)
                case (place, check):
                    hearing.hear(place, check)


def _said(channel: Connection) -> tuple[int, Check] | str | None:
    """A check and its place in the order; why there are no more; None when all were made."""
    try:
        said: tuple[int, Check] | str | None = channel.recv()
    except EOFError:
        return "a process that made checks broke off"
    return said


def _work(job: Job, channel: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who started us is asked, and ends us
    fault: str | None = None
    try:
        with closing(Bench(job.target, seed=job.seed, clock=job.clock)) as bench:
            made(
                bench,
                lambda place, check: channel.send((place, check)),
                provider=job.provider,
                only=job.only,
                manner=job.manner,
            )
    except (HarnessFault, Unreachable) as broken:
        fault = str(broken)
    channel.send(fault)
