"""Server-sent events: what happens in a space, for as long as somebody listens."""

from collections.abc import Callable, Iterable, Iterator

from flask import Response, request

from emulator.admin.answers import Unreadable
from emulator.admin.call import Here
from emulator.admin.views import encoded
from emulator.core.events import Event, Feed

PULSE = 5.0
"""Seconds between comment lines on a quiet stream: nobody takes it for dead, and who left is noticed."""

PACE = 0.02
"""Seconds between two stretches: what happens meanwhile is told together, which spares everybody work."""

ENOUGH = 64 * 2**10
"""Octets that are worth sending on their own."""

FIELDS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}


def listen(here: Here) -> Response:
    feed, render = here.space.feed, here.views.event

    def write(event: Event) -> bytes:
        return told(str(event.kind), render(event), event.id)

    heard, script = last_heard(request.headers.get("Last-Event-ID"), feed), here.scripts.of(feed)
    leave = here.turnstile.enter()
    stream = attended(stretches(feed, heard, lambda event: script.of(event, write)), leave)
    answer = Response(stream, headers=FIELDS, content_type="text/event-stream")
    answer.call_on_close(leave)
    return answer


def attended(stream: Iterator[bytes], leave: Callable[[], None]) -> Iterator[bytes]:
    """The stream; however it ends, somebody has left."""
    try:
        yield from stream
    finally:
        leave()


def last_heard(header: str | None, feed: Feed) -> int:
    """The event after which to go on: the latest, unless the listener says which one it heard last."""
    if header is None:
        return feed.last
    if not (header.isascii() and header.isdecimal() and len(header) <= 16):
        raise Unreadable(f"Last-Event-ID {header!r}: send back the id of an event")
    return int(header)


def stretches(feed: Feed, heard: int, write: Callable[[Event], bytes]) -> Iterator[bytes]:
    """Everything later than `heard`, a stretch at a time; what nobody remembers any more is owned up to."""
    yield b": events of this space\nretry: 100\n\n"
    if heard > feed.last:  # of an earlier life: this one has not come that far
        heard = 0
        yield told("gap", {"lost": None}, heard)
    while not feed.closed:
        events = feed.wait(heard, PULSE)
        if not events:
            yield b": still here\n\n"
            continue
        if lost := events[0].id - heard - 1:
            yield told("gap", {"lost": lost}, events[0].id - 1)
        heard = events[-1].id
        yield from together(write(event) for event in events)
        feed.rest(PACE)


def together(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces, small ones joined."""
    joined = b""
    for piece in pieces:
        joined += piece
        if len(joined) >= ENOUGH:
            yield joined
            joined = b""
    if joined:
        yield joined


def told(kind: str, detail: object, id: int) -> bytes:
    """One event of the stream."""
    return f"id: {id}\nevent: {kind}\ndata: ".encode() + encoded(detail) + b"\n\n"
