"""In front of Flask: spaces, limits, faults on purpose, the journal."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.client import responses
from typing import TYPE_CHECKING, NamedTuple, Protocol

from emulator.core.events import Kind
from emulator.core.gateway import Gateway
from emulator.core.ids import Ids
from emulator.core.journal import Exchange
from emulator.core.ports import StoreError
from emulator.core.refusals import Reason
from emulator.core.sabotage import Aim, Effect, Fault
from emulator.provider import CONTEXT, CONTROL, Declined, Provider, Quirks, Reply, serving
from emulator.settings import Misconfigured
from emulator.space import DEFAULT, Space, Spaces
from emulator.transports.bodies import Unread, discard, read
from emulator.transports.declining import TEXT, plain, unkept, worded
from emulator.transports.pump import Pump
from emulator.wire import masking

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PROBES = frozenset({f"{CONTROL}/livez", f"{CONTROL}/readyz"})
SAID = 100
"""Octets of an answer, and letters of a path or a name, that a line of the log quotes."""

BEFORE = frozenset({Effect.DELAY, Effect.STATUS, Effect.EMPTY, Effect.TRUNCATE})
WITHIN = frozenset({Effect.REFUSE})

log = logging.getLogger("smslab")


@dataclass(slots=True)
class Visit:
    """A request to a provider in a space: the Context of its views."""

    space: Space
    exchange: Exchange
    providers: tuple[Provider, ...]

    @property
    def gateway(self) -> Gateway:
        return self.space.gateway

    @property
    def ids(self) -> Ids:
        return self.space.ids

    def switches(self, kind: type[Quirks]) -> Quirks:
        return self.space.switches(kind)

    def understood(self, surface: str, account: str, fields: Mapping[str, str]) -> tuple[Reason, ...]:
        self.exchange.surface, self.exchange.account, self.exchange.fields = surface, account, fields
        return tuple(fault.reason for fault in self.struck(account, WITHIN) if fault.reason)

    def voiced(self, requirement: str) -> None:
        self.exchange.voiced += (requirement,)

    def struck(self, account: str | None, effects: frozenset[Effect]) -> Sequence[Fault]:
        if not self.space.sabotaged:
            return ()
        path = self.exchange.target.partition("?")[0]
        provider = serving(self.providers, path)
        name, words = (provider.name, provider.faults.keys()) if provider else ("", frozenset[Reason]())
        aim = Aim(provider=name, path=path, account=account, effects=effects, words=words)
        return self.space.struck(aim)


class Answer(NamedTuple):
    """A whole answer: status line, header fields, body."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes


class Web(Protocol):
    """The providers' surfaces."""

    def answered(self, environ: "WSGIEnvironment") -> Answer: ...


