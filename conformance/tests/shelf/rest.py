"""How a wrong emulator of a REST interface is written down."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from werkzeug.test import Client
from werkzeug.wrappers import Response

from conformance.miniature import Miniature
from conformance.target import Wrap
from conformance.tests import spoiling


@dataclass(slots=True, kw_only=True)
class Call(spoiling.Call):
    """A call of a REST interface, with JSON both ways."""

    @property
    def sent(self) -> Any:
        """The body as JSON; None where it is none."""
        return self.request.get_json(silent=True, force=True)

    @property
    def path(self) -> str:
        """Without the space that the call is for."""
        space, path = self._parted()
        return path if space else self.request.path

    def instead(self, **members: Any) -> Response:
        """What the true emulator answers to a body with other members."""
        return self.truth(json.dumps({**self.sent, **members}).encode())

    def ask(
        self,
        method: str = "GET",
        path: str | None = None,
        value: Any = None,
        query: Mapping[str, str] | None = None,
    ) -> Response:
        """What the true emulator answers to another call from the same caller."""
        kept = {
            name: self.request.headers[name] for name in ("Authorization",) if name in self.request.headers
        }
        address = self._parted()[0] + (self.path if path is None else path)
        body = {} if value is None else {"json": value}
        return Client(self.app).open(
            address, method=method, headers=kept, query_string=urlencode(query or {}), **body
        )

    def told(self, change: Callable[[Any], Any]) -> Response:
        """What the true emulator answers, with its JSON changed where it is a success."""
        return changed(self.truth(), change)

    def _parted(self) -> tuple[str, str]:
        start, mark, rest = self.request.path.partition("/~")
        name, slash, path = rest.partition("/")
        return f"{start}{mark}{name}", slash + path


Behaviour = Callable[[Call], Response]


def changed(reply: Response, change: Callable[[Any], Any]) -> Response:
    """The answer with other JSON, if it is a success."""
    if reply.status_code < 300:
        reply.set_data(json.dumps(change(json.loads(reply.get_data()))))
    return reply


def wrong(shelf: list[Miniature], breaks: str, says: str, call: str) -> Callable[[Behaviour], Behaviour]:
    """Put a behaviour on the shelf; `call` is where: methods parted by |, a blank, a path (* matches)."""
    methods, _, path = call.partition(" ")

    def app(behave: Behaviour) -> Wrap:
        def answer(call: Call) -> Response:
            return behave(call) if call.request.method in methods.split("|") else call.truth()

        return spoiling.spoilt(Call, answer, f"*{path}")

    return spoiling.shelved(shelf, breaks, says, app)
