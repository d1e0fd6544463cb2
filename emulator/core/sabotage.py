"""Faults on purpose: named, aimed, counted or seeded, so that a test can assert on them."""

from collections.abc import Callable, Set
from dataclasses import dataclass, replace
from enum import StrEnum
from fnmatch import fnmatchcase

from emulator.core.refusals import Reason

KIND = "fault"


class Effect(StrEnum):
    """What a fault does to the exchange it meets."""

    STATUS = "status"
    DELAY = "delay"
    TRUNCATE = "truncate"
    EMPTY = "empty"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A named fault. Empty aims match everything; `times` counts down, `share` draws from the seed.

    `seconds` are real ones: a slow answer is slow for the client, whatever the space's clock says.
    """

    id: str
    effect: Effect
    provider: str | None = None
    path: str | None = None
    account: str | None = None
    status: int = 503
    seconds: float = 1.0
    reason: Reason | None = None
    times: int | None = None
    share: float = 1.0
    met: int = 0

    def aims_at(self, aim: "Aim") -> bool:
        return (
            self.effect in aim.effects
            and self.provider in (None, aim.provider)
            and self.account in (None, aim.account)
            and (self.path is None or fnmatchcase(aim.path, self.path))
            and (self.reason is None or self.reason in aim.words)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """An exchange that faults may strike: whom it is for, and the effects possible at this point of it.

    `words` are the refusals that its provider can put into words.
    """

    provider: str
    path: str
    account: str | None
    effects: frozenset[Effect]
    words: Set[Reason] = frozenset()


def after_aim(fault: Fault, share: Callable[[str, int], float]) -> tuple[bool, Fault]:
    """Whether a fault strikes an exchange it aims at, and the fault as it is afterwards."""
    strikes = fault.times != 0 and share(fault.id, fault.met) < fault.share
    left = fault.times - 1 if strikes and fault.times else fault.times
    return strikes, replace(fault, met=fault.met + 1, times=left)
