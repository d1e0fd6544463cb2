"""The future of a message as data: status at a moment, steps between two moments, cancelling."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import takewhile

from emulator.core.model import Message, Status, Step, Timetable
from emulator.core.outcomes import Outcome

FARTHEST = datetime(9900, 1, 1, tzinfo=UTC)
"""The latest moment a message may wait for: the calendar goes on a little longer, for what follows."""

NOW = timedelta()

ACCEPTED = Step(NOW, Status.QUEUED)

REFUSED: Timetable = (Step(NOW, Status.REJECTED),)
"""Of a message that is refused alone."""


@lru_cache(maxsize=4096)
def timetable(outcome: Outcome, delay: timedelta, end: timedelta | None) -> Timetable:
    """Every step of a message accepted now that is queued after `delay`.

    One that is on its way at its end, counted from there, expires; with None it has no end.
    """
    waiting = (Step(NOW, Status.SCHEDULED),) if delay else ()
    queued = (Step(delay, Status.QUEUED),)
    going = tuple(step for step in outcome.steps if end is None or _in_time(step, end))
    ended = end is None or any(step.status.final for step in going)
    expired = () if ended else (Step(end or NOW, Status.EXPIRED),)
    return waiting + queued + tuple(Step(delay + after, status) for after, status in going + expired)


def _in_time(step: Step, end: timedelta) -> bool:
    """Whether a step comes before the end; a final one may come with it."""
    return step.after <= end if step.status.final else step.after < end


def status_at(message: Message, now: datetime) -> Status:
    return last_step(message, now).status


def last_step(message: Message, now: datetime) -> Step:
    """The step that brought the message where it is; a clock put back behind them all finds it queued."""
    age = now - message.order.accepted_at
    return next((step for step in reversed(message.timetable) if step.after <= age), ACCEPTED)


def moment_of(step: Step, message: Message) -> datetime:
    """When a step of the message happens."""
    return message.order.accepted_at + step.after


def queued_at(message: Message) -> datetime:
    """When the message is queued, or was."""
    return next(
        (moment_of(step, message) for step in message.timetable if step.status is Status.QUEUED),
        message.order.accepted_at,
    )


def falling_at(message: Message, moment: datetime) -> list[Step]:
    """The steps that happen at exactly this moment, the first one (acceptance itself) left out."""
    age = moment - message.order.accepted_at
    return [step for step in message.timetable[1:] if step.after == age]


def moments(messages: Sequence[Message]) -> list[datetime]:
    """When the messages of one order take their steps, acceptance left out; each moment once, in order."""
    accepted_at = messages[0].order.accepted_at
    if len(messages) == 1:  # whose steps lie in order already
        return list(dict.fromkeys([accepted_at + step.after for step in messages[0].timetable[1:]]))
    tables = {id(message.timetable): message.timetable for message in messages}.values()
    ages = {step.after for table in tables for step in table[1:]}
    return [accepted_at + age for age in sorted(ages)]


def submission_of(message: Message) -> Step | None:
    """The step that gives the message to the network for the first time; None for one that never is."""
    return next((step for step in message.timetable[1:] if step.status is Status.SUBMITTED), None)


def unpaid(message: Message) -> Message:
    """The message as it ends where it would be submitted and nobody pays for it."""
    past = tuple(takewhile(lambda step: step.status is not Status.SUBMITTED, message.timetable))
    end = Step(message.timetable[len(past)].after, Status.UNDELIVERABLE)
    return replace(message, price=Decimal(0), timetable=(*past, end))


def cancelled(message: Message, now: datetime, *, refund: bool = True) -> Message:
    """The message with its future cut off at `now`; with `refund` it costs nothing any more."""
    age = now - message.order.accepted_at
    past = tuple(step for step in message.timetable if step.after <= age)
    price = Decimal(0) if refund else message.price
    return replace(message, price=price, timetable=(*past, Step(age, Status.CANCELLED)))
