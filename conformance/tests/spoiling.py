"""How a true emulator is spoilt for the iSMS scripts: between its octets and the caller's."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from werkzeug.test import Client
from werkzeug.wrappers import Request, Response

from conformance.target import Wrap

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PHP = "text/html; charset=UTF-8"


@dataclass(slots=True, kw_only=True)
class Call:
    """A call of a script, and the true emulator behind; `heard` is what that answered last."""

    app: "WSGIApplication"
    request: Request
    heard: Response | None = None

    @property
    def fields(self) -> dict[str, str]:
        """Query and form, the last of a name."""
        both = (self.request.args, self.request.form)
        return {name: values[-1] for each in both for name, values in each.lists()}

    def truth(self) -> Response:
        """What the true emulator answers."""
        body = {"wsgi.input": BytesIO(self.request.get_data())}
        self.heard = Response.from_app(self.app, {**self.request.environ, **body}, buffered=True)
        return self.heard

    def says(self, fields: Mapping[str, str | None] | None = None) -> str:
        """What the true emulator says, to the call as it came or with other fields; None leaves one out."""
        if fields is None:
            return self.truth().get_data(as_text=True)
        asked = {name: value for name, value in {**self.fields, **fields}.items() if value is not None}
        return self.asking(self.request.path, asked)

    def asking(self, path: str, fields: Mapping[str, str]) -> str:
        self.heard = Client(self.app).get(f"{path}?{urlencode(fields)}")
        return self.heard.get_data(as_text=True)

    def control(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """The control API of the space that the call is for."""
        space = self.request.path.partition("/api/")[0]
        reply = Client(self.app).open(f"{space}/_emulator{path}", method=method, json=body)
        return reply.get_json(silent=True)

    def credit(self) -> float:
        """What the demo account has."""
        accounts = self.control("GET", "/accounts")["accounts"]
        return float(next(one["credit"] for one in accounts if one["login"] == "demo"))

    def charge(self, amount: float) -> None:
        """Take credits off the demo account; a negative amount gives some back."""
        credit = round(self.credit() - amount, 2)
        self.control("PATCH", "/accounts/isms/demo", {"credit": credit})


def calls(behave: Callable[[Call], str | Response], script: str) -> Wrap:
    """Answers a script's calls in its own way; a mere text replaces what the true emulator said."""

    def wrap(app: "WSGIApplication") -> "WSGIApplication":
        def spoilt(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
            if not fnmatchcase(environ["PATH_INFO"], f"*/api/http/{script}"):
                return app(environ, start_response)
            request = Request(environ)
            request.get_data()  # kept, so that reading the form leaves it to be sent on
            return answered(behave, Call(app=app, request=request))(environ, start_response)

        return spoilt

    return wrap


def answered(behave: Callable[[Call], str | Response], call: Call) -> Response:
    answer = behave(call)
    if not isinstance(answer, str):
        return answer
    reply = call.heard or Response(content_type=PHP)
    reply.set_data(answer)
    return reply


def switched(**quirks: object) -> Wrap:
    """Decides otherwise where the page leaves a choice, in every space."""

    def wrap(app: "WSGIApplication") -> "WSGIApplication":
        def spoilt(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
            if environ["REQUEST_METHOD"] == "PUT" and environ["PATH_INFO"].startswith("/_emulator/spaces/"):
                body = json.loads(Request(environ).get_data()) | {"quirks": {"isms": quirks}}
                octets = json.dumps(body).encode()
                environ |= {"wsgi.input": BytesIO(octets), "CONTENT_LENGTH": str(len(octets))}
            return app(environ, start_response)

        return spoilt

    return wrap
