"""What is planned: tasks by the moments at which they fall due."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from heapq import heapify, heappop, heappush

from emulator.core.ports import Task


class Planned:
    """Tasks in the order of their moments, those of one moment as they were planned.

    Only moments are kept in order, not tasks: what is accepted together falls due together.
    """

    def __init__(self) -> None:
        self._tasks: dict[datetime, list[Task]] = {}
        self._moments: list[datetime] = []
        """A heap of all moments that have tasks."""

    def __iter__(self) -> Iterator[tuple[datetime, Task]]:
        """Everything, in order."""
        return ((at, task) for at in sorted(self._moments) for task in self._tasks[at])

    @property
    def next(self) -> datetime | None:
        """The earliest moment."""
        return self._moments[0] if self._moments else None

    def buckets(self) -> Iterator[tuple[datetime, Sequence[Task]]]:
        """Everything, in order, by its moments."""
        return ((at, self._tasks[at]) for at in sorted(self._moments))

    def add(self, at: datetime, tasks: Sequence[Task]) -> None:
        known = self._tasks.get(at)
        if known is None:
            self._tasks[at] = [*tasks]
            heappush(self._moments, at)
        else:
            known += tasks

    def take(self) -> tuple[datetime, list[Task]]:
        """The earliest moment and its tasks, which are planned no longer."""
        at = heappop(self._moments)
        return at, self._tasks.pop(at)

    def drop(self, at: datetime) -> None:
        """Let go of a moment, if there is anything planned for it."""
        if self._tasks.pop(at, None) is not None:
            self._moments.remove(at)
            heapify(self._moments)

    def copy(self) -> "Planned":
        made = Planned()
        made._tasks = {at: tasks.copy() for at, tasks in self._tasks.items()}
        made._moments = self._moments.copy()
        return made
