"""The vocabulary of telling customers: calls to their addresses, and what is told in their sessions."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from emulator.core.quick import quick


@quick
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


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try at a push: when it was due and what came of it."""

    at: datetime
    result: Result
    status: int | None = None
    body: str = ""


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    """A push with its history; `next_at` is None once nothing more is tried.

    Where several processes have one store, `holder` is the one that is trying it, and `driven` says whether
    a clock is moved on when that is done.
    """

    id: int
    provider: str
    account: str
    message: int | None
    push: Push
    created_at: datetime
    next_at: datetime | None
    attempts: tuple[Attempt, ...] = ()
    delivered: bool = False
    holder: str = ""
    driven: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a session of the account is told, as its protocol writes it: a request's name and its body."""

    command: str
    octets: bytes


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A notice that no session took yet, about a message or (with None) not; `due_at` if it was put off.

    Where several processes have one store, `holder` is the one whose session was handed it.
    """

    id: int
    provider: str
    account: str
    message: int | None
    notice: Notice
    created_at: datetime
    due_at: datetime | None = None
    holder: str = ""
