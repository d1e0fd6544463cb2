"""Callbacks on their way out: one lane for each receiver, so that a slow one delays nobody else."""

import ipaddress
import threading
import time
from collections import deque
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from emulator.core.pushes import Push, Result
from emulator.transports.answers import Answer
from emulator.transports.caller import Caller

WIDTH = 16
"""Most attempts at one receiver at a time while the clock runs; a standing clock keeps strict order."""

PATIENCE = 0.2
"""Seconds on the wall that a push waits in its lane before another thread comes to help."""

MOST_LANES = 256
IDLE = 5.0
FOREVER = float("inf")

FORBIDDEN = Answer(Result.FORBIDDEN, body="only loopback addresses are called, see --callbacks-anywhere")

Done = Callable[[Answer], None]


class Courier:
    """Delivers pushes in the background and tells what came of each."""

    def __init__(self, *, anywhere: bool = False) -> None:
        self._anywhere = anywhere
        self._lanes: dict[str, Lane] = {}
        self._lock = threading.Lock()

    def deliver(self, push: Push, done: Done, *, in_order: bool) -> None:
        """Take the push; `done` is called once, usually from another thread."""
        if not (self._anywhere or on_loopback(push.url)):
            done(FORBIDDEN)
            return
        with self._lock:
            self._lane(push.url).take(push, done, 1 if in_order else WIDTH)

    def _lane(self, url: str) -> "Lane":
        origin = "/".join(url.split("/", 3)[:3])
        lane = self._lanes.get(origin)
        if lane is None:
            if len(self._lanes) >= MOST_LANES:
                self._lanes = {name: lane for name, lane in self._lanes.items() if lane.busy}
            lane = self._lanes[origin] = Lane()
        return lane


class Job(NamedTuple):
    """A push in a lane, how many may be on their way with it, and since when (of the monotonic clock)."""

    push: Push
    done: Done
    width: int
    since: float


class Lane:
    """The queue for one receiver. One thread serves it over one connection; others help when a push waits."""

    def __init__(self) -> None:
        self._queue: deque[Job] = deque()
        self._changed = threading.Condition()
        self._threads = self._idle = 0
        self._watched = False
        """Whether an idle thread will look at the queue again without being told."""

    @property
    def busy(self) -> bool:
        return bool(self._queue) or self._threads > self._idle

    def take(self, push: Push, done: Done, width: int) -> None:
        with self._changed:
            self._queue.append(Job(push, done, width, time.monotonic()))
            self._summon(width)

    def _summon(self, width: int) -> None:
        """See that somebody looks at the queue: now where nobody serves it, else in a while."""
        if self._watched and self._threads > self._idle:
            return
        if self._idle:
            self._changed.notify()
        elif self._threads < width:
            self._threads += 1
            self._idle += 1
            threading.Thread(target=self._serve, daemon=True, name="smslab-push").start()

    def _serve(self) -> None:
        caller = Caller()
        while (job := self._next()) is not None:
            job.done(caller.attempt(job.push))
            with self._changed:
                self._idle += 1
        caller.close()

    def _next(self) -> Job | None:
        with self._changed:
            until = time.monotonic() + IDLE
            while (delay := self._delay()) > 0 and (left := self._leisure(until)) > 0:
                self._watched = delay < left
                self._changed.wait(min(delay, left))
                self._watched = False
            self._idle -= 1
            if delay > 0:
                self._threads -= 1
                return None
            job = self._queue.popleft()
            if self._queue:
                self._summon(self._queue[0].width)
            return job

    def _leisure(self, until: float) -> float:
        """Seconds that an idle thread stays; none where another is idle too, and nothing waits."""
        return until - time.monotonic() if self._queue or self._idle == 1 else 0.0

    def _delay(self) -> float:
        """Seconds until the next job may begin, beside those that are on their way."""
        running = self._threads - self._idle
        if not self._queue or running >= self._queue[0].width:
            return FOREVER
        return self._queue[0].since + PATIENCE - time.monotonic() if running else 0.0


@lru_cache(maxsize=1024)
def on_loopback(url: str) -> bool:
    """Whether the host is this machine by its very name; no name is looked up."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
