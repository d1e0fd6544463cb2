"""How many submits an account may send in a second of the space's clock."""

from collections import deque
from datetime import datetime, timedelta
from itertools import repeat

SECOND = timedelta(seconds=1)


class Throttle:
    """Remembers when one account sent what it sent in the last second."""

    def __init__(self) -> None:
        self._now: datetime | None = None
        self._sent = deque[datetime]()
        """A moment for each, oldest first; those of one read share it."""

    def allows(self, now: datetime, limit: int | None, count: int = 1) -> bool:
        """Whether so many more may be sent now; they are counted if so."""
        # req: smpp34/limits/throttled smpp34/limits/throttled-passes isms/smpp/rate isms/smpp/throttled
        if limit is None:
            return True
        if now != self._now:
            self._move(now)
        if len(self._sent) + count > limit:
            return False
        self._sent.extend(repeat(now, count))
        return True

    def _move(self, now: datetime) -> None:
        """Forget what was sent a second ago, and all of it where the clock was put back."""
        if self._now is not None and now < self._now:
            self._sent.clear()
        self._now, before = now, now - SECOND
        while self._sent and self._sent[0] <= before:
            self._sent.popleft()
