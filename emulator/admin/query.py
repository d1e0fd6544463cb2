"""Which messages a caller of the control API means."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from emulator.core.model import Message, Status
from emulator.core.numbers import msisdn
from emulator.core.timetable import status_at

MOST = 100_000


class Unreadable(Exception):
    """A parameter or body that cannot be obeyed; the text says what to write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Conditions that a message must meet, all of them; None asks nothing.

    `since` is a moment, or the id of a message: later ones are meant.
    """

    provider: str | None = None
    account: str | None = None
    to: str | None = None
    status: Status | None = None
    text: str | None = None
    since: datetime | None = None
    after: int = 0
    limit: int = 1000

    def meets(self, message: Message, now: datetime) -> bool:
        order = message.order
        return (
            self.provider in (None, order.provider)
            and self.account in (None, order.account)
            and self.to in (None, message.recipient)
            and (self.text is None or self.text in order.text)
            and (self.since is None or order.accepted_at > self.since)
            and (self.status is None or status_at(message, now) is self.status)
        )


NAMES = ("provider", "account", "to", "status", "text", "since", "limit")


def wanted(arguments: Mapping[str, str], *extra: str) -> Filter:
    """The filter in a query string. Raises Unreadable."""
    if strange := sorted(set(arguments) - {*NAMES, *extra}):
        raise Unreadable(f"no parameter {strange[0]!r}; there are {', '.join((*NAMES, *extra))}")
    since = arguments.get("since")
    to = arguments.get("to")
    return Filter(
        provider=arguments.get("provider"),
        account=arguments.get("account"),
        to=to and (msisdn(to) or to),
        status=status(arguments.get("status")),
        text=arguments.get("text"),
        since=moment(since) if since and not since.isdecimal() else None,
        after=number({"since": since}, "since", 0) if since and since.isdecimal() else 0,
        limit=number(arguments, "limit", 1000, most=MOST),
    )


def status(text: str | None) -> Status | None:
    try:
        return Status(text) if text is not None else None
    except ValueError:
        raise Unreadable(f"status {text!r}: write one of {', '.join(Status)}") from None


def number(
    arguments: Mapping[str, str], name: str, default: int, *, least: int = 0, most: int = 2**53
) -> int:
    """A whole number within bounds. Raises Unreadable."""
    text = arguments.get(name, str(default))
    if not (text.isascii() and text.isdecimal()) or len(text) > 16 or not least <= int(text) <= most:
        raise Unreadable(f"{name} {text!r}: write a whole number from {least} to {most}")
    return int(text)


def seconds(arguments: Mapping[str, str], name: str, default: float, most: float) -> float:
    """A length of time. Raises Unreadable."""
    text = arguments.get(name, str(default))
    return _bounded(text, name, most)


def _bounded(text: str, name: str, most: float) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1
    if not 0 <= value <= most:
        raise Unreadable(f"{name} {text!r}: write a number of seconds from 0 to {most:g}")
    return value


def moment(text: str) -> datetime:
    """ISO 8601, in UTC unless it says otherwise. Raises Unreadable."""
    try:
        read = datetime.fromisoformat(text.replace(" ", "+"))
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Unreadable(f"{text!r} is no moment: write 2026-03-02T09:00:00Z") from None


Condition = Callable[[Message], bool]
