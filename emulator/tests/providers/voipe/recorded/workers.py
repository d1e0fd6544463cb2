"""What the workers of a playSMS do, as the passing of time, and what somebody does to single messages."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from emulator.core.model import Message, Status, Step, Timetable
from emulator.core.timetable import moment_of, status_at
from emulator.providers.voipe.people import NAME
from emulator.tests.providers.voipe.recorded.answers import moment
from emulator.tests.providers.voipe.recorded.world import World

SECOND, INSTANT = timedelta(seconds=1), timedelta(milliseconds=100)

CREDIT_WORKER = timedelta(seconds=30)
"""How often the balances are computed."""

WAITING = frozenset({Status.QUEUED, Status.SUBMITTED})


def queue_worker(world: World) -> None:
    """Everything that waits and is due is handed over; nothing is reported yet."""
    _reach(world, _latest(world, Status.QUEUED, Status.SUBMITTED))


def queue_taken(world: World) -> None:
    """Everything that waits is just about to be handed over."""
    handed_over = _latest(world, Status.QUEUED, Status.SUBMITTED)
    _reach(world, handed_over and handed_over - INSTANT)


def report_reader(world: World) -> None:
    """Of everything that was handed over it is known what became of it."""
    while world.touched:
        message, timetable = world.touched.popitem()[1]
        world.write(replace(message, timetable=timetable))
    _reach(world, max((_last(message) for message in _at(world, Status.SUBMITTED)), default=None))


def credit_worker(world: World) -> None:
    world.advance(CREDIT_WORKER)


def inbound_worker(world: World) -> None:
    """What came in is where it belongs as soon as it came."""


def workers(world: World) -> None:
    queue_worker(world)
    report_reader(world)
    credit_worker(world)


def first_status(world: World, status: str) -> None:
    """Somebody changes the first message of the call that was made last, once it was handed over."""
    queue_worker(world)
    last = list(world.space.store.messages())[-1]
    first = world.space.store.ordered(last.order.id)[0]
    world.touched.setdefault(first.id, (first, first.timetable))
    steps = _steps(status, world.now - first.order.accepted_at)
    world.write(replace(first, timetable=(*_handed_over(first), *steps)))


def last_failed(world: World) -> None:
    """The message that was sent last is handed over, and reported failed."""
    last = list(world.space.store.messages())[-1]
    if status_at(last, world.now) in WAITING:
        handed = _handed_over(last)
        failed = Step(handed[-1].after + SECOND, Status.UNDELIVERABLE)
        world.write(replace(last, timetable=(*handed, failed)))
        _reach(world, moment_of(handed[-1], last) + SECOND)


def written(message: Message, row: Mapping[str, str]) -> Message:
    """A message as a row says: handed over at its `dt`, and what became of it at its `update`.

    Messages of one call that somebody wrote by hand have been handed over one by one.
    """
    at, instant = moment(row["dt"]), timedelta(microseconds=message.id - message.order.first)
    order = replace(message.order, accepted_at=at, sender=row["src"], text=row["msg"])
    waiting, handed_over = Step(timedelta(), Status.QUEUED), Step(instant, Status.SUBMITTED)
    timetable: Timetable
    if row["update"].startswith("0000"):
        timetable = waiting, handed_over._replace(status=REPORTED.get(row["status"], Status.SUBMITTED))
    else:
        timetable = waiting, handed_over, *_steps(row["status"], moment(row["update"]) - at)
    return replace(message, order=order, recipient=row["dst"], timetable=timetable)


def _steps(status: str, after: timedelta) -> Timetable:
    """What is reported for a status; of a message that is pending there is nothing to say."""
    found = REPORTED.get(status)
    return (Step(after, found),) if found else ()


REPORTED: Mapping[str, Status] = {
    "1": Status.SUBMITTED,
    "2": Status.UNDELIVERABLE,
    "3": Status.DELIVERED,
}


def _handed_over(message: Message) -> Timetable:
    """The steps up to the first that hands it over."""
    places = [place for place, step in enumerate(message.timetable) if step.status is Status.SUBMITTED]
    return message.timetable[: places[0] + 1] if places else message.timetable


def _at(world: World, status: Status) -> Iterator[Message]:
    for message in list(world.space.store.messages()):
        if message.order.provider == NAME and status_at(message, world.now) is status:
            yield message


def _latest(world: World, status: Status, then: Status) -> datetime | None:
    moments = (
        moment_of(step, message)
        for message in _at(world, status)
        for step in message.timetable
        if step.status is then
    )
    return max(moments, default=None)


def _last(message: Message) -> datetime:
    return moment_of(message.timetable[-1], message)


def _reach(world: World, then: datetime | None) -> None:
    if then is not None and then > world.now:
        world.advance(then - world.now)
