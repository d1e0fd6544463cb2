"""The emulator in this process, its control API called through WSGI, a clock that stands at nine."""

from typing import Any

from werkzeug.test import Client, TestResponse

from emulator.app import composed
from emulator.space import Start
from emulator.tests.samples import NINE, NUMBER

Json = dict[str, Any]

NOON = "2026-03-02T12:00:00Z"


class Called:
    """An emulator; each call is a method, a path below /_emulator, and what to send as JSON."""

    def __init__(self, *, token: str | None = None, **start: Any) -> None:
        self.emulator = composed(
            Start(**{"seed": 1, "clock": NINE, "rate": 0.0, **start}), control_token=token
        )
        self.space = self.emulator.spaces[""]
        self.client = Client(self.emulator.wsgi)

    def call(self, method: str, path: str, body: object = None, **more: Any) -> TestResponse:
        sent = more if body is None else {"json": body, **more}
        return self.client.open(f"/_emulator{path}", method=method, **sent)

    def get(self, path: str) -> Json:
        return self._answer("GET", path)

    def put(self, path: str, body: object = None) -> Json:
        return self._answer("PUT", path, body)

    def post(self, path: str, body: object = None) -> Json:
        return self._answer("POST", path, body)

    def patch(self, path: str, body: object) -> Json:
        return self._answer("PATCH", path, body)

    def delete(self, path: str) -> Json:
        return self._answer("DELETE", path)

    def problem(self, method: str, path: str, body: object = None, **more: Any) -> tuple[int, str]:
        """Status and detail of the problem document that a call is answered with."""
        answer = self.call(method, path, body, **more)
        assert answer.content_type == "application/problem+json"
        problem: Json = answer.get_json(force=True)
        assert problem.keys() == {"type", "title", "status", "detail"}
        assert problem["status"] == answer.status_code
        return answer.status_code, problem["detail"]

    def send(self, to: str = NUMBER, text: str = "Hello", prefix: str = "", **more: str) -> str:
        """Send one message as demo; the provider's identifier of it."""
        query = {"username": "demo", "password": "demo", "from": "smslab", "to": to, "message": text, **more}
        reply = self.client.get(f"{prefix}/api/http/send.php", query_string=query).text
        assert reply.startswith("ID:")
        return reply.removeprefix("ID:")

    def _answer(self, method: str, path: str, body: object = None) -> Json:
        answer = self.call(method, path, body)
        assert answer.status_code < 300, answer.text
        shown: Json = answer.get_json() if answer.data else {}
        return shown
