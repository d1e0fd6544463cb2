"""Checks as they are heard of: in their order whoever made them, and what was made again with what it was."""

from collections.abc import Callable

from msgspec.structs import replace

from conformance.observation import Outcome
from conformance.record import Check, Seen

SAID = frozenset({Outcome.MET, Outcome.UNMET})
"""Outcomes that tell something of the subject."""


class Hearing:
    """`observer` hears of every check once, in order; `checks` are all that were heard."""

    def __init__(self, observer: Callable[[Check], None] = lambda check: None) -> None:
        self._observer = observer
        self._early: dict[int, Check] = {}
        self._checks: list[Check] = []

    def hear(self, place: int, check: Check) -> None:
        """A check and where it stands in the order; a second time when it was made again."""
        if place < len(self._checks):
            self._checks[place] = with_second(self._checks[place], check)
        elif place in self._early:
            self._early[place] = with_second(self._early[place], check)
        else:
            self._early[place] = check
        while (following := self._early.pop(len(self._checks), None)) is not None:
            self._checks.append(following)
            self._observer(following)

    @property
    def checks(self) -> list[Check]:
        return [*self._checks, *(self._early[place] for place in sorted(self._early))]


def with_second(first: Check, second: Check) -> Check:
    """What was unmet, with what came when it was made again, where that tells something."""
    if second.outcome not in SAID:
        return first
    return replace(
        first,
        again=Seen(
            outcome=second.outcome,
            reason=second.reason,
            accepted=second.accepted,
            actual=second.actual,
            guilty=second.guilty,
            exchanges=second.exchanges,
        ),
    )
