"""One virtual clock: it follows the wall, stands still, runs fast, and jumps forward on request."""

import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime, timedelta

FIRST, LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
"""How far clocks go: whatever is planned around them still has a date."""


def wall_clock() -> datetime:
    """The moment on the wall, for clocks that start "now"."""
    return datetime.now(UTC)


class VirtualClock:
    """Time of one space. `rate` is virtual seconds a second: 1 follows the wall, 0 stands still."""

    def __init__(
        self, start: datetime, rate: float = 0.0, elapsed: Callable[[], float] = time.monotonic
    ) -> None:
        self._elapsed = elapsed
        self.alone: Callable[[], AbstractContextManager[object]] = nullcontext
        """What it is put elsewhere within: whoever else may do so has done it by then, or does it later."""
        self.changed: Callable[[], None] = lambda: None
        """Told whenever it was put to another moment or rate."""
        self._changing = threading.Lock()
        self._setting = (start, elapsed(), rate)  # replaced as a whole, so that readers need no lock

    @property
    def rate(self) -> float:
        return self._setting[2]

    def now(self) -> datetime:
        base, since, rate = self._setting
        if not rate:
            return base
        try:
            return min(base + timedelta(seconds=(self._elapsed() - since) * rate), LAST)
        except OverflowError:
            return LAST

    def set(self, *, now: datetime | None = None, rate: float | None = None) -> None:
        """Put the clock to a moment, a rate, or both; what is left out goes on as it was."""
        with self.alone():
            with self._changing:
                self._setting = (
                    self.now() if now is None else now,
                    self._elapsed(),
                    self.rate if rate is None else rate,
                )
            self.changed()

    def follow(self, now: datetime, rate: float) -> None:
        """Be put to a moment and a rate by somebody who need not be told."""
        with self._changing:
            self._setting = (now, self._elapsed(), rate)

    def reach(self, moment: datetime) -> None:
        """Jump forward to `moment`; a clock already past it is left alone."""
        if moment > self.now():
            with self.alone():
                if moment > self.now():
                    self.set(now=moment)

    def seconds_until(self, moment: datetime) -> float | None:
        """Seconds on the wall until `moment`; None where a standing clock never gets there."""
        ahead = (moment - self.now()).total_seconds()
        if ahead <= 0:
            return 0.0
        return ahead / self.rate if self.rate else None
