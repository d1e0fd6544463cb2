"""How a wrong emulator of the iSMS scripts is written down."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from werkzeug.test import Client
from werkzeug.wrappers import Response

from conformance.miniature import Miniature
from conformance.target import Wrap
from conformance.tests import spoiling

PHP = "text/html; charset=UTF-8"


@dataclass(slots=True, kw_only=True)
class Call(spoiling.Call):
    """A call of a script."""

    @property
    def fields(self) -> dict[str, str]:
        """Query and form, the last of a name."""
        both = (self.request.args, self.request.form)
        return {name: values[-1] for each in both for name, values in each.lists()}

    def says(self, fields: Mapping[str, str | None] | None = None) -> str:
        """What the true emulator says, to the call as it came or with other fields; None leaves one out."""
        if fields is None:
            return self.truth().get_data(as_text=True)
        asked = {name: value for name, value in {**self.fields, **fields}.items() if value is not None}
        return self.asking(self.request.path, asked)

    def asking(self, path: str, fields: Mapping[str, str]) -> str:
        self.heard = Client(self.app).get(f"{path}?{urlencode(fields)}")
        return self.heard.get_data(as_text=True)


Behaviour = Callable[[Call], str | Response]


def wrong(
    shelf: list[Miniature], breaks: str, says: str, script: str = "*.php"
) -> Callable[[Behaviour], Behaviour]:
    """Put a behaviour on the shelf: what it offends, what is wrong with it, and the script it is met at.

    A behaviour may answer a mere text, which replaces what the true emulator said.
    """

    def app(behave: Behaviour) -> Wrap:
        return spoiling.spoilt(Call, lambda call: _answered(behave, call), f"*/api/http/{script}")

    return spoiling.shelved(shelf, breaks, says, app)


def _answered(behave: Behaviour, call: Call) -> Response:
    answer = behave(call)
    if not isinstance(answer, str):
        return answer
    reply = call.heard or Response(content_type=PHP)
    reply.set_data(answer)
    return reply
