"""What else a reader must know about a run of benchmarks."""

from __future__ import annotations

import os
import platform
import shlex
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from loadtests.bench.sizes import Sizes, Tool


def busy() -> float:
    """Share of all cores that others use, over a second."""
    import psutil  # type: ignore[import-untyped]  # comes with Locust

    return float(psutil.cpu_percent(interval=1.0)) / 100


def circumstances(sizes: Sizes, busy_before: float) -> list[str]:
    """Lines for the foot of the table."""
    import psutil

    memory = psutil.virtual_memory().total / 2**30
    packages = ", ".join(f"{name} {version(name)}" for name in ("granian", "flask", "werkzeug"))
    by = "wrk, one thread" if sizes.tool is Tool.WRK else "loadtests.bench.hammer, which stands in for wrk"
    return [
        f"machine: {processor()}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.platform()}",
        f"software: Python {platform.python_version()}, {packages}",
        f"requests by {by}, on the same machine; {sizes.rounds} rounds of {sizes.seconds:g} s each, in turns",
        f"others used {busy_before:.0%} of the machine before the run and {busy():.0%} after it, "
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        f"command: python -m loadtests.bench {shlex.join(sys.argv[1:])}".rstrip(),
    ]


def processor() -> str:
    """The model as Linux tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown processor"
    return next(
        (line.partition(": ")[2] for line in lines if line.startswith("model name")), "unknown processor"
    )
