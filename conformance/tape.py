"""Every exchange of one check, octet by octet, in the order they happened."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum

CONTROL = "control"
SMPP = "smpp"
"""Surfaces on which no provider is called over HTTP; on the second each PDU is an exchange of its own."""


class By(StrEnum):
    """Who opened the exchange."""

    HARNESS = "harness"
    SUBJECT = "subject"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its answer. `base` is scheme, host and port; `took` is wall time in seconds."""

    by: By = By.HARNESS
    surface: str
    base: str
    request: bytes
    response: bytes
    took: float
    fault: str | None = None

    @property
    def body(self) -> bytes:
        """What HTTP carried; all that came where there is no HTTP."""
        return self.response if self.surface == SMPP else self.response.partition(b"\r\n\r\n")[2]


@dataclass(slots=True)
class Tape:
    """`secrets` are those of the target, which nothing that is shown may hold."""

    exchanges: list[Exchange] = field(default_factory=list)
    secrets: frozenset[str] = field(default=frozenset(), repr=False)

    def record(self, exchange: Exchange) -> None:
        self.exchanges.append(exchange)

    def behind(self, actual: object) -> Exchange | None:
        """The exchange an observation most likely comes from: the latest that says it, else the latest.

        What the control API says is no behaviour of the subject.
        """
        said = actual if isinstance(actual, bytes) else str(actual).encode()
        heard = [one for one in reversed(self.exchanges) if one.surface != CONTROL]
        return next((one for one in heard if said and said in one.body), heard[0] if heard else None)


_playing: ContextVar[Tape | None] = ContextVar("playing", default=None)


@contextmanager
def playing(tape: Tape) -> Iterator[Tape]:
    """Within, `verify` explains its findings by this tape."""
    token = _playing.set(tape)
    try:
        yield tape
    finally:
        _playing.reset(token)


def current() -> Tape | None:
    return _playing.get()
