"""SMSCs under the same client: ours, one of Node.js, and one that does nothing but answer."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from loadtests.bench.processes import family
from loadtests.bench.subject import CREDIT, NAME
from loadtests.client import Control
from loadtests.served import served

ECHO = (sys.executable, "-m", "loadtests.bench.echo")
NODE = ("node", str(Path(__file__).with_name("smsc.js")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Centre:
    """Where it listens for SMPP, the process to be charged, and where ours takes HTTP."""

    smpp: str
    pid: int
    http: str = ""

    @property
    def worker(self) -> int:
        """The process that does the work: of the family the one that was started last."""
        return int(family(self.pid)[-1].pid)


@contextmanager
def ours() -> Iterator[Centre]:
    """An emulator with an account that has no limits."""
    settings = {"password": NAME, "credit": CREDIT, "senders": None, "limits": {"submits_per_second": None}}
    with served() as server:
        with Control(server.http) as control:
            control.call("PUT", f"/accounts/isms/{NAME}", settings)
        yield Centre(smpp=server.smpp, pid=server.pid, http=server.http)


@contextmanager
def echo() -> Iterator[Centre]:
    with served(ECHO) as server:
        yield Centre(smpp=server.smpp, pid=server.pid)


@contextmanager
def of_node() -> Iterator[Centre]:
    with served(NODE, {**os.environ, "NODE_ENV": "production"}) as server:
        yield Centre(smpp=server.smpp, pid=server.pid)


def lacking() -> str:
    """Why the SMSC of Node.js cannot be had here; empty where it can."""
    probe = [NODE[0], "-e", "require('smpp')"]
    try:
        found = subprocess.run(probe, cwd=Path(__file__).parent, capture_output=True, check=False)
    except FileNotFoundError:
        return "Node.js is not installed"
    return "" if found.returncode == 0 else "Node.js lacks a module: npm install --no-save smpp"
