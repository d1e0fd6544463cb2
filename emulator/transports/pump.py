"""Makes due things happen: in the background as clocks run, and at once when a clock is moved."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from emulator.core.clock import LAST
from emulator.core.ports import StoreError
from emulator.core.pushes import Attempt, Callback
from emulator.space import Space
from emulator.transports.answers import Answer
from emulator.transports.push import Courier

PACE = 0.01
"""Seconds on the wall between two looks at what is due: many small things at once cost less."""

FAR = timedelta(days=36525)
"""How far run-until-idle goes at most: a century."""

FOREVER = 3600.0

MANY = 100
"""Callbacks for whose making others have to wait at most: what falls due within a turn ends with so many."""

AFTER_FAILURE = 1.0
"""Seconds on the wall until what a store or a defect prevented is tried again."""

LINGER = 0.5
"""Seconds on the wall that a stop waits for answers: what is not noted is sent again by whoever goes on."""

LOOK = 0.02
"""Seconds on the wall between two looks at what other processes try."""

HUNG = 15.0
"""Seconds on the wall after which who got no further is waited for no more: no callback takes so long."""

log = logging.getLogger("smslab")


class Pump:
    """One thread for all spaces. A space is looked at when its agenda says so, not before."""

    def __init__(self, courier: Courier) -> None:
        self._courier = courier
        self._wakes: dict[Space, float] = {}
        self._changed = threading.Condition()
        self._flights: dict[Space, int] = {}
        self._landed = threading.Condition()
        self._stopping = False
        self.leads: Callable[[], bool] = lambda: True
        """Whether time passes by this process; another may do it for all that have one store.

        While a clock stands each process sees to what it planned itself, and who moves it to the rest.
        """
        self._thread = threading.Thread(target=self._run, daemon=True, name="smslab-pump")

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        with self._changed:
            self._stopping = True
            self._changed.notify()
        self._thread.join(2)
        with self._landed:
            self._landed.wait_for(lambda: not self._flights, LINGER)

    def poke(self, space: Space, at: datetime) -> None:
        """The agenda of a space now waits for that moment, perhaps among others."""
        seconds = space.clock.seconds_until(at)
        if seconds is None:
            return
        wake = time.monotonic() + seconds
        with self._changed:  # whoever tells of an earlier one meanwhile is not to be overruled
            if wake < self._wakes.get(space, float("inf")):
                self._wakes[space] = wake
                self._changed.notify()

    def forget(self, space: Space) -> None:
        with self._changed:
            self._wakes.pop(space, None)

    # Moving a clock

    def advance(self, space: Space, by: timedelta) -> None:
        """Jump ahead; everything on the way has happened, callbacks included, when this returns."""
        with space.driving:
            self._run_until(space, space.clock.now() + by)

    def run_until_idle(self, space: Space) -> None:
        """Jump to the last moment that the agenda knows of."""
        with space.driving:
            limit = min(space.clock.now() + FAR, LAST)
            while (due := space.gateway.agenda.next_due()) is not None and due <= limit:
                self._run_until(space, max(due, space.clock.now()))

    def settle(self, space: Space) -> None:
        """Let what is due now have happened, callbacks included, so that a reader finds it done."""
        # a receiver asks while the clock is being moved, here or there: it must not wait for its own answer
        if not space.driving.acquire(blocking=False):
            return
        try:
            if not any(callback.driven for callback in space.gateway.agenda.elsewhere()):
                self._run_until(space, space.clock.now())
        finally:
            space.driving.release()

    def _run_until(self, space: Space, target: datetime) -> None:
        self._wait_for_others(space)
        while (due := space.gateway.agenda.next_due()) is not None and due <= target:
            space.clock.reach(due)
            self._fall(space, due, driven=True)
            self._wait_for_landing(space)
        space.clock.reach(target)
        self._wait_for_landing(space)
        space.wake()

    # Following a clock

    def _run(self) -> None:
        while not self._stopping:
            for space in self._awake():
                if self.leads() or not space.clock.rate:
                    self._follow(space)
            time.sleep(PACE)

    def _follow(self, space: Space) -> None:
        try:
            self.catch_up(space)
            space.wake()
        except StoreError:  # which told of itself
            self._put_off(space)
        except Exception as defect:  # of one space; the others still need their pump
            log.error("defect in space %r, while its clock ran", space.name, exc_info=defect)
            self._put_off(space)

    def _put_off(self, space: Space) -> None:
        if space.feed.closed:
            return  # it was taken away, or began afresh: nothing that happens there is kept
        with self._changed:
            self._wakes[space] = time.monotonic() + AFTER_FAILURE

    def _awake(self) -> list[Space]:
        """The spaces whose moment has come; waits until there are some."""
        with self._changed:
            nearest = min(self._wakes.values(), default=time.monotonic() + FOREVER)
            if not self._stopping:  # what was said before this lock was had will not be said again
                self._changed.wait(max(0.0, min(nearest - time.monotonic(), FOREVER)))
            now = time.monotonic()
            awake = [space for space, wake in self._wakes.items() if wake <= now]
            for space in awake:
                del self._wakes[space]
        return awake

    def catch_up(self, space: Space) -> None:
        """Let what is due by now happen, without waiting for callbacks to be answered."""
        now = space.clock.now()
        while (due := space.gateway.agenda.next_due()) is not None and due <= now:
            self._fall(space, now, MANY)

    # Callbacks

    def _fall(self, space: Space, upto: datetime, most: int = 1, *, driven: bool = False) -> None:
        # counted in the same turn, so that nobody finds the sky empty meanwhile; sent off when that is kept,
        # by one thread at a time, so that nothing is overtaken
        falling = list[Callback]()
        with space.falling:
            try:
                with space.store.turn():
                    falling = space.gateway.agenda.fall_due(upto, most=most, driven=driven)
                    self._take_off(space, len(falling))
            except StoreError as error:
                if error.undone:
                    self._come_down(space, len(falling))
                    space.gateway.agenda.withheld(falling)
                    self._put_off(space)
                    falling = []
                raise
            finally:
                self._send(space, falling)

    def _take_off(self, space: Space, callbacks: int) -> None:
        if callbacks:
            with self._landed:
                self._flights[space] = self._flights.get(space, 0) + callbacks

    def _come_down(self, space: Space, callbacks: int) -> None:
        if callbacks:
            with self._landed:
                self._flights[space] -= callbacks
                if not self._flights[space]:
                    del self._flights[space]
                    self._landed.notify_all()

    def _send(self, space: Space, callbacks: Sequence[Callback]) -> None:
        def done(answers: Sequence[tuple[int, Answer]]) -> None:
            self._land(space, [(callbacks[place], answer) for place, answer in answers])

        pushes = [callback.push for callback in callbacks]
        self._courier.deliver(pushes, done, in_order=not space.clock.rate)

    def _land(self, space: Space, landed: Sequence[tuple[Callback, Answer]]) -> None:
        tries = [(callback, attempt(callback, answer)) for callback, answer in landed]
        if log.isEnabledFor(logging.INFO):
            for callback, tried in tries:
                self._log(space, callback, tried)
        try:
            self._attempted(space, tries)
        except Exception as defect:  # the receiver's other callbacks still need who tells this
            log.error("defect in space %r, with what came of a callback", space.name, exc_info=defect)
        finally:
            self._come_down(space, len(landed))

    def _log(self, space: Space, callback: Callback, tried: Attempt) -> None:
        log.info(
            "space %r account %r message %s: callback %s %s -> %s %s",
            space.name, callback.account, callback.message,
            callback.push.method, callback.push.url.partition("?")[0], tried.result, tried.status or "",
        )  # fmt: skip

    def _attempted(self, space: Space, tries: Sequence[tuple[Callback, Attempt]]) -> None:
        """Note what came of tries, as soon as the store can keep it: they cannot be tried again for that."""
        while True:
            try:
                space.gateway.agenda.attempted(tries)
            except StoreError as error:
                if error.undone and not self._stopping:
                    time.sleep(AFTER_FAILURE)
                    continue
            return

    def _wait_for_landing(self, space: Space) -> None:
        with self._landed:
            self._landed.wait_for(lambda: space not in self._flights)
        self._wait_for_others(space)

    def _wait_for_others(self, space: Space) -> None:
        """Let other processes come to an end with the callbacks that they try: who died is soon buried."""
        awaited, until = _tried_elsewhere(space), time.monotonic() + HUNG
        while awaited and time.monotonic() < until:
            time.sleep(LOOK)
            left = awaited & _tried_elsewhere(space)
            if left != awaited:
                awaited, until = left, time.monotonic() + HUNG


def _tried_elsewhere(space: Space) -> set[int]:
    return {callback.id for callback in space.gateway.agenda.elsewhere()}


def attempt(callback: Callback, answer: Answer) -> Attempt:
    at = callback.next_at or callback.created_at
    return Attempt(at=at, result=answer.result, status=answer.status, body=answer.body)
