"""`smslab serve` at the same ports, however often it is killed."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from loadtests.failures import HarnessFailed

RATE = "10"
"""Virtual seconds a second: receipts are on their way whenever it dies."""

READY_WITHIN = 60.0


class Emulator:
    """A process with a store, and with a folder for what it says."""

    def __init__(self, store: str, folder: Path) -> None:
        folder.mkdir()
        self._ready, self._log = folder / "ready.json", folder / "log"
        self._command = [sys.executable, "-m", "emulator", "serve", "--rate", RATE, "--store", store]
        self._ports = ["--port", "0", "--smpp-port", "0"]
        self._process: subprocess.Popen[bytes] | None = None
        self.http = self.smpp = ""

    async def start(self) -> None:
        """Return as soon as it serves. Raises HarnessFailed."""
        self._ready.unlink(missing_ok=True)
        command = [*self._command, *self._ports, "--ready-file", str(self._ready)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        await self._is_ready(self._process)
        told = json.loads(self._ready.read_text())
        self.http, self.smpp = told["http"], told["smpp"]
        self._ports = ["--port", port(self.http), "--smpp-port", port(self.smpp)]

    def kill(self) -> None:
        """All of it at once, in the middle of whatever it does."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    async def _is_ready(self, process: subprocess.Popen[bytes]) -> None:
        give_up = time.monotonic() + READY_WITHIN
        while not self._ready.exists():
            if process.poll() is not None or time.monotonic() > give_up:
                raise HarnessFailed(f"it does not start: {self._log.read_text()[-500:].strip()}")
            await asyncio.sleep(0.01)


def port(address: str) -> str:
    return address.rpartition(":")[2]
