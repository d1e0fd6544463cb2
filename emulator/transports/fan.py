"""One thread's connections to one receiver: what is asked over them is awaited together."""

import select
import time
from collections.abc import Iterable, Sequence
from typing import Generic, NamedTuple, Protocol, TypeVar

from emulator.core.pushes import Push
from emulator.transports.answers import Answer
from emulator.transports.caller import Caller

PAUSE = 0.001
"""Seconds on the wall that others of one's kind are waited for: to look at each alone costs more."""


class Asked(Protocol):
    """What brings a push."""

    @property
    def push(self) -> Push: ...


Job = TypeVar("Job", bound=Asked)


class Flight(NamedTuple, Generic[Job]):
    """A job whose answer is awaited."""

    caller: Caller
    job: Job


class Fan(Generic[Job]):
    """Asks over as many connections as proved quick, and over one more: that one may be read slowly."""

    def __init__(self) -> None:
        self._idle: list[Caller] = []
        """Those that proved themselves last, and of them the latest used: it is the next."""
        self._flights: dict[int, Flight[Job]] = {}
        """By the descriptor of the connection."""
        self._failed: list[tuple[Job, Answer]] = []
        """What could not even be asked."""

    def __bool__(self) -> bool:
        """Whether there are answers to come."""
        return bool(self._flights or self._failed)

    def room(self) -> int:
        """How many may be asked now. Looked at each time before: the other side may have left meanwhile."""
        self._part()
        unproved = any(not flight.caller.proved for flight in self._flights.values())
        return sum(caller.proved for caller in self._idle) + (not unproved)

    def ask(self, jobs: Sequence[Job]) -> None:
        """Send the requests of jobs for which there is room."""
        for job in jobs:
            caller = self._idle.pop() if self._idle else Caller()
            failure = caller.ask(job.push)
            if failure is None:
                self._flights[caller.descriptor] = Flight(caller, job)
            else:
                self._failed.append((job, failure))
                self._rest(caller)

    def answers(self) -> list[tuple[Job, Answer]]:
        """What was answered, or is waited for no longer; nothing where parts of answers came."""
        landed, self._failed = self._failed, []
        for descriptor in [] if landed else self._landing():
            caller, job = self._flights[descriptor]
            answer = caller.answer()
            if answer is not None:
                del self._flights[descriptor]
                landed.append((job, answer))
                self._rest(caller)
        return landed

    def close(self) -> None:
        for caller in self._idle:
            caller.close()

    def _landing(self) -> list[int]:
        until = min(flight.caller.until for flight in self._flights.values())
        answered = readable(self._flights, max(0.0, until - time.monotonic()))
        if 2 * len(answered) < len(self._flights):
            time.sleep(PAUSE)
            answered |= readable(self._flights)
        if len(answered) == len(self._flights):
            return [*self._flights]
        now = time.monotonic()
        return [
            descriptor
            for descriptor, flight in self._flights.items()
            if descriptor in answered or flight.caller.until <= now
        ]

    def _part(self) -> None:
        """Close what the other side hung up meanwhile, or where it says something unasked."""
        kept = {caller.descriptor: caller for caller in self._idle if caller.connected}
        for descriptor in readable(kept) if kept else ():
            kept[descriptor].close()

    def _rest(self, caller: Caller) -> None:
        self._idle.insert(len(self._idle) if caller.proved else 0, caller)


def readable(descriptors: Iterable[int], seconds: float = 0.0) -> set[int]:
    """Those where there is something to read, or an end; waits for a first one for so long."""
    watched = select.poll()  # unlike select() it takes those beyond 1023, and a busy server has them
    for descriptor in descriptors:
        watched.register(descriptor, select.POLLIN)
    return {descriptor for descriptor, _ in watched.poll(seconds * 1000)}
