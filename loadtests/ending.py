"""How a run ends before its time: nothing that was started for it outlives it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import NoReturn, ParamSpec

Given = ParamSpec("Given")

AFTERWARDS = 'read -r _; kill "$1"; rm -rf "$2"'
"""Input ends where nobody has its other end any more: also where the run was killed."""


@contextmanager
def terminable() -> Iterator[None]:
    """SIGTERM ends what is inside as Ctrl-C does; for the main thread."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def tied(pid: int, folder: str) -> Iterator[None]:
    """The process ends with this one, however that ends, and its folder goes."""
    with subprocess.Popen(
        ["sh", "-c", AFTERWARDS, "sh", str(pid), folder],
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # out of reach of what ends all of us at once
    ) as watch:
        try:
            yield
        finally:
            watch.kill()


def ends_with(line: str) -> NoReturn:
    """Out of any thread or greenlet: the process ends with this as its last word."""
    print(line, file=sys.stderr, flush=True)
    os._exit(1)


def vital(work: Callable[Given, None]) -> Callable[Given, None]:
    """Where this fails in a greenlet, the process ends: else nobody reads of it, and the rest goes on."""

    @wraps(work)
    def done(*arguments: Given.args, **named: Given.kwargs) -> None:
        try:
            work(*arguments, **named)
        except Exception as unexpected:
            ends_with(f"{type(unexpected).__name__}: {unexpected}")

    return done
