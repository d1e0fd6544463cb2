"""Callbacks on their way out: one lane for each receiver, so that a slow one delays nobody else."""

import ipaddress
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple
from urllib.parse import urlsplit

from emulator.core.pushes import Push, Result
from emulator.transports.answers import Answer
from emulator.transports.fan import Fan

WIDTH = 32
"""Most attempts at one receiver at a time while the clock runs; a standing clock keeps strict order."""

CROWD = 8
"""Pushes in a lane from which on they leave side by side; fewer leave one after the other."""

PATIENCE = 0.2
"""Seconds on the wall that a push waits in its lane before another thread comes to help."""

LOOK = 0.2
"""Seconds on the wall until it is looked whether there is room again for another attempt."""

MOST_LANES = 256
IDLE = 5.0
FOREVER = float("inf")

FORBIDDEN = Answer(Result.FORBIDDEN, body="only loopback addresses are called, see --callbacks-anywhere")

Done = Callable[[Sequence[tuple[int, Answer]]], None]
"""Is told what came of pushes, by their places among those that were given together."""


class Courier:
    """Delivers pushes in the background and tells what came of each."""

    def __init__(self, *, anywhere: bool = False) -> None:
        self._anywhere = anywhere
        self._lanes: dict[str, Lane] = {}
        self._lock = threading.Lock()

    def deliver(self, pushes: Iterable[Push], done: Done, *, in_order: bool) -> None:
        """Take the pushes; `done` is told of each once, of several at a time, usually in another thread."""
        width, now = 1 if in_order else WIDTH, time.monotonic()
        jobs, declined = defaultdict[str, list[Job]](list), []
        for place, push in enumerate(pushes):
            if self._anywhere or on_loopback(push.url):
                jobs[origin(push.url)].append(Job(push, place, done, width, now))
            else:
                declined.append((place, FORBIDDEN))
        if declined:
            done(declined)
        tell([(job, error) for alike, error in self._queued(jobs) for job in alike])

    def _queued(self, jobs: Mapping[str, Sequence["Job"]]) -> list[tuple[Sequence["Job"], Answer]]:
        """What no lane can take, and why."""
        refused = list[tuple[Sequence[Job], Answer]]()
        with self._lock:
            for receiver, alike in jobs.items():
                try:
                    self._lane(receiver).take(alike)
                except RuntimeError as error:  # of this one: others may be served already
                    refused.append((alike, Answer(Result.FAILED, body=str(error))))
        return refused

    def _lane(self, receiver: str) -> "Lane":
        lane = self._lanes.get(receiver)
        if lane is None:
            if len(self._lanes) >= MOST_LANES:
                self._lanes = {name: lane for name, lane in self._lanes.items() if lane.busy}
            lane = self._lanes[receiver] = Lane()
        return lane


class Job(NamedTuple):
    """A push in a lane, how many may be on their way with it, and since when (of the monotonic clock)."""

    push: Push
    place: int
    done: Done
    width: int
    since: float


class Lane:
    """The queue for one receiver. One thread serves it; others help when a push waits all the same."""

    def __init__(self) -> None:
        self._queue: deque[Job] = deque()
        self._changed = threading.Condition()
        self._threads = self._idle = self._flying = 0
        """Threads, those of them that have nothing to do, pushes on their way."""
        self._watched = False
        """Whether an idle thread will look at the queue again without being told."""

    @property
    def busy(self) -> bool:
        return bool(self._queue or self._flying)

    def take(self, jobs: Iterable[Job]) -> None:
        """Queue these. Raises RuntimeError, and has none of them, if the system has no thread for us."""
        with self._changed:
            self._queue.extend(jobs)
            try:
                self._summon()
            except RuntimeError:
                self._queue.clear()  # nobody served: there was nothing else
                raise

    def _summon(self) -> None:
        """See that somebody looks at the queue: now where nobody serves it, else in a while."""
        if self._watched and self._flying:
            return
        if self._idle:
            self._changed.notify()
        elif self._threads < self._queue[0].width:
            self._engage()

    def _engage(self) -> None:
        """One more thread. Raises RuntimeError if the system has none for us, and nobody serves."""
        try:
            threading.Thread(target=self._serve, daemon=True, name="smslab-push").start()
        except RuntimeError:
            if not self._threads:
                raise
        else:
            self._threads += 1
            self._idle += 1

    def _serve(self) -> None:
        fan = Fan[Job]()
        while jobs := self._next(fan):
            fan.ask(jobs)
            while fan:
                landed = fan.answers()
                tell(landed)
                fan.ask(self._more(len(landed), fan))
        fan.close()

    def _next(self, fan: Fan[Job]) -> list[Job]:
        """What to begin with; nothing when it is time to go."""
        with self._changed:
            until = time.monotonic() + IDLE
            while (delay := self._delay()) > 0 and (left := self._leisure(until)) > 0:
                self._watched = delay < left
                self._changed.wait(min(delay, left))
                self._watched = False
            self._idle -= 1
            if delay > 0:
                self._threads -= 1
                return []
            return self._taken(fan, 1)

    def _more(self, landed: int, fan: Fan[Job]) -> list[Job]:
        """What to go on with, after so many landed: the next one, or several if many wait."""
        jobs = list[Job]()
        with self._changed:
            self._flying -= landed
            alone = not self._flying
            if self._queue and (fan or alone):
                jobs = self._taken(fan, int(alone))
            if not (fan or jobs):
                self._idle += 1
        return jobs

    def _taken(self, fan: Fan[Job], few: int) -> list[Job]:
        """Up to so many jobs, of a crowd as many as there is room for; beside those that are on their way."""
        jobs, width, room = list[Job](), self._queue[0].width, fan.room()
        most = min(room if len(self._queue) >= CROWD else few, width - self._flying)
        while len(jobs) < most and self._queue and self._queue[0].width == width:
            jobs.append(self._queue.popleft())
        self._flying += len(jobs)
        if self._queue:
            self._summon()
        return jobs

    def _leisure(self, until: float) -> float:
        """Seconds that an idle thread stays: while something waits; none where another is idle too."""
        if self._queue:
            return FOREVER
        return until - time.monotonic() if self._idle == 1 else 0.0

    def _delay(self) -> float:
        """Seconds until the next job may begin, beside those that are on their way."""
        if not self._queue:
            return FOREVER
        if self._flying >= self._queue[0].width:
            return LOOK
        return self._queue[0].since + PATIENCE - time.monotonic() if self._flying else 0.0


def tell(landed: Sequence[tuple[Job, Answer]]) -> None:
    for done, alike in groupby(landed, key=lambda one: one[0].done):
        done([(job.place, answer) for job, answer in alike])


def origin(url: str) -> str:
    """Scheme, host and port of an address, as they are written there."""
    return "/".join(url.split("/", 3)[:3])


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
