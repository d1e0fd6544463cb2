"""Keeping to what an account may send in a second, whenever the target begins to count it."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from itertools import accumulate

from loadtests.ledger import Sent
from loadtests.plan import Plan

SECOND = 1.0


class Limit:
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


def over_limit(plan: Plan, calls: Sequence[Sent]) -> int:
    """Messages that were certainly accepted in one second with as many of their account as it may send."""
    if not plan.logins:
        return 0
    by_account: defaultdict[int, list[Sent]] = defaultdict(list)
    for call in sorted((call for call in calls if call.accepted), key=lambda call: call.begun):
        by_account[plan.owner(call.slot)].append(call)
    return sum(
        latest - first.begun < SECOND
        for own in by_account.values()
        for first, latest in zip(own, answered_by(own)[plan.limit :], strict=False)
    )


def answered_by(calls: Sequence[Sent]) -> list[float]:
    """For each call the moment at which it and all before it had their answers."""
    return list(accumulate((call.ended for call in calls), max))
