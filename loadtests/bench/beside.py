"""HTTP sends beside something else: how long each takes."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from threading import Event, Thread
from urllib.parse import urlencode

from loadtests.bench.numbers import recipients
from loadtests.bench.subject import ACCOUNT
from loadtests.client import Client

PAUSE = 0.005
"""Seconds between two sends: they measure, they do not press."""


def nothing() -> None: ...


def latency(base: str, seconds: float, beside: Callable[[], object] = nothing) -> float:
    """The median of the seconds that send.php takes, for so long or until what runs beside it is over."""
    stop = Event()
    took = list[float]()
    sender = Thread(target=_send, args=(base, stop, took))
    sender.start()
    begun = time.monotonic()
    beside()
    stop.wait(max(0.0, seconds - (time.monotonic() - begun)))
    stop.set()
    sender.join()
    return median(took)


def _send(base: str, stop: Event, took: list[float]) -> None:
    with Client(base) as client:
        while not stop.wait(PAUSE):
            form = {**ACCOUNT, "from": "smslab", "message": "Hello", "to": recipients(len(took), 1)[0]}
            begun = time.perf_counter()
            client.ask("GET", f"/api/http/send.php?{urlencode(form)}")
            took.append(time.perf_counter() - begun)
