"""Answers that take their time: messages that are waited for, and the stream of events."""

from collections.abc import Callable, Iterator
from itertools import islice
from time import monotonic
from typing import Any

from emulator.admin.query import Filter
from emulator.admin.views import Views, encoded
from emulator.core.events import Event, Kind
from emulator.core.model import Message
from emulator.space import Space

PULSE = 15.0
"""Seconds between comment lines on a quiet stream, so that nobody takes it for dead."""


def matching(space: Space, wanted: Filter) -> tuple[list[Message], int]:
    """The first `limit` messages that meet the filter, oldest first, and how many there are in all."""
    with space.store.turn():
        now = space.clock.now()
        found = (message for message in space.store.messages(wanted.after) if wanted.meets(message, now))
        shown = list(islice(found, wanted.limit))
        return shown, len(shown) + sum(1 for _ in found)


def waited(space: Space, wanted: Filter, count: int, timeout: float) -> tuple[list[Message], int]:
    """The same, as soon as there are `count` of them, or when the seconds on the wall are over."""
    until = monotonic() + timeout
    seen = space.feed.last
    shown, total = matching(space, wanted)
    while total < count and (left := until - monotonic()) > 0:
        events = space.feed.wait(seen, left)
        seen = events[-1].id if events else seen
        if any(event.kind in {Kind.ACCEPTED, Kind.STEP, Kind.RESET} for event in events):
            shown, total = matching(space, wanted)
    return shown, total


def stream(space: Space, views: Callable[[], Views], after: int) -> Iterator[bytes]:
    """Server-sent events later than `after`, for as long as somebody listens."""
    yield b": events of this space\n\n"
    while True:
        events = space.feed.wait(after, PULSE)
        if not events:
            yield b": still here\n\n"
        for event in events:
            after = event.id
            yield told(event, views())


def told(event: Event, views: Views) -> bytes:
    shown: dict[str, Any] = views.event(event)
    return f"id: {event.id}\nevent: {event.kind}\ndata: ".encode() + encoded(shown) + b"\n\n"
