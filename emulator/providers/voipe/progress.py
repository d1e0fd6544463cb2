"""How far a message has come, as `ds` tells it."""

from datetime import UTC, datetime
from typing import NamedTuple

from emulator.core.model import Message, Status, Step
from emulator.core.timetable import last_step, moment_of

WAITING = frozenset({Status.SCHEDULED, Status.QUEUED})

NEVER = "0000-00-00 00:00:00"
"""When a message changed of which nothing was reported."""

PENDING, SENT, FAILED, DELIVERED = "0", "1", "2", "3"


class Progress(NamedTuple):
    """The status, and since when."""

    status: str
    since: str


def handed_over(message: Message) -> datetime | None:
    """When the message leaves its queue; None for one that never does."""
    # req: voipe/ds/handed-over voipe/ds/scheduled
    step = _first(message)
    return None if step is None or step.status is Status.CANCELLED else moment_of(step, message)


def progress(message: Message, now: datetime) -> Progress:
    """What is known of a message that was handed over.

    What happens when it is handed over needs no report; a second submission is the report that it was sent.
    """
    # req: voipe/ds/statuses voipe/ds/pending voipe/ds/sent voipe/ds/failed voipe/ds/delivered
    # req: voipe/ds/update
    step = last_step(message, now)
    reported = step is not _first(message)
    status = PENDING if not step.status.final else DELIVERED if step.status is Status.DELIVERED else FAILED
    if reported and step.status is Status.SUBMITTED:
        status = SENT
    return Progress(status, written(moment_of(step, message)) if reported else NEVER)


def _first(message: Message) -> Step | None:
    """The step that takes the message out of its queue."""
    return next((step for step in message.timetable if step.status not in WAITING), None)


def written(moment: datetime) -> str:
    """A moment as lists show it, in UTC."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}"  # req: voipe/ds/dates
