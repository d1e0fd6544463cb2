"""Flask with every provider's addresses, and a line of text for whatever none of them serves."""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from flask import Flask, Request, Response, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import PathConverter

from emulator.core.ports import StoreError
from emulator.provider import CONTEXT, Declined, Provider, Reply, Surface, View, context
from emulator.transports.bodies import LARGEST
from emulator.transports.declining import asked_in_vain, unkept, worded
from emulator.transports.http import Answer, Visit, captured, told

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

log = logging.getLogger("smslab")


class AnyPath(PathConverter):
    """The rest of a path with whatever is in it, line breaks too."""

    regex = "(?s:[^/].*?)"


class Addresses(Flask):
    """Flask that looks fixed addresses up before it routes: routing is half of what a request costs."""

    def __init__(self, providers: tuple[Provider, ...]) -> None:
        super().__init__("smslab", static_folder=None)
        self._providers = providers
        self.url_map.strict_slashes = self.url_map.merge_slashes = False
        self.url_map.converters["path"] = AnyPath
        self.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
        self.config["MAX_FORM_MEMORY_SIZE"] = LARGEST
        self._fixed: dict[tuple[str, str], View] = {}
        self.register_error_handler(Exception, lambda error: self._turned_away(error, request).response())

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
            return told(view(environ[CONTEXT], asked))
        except Exception as error:
            return told(self._turned_away(error, asked))

    def _turned_away(self, error: Exception, asked: Request) -> Reply:
        """Never a page of the framework: the words of the provider, or a line."""
        if isinstance(error, HTTPException):
            declined = _declined(error, asked)
            # the request knows it, and it the request, by its frames
            error.__traceback__ = error.__context__ = None
        elif isinstance(error, StoreError):
            declined = unkept(error, asked.method, asked.path)
        else:
            declined = _defect(error, asked)
        return worded(declined, self._providers)


def web_app(providers: tuple[Provider, ...]) -> Addresses:
    """Every provider's addresses in one application."""
    app = Addresses(providers)
    for provider in providers:
        for address, view in provider.views.items():
            app.fix(address, view if isinstance(view, Surface) else Surface(view))
        if provider.blueprint is not None:
            app.register_blueprint(provider.blueprint())
    return app


def _routed(view: View) -> Callable[[], Response]:
    def routed() -> Response:
        return view(context(), request).response()

    return routed


def _declined(error: HTTPException, asked: Request) -> Declined:
    """An unknown path, a wrong method, a body that cannot be read."""
    allow = getattr(error, "valid_methods", None) or ()
    return asked_in_vain(error.code or 500, error.name, asked.method, asked.path, sorted(allow))


def _defect(error: Exception, asked: Request) -> Declined:
    """A mistake of ours: named in log and journal, told the client without a traceback."""
    visit = asked.environ.get(CONTEXT)
    if isinstance(visit, Visit):
        exchange = visit.exchange
        exchange.defect = f"{type(error).__name__}: {error}"
        log.error(
            "defect in space %r, account %r, at %s: %s",
            visit.space.name, exchange.account, asked.path, exchange.defect, exc_info=error,
        )  # fmt: skip
    return Declined(
        status=500,
        title="Internal Server Error",
        method=asked.method,
        path=asked.path,
        line="500 Internal Server Error: see the journal",
    )