class Front:
    """The WSGI application in front of the providers' surfaces and of what is our own."""

    def __init__(
        self,
        web: Web,
        control: "WSGIApplication",
        spaces: Spaces,
        pump: Pump,
        providers: tuple[Provider, ...],
    ) -> None:
        self._web, self._control = web, control
        self._spaces, self._pump, self._providers = spaces, pump, providers

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        try:
            answer = self._answer(environ, start_response)
        except StoreError as error:
            answer = self._unkept(error, environ, start_response)
        if environ.get("CONTENT_LENGTH") or "HTTP_TRANSFER_ENCODING" in environ:
            discard(environ["wsgi.input"])
        return answer

    def _answer(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        try:
            space = self._entered(environ)
        except Misconfigured as error:
            if not is_ours(environ["PATH_INFO"]):
                return plain(start_response, "404 Not Found", str(error))
            environ[CONTEXT] = error
            return self._control(environ, start_response)
        if environ["PATH_INFO"] in PROBES:
            environ[CONTEXT] = space
            return whole(captured(self._control, environ), start_response)
        ours = is_ours(environ["PATH_INFO"])
        if ours:
            space.meet()
        if not space.clock.rate:
            # what earlier requests caused at once comes before this one
            (self._pump.settle if ours else self._pump.catch_up)(space)
        if ours:
            environ[CONTEXT] = space
            return self._control(environ, start_response)
        try:
            body = read(environ)
        except Unread as error:
            return whole(self._declined(environ, error.status, error.title, str(error)), start_response)
        return self._served(self._visit(space, environ, body), environ, start_response)

    def is_swift(self, path: str) -> bool:
        """Whether the answer waits for nothing, where the store does not: no delay, and nothing to happen."""
        name, rest = parted(path)
        space = self._spaces.known(name)
        return space is not None and not space.sabotaged and (rest in PROBES or not is_ours(rest))

    def _entered(self, environ: "WSGIEnvironment") -> Space:
        """The space that the path begins with, taken off the path."""
        path = environ["PATH_INFO"]
        name, rest = parted(path)
        if rest != path:
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + "/~" + name
            environ["PATH_INFO"] = rest
        return self._spaces[name]

    def _visit(self, space: Space, environ: "WSGIEnvironment", body: bytes) -> Visit:
        path, query = environ["PATH_INFO"], environ["QUERY_STRING"]
        exchange = Exchange(
            at=space.clock.now(),
            surface="http",
            method=environ["REQUEST_METHOD"],
            target=f"{path}?{query}" if query else path,
            headers=headers(environ),
            body=body,
        )
        visit = environ[CONTEXT] = Visit(space, exchange, self._providers)
        return visit

    def _served(
        self, visit: Visit, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        faults = visit.struck(None, BEFORE)
        for fault in faults:
            if fault.effect is Effect.DELAY:
                time.sleep(fault.seconds)
        answer = self._spoiled(faults, environ) or self._web.answered(environ)
        self._note(visit, answer)
        start_response(answer.status, answer.headers)
        if any(fault.effect is Effect.TRUNCATE for fault in faults):
            return cut_short(answer.body)
        return [answer.body]

    def _unkept(
        self, error: StoreError, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """The answer where the store failed before anybody was asked."""
        if is_ours(environ["PATH_INFO"]):
            environ[CONTEXT] = error
            return self._control(environ, start_response)
        declined = unkept(error, environ["REQUEST_METHOD"], environ["PATH_INFO"])
        return whole(told(worded(declined, self._providers)), start_response)

    def _spoiled(self, faults: Sequence[Fault], environ: "WSGIEnvironment") -> Answer | None:
        """The answer that a fault gives in the provider's stead, without its having been asked."""
        for fault in faults:
            if fault.effect is Effect.STATUS:
                title = responses.get(fault.status, "Fault")
                return self._declined(environ, fault.status, title, f"{fault.status} by the fault {fault.id}")
            if fault.effect is Effect.EMPTY:
                return told(Reply("", TEXT))
        return None

    def _declined(self, environ: "WSGIEnvironment", status: int, title: str, line: str) -> Answer:
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        declined = Declined(status=status, title=title, method=method, path=path, line=line)
        return told(worded(declined, self._providers), title)

    def _note(self, visit: Visit, answer: Answer) -> None:
        exchange = visit.exchange
        exchange.status = int(answer.status[:3])
        exchange.answer_headers, exchange.answer = answer.headers, answer.body
        visit.space.journal.keep(exchange)
        visit.space.feed.tell(exchange.at, Kind.EXCHANGE, (exchange,), exchange.size)
        if log.isEnabledFor(logging.INFO):
            log.info("%s", line(visit.space, exchange, self._providers))


def line(space: Space, exchange: Exchange, providers: Iterable[Provider]) -> str:
    """An exchange for the log, with the requirements it met: they tell calls of one path apart.

    The query stays out: it holds passwords; so do secrets that were given.
    """
    path = exchange.target.partition("?")[0]
    provider = serving(providers, path)
    answer = masking.answer(exchange.answer, provider.secrets) if provider else exchange.answer
    said = answer[:SAID].decode("utf-8", "replace").strip()
    who = exchange.account and exchange.account[:SAID]
    asked = f"space {space.name!r} account {who!r}: {exchange.method} {path[:SAID]!r}"
    return " ".join([f"{asked} -> {exchange.status} {said!r}", *exchange.voiced])


def captured(app: "WSGIApplication", environ: "WSGIEnvironment") -> Answer:
    """The whole answer of a WSGI application."""
    head: list[tuple[str, list[tuple[str, str]]]] = []

    def start(
        status: str, fields: list[tuple[str, str]], exc_info: object = None
    ) -> Callable[[bytes], object]:
        head[:] = [(status, fields)]
        return lambda _: None

    result = app(environ, start)
    body = b"".join(result)
    if hasattr(result, "close"):
        result.close()
    return Answer(*head[0], body)


def parted(path: str) -> tuple[str, str]:
    """The name of the space that a path begins with, and the rest of it."""
    if not path.startswith("/~"):
        return DEFAULT, path
    name, slash, rest = path[2:].partition("/")
    return name, slash + rest or "/"


def whole(answer: Answer, start_response: "StartResponse") -> Iterable[bytes]:
    start_response(answer.status, answer.headers)
    return [answer.body]


def is_ours(path: str) -> bool:
    """Whether the path is no provider's: the page for people, or the control API."""
    return path in {"/", CONTROL} or path.startswith(f"{CONTROL}/")


def headers(environ: "WSGIEnvironment") -> list[tuple[str, str]]:
    """The request's header fields, under the names WSGI gives them."""
    sent = [field for field in environ.items() if "HTTP_" in field[0]]
    return sent + [(name, environ[name]) for name in ("CONTENT_TYPE", "CONTENT_LENGTH") if environ.get(name)]


def told(reply: Reply, title: str = "") -> Answer:
    """A reply as it is sent; `title` is what the status line says, where that is not the usual phrase."""
    body = reply.text.encode()
    typed = [("Content-Type", reply.content_type)] if reply.content_type else []
    fields = [*reply.headers, *typed, ("Content-Length", str(len(body)))]
    return Answer(f"{reply.status} {title or responses.get(reply.status, 'Unknown')}", fields, body)


def cut_short(answer: bytes) -> Iterator[bytes]:
    """Half the body that was announced; then the connection breaks off."""
    yield answer[: len(answer) // 2]
    raise ConnectionAbortedError("cut short by a fault on purpose")
