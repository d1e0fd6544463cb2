"""What a provider package offers, and what its surfaces may ask of the request they serve."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol, TypeVar, cast

from flask import Blueprint, Request, Response, request

from emulator.core.gateway import Gateway
from emulator.core.ids import Ids
from emulator.core.kept import Kept
from emulator.core.model import Account, Inbound, Login, Message, Order, Status
from emulator.core.ports import Look, Reports
from emulator.core.pushes import Push
from emulator.core.refusals import Reason
from emulator.wire.smpp.pdus import Pdu

Quirks = TypeVar("Quirks")

NOTHING: Mapping[Any, Any] = MappingProxyType({})

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
    smsc: "Callable[[Service], Smsc] | None" = None
    """What answers over SMPP, where it does."""
    reports: Callable[[Any, Ids], Reports] = Silence
    reference: Callable[[Order, Ids], str]
    sample: Sample
    secrets: frozenset[str] = frozenset()
    """Names of fields whose values must never be shown, wherever in the request they stand."""


def serving(providers: Iterable[Provider], path: str) -> Provider | None:
    """The provider whose path it is; a slash at the end may be left out, as the router has it."""
    return next((one for one in providers if f"{path}/".startswith(one.prefixes)), None)


class Service(Protocol):
    """What a surface may ask of the space that it serves."""

    @property
    def gateway(self) -> Gateway: ...
    @property
    def ids(self) -> Ids: ...

    def switches(self, kind: type[Quirks]) -> Quirks:
        """The quirks of the space, of the provider that asks."""
        ...


class Context(Service, Protocol):
    """What a surface may ask of the request it serves, and tell of it."""

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


class Told(NamedTuple):
    """What a request of SMPP is answered with."""

    status: int = 0
    fields: Mapping[str, Any] = NOTHING
    options: Mapping[str | int, Any] = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What an SMSC demands of its sessions; times are in seconds on the wall, None is no limit.

    It waits `session_init` for a bind, asks after `enquire_link` of silence, waits `response` for answers and
    `retry` where it is told to come later. `window` requests may come at a time, `deliver_window` go out;
    an account has at most `binds` sessions. With `early` receipts come before the answers.
    """

    session_init: float
    enquire_link: float
    response: float
    retry: float
    window: int | None
    deliver_window: int
    binds: int | None
    early: bool


class Smsc(Protocol):
    """A provider as the SMSC of one space. Sessions, windows and timers are the transport's."""

    @property
    def terms(self) -> Terms: ...

    def login(self, system_id: str, password: str) -> Login:
        """Whom a bind says it comes from."""
        ...

    def bound(self, login: Login, version: int) -> Told:
        """The answer to a bind."""
        ...

    def answers(self, login: Login, pdus: Sequence[Pdu]) -> Sequence[Told]:
        """The answers to what a session asks for, one for each, in one turn of the store."""
        ...

    def refused(self, reasons: Iterable[Reason]) -> Told:
        """How these objections are put."""
        ...


def context() -> Context:
    """The context of the request that Flask is serving, for views of a blueprint."""
    return cast(Context, request.environ[CONTEXT])
