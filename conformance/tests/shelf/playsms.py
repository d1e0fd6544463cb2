"""How a wrong emulator of Voipe's webservices is written down."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from werkzeug.test import Client
from werkzeug.wrappers import Response

from conformance.accounts import DEMO
from conformance.miniature import Miniature
from conformance.target import Wrap
from conformance.tests import spoiling

TOKENS = {one.username: one.key for one in (DEMO["voipe"].login, *DEMO["voipe"].others.values())}
"""The tokens of the default world, by user."""


@dataclass(slots=True, kw_only=True)
class Call(spoiling.Call):
    """A call of an operation, by a query, a form, or both."""

    @property
    def fields(self) -> dict[str, str]:
        """Query and form, the last of a name."""
        both = (self.request.args, self.request.form)
        return {name: values[-1] for each in both for name, values in each.lists()}

    @property
    def members(self) -> dict[str, Any]:
        """Those of the object in the body; none of what is no such object."""
        try:
            found = json.loads(self.request.get_data())
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    @property
    def op(self) -> str:
        return self.fields.get("op", "").lower()

    def says(self, **fields: str | None) -> str:
        """What the true emulator says, to the call as it came or with other fields; None leaves one out."""
        if not fields:
            return self.truth().get_data(as_text=True)
        asked = {name: value for name, value in {**self.fields, **fields}.items() if value is not None}
        self.heard = Client(self.app).get(f"{self.request.path}?{urlencode(asked)}")
        return self.heard.get_data(as_text=True)

    def document(self) -> dict[str, Any]:
        """What it says in JSON; nothing where it says nothing so."""
        said = self.says()
        return dict(json.loads(said)) if said.startswith("{") else {}


def written(document: dict[str, Any]) -> str:
    """An answer as PHP writes JSON."""
    return json.dumps(document, separators=(",", ":")).replace("/", r"\/")


Behaviour = Callable[[Call], str | Response]


def wrong(shelf: list[Miniature], breaks: str, says: str, op: str = "") -> Callable[[Behaviour], Behaviour]:
    """Put a behaviour on the shelf: what it offends, what is wrong with it, and the operation it is met at.

    A behaviour may answer a mere text, which replaces what the true emulator said.
    """

    def app(behave: Behaviour) -> Wrap:
        def answered(call: Call) -> Response:
            return _answer(behave, call) if op in ("", call.op) else call.truth()

        return spoiling.spoilt(Call, answered, "*.php")

    return spoiling.shelved(shelf, breaks, says, app)


def _answer(behave: Behaviour, call: Call) -> Response:
    answer = behave(call)
    if not isinstance(answer, str):
        return answer
    reply = call.heard or Response(content_type="application/json")
    reply.set_data(answer)
    return reply
