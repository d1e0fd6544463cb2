"""A client of the NetOxygen methods, named as the document names them."""

from collections.abc import Callable, Sequence

from conformance.drivers.xmlrpc import Value, XmlRpcClient

PATH = "/api2/"
TEXT = "smslab check"

Spend = Callable[[int, int], None]


class NetOxygenDriver:
    """Values as XmlRpcClient gives them: what the method returns, or a Fault.

    `spend(messages, lookups)` is asked before each call that may cost something, and may refuse it.
    Recipients that the gateway refuses are given back to it.
    """

    def __init__(
        self,
        rpc: XmlRpcClient,
        username: str,
        password: str,
        spend: Spend = lambda messages, lookups: None,
    ) -> None:
        self.rpc = rpc
        self.username = username
        self.password = password
        self._spend = spend

    def as_user(self, username: str, password: str) -> "NetOxygenDriver":
        """The same connection with other credentials."""
        return NetOxygenDriver(self.rpc, username, password, self._spend)

    def send_message(self, dest: Value, message: Value = TEXT, *rest: Value) -> Value:
        """`rest` is sender, date and type, as far as they are given."""
        return self.call("send_message", dest, message, *rest)

    def auth(self) -> Value:
        return self.call("auth")

    def get_credits(self) -> Value:
        return self.call("get_credits")

    def account_status(self) -> Value:
        return self.call("account_status")

    def get_guid(self) -> Value:
        return self.call("get_guid")

    def clean_number(self, number: Value) -> Value:
        return self.call("clean_number", number)

    def get_status(self, identifier: Value) -> Value:
        return self.call("get_status", identifier)

    def cancel_message(self, identifier: Value) -> Value:
        return self.call("cancel_message", identifier)

    def call(self, method: str, *params: Value) -> Value:
        """Any method, with the driver's credentials before the parameters."""
        return self.bare(method, self.username, self.password, *params)

    def bare(self, method: str, *params: Value) -> Value:
        """Any method with these parameters and no others."""
        cost = _recipients(params) if method == "send_message" else 0
        self._spend(cost, 0)
        answer = self.rpc.call(method, *params)
        self._spend(_taken(answer) - cost if cost else 0, 0)
        return answer


def _recipients(params: Sequence[Value]) -> int:
    dest = params[2] if len(params) > 2 else ""
    return len(dest) if isinstance(dest, list) else 1


def _taken(answer: Value) -> int:
    rows = answer if isinstance(answer, list) else []
    return sum(1 for row in rows if isinstance(row, list) and len(row) > 1 and bool(row[1]))
