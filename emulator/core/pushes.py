"""The vocabulary of calling customers back: what is sent, each try at it, and what came of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """A request to a customer's address, and how often it is tried again."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    body: str
    retries: tuple[timedelta, ...] = ()
    accepted: tuple[int, int] = (200, 299)
    """Lowest and highest HTTP status that ends the tries."""


class Result(StrEnum):
    """How an attempt to reach a customer's address ended."""

    ANSWERED = "answered"
    TIMEOUT = "timeout"
    REFUSED = "refused"
    FORBIDDEN = "forbidden"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try at a push: when it was due and what came of it."""

    at: datetime
    result: Result
    status: int | None = None
    body: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    """A push with its history; `next_at` is None once nothing more is tried."""

    id: int
    provider: str
    account: str
    message: int | None
    push: Push
    created_at: datetime
    next_at: datetime | None
    attempts: tuple[Attempt, ...] = ()
    delivered: bool = False
