"""Requests as fast as a server answers them, with wrk or with the stand-in."""

from __future__ import annotations

import asyncio
import re
import shutil
import subprocess
from dataclasses import dataclass
from importlib.resources import as_file, files
from urllib.parse import urlsplit

from loadtests.bench import hammer
from loadtests.bench.sizes import Sizes, Tool
from loadtests.failures import HarnessFailed
from loadtests.scenarios.template import Template


@dataclass(frozen=True, slots=True, kw_only=True)
class Requests:
    """Calls to one server; each has its own recipients in the gap of the template."""

    base: str
    template: Template
    recipients: int

    @property
    def words(self) -> tuple[str, ...]:
        """For the command line of what makes the requests."""
        pieces = (self.template.before, self.template.joint, self.template.after)
        return (
            str(self.recipients),
            self.template.path,
            self.template.kind,
            self.template.token,
            *(piece.decode() for piece in pieces),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    answers: int
    seconds: float

    @property
    def rate(self) -> float:
        return self.answers / self.seconds


def preferred() -> Tool:
    return Tool.WRK if shutil.which("wrk") else Tool.OWN


def pressed(requests: Requests, sizes: Sizes) -> Answered:
    return by_wrk(requests, sizes) if sizes.tool is Tool.WRK else by_hammer(requests, sizes)


def by_wrk(requests: Requests, sizes: Sizes) -> Answered:
    seconds = max(1, round(sizes.seconds))
    with as_file(files("loadtests.bench") / "send.lua") as script:
        output = told(
            "wrk",
            *("-t1", f"-c{sizes.connections}", f"-d{seconds}s", "-s", str(script), requests.base, "--"),
            *requests.words,
        )
    counted = re.search(r"(\d+) requests in ([\d.]+)(ms|s|m)", output)
    if not counted or "Non-2xx" in output:
        raise HarnessFailed(f"wrk was not answered as it should be: {output.strip().splitlines()[-1]}")
    unit = {"ms": 0.001, "s": 1.0, "m": 60.0}[counted[3]]
    return Answered(answers=int(counted[1]), seconds=float(counted[2]) * unit)


def by_hammer(requests: Requests, sizes: Sizes) -> Answered:
    address = urlsplit(requests.base)
    made = hammer.requests(address.netloc, requests.recipients, requests.template)
    pressing = hammer.hammered(
        address.hostname or "", address.port or 80, sizes.connections, sizes.seconds, made
    )
    try:
        answers, seconds = asyncio.run(pressing)
    except OSError as broken:
        raise HarnessFailed(f"no connection to {requests.base}: {broken}") from broken
    return Answered(answers=answers, seconds=seconds)


def told(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600)
    except (OSError, subprocess.SubprocessError) as broken:
        raise HarnessFailed(f"{command[0]} failed: {broken}") from broken
    return done.stdout
