"""What a provider package offers, and what its surfaces may ask of the request they serve."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar, cast

from flask import Blueprint, request

from emulator.core.gateway import Gateway
from emulator.core.ids import Ids
from emulator.core.journal import Exchange
from emulator.core.model import Order
from emulator.core.ports import Reports
from emulator.core.refusals import Reason

Quirks = TypeVar("Quirks")

CONTEXT = "smslab.context"
"""The key in the WSGI environment under which the transport leaves the Context."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """One document, brought to life. `faults` words every Reason; `quirks` are the switches' defaults."""

    name: str
    title: str
    prefixes: tuple[str, ...]
    quirks: Any
    faults: Mapping[Reason, object]
    blueprint: Callable[[], Blueprint]
    reports: Callable[[Any, Ids], Reports]
    reference: Callable[[Order, Ids], str]
    sample: str
    """A request path that sends one message in the default world: for smoke tests and the README."""
    secrets: frozenset[str] = frozenset()
    """Names of fields whose values must never be shown."""


class Context(Protocol):
    """What the transport knows of the request being served."""

    @property
    def gateway(self) -> Gateway: ...
    @property
    def ids(self) -> Ids: ...
    @property
    def quirks(self) -> Mapping[str, object]: ...
    @property
    def exchange(self) -> Exchange: ...
    def refusal(self, account: str) -> Reason | None:
        """The objection that a fault on purpose puts into this provider's mouth."""
        ...


def context() -> Context:
    return cast(Context, request.environ[CONTEXT])


def gateway() -> Gateway:
    """The gateway of the space that this request is for."""
    return context().gateway


def quirks(kind: type[Quirks]) -> Quirks:
    """The switches of this request's space, of the provider that asks."""
    return next(value for value in context().quirks.values() if isinstance(value, kind))


def understood(surface: str, account: str, fields: Mapping[str, object]) -> tuple[Reason, ...]:
    """Tell the journal what was read; the objections of a fault on purpose that aims at this exchange."""
    here = context()
    here.exchange.surface, here.exchange.account, here.exchange.fields = surface, account, fields
    reason = here.refusal(account)
    return () if reason is None else (reason,)


def voiced(*requirements: str) -> None:
    """Tell the journal which requirements the answer obeys."""
    context().exchange.voiced += requirements
