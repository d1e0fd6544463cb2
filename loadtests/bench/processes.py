"""What a server and its children cost: processor seconds and memory."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import psutil  # type: ignore[import-untyped]  # comes with Locust

QUIET = 0.05  # processor seconds a second


def family(pid: int) -> list[psutil.Process]:
    import psutil

    parent = psutil.Process(pid)
    return [parent, *parent.children(recursive=True)]


def cpu_seconds(pid: int) -> float:
    """User and system time of a process and its children, of those too that have ended."""
    return sum(map(spent, family(pid)))


def spent(process: psutil.Process) -> float:
    """With the time of the children that it waited for; nothing where it has just ended itself."""
    import psutil

    try:
        return float(sum(process.cpu_times()[:4]))
    except psutil.NoSuchProcess:
        return 0.0


def resident(pid: int) -> int:
    """Octets of memory of the largest of the family: the worker, in which the state lives."""
    return int(max(process.memory_info().rss for process in family(pid)))


@contextmanager
def on_core(place: int) -> Iterator[None]:
    """What is done and started meanwhile is done by one core: the first (0), or the last (-1)."""
    usable = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {sorted(usable)[place]})
    try:
        yield
    finally:
        os.sched_setaffinity(0, usable)


def wait_until_quiet(*pids: int, within: float) -> None:
    """Work left over from one round must not be charged to the next."""
    give_up = time.monotonic() + within
    while time.monotonic() < give_up:
        before, began = sum(map(cpu_seconds, pids)), time.monotonic()
        time.sleep(0.5)
        if (sum(map(cpu_seconds, pids)) - before) / (time.monotonic() - began) < QUIET:
            return
