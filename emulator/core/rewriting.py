"""Another text or timing in the place of that of a message that still waits."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from emulator.core.credits import Tariff
from emulator.core.model import PATIENCE, Coding, Medium, Message, Wording
from emulator.core.outcomes import Outcome
from emulator.core.refusals import Reason
from emulator.core.text import parts
from emulator.core.timetable import FARTHEST, queued_at, timetable


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """When a message is to be queued (None: as it was to be), and what ends it, counted from then."""

    scheduled_at: datetime | None = None
    validity: timedelta | None = None
    patience: timedelta = PATIENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is to be otherwise; None stays as it was.

    `parts` are what the provider counted, where it counts otherwise than the network.
    """

    text: str | None = None
    coding: Coding | None = None
    parts: int | None = None
    timing: Timing | None = None
    extras: Mapping[str, str] | None = None
    flaws: tuple[Reason, ...] = ()


def rewritten(message: Message, change: Change, outcome: Outcome, tariff: Tariff, now: datetime) -> Message:
    """The message as it is from now on, and what it costs."""
    if change.text is not None:
        message = _worded(message, change.text, change, tariff)
    if change.extras is not None:
        message = replace(message, order=replace(message.order, extras=change.extras))
    return message if change.timing is None else _timed(message, change.timing, outcome, now)


def _worded(message: Message, text: str, change: Change, tariff: Tariff) -> Message:
    order, coding = message.order, change.coding or message.coding
    counted = parts(text, coding) if order.medium is Medium.SMS else 1
    wording = Wording(text=text, coding=coding, parts=change.parts or counted)
    price = tariff.price(message.recipient, wording.parts, order.route)
    return replace(message, wording=wording, price=price)


def _timed(message: Message, timing: Timing, outcome: Outcome, now: datetime) -> Message:
    """The message with every step anew, from when it will be queued; a moment already past means at once."""
    asked = timing.scheduled_at
    begins = queued_at(message) if asked is None else max(now, min(asked, FARTHEST))
    end = timing.validity or (timing.patience if outcome.expires else None)
    order = replace(message.order, scheduled_at=begins if begins > now else None)
    return replace(message, order=order, timetable=timetable(outcome, begins - order.accepted_at, end))
