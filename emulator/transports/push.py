"""Callbacks on their way out: one lane for each receiver, so that a slow one delays nobody else."""

import ipaddress
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import HTTPError, NewConnectionError, TimeoutError

from emulator.core.model import Push, Result

TIMEOUT = 10.0
"""Seconds on the wall for a whole attempt."""

WIDTH = 16
"""Most attempts at one receiver at a time while the clock runs; a standing clock keeps strict order."""

MOST_LANES = 256
READ = 8 * 1024
SHOWN = 200
IDLE = 5.0

BLOCK_SIZE = 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What a receiver made of a push: its status and the beginning of its body, or how it failed."""

    result: Result
    status: int | None = None
    body: str = ""


Done = Callable[[Answer], None]


class Courier:
    """Delivers pushes in the background and tells what came of each."""

    def __init__(self, *, anywhere: bool = False) -> None:
        self._anywhere = anywhere
        self._pool = urllib3.PoolManager(num_pools=MOST_LANES, maxsize=WIDTH, block=False, retries=False)
        self._lanes: dict[str, Lane] = {}
        self._lock = threading.Lock()

    def deliver(self, push: Push, done: Done, *, in_order: bool) -> None:
        """Take the push; `done` is called once, from another thread."""
        with self._lock:
            self._lane(push.url).take(push, done, 1 if in_order else WIDTH)

    def attempt(self, push: Push) -> Answer:
        """Try once, now. Never raises, never follows a redirect, takes at most TIMEOUT seconds."""
        if not (self._anywhere or on_loopback(push.url)):
            return Answer(
                Result.FORBIDDEN, body="only loopback addresses are called, see --callbacks-anywhere"
            )
        try:
            return self._answer(push)
        except NewConnectionError:  # itself a kind of TimeoutError
            return Answer(Result.REFUSED)
        except TimeoutError:
            return Answer(Result.TIMEOUT)
        except (HTTPError, OSError, ValueError) as error:
            return Answer(Result.FAILED, body=str(error)[:SHOWN])

    def _answer(self, push: Push) -> Answer:
        until = time.monotonic() + TIMEOUT
        response = self._pool.request(
            push.method,
            push.url,
            body=push.body.encode() if push.method != "GET" else None,
            headers={"User-Agent": "smslab", **dict(push.headers)},
            redirect=False,
            timeout=urllib3.Timeout(total=TIMEOUT),
            preload_content=False,
        )
        try:
            shown = _beginning(response, until)
        finally:
            response.drain_conn() if response.length_remaining in (0, None) else response.close()
            response.release_conn()
        return Answer(Result.ANSWERED, response.status, shown.decode("utf-8", "replace")[:SHOWN])

    def _lane(self, url: str) -> "Lane":
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._lanes and len(self._lanes) >= MOST_LANES:
            self._lanes = {name: lane for name, lane in self._lanes.items() if lane.busy}
        return self._lanes.setdefault(origin, Lane(self.attempt))


class Lane:
    """The queue for one receiver, served by threads that come with work and go without."""

    def __init__(self, attempt: Callable[[Push], Answer]) -> None:
        self._attempt = attempt
        self._queue: deque[tuple[Push, Done]] = deque()
        self._changed = threading.Condition()
        self._threads = self._idle = 0

    @property
    def busy(self) -> bool:
        return bool(self._queue) or self._threads > self._idle

    def take(self, push: Push, done: Done, width: int) -> None:
        with self._changed:
            self._queue.append((push, done))
            if len(self._queue) > self._idle and self._threads < width:
                self._threads += 1
                threading.Thread(target=self._serve, daemon=True, name="smslab-push").start()
            else:
                self._changed.notify()

    def _serve(self) -> None:
        while (job := self._next()) is not None:
            push, done = job
            done(self._attempt(push))

    def _next(self) -> tuple[Push, Done] | None:
        with self._changed:
            self._idle += 1
            found = self._changed.wait_for(lambda: self._queue, timeout=IDLE)
            self._idle -= 1
            if found:
                return self._queue.popleft()
            self._threads -= 1
            return None


def on_loopback(url: str) -> bool:
    """Whether the host is this machine by its very name; no name is looked up."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _beginning(response: urllib3.BaseHTTPResponse, until: float) -> bytes:
    """The first octets of the body; a body that drips past the deadline is a timeout."""
    found = b""
    while len(found) < READ and (block := response.read1(BLOCK_SIZE)):
        found += block
        if time.monotonic() > until:
            raise TimeoutError("the answer took too long")
    return found
