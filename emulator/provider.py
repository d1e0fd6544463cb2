"""What a provider package offers, and what its surfaces may ask of the request they serve."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, Protocol, TypeVar, cast

from flask import Blueprint, Request, Response, request

from emulator.core.gateway import Gateway
from emulator.core.ids import Ids
from emulator.core.kept import Kept
from emulator.core.model import Account, Inbound, Message, Order, Status
from emulator.core.ports import Look, Reports
from emulator.core.pushes import Push
from emulator.core.refusals import Reason

Quirks = TypeVar("Quirks")

CONTROL = "/_emulator"
"""The path below which everything is our own, and no provider's."""

CONTEXT = "smslab.context"
"""The key in the WSGI environment under which the transport leaves the Context."""


class Silence:
    """Reports of a provider that calls nobody back."""

    def __init__(self, quirks: object, ids: Ids) -> None: ...

    def report(self, message: Message, status: Status, at: datetime) -> Sequence[Push]:
        return ()

    def inbound(self, inbound: Inbound, account: Account, look: Look) -> Sequence[Push]:
        return ()

    def consequences(self, inbound: Inbound, account: Account) -> Sequence[Kept]:
        return ()


@dataclass(frozen=True, slots=True)
class Sample:
    """A request that sends one message in the default world: for smoke tests, pages and the README.

    With a body it is a POST; the body has no single quotes, so that it can stand between two in a shell.
    """

    path: str
    body: str = ""
    content_type: str = ""
    headers: tuple[tuple[str, str], ...] = ()

    def curl(self, base: str, *options: str) -> str:
        """The command that sends it to an emulator there."""
        labels = (*self.headers, ("Content-Type", self.content_type)) if self.body else self.headers
        fields = [part for name, value in labels for part in ("-H", f"'{name}: {value}'")]
        sent = ["-d", f"'{self.body}'"] if self.body else []
        return " ".join(["curl", *options, f"'{base}{self.path}'", *fields, *sent])


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined:
    """A request that no surface answers, by HTTP status: an unknown path, a wrong method, a fault on purpose.

    `title` is the phrase of the status, `line` says it to people in one line, `allow` are the methods that
    the address answers, where it was asked with another.
    """

    status: int
    title: str
    method: str
    path: str
    line: str
    allow: tuple[str, ...] = ()


class Reply(NamedTuple):
    """What a fixed address answers: a text, sent as UTF-8.

    An empty `content_type` stands in `headers`, for providers that spell the name of that field otherwise.
    """

    text: str
    content_type: str
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()

    def response(self) -> Response:
        """The same for Flask, where a router chose the view."""
        return Response(self.text, self.status, self.headers, content_type=self.content_type or None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """One document, brought to life. `quirks` are the switches' defaults, `profiles` named sets of others.

    `faults` has words for the Reasons that the document has words for: no fault on purpose has another.
    `declined` has words for what no surface answers; without them it is a line of text.
    """

    name: str
    title: str
    prefixes: tuple[str, ...]
    """What its paths begin with."""
    base: str
    """What a client's base address ends in: SMSLAB_<NAME>_URL, without the emulator's own part."""
    quirks: Any
    profiles: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    faults: Mapping[Reason, object]
    declined: Callable[[Declined], Reply] | None = None
    views: "Mapping[str, View | Surface]" = field(default_factory=dict)
    """What answers at each fixed address: to GET and POST, unless a Surface says otherwise."""
    blueprint: Callable[[], Blueprint] | None = None
    """What answers at addresses with changing parts."""
    reports: Callable[[Any, Ids], Reports] = Silence
    reference: Callable[[Order, Ids], str]
    sample: Sample
    secrets: frozenset[str] = frozenset()
    """Names of fields whose values must never be shown, wherever in the request they stand."""


def serving(providers: Iterable[Provider], path: str) -> Provider | None:
    """The provider whose path it is; a slash at the end may be left out, as the router has it."""
    return next((one for one in providers if f"{path}/".startswith(one.prefixes)), None)


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


View = Callable[[Context, Request], Reply]


class Surface(NamedTuple):
    """What answers at a fixed address, and the only methods that it answers."""

    view: View
    methods: tuple[str, ...] = ("GET", "POST")


def context() -> Context:
    """The context of the request that Flask is serving, for views of a blueprint."""
    return cast(Context, request.environ[CONTEXT])
