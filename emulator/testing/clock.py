"""The clock of a space: it stands still, runs, runs fast, and jumps."""

from datetime import datetime, timedelta

from msgspec import Struct

from emulator.testing.control import Control


class _Reading(Struct):
    now: datetime
    rate: float


class Clock:
    """Time as everything in the space sees it."""

    def __init__(self, control: Control) -> None:
        self._control = control

    @property
    def now(self) -> datetime:
        """The present moment, in UTC."""
        return self._reading().now

    @property
    def rate(self) -> float:
        """How many seconds pass in one on the wall: 0 stands still, 1 follows it. Assign to change it."""
        return self._reading().rate

    @rate.setter
    def rate(self, rate: float) -> None:
        self._control.tell("PUT", "/clock", {"rate": rate})

    def set(self, now: datetime) -> None:
        """Put it to a moment; forward is a jump like any other, back takes nothing back."""
        self._control.tell("PUT", "/clock", {"now": now.isoformat()})

    def advance(self, by: timedelta | float) -> None:
        """Jump ahead by so many seconds; whatever falls due on the way has happened when this returns.

        That includes receipts by HTTP: the application has been told and has answered. It must be able to do
        so meanwhile, so in a test that is a coroutine say `await asyncio.to_thread(clock.advance, 3)`.
        Sessions of SMPP are handed theirs at once, and take them in their own time: see `smslab.until`.
        """
        seconds = by.total_seconds() if isinstance(by, timedelta) else by
        self._control.tell("POST", "/clock/advance", {"seconds": seconds})

    def run_until_idle(self) -> None:
        """Jump to where nothing is left to happen: to the last state, receipt and try of a callback."""
        self._control.tell("POST", "/clock/run-until-idle")

    def _reading(self) -> _Reading:
        return self._control.get("/clock", _Reading)
