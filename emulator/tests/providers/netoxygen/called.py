"""An emulator called by Python's own XML-RPC."""

from typing import Any
from xmlrpc.client import dumps, loads

from werkzeug.test import TestResponse

from emulator.tests.standing import Standing

NUMBER, CLEAN = "079 222 33 44", "41792223344"
FAILS, EXPIRES, REFUSED, STUCK = "0790009001", "0790009002", "0790009003", "0790009004"
UNROUTABLE, UNPAID = "0790009006", "0790009013"


class Called(Standing):
    """An emulator whose NetOxygen switches are put as given."""

    def __init__(self, **quirks: Any) -> None:
        super().__init__("netoxygen", **quirks)

    def ask(self, method: str, *params: Any, user: str = "demo", password: str | None = None) -> Any:
        """The result of a call as `demo`, unless it is said who else; the password is the name again."""
        given = (user, user if password is None else password, *params)
        return result(self.post(dumps(given, method)))

    def post(self, body: str | bytes, content_type: str = "text/xml") -> TestResponse:
        return self.client.post("/api2/", data=body, content_type=content_type)

    def send(self, dest: str = NUMBER, message: str = "Hello", *further: str, **as_whom: str) -> str:
        """The identifier of an accepted message."""
        ((_, accepted, identifier),) = self.ask("send_message", dest, message, *further, **as_whom)
        assert accepted is True
        assert isinstance(identifier, str)
        return identifier

    def refused(self, dest: str = NUMBER, message: str = "Hello", *further: str, **as_whom: str) -> int:
        """The error code of a refused message."""
        ((_, accepted, code),) = self.ask("send_message", dest, message, *further, **as_whom)
        assert accepted is False
        assert isinstance(code, int)
        return code

    def state(self, identifier: str) -> Any:
        """The struct that tells of a message."""
        ((_, struct),) = self.ask("get_status", identifier)
        return struct

    def codes(self, identifier: str) -> tuple[int, int]:
        """Error code and status code of a message."""
        struct = self.state(identifier)
        return struct["sent_status"], struct["last_status"]


def result(answer: TestResponse) -> Any:
    """The value of a response; raises xmlrpc.client.Fault."""
    assert answer.status_code == 200
    (value,), _ = loads(answer.get_data(as_text=True), use_builtin_types=True)
    return value
