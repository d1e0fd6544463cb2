"""When the messages of a batch may go out."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from emulator.core.timetable import FARTHEST
from emulator.providers.ip1.bodies import names, picked
from emulator.providers.ip1.flaws import Wrong
from emulator.providers.ip1.notes import Windows
from emulator.providers.ip1.quirks import Quirks
from emulator.providers.ip1.wire import moment, read_moment

LIFE = timedelta(days=7)
"""How long a window stays open that does not say when it closes."""

KNOWN = names("opens", "closes")


class Window(NamedTuple):
    opens: datetime
    closes: datetime


class Term(NamedTuple):
    """When messages go out, None for at once, and how long from then on they may be delivered."""

    opens: datetime | None
    validity: timedelta


AT_ONCE = Term(None, LIFE)


class Schedule(NamedTuple):
    """Windows as they were asked for, and what they mean."""

    windows: Sequence[Window] = ()
    term: Term = AT_ONCE


def window(given: object, place: int, now: datetime, quirks: Quirks) -> Window:
    """The window that stands at that place of a list. Raises Wrong."""
    # req: ip1/windows/defaults ip1/windows/backwards
    if not isinstance(given, dict):
        raise Wrong(f"Window {place} must be an object.")
    told = picked(given, KNOWN, quirks)
    opens = _moment(told, "opens", place) or now
    closes = _moment(told, "closes", place) or min(opens, FARTHEST) + LIFE
    if closes <= opens:
        raise Wrong(f"Window {place} must close after it opens.")
    return Window(opens, closes)


def term(windows: Sequence[Window], now: datetime) -> Term | None:
    """What windows mean for the messages; None where all have closed."""
    # req: ip1/windows/none ip1/windows/waits ip1/windows/goes-out ip1/windows/expires ip1/send/at-once
    if not windows:
        return AT_ONCE
    ahead = [one for one in windows if one.closes > now]
    if not ahead:
        return None
    opens = min(max(min(one.opens for one in ahead), now), FARTHEST)
    closes = max(one.closes for one in ahead)
    validity = max(min(closes, FARTHEST + LIFE) - opens, timedelta(seconds=1))
    return Term(opens if opens > now else None, validity)


def written(windows: Sequence[Window]) -> Windows:
    """The windows as batches show them."""
    return [(moment(one.opens), moment(one.closes)) for one in windows]


def _moment(told: dict[str, object], member: str, place: int) -> datetime | None:
    """Raises Wrong for what is no moment; null is as good as nothing."""
    given = told.get(member)
    found = read_moment(given)
    if given is not None and found is None:
        raise Wrong(f"Window {place}: {member} must be a moment like 2018-10-23T17:43:19Z.")
    return found
