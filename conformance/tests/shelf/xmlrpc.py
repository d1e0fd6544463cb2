"""How a wrong emulator that speaks XML-RPC is written down."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from xml.parsers.expat import ExpatError
from xmlrpc import client as library

from werkzeug.wrappers import Response

from conformance.drivers.xmlrpc import Fault, Value, document, read
from conformance.miniature import Miniature
from conformance.target import Wrap
from conformance.tests import spoiling

TEXT_XML = "text/xml; charset=UTF-8"


@dataclass(slots=True, kw_only=True)
class Call(spoiling.Call):
    """A call of a method; what is no call has no method and no parameters."""

    @property
    def method(self) -> str:
        return self._read()[0]

    @property
    def params(self) -> list[Any]:
        return list(self._read()[1])

    def says(self, *params: Value, method: str = "") -> Value:
        """What the true emulator says, to the call as it came or with other parameters."""
        body = document(method or self.method, *params) if params else None
        return read(self.truth(body).get_data())

    def _read(self) -> tuple[str, tuple[Any, ...]]:
        try:
            params, method = library.loads(self.request.get_data(), use_builtin_types=True)
        except (ExpatError, library.Error, ValueError, LookupError, TypeError):
            return "", ()
        return method or "", params


Behaviour = Callable[[Call], Value]
"""Answers a value or a Fault, which takes the place of what the true emulator said, or a whole response."""


def wrong(
    shelf: list[Miniature], breaks: str, says: str, method: str = "", *, path: str
) -> Callable[[Behaviour], Behaviour]:
    """Put a behaviour on the shelf: what it offends, what is wrong with it, and the method it is met at."""

    def app(behave: Behaviour) -> Wrap:
        def answer(call: Call) -> Response:
            return _answered(behave, call) if method in ("", call.method) else call.truth()

        return spoiling.spoilt(Call, answer, f"*{path}")

    return spoiling.shelved(shelf, breaks, says, app)


def _answered(behave: Behaviour, call: Call) -> Response:
    answer = behave(call)
    if isinstance(answer, Response):
        return answer
    reply = call.heard or Response(content_type=TEXT_XML)
    reply.set_data(_written(answer))
    return reply


def _written(value: Value) -> str:
    result = library.Fault(*value) if isinstance(value, Fault) else (value,)
    return library.dumps(result, methodresponse=True, allow_none=True)
