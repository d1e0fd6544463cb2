"""How long one waits for the program: until it serves, and until it has shown its help."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from statistics import median
from time import perf_counter

from loadtests.bench.processes import cpu_seconds
from loadtests.bench.row import Row
from loadtests.bench.sizes import Part, Sizes
from loadtests.served import served

HELP = (sys.executable, "-m", "emulator", "--help")


def start(sizes: Sizes) -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="smslab-bench-") as cache:
        environment = compiled_once(cache)
        until_ready(environment)
        until_helped(environment)
        ready = [until_ready(environment) for _ in range(sizes.repeats)]
        helped = [until_helped(environment) for _ in range(sizes.repeats)]
    for what, times, most in (("from start to ready", ready, 1.0), ("smslab --help", helped, 0.2)):
        yield Row(
            part=Part.START,
            what=what,
            value=median(cpu for cpu, _ in times),
            unit="s of process time",
            at_most=most,
            note=f"{median(wall for _, wall in times):.2f} s on the wall, {sizes.repeats} times",
        )


def compiled_once(cache: str) -> dict[str, str]:
    """An environment in which a second start finds the bytecode of the first."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return environment | {"PYTHONPYCACHEPREFIX": cache}


def until_ready(environment: dict[str, str]) -> tuple[float, float]:
    """Processor and wall seconds of a server that has just said it is ready."""
    with served(environment=environment) as server:
        return cpu_seconds(server.pid), server.seconds


def until_helped(environment: dict[str, str]) -> tuple[float, float]:
    before, began = spent_by_children(), perf_counter()
    subprocess.run(HELP, env=environment, stdout=subprocess.DEVNULL, check=True)
    return spent_by_children() - before, perf_counter() - began


def spent_by_children() -> float:
    """Processor seconds of the processes that we started and that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
