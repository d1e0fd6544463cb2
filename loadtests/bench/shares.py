"""How the time of a message divides: samples of a process at work, by what the code belongs to."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

RATE = 250  # samples a second

PARTS = {
    "emulator/wire/smpp": "PDUs: octets read and written, states, pairing",
    "emulator/providers": "the provider: drafts, identifiers, receipts",
    "emulator/core/journal": "journal and events",
    "emulator/core/ring": "journal and events",
    "emulator/core/events": "journal and events",
    "emulator/transports/smpp/diary": "journal and events",
    "emulator/core": "the core: accepting, steps, notices",
    "emulator/store": "the store",
    "emulator/transports": "sessions: what came, what goes out",
    "asyncio": "asyncio and sockets",
}
"""Beginnings of paths, and what stands there; the first that fits counts."""


def profiler() -> str | None:
    """py-spy, which looks at a process from outside, if it is installed."""
    beside = Path(sys.executable).with_name("py-spy")
    return str(beside) if beside.exists() else shutil.which("py-spy")


@contextmanager
def sampled(pid: int, seconds: float) -> Iterator[Counter[str]]:
    """What the process did for so many seconds, by part: filled in at the end. Empty without py-spy."""
    found, command = Counter[str](), profiler()
    if command is None:
        yield found
        return
    with tempfile.TemporaryDirectory(prefix="smslab-bench-") as folder:
        file = Path(folder, "stacks")
        how = ["--gil", "--format", "raw", "--rate", str(RATE), "--duration", str(max(1, int(seconds)))]
        watching = subprocess.Popen(
            [command, "record", "--pid", str(pid), *how, "--output", str(file)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        yield found
        watching.wait()
        if file.exists():
            found.update(divided(file.read_text("utf-8").splitlines()))


def divided(stacks: Iterable[str]) -> Mapping[str, int]:
    """Samples by part. A line: frames between semicolons, outermost first, and how often it was seen."""
    counted = Counter[str]()
    for line in stacks:
        frames, _, many = line.rpartition(" ")
        counted[part(frames.split(";"))] += int(many)
    return counted


def part(frames: list[str]) -> str:
    """What the innermost frame of ours, or of asyncio, belongs to."""
    for frame in reversed(frames):
        path = frame.rpartition("(")[2]
        for beginning, what in PARTS.items():
            if path.startswith(beginning):
                return what
    return "all else"
