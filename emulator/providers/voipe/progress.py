"""How far a message has come, as `ds` tells it."""

from datetime import UTC, datetime
from typing import NamedTuple

from emulator.core.model import Message, Status
from emulator.core.timetable import last_step, moment_of

WAITING = frozenset({Status.SCHEDULED, Status.QUEUED})

NEVER = "0000-00-00 00:00:00"
"""When a message changed of which nothing was reported."""

PENDING, FAILED, DELIVERED = "0", "2", "3"


class Progress(NamedTuple):
    """The status, and since when."""

    status: str
    since: str


def handed_over(message: Message) -> datetime | None:
    """When the message leaves its queue; None for one that never does."""
    # req: voipe/ds/handed-over voipe/ds/scheduled
    step = next((step for step in message.timetable if step.status not in WAITING), None)
    return None if step is None or step.status is Status.CANCELLED else moment_of(step, message)


def progress(message: Message, now: datetime) -> Progress:
    """What is known of a message that was handed over."""
    # req: voipe/ds/statuses voipe/ds/pending voipe/ds/failed voipe/ds/delivered voipe/ds/update
    step = last_step(message, now)
    if not step.status.final:
        return Progress(PENDING, NEVER)
    status = DELIVERED if step.status is Status.DELIVERED else FAILED
    return Progress(status, written(moment_of(step, message)))


def written(moment: datetime) -> str:
    """A moment as lists show it, in UTC."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}"  # req: voipe/ds/dates
