"""When orders that are accepted together will take their steps."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from emulator.core.model import Message
from emulator.core.ports import Task, TaskKind
from emulator.core.timetable import moments


class Foresight:
    """The tasks of orders accepted at one moment, by the moments at which they fall due."""

    def __init__(self) -> None:
        self.due = defaultdict[datetime, list[Task]](list)
        self._known = dict[int, list[list[Task]]]()
        """Where tasks go, by timetable: orders of one message mostly share one."""

    def learn(self, messages: Sequence[Message]) -> None:
        """Take in the messages of one more order."""
        table = id(messages[0].timetable)
        fitting = self._known.get(table) if len(messages) == 1 else None
        if fitting is None:
            fitting = [self.due[moment] for moment in moments(messages)]
        if len(messages) == 1:
            self._known[table] = fitting
        steps = Task(TaskKind.STEP, messages[0].order.id)
        for tasks in fitting:
            tasks.append(steps)
