"""An emulator called as iSMS over plain HTTP."""

from typing import Any

from werkzeug.test import TestResponse

from emulator.tests.samples import NUMBER
from emulator.tests.standing import Standing

LOGIN = {"username": "demo", "password": "demo"}
LETTER = {"from": "smslab", "to": NUMBER, "message": "Hello"}


class Served(Standing):
    """An emulator whose iSMS switches are put as given."""

    def __init__(self, *, alone: bool = False, **quirks: Any) -> None:
        super().__init__("isms", alone=alone, **quirks)

    def get(self, script: str, **fields: str) -> str:
        """The reply to `demo`; a field called `sender` travels as `from`, `dlr_url` as `dlr-url`."""
        return self.answer(script, **fields).text

    def answer(self, script: str, **fields: str) -> TestResponse:
        return self.client.get(f"/api/http/{script}.php", query_string={**LOGIN, **named(fields)})

    def send(self, **fields: str) -> str:
        """The identifier of an accepted send."""
        reply = self.get("send", **{**LETTER, **named(fields)})
        assert reply[:3] == "ID:"
        return reply[3:]


def named(fields: dict[str, str]) -> dict[str, str]:
    spelled = {"sender": "from", "dlr_url": "dlr-url"}
    return {spelled.get(name, name): value for name, value in fields.items()}
