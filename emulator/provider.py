"""What a provider package offers, and what its surfaces may ask of the request they serve."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol, TypeVar, cast

from flask import Blueprint, Request, request

from emulator.core.gateway import Gateway
from emulator.core.ids import Ids
from emulator.core.model import Order
from emulator.core.ports import Reports
from emulator.core.refusals import Reason

Quirks = TypeVar("Quirks")

CONTROL = "/_emulator"
"""The path below which everything is our own, and no provider's."""

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
    views: "Mapping[str, View]" = field(default_factory=dict)
    """What answers GET and POST at each fixed address."""
    blueprint: Callable[[], Blueprint] | None = None
    """What answers at addresses with changing parts."""
    reports: Callable[[Any, Ids], Reports]
    reference: Callable[[Order, Ids], str]
    sample: str
    """A request path that sends one message in the default world: for smoke tests and the README."""
    secrets: frozenset[str] = frozenset()
    """Names of fields whose values must never be shown."""


class Context(Protocol):
    """What a surface may ask of the request it serves, and tell of it."""

    @property
    def gateway(self) -> Gateway: ...
    @property
    def ids(self) -> Ids: ...

    def switches(self, kind: type[Quirks]) -> Quirks:
        """The quirks of this request's space, of the provider that asks."""
        ...

    def understood(self, surface: str, account: str, fields: Mapping[str, str]) -> tuple[Reason, ...]:
        """Tell the journal what was read; the objections of a fault on purpose that aims at it."""
        ...

    def voiced(self, requirement: str) -> None:
        """Tell the journal which requirement the answer obeys."""
        ...


class Reply(NamedTuple):
    """What a fixed address answers: a text, sent as UTF-8."""

    text: str
    content_type: str
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


View = Callable[[Context, Request], Reply]


def context() -> Context:
    """The context of the request that Flask is serving, for views of a blueprint."""
    return cast(Context, request.environ[CONTEXT])
