"""Time: read it, set it, jump."""

from collections.abc import Callable
from datetime import timedelta

from flask import Response

from emulator.admin import views
from emulator.admin.answers import Unreadable, shown
from emulator.admin.bodies import AdvanceBody, ClockBody
from emulator.admin.call import Here
from emulator.core.clock import LAST
from emulator.core.events import Kind
from emulator.settings import moment
from emulator.space import Space

MOST_DUE = 1000
"""How many of the things that fell due are told by name; `due_total` counts them all."""

DUE = (Kind.STEP, Kind.INBOUND, Kind.CALLBACK)


def show(here: Here) -> Response:
    return shown(views.clock(here.space))


def put(here: Here, body: ClockBody) -> Response:
    """Forward is a jump like any other; back is only set, and what fell due stays fallen."""
    space = here.space
    target = None if body.now is None else moment(body.now)
    if target is not None and target > space.clock.now():
        here.pump.advance(space, target - space.clock.now())
    space.clock.set(now=target, rate=body.rate)
    space.wake()
    space.feed.tell(space.clock.now(), Kind.CLOCK, [views.clock(space)])
    return shown(views.clock(space))


def advance(here: Here, body: AdvanceBody) -> Response:
    by = timedelta(seconds=body.seconds)
    if by > LAST - here.space.clock.now():
        raise Unreadable(f"no clock goes beyond {views.moment(LAST)}")
    return _moved(here, lambda space: here.pump.advance(space, by))


def run_until_idle(here: Here) -> Response:
    return _moved(here, here.pump.run_until_idle)


def _moved(here: Here, move: Callable[[Space], None]) -> Response:
    space = here.space
    feed, last, told = space.feed, space.feed.last, space.feed.told(DUE)
    move(space)
    due = [event for event in feed.after(last) if event.kind in DUE]
    feed.tell(space.clock.now(), Kind.CLOCK, [views.clock(space)])
    render = here.views.event
    named = [render(event) for event in due[:MOST_DUE]]
    return shown({**views.clock(space), "due": named, "due_total": feed.told(DUE) - told})
