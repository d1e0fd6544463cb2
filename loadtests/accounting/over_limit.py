"""What a target took that an account may not have sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate

from loadtests.accounting.ledger import Sent
from loadtests.planning.plan import Plan

SECOND = 1.0


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
