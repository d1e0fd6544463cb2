"""How the time of a message divides: samples of a process at work, by what the code belongs to."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

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

NOTHING: Mapping[str, str] = MappingProxyType({})


def profiler() -> str | None:
    """py-spy, which looks at a process from outside, if it is installed."""
    beside = Path(sys.executable).with_name("py-spy")
    return str(beside) if beside.exists() else shutil.which("py-spy")


def watched(seconds: float) -> int:
    """For how much of a round it looks: whole seconds."""
    return max(1, int(seconds))


@contextmanager
def sampled(
    pid: int, seconds: float, parts: Mapping[str, str] = PARTS, apart: Mapping[str, str] = NOTHING
) -> Iterator[Counter[str]]:
    """What the process did for so many seconds, by part: filled in at the end. Empty without py-spy.

    Only what holds the interpreter is looked at, and nothing is stopped for it: that would favour long runs.
    """
    found, command = Counter[str](), profiler()
    if command is None:
        yield found
        return
    with tempfile.TemporaryDirectory(prefix="smslab-bench-") as folder:
        file = Path(folder, "stacks")
        how = [
            "--gil",
            "--nonblocking",
            "--format",
            "raw",
            "--rate",
            str(RATE),
            "--duration",
            str(watched(seconds)),
        ]
        watching = subprocess.Popen(
            [command, "record", "--pid", str(pid), *how, "--output", str(file)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        yield found
        watching.wait()
        if file.exists():
            found.update(divided(file.read_text("utf-8").splitlines(), parts, apart))


def divided(
    stacks: Iterable[str], parts: Mapping[str, str] = PARTS, apart: Mapping[str, str] = NOTHING
) -> Mapping[str, int]:
    """Samples by part. A line: frames between semicolons, outermost first, and how often it was seen.

    What is `apart` takes all that it calls with it.
    """
    counted = Counter[str]()
    for line in stacks:
        frames, _, many = line.rpartition(" ")
        paths = [frame.rpartition("(")[2] for frame in frames.split(";")]
        counted[named(paths, apart) or named(paths, parts) or "all else"] += int(many)
    return counted


def named(paths: Sequence[str], parts: Mapping[str, str]) -> str | None:
    """What the innermost code belongs to that has a name."""
    for path in reversed(paths):
        for beginning, what in parts.items():
            if path.startswith(beginning):
                return what
    return None
