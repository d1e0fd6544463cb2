"""Time as a check moves it: a jump where there is a control API, patience where there is none."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

from conformance.blocked import Blocked
from conformance.control import Control


class Clock(Protocol):
    def now(self) -> datetime: ...

    def advance(self, seconds: float, meanwhile: Callable[[float], object] = time.sleep) -> None:
        """Afterwards at least so many seconds have passed for the target; if really, with `meanwhile`."""


class SpaceClock:
    """The virtual clock of a space."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def now(self) -> datetime:
        return self._control.now()

    def advance(self, seconds: float, meanwhile: Callable[[float], object] = time.sleep) -> None:
        self._control.advance(seconds)


class WallClock:
    """Real waiting, up to what the target file allows for one step."""

    def __init__(self, longest: float) -> None:
        self._longest = longest

    def now(self) -> datetime:
        return datetime.now(UTC)

    def advance(self, seconds: float, meanwhile: Callable[[float], object] = time.sleep) -> None:
        self.allow(seconds)
        meanwhile(seconds)

    def allow(self, seconds: float) -> None:
        """Blocked where that is too long."""
        if seconds > self._longest:
            raise Blocked(
                f"needs {seconds:g} s of real time; the target allows {self._longest:g} ([wait] longest)"
            )


class RehearsedClock:
    """A virtual clock that pretends to be that of the wall."""

    def __init__(self, control: Control, longest: float) -> None:
        self._virtual, self._wall = SpaceClock(control), WallClock(longest)

    def now(self) -> datetime:
        return self._virtual.now()

    def advance(self, seconds: float, meanwhile: Callable[[float], object] = time.sleep) -> None:
        self._wall.allow(seconds)
        self._virtual.advance(seconds)
