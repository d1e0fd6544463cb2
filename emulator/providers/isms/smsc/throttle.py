"""How many submits an account may send in a second of the space's clock."""

from datetime import datetime, timedelta

SECOND = timedelta(milliseconds=900)
"""A second with a tenth of slack: who keeps to the limit is not refused for arriving unevenly."""


class Throttle:
    """Counts what one account sends. A second begins with the first submit after the one before."""

    def __init__(self) -> None:
        self._since: datetime | None = None
        self._taken = 0

    def allows(self, now: datetime, limit: int | None, count: int = 1) -> bool:
        """Whether so many more may be sent now; they are counted if so."""
        # req: smpp34/limits/throttled smpp34/limits/throttled-passes isms/smpp/rate isms/smpp/throttled
        if limit is None:
            return True
        if self._since is None or not timedelta(0) <= now - self._since < SECOND:
            self._since, self._taken = now, 0
        if self._taken + count > limit:
            return False
        self._taken += count
        return True
