"""An emulator called as iP.1's own clients call it."""

import json
from typing import Any

from werkzeug.test import TestResponse

from emulator.tests.standing import Standing

KEY, ACCOUNT = "demo-ip1", "ip1-10001"
OTHER_KEY, OTHER = "empty-ip1", "ip1-10002"
NUMBER, SECOND = "46701234567", "46709876543"
FAILS, EXPIRES, REFUSED, UNPAID = "46700009001", "46700009002", "46700009003", "46700009013"
UNKNOWN = "0" * 24

NOTHING: Any = object()


class Called(Standing):
    """A space whose switches of iP.1 are put as given; called as `ip1-10001`, unless a key says otherwise."""

    def __init__(self, **quirks: Any) -> None:
        super().__init__("ip1", **quirks)

    def ask(self, method: str, path: str, value: Any = NOTHING, key: str = KEY, **more: Any) -> TestResponse:
        """The answer to a call; `value` is sent as JSON."""
        sent = {} if value is NOTHING else {"data": json.dumps(value), "content_type": "application/json"}
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return self.client.open(path, **{"method": method, "headers": headers, **sent, **more})

    def get(self, path: str, key: str = KEY, **query: Any) -> Any:
        """The document there."""
        answer = self.ask("GET", path, key=key, query_string=query)
        assert answer.status_code == 200, answer.text
        return answer.json

    def errors(self, method: str, path: str, value: Any = NOTHING) -> dict[str, list[str]]:
        """The sentences of a refusal, by the field at fault."""
        answer = self.ask(method, path, value)
        assert answer.status_code == 400, answer.text
        found: dict[str, list[str]] = answer.json["errors"] if answer.json else {}
        return found
