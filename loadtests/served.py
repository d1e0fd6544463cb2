"""An emulator of our own for the length of a run: `smslab serve` as a subprocess on free ports."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from loadtests.ending import tied
from loadtests.failures import HarnessFailed

# -P: ours, also where the working directory holds a package of that name.
SERVE = (sys.executable, "-P", "-m", "emulator", "serve", "--smpp-port", "0")
READY_WITHIN = 60.0  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    http: str
    smpp: str
    pid: int
    seconds: float  # from start to ready
    check: Callable[[], None]  # raises HarnessFailed once it has ended


@contextmanager
def served(command: Sequence[str] = SERVE, environment: Mapping[str, str] | None = None) -> Iterator[Served]:
    """`command` understands `--port 0 --ready-file F`, as `smslab serve` does."""
    with tempfile.TemporaryDirectory(prefix="smslab-load-") as folder, tempfile.TemporaryFile() as errors:
        ready = Path(folder, "ready.json")
        began = time.monotonic()
        process = subprocess.Popen(
            [*command, "--port", "0", "--ready-file", str(ready)],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
        )

        def check() -> None:
            if process.poll() is not None:
                raise HarnessFailed(f"the emulator ended: {last_line(errors)}")

        with tied(process.pid, folder):
            try:
                address = answered(ready, check)
                yield Served(
                    http=address["http"],
                    smpp=address.get("smpp", ""),
                    pid=process.pid,
                    seconds=time.monotonic() - began,
                    check=check,
                )
            finally:
                stop(process)


def answered(ready: Path, check: Callable[[], None]) -> Mapping[str, str]:
    """The content of the ready file, waited for. Raises HarnessFailed."""
    give_up = time.monotonic() + READY_WITHIN
    while not (content := written(ready)):
        check()
        if time.monotonic() > give_up:
            raise HarnessFailed(f"the emulator was not ready in {READY_WITHIN:.0f} s")
        time.sleep(0.005)
    return content


def written(ready: Path) -> Mapping[str, str] | None:
    """The content of the ready file, once it is whole."""
    try:
        content: Mapping[str, str] = json.loads(ready.read_bytes())
    except (OSError, ValueError):
        return None
    return content


def stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def last_line(errors: IO[bytes]) -> str:
    errors.seek(0)
    lines = errors.read().decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "it left no message"
