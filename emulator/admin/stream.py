"""Server-sent events: what happens in a space, for as long as somebody listens."""

from collections.abc import Callable, Iterator

from flask import Response, request

from emulator.admin.answers import Unreadable
from emulator.admin.call import Here
from emulator.admin.views import encoded
from emulator.core.events import Event, Feed

PULSE = 5.0
"""Seconds between comment lines on a quiet stream: nobody takes it for dead, and who left is noticed."""

PACE = 0.02
"""Seconds between two stretches: what happens meanwhile is told together, which spares everybody work."""

BATCH = 500
"""Most events that are written at once."""

FIELDS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}


def listen(here: Here) -> Response:
    feed, render = here.space.feed, here.views.event

    def write(event: Event) -> bytes:
        return told(str(event.kind), render(event), event.id)

    heard = last_heard(request.headers.get("Last-Event-ID"), feed)
    stream = stretches(feed, heard, lambda event: here.scripts.of(feed, event, write))
    return Response(stream, headers=FIELDS, content_type="text/event-stream")


def last_heard(header: str | None, feed: Feed) -> int:
    """The event after which to go on: the latest, unless the listener says which one it heard last."""
    if header is None:
        return feed.last
    if not (header.isascii() and header.isdecimal() and len(header) <= 16):
        raise Unreadable(f"Last-Event-ID {header!r}: send back the id of an event")
    return int(header)


def stretches(feed: Feed, heard: int, write: Callable[[Event], bytes]) -> Iterator[bytes]:
    """Everything later than `heard`, a stretch at a time; what nobody remembers any more is owned up to."""
    yield b": events of this space\n\n"
    if heard > feed.last:  # of an earlier life: this one has not come that far
        heard = 0
        yield told("gap", {"lost": None}, heard)
    while not feed.closed:
        events = feed.wait(heard, PULSE)[:BATCH]
        if not events:
            yield b": still here\n\n"
            continue
        lost = events[0].id - heard - 1
        gap = told("gap", {"lost": lost}, events[0].id - 1) if lost else b""
        heard = events[-1].id
        yield gap + b"".join(write(event) for event in events)
        feed.rest(PACE)


def told(kind: str, detail: object, id: int) -> bytes:
    """One event of the stream."""
    return f"id: {id}\nevent: {kind}\ndata: ".encode() + encoded(detail) + b"\n\n"
