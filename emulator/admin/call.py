"""A call of the control API: its address, what it reads, and the view that answers it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Request, Response

from emulator.admin import bodies, queries
from emulator.admin.answers import Foreign, TooLarge, Unreadable
from emulator.admin.bodies import Body
from emulator.admin.queries import Query
from emulator.admin.scripts import Scripts
from emulator.admin.turnstile import Turnstile
from emulator.admin.views import Views
from emulator.core.events import Kind
from emulator.provider import Provider
from emulator.space import Space, Spaces
from emulator.transports.pump import Pump

LARGEST = 8 * 2**20
"""Octets of a body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """What a view may work with: the space that the call is for, and what all spaces share."""

    space: Space
    spaces: Spaces
    pump: Pump
    smpp: Callable[[], str | None]
    providers: tuple[Provider, ...]
    scripts: Scripts
    turnstile: Turnstile
    guarded: bool

    @property
    def views(self) -> Views:
        return Views(self.space, self.providers)

    def known(self, provider: str | None) -> str | None:
        """The name, if any, of a provider that there is. Raises Unreadable."""
        if provider is not None and provider not in (names := [one.name for one in self.providers]):
            raise Unreadable(f"no provider {provider!r}; there are: {', '.join(names)}")
        return provider


@dataclass(frozen=True, slots=True)
class Call:
    """A row of the table. The view gets Here, what the path names, and the body or query it asks for."""

    method: str
    path: str
    view: Callable[..., Response]
    body: Any = None
    """The type of the body, `bytes` for one that the view reads itself; None where none is read."""
    query: type[Query] = Query
    largest: int = LARGEST

    def answer(self, here: Here, request: Request, named: dict[str, Any]) -> Response:
        """Read what was sent, call the view, and tell listeners of whatever may have changed something."""
        if self.method == "GET":
            return self.view(here, **named, **self._asked(request))
        _stay_out(request)
        answer = self.view(here, **named, **self._asked(request), **self._sent(request))
        told = {"method": self.method, "path": request.path, "status": answer.status_code}
        here.space.feed.tell(here.space.clock.now(), Kind.CONTROL, [told])
        return answer

    def _asked(self, request: Request) -> dict[str, Any]:
        query = queries.read(request.args, self.query)
        return {} if self.query is Query else {"query": query}

    def _sent(self, request: Request) -> dict[str, Any]:
        octets = received(request, self.largest)
        body = octets if self.body is bytes else bodies.read(octets, request.mimetype, self.body or Body)
        return {} if self.body is None else {"body": body}


def received(request: Request, largest: int) -> bytes:
    """The octets of the body. Raises TooLarge, and Unreadable where some are missing."""
    length, chunked = request.content_length, "Transfer-Encoding" in request.headers
    if not (length or chunked):
        return b""
    if length is None or length <= largest:
        octets: bytes = request.environ["wsgi.input"].read(largest + 1 if length is None else length)
        if len(octets) < (length or 0):
            raise Unreadable("the body ended before it was complete")
        if len(octets) <= largest:
            return octets
    raise TooLarge(f"a body may have {largest} octets here")


def _stay_out(request: Request) -> None:
    """Keep pages of other sites from changing anything through the browser of whoever visits them."""
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise Foreign("a page of another site may not change anything here")
