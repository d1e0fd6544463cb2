"""One virtual clock: it follows the wall, stands still, runs fast, and jumps forward on request."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def wall_clock() -> datetime:
    """The moment on the wall, for clocks that start "now"."""
    return datetime.now(UTC)


class VirtualClock:
    """Time of one space. `rate` is virtual seconds a second: 1 follows the wall, 0 stands still."""

    def __init__(
        self, start: datetime, rate: float = 0.0, elapsed: Callable[[], float] = time.monotonic
    ) -> None:
        self._elapsed = elapsed
        self._lock = threading.Lock()
        self._base, self._since, self._rate = start, elapsed(), rate

    @property
    def rate(self) -> float:
        return self._rate

    def now(self) -> datetime:
        if not self._rate:
            return self._base
        with self._lock:
            return self._base + timedelta(seconds=(self._elapsed() - self._since) * self._rate)

    def set(self, *, now: datetime | None = None, rate: float | None = None) -> None:
        """Put the clock to a moment, a rate, or both; what is left out goes on as it was."""
        moment = self.now() if now is None else now
        with self._lock:
            self._base, self._since = moment, self._elapsed()
            self._rate = self._rate if rate is None else rate

    def reach(self, moment: datetime) -> None:
        """Jump forward to `moment`; a clock already past it is left alone."""
        if moment > self.now():
            self.set(now=moment)

    def seconds_until(self, moment: datetime) -> float | None:
        """Seconds on the wall until `moment`; None where a standing clock never gets there."""
        ahead = (moment - self.now()).total_seconds()
        if ahead <= 0:
            return 0.0
        return ahead / self._rate if self._rate else None
