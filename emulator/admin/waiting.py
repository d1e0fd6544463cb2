"""Waiting for messages: asleep until the feed tells of something that may change the answer."""

from collections.abc import Callable, Iterable, Iterator
from time import monotonic

from emulator.core.events import Event, Feed, Kind
from emulator.core.model import Message

MOVED = frozenset({Kind.ACCEPTED, Kind.STEP})
"""These tell which messages may meet the conditions now, or no longer."""

PULSE = 0.1
"""Seconds on the wall between two looks where other processes change the same memory: the feed is of one."""

UPSET = frozenset({Kind.RESET, Kind.CLOCK, Kind.CONTROL})
"""After these everything is looked at again."""


def waited(
    feed: Feed,
    *,
    find: Callable[[], Iterable[Message]],
    meets: Callable[[Message], bool],
    count: int,
    timeout: float,
    alone: bool = True,
) -> list[Message]:
    """What `find` finds, oldest first: as soon as it is `count`, or when the seconds on the wall are over.

    `alone`: whether the feed tells of all that happens.
    """
    until = monotonic() + timeout
    seen = feed.last
    found = {message.id: message for message in find()}
    while len(found) < count and not feed.closed and (left := until - monotonic()) > 0:
        events = feed.wait(seen, left if alone else min(left, PULSE))
        if not events or _upset(events, seen):
            seen = feed.last
            found = {message.id: message for message in find()}
        else:
            seen = events[-1].id
            _follow(found, _moved(events), meets)
    return [found[id] for id in sorted(found)]


def _upset(events: list[Event], seen: int) -> bool:
    """Whether these events, or some that nobody remembers any more, leave nothing as it was."""
    return events[0].id > seen + 1 or any(event.kind in UPSET for event in events)


def _moved(events: list[Event]) -> Iterator[Message]:
    for event in events:
        if event.kind in MOVED:
            message = event.detail[0] if isinstance(event.detail, tuple) else event.detail
            if isinstance(message, Message):
                yield message


def _follow(found: dict[int, Message], moved: Iterable[Message], meets: Callable[[Message], bool]) -> None:
    for message in moved:
        if meets(message):
            found[message.id] = message
        else:
            found.pop(message.id, None)
