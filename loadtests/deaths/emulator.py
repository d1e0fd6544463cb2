"""`smslab serve` at the same ports, however often it is killed."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from loadtests.failures import HarnessFailed
from loadtests.served import READY_WITHIN, written

RATE = "10"
"""Virtual seconds a second: receipts are on their way whenever it dies."""


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
        told = await self._answered(self._process)
        self.http, self.smpp = told["http"], told["smpp"]
        self._ports = ["--port", port(self.http), "--smpp-port", port(self.smpp)]

    def kill(self) -> None:
        """All of it at once, in the middle of whatever it does."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    async def _answered(self, process: subprocess.Popen[bytes]) -> Mapping[str, str]:
        """The content of the ready file, waited for while others are served."""
        give_up = time.monotonic() + READY_WITHIN
        while not (content := written(self._ready)):
            if process.poll() is not None or time.monotonic() > give_up:
                raise HarnessFailed(f"it does not start: {self._log.read_text()[-500:].strip()}")
            await asyncio.sleep(0.01)
        return content


def port(address: str) -> str:
    return address.rpartition(":")[2]
