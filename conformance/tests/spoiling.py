"""How a true emulator is spoilt, whatever the dialect: between its octets and the caller's."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatchcase
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeVar

from werkzeug.test import Client
from werkzeug.wrappers import Request, Response

from conformance.miniature import Miniature
from conformance.target import Wrap

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


@dataclass(slots=True, kw_only=True)
class Call:
    """A call of a provider, and the true emulator behind; `heard` is what that answered last."""

    app: "WSGIApplication"
    request: Request
    heard: Response | None = None

    def truth(self, body: bytes | None = None) -> Response:
        """What the true emulator answers, to the call as it came or with another body."""
        octets = self.request.get_data() if body is None else body
        sent = {"wsgi.input": BytesIO(octets), "CONTENT_LENGTH": str(len(octets))}
        self.heard = Response.from_app(self.app, {**self.request.environ, **sent}, buffered=True)
        return self.heard

    def control(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """The control API of the space that the call is for."""
        start, _, rest = self.request.path.partition("/~")
        space = f"{start}/~{rest.partition('/')[0]}" if rest else ""
        reply = Client(self.app).open(f"{space}/_emulator{path}", method=method, json=body)
        return reply.get_json(silent=True)

    def credit(self, provider: str, login: str = "demo") -> Decimal:
        """What an account has."""
        accounts = self.control("GET", "/accounts")["accounts"]
        own = (one for one in accounts if (one["provider"], one["login"]) == (provider, login))
        return Decimal(str(next(own)["credit"]))

    def charge(self, provider: str, amount: Decimal | int, login: str = "demo") -> None:
        """Take credits off an account; a negative amount gives some back."""
        credit = self.credit(provider, login) - amount
        self.control("PATCH", f"/accounts/{provider}/{login}", {"credit": float(credit)})


Kind = TypeVar("Kind", bound=Call)


def spoilt(kind: type[Kind], behave: Callable[[Kind], Response], paths: str) -> Wrap:
    """Answers the calls of some paths (* matches) in its own way, and all others truly."""

    def wrap(app: "WSGIApplication") -> "WSGIApplication":
        def answering(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
            if not fnmatchcase(environ["PATH_INFO"], paths):
                return app(environ, start_response)
            request = Request(environ)
            request.get_data()  # kept, so that reading the form leaves it to be sent on
            return behave(kind(app=app, request=request))(environ, start_response)

        return answering

    return wrap


Behaviour = TypeVar("Behaviour", bound=Callable[..., object])


def shelved(
    shelf: list[Miniature], breaks: str, says: str, app: Callable[[Behaviour], Wrap]
) -> Callable[[Behaviour], Behaviour]:
    """Puts behaviours on the shelf under their own names; `app` makes an emulator of one."""

    def shelve(behave: Behaviour) -> Behaviour:
        name = behave.__name__.replace("_", "-")
        shelf.append(Miniature(name=name, breaks=breaks, says=says, app=app(behave)))
        return behave

    return shelve


def switched(provider: str, **quirks: object) -> Wrap:
    """Decides otherwise where a document leaves a choice, in every space."""

    def wrap(app: "WSGIApplication") -> "WSGIApplication":
        def turned(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
            if environ["REQUEST_METHOD"] == "PUT" and environ["PATH_INFO"].startswith("/_emulator/spaces/"):
                body = json.loads(Request(environ).get_data()) | {"quirks": {provider: quirks}}
                octets = json.dumps(body).encode()
                environ |= {"wsgi.input": BytesIO(octets), "CONTENT_LENGTH": str(len(octets))}
            return app(environ, start_response)

        return turned

    return wrap
