"""Keeping to what an account may send in a second, whenever the target begins to count it."""

from __future__ import annotations

from collections import deque

SECOND = 1.0


class RateLimiter:
    """So many permits, each free again a second after the answer to what was sent with it.

    The target counted a submit before it answered. So of those that it counts in the second before the next
    one, none was answered longer ago than a second: each still has its permit.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._free = deque([float("-inf")] * most)  # since when, or from when on; in order

    def take(self) -> float | None:
        """The moment from which on a submit may be sent; None while only an answer can tell."""
        return self._free.popleft() if self._free else None

    def give_back(self, answered: float) -> None:
        self._free.append(answered + SECOND)

    @property
    def idle_from(self) -> float | None:
        """The moment from which on nothing was sent for a second; None while answers are to come."""
        return self._free[-1] if len(self._free) == self._most else None
