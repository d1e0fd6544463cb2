"""Flask with every provider's addresses, and a line of text for whatever none of them serves."""

import logging
from collections.abc import Callable
from http.client import responses
from typing import TYPE_CHECKING

from flask import Flask, Request, Response, request
from werkzeug.exceptions import HTTPException

from emulator.provider import CONTEXT, Provider, Reply, Surface, View, context
from emulator.transports.http import LARGEST, TEXT, Answer, Visit, captured

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

SHOWN = 200
"""Characters of an address that are said back."""

log = logging.getLogger("smslab")


class Addresses(Flask):
    """Flask that looks fixed addresses up before it routes: routing is half of what a request costs."""

    def __init__(self) -> None:
        super().__init__("smslab", static_folder=None)
        self.url_map.strict_slashes = self.url_map.merge_slashes = False
        self.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
        self.config["MAX_FORM_MEMORY_SIZE"] = LARGEST
        self._fixed: dict[tuple[str, str], View] = {}

    def fix(self, address: str, surface: Surface) -> None:
        """Serve an address. The router has it too: for other methods, and other ways to write it."""
        view, methods = surface
        self._fixed |= {(method, address): view for method in methods}
        self.add_url_rule(address, address.replace(".", "_"), _routed(view), methods=methods)

    def answered(self, environ: "WSGIEnvironment") -> Answer:
        """The whole answer to a request."""
        view = self._fixed.get((environ["REQUEST_METHOD"], environ["PATH_INFO"]))
        if view is None:
            return captured(self.wsgi_app, environ)
        # without the entry that populating makes there is no cycle: a large body is not left to the collector
        asked = Request(environ, populate_request=False)
        asked.max_form_memory_size = LARGEST  # outside of Flask there is no configuration to say so
        try:
            return _told(view(environ[CONTEXT], asked))
        except HTTPException as error:
            return captured(_declined(error, asked), environ)
        except Exception as error:
            return captured(_defect(error, asked), environ)


def web_app(providers: tuple[Provider, ...]) -> Addresses:
    """Every provider's addresses in one application."""
    app = Addresses()
    for provider in providers:
        for address, view in provider.views.items():
            app.fix(address, view if isinstance(view, Surface) else Surface(view))
        if provider.blueprint is not None:
            app.register_blueprint(provider.blueprint())
    app.register_error_handler(HTTPException, lambda error: _declined(error, request))
    app.register_error_handler(Exception, lambda error: _defect(error, request))
    return app


def _routed(view: View) -> Callable[[], Response]:
    def routed() -> Response:
        return view(context(), request).response()

    return routed


def _told(reply: Reply) -> Answer:
    body = reply.text.encode()
    fields = [*reply.headers, ("Content-Type", reply.content_type), ("Content-Length", str(len(body)))]
    return Answer(f"{reply.status} {responses.get(reply.status, 'Unknown')}", fields, body)


def _declined(error: HTTPException, asked: Request) -> Response:
    """An unknown path, a wrong method: the status and a line, never a page of the framework."""
    path = "".join(letter if letter.isprintable() else "?" for letter in asked.path[:SHOWN])
    line = f"{error.code} {error.name}: {asked.method} {path}\n"
    answer = Response(line, error.code, content_type=TEXT)
    answer.headers.extend([field for field in error.get_headers() if field[0] == "Allow"])
    return answer


def _defect(error: Exception, asked: Request) -> Response:
    """A mistake of ours: named in log and journal, told the client without a traceback."""
    visit = asked.environ.get(CONTEXT)
    if isinstance(visit, Visit):
        exchange = visit.exchange
        exchange.defect = f"{type(error).__name__}: {error}"
        log.error(
            "defect in space %r, account %r, at %s: %s",
            visit.space.name, exchange.account, asked.path, exchange.defect, exc_info=error,
        )  # fmt: skip
    return Response("500 Internal Server Error: see the journal\n", 500, content_type=TEXT)
