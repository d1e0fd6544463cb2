"""A client of the iSMS SOAP operations, named as the document names them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from conformance.drivers.http import HttpClient, Reply
from conformance.drivers.soap import ENCODED, TYPE, Answer, Arguments, SoapDriver, Style, Value

PATH: Final = "/api/soap/sms.php"
NAMESPACE: Final = "urn:sms"

OWN: Final = "\0own"  # the driver's own login or password, unless a check gives another
OUT: Final = "\0out"  # leaves the argument out

Spend = Callable[[int, int], None]


class IsmsSoapDriver:
    """`spend(messages, lookups)` is asked before each send, and may refuse it; what is refused comes back."""

    def __init__(
        self,
        client: HttpClient,
        username: str,
        password: str,
        spend: Spend = lambda messages, lookups: None,
        *,
        style: Style = ENCODED,
    ) -> None:
        self.client = client
        self.username = username
        self.password = password
        self.soap = SoapDriver(client, PATH, NAMESPACE, style=style)
        self._spend = spend

    def as_user(self, username: str, password: str) -> "IsmsSoapDriver":
        """The same connection with other credentials."""
        return IsmsSoapDriver(self.client, username, password, self._spend, style=self.soap.style)

    def styled(self, style: Style) -> "IsmsSoapDriver":
        """The same account, calling as another client would."""
        return IsmsSoapDriver(self.client, self.username, self.password, self._spend, style=style)

    def spelled(self, **changes: str | bool) -> "IsmsSoapDriver":
        """The same account, with a trait of the style changed."""
        return self.styled(replace(self.soap.style, **changes))  # type: ignore[arg-type]

    def send(
        self,
        *,
        to: Value,
        from_: Value = "smslab",
        message: Value = "smslab check",
        coding: Value = OUT,
        flash: Value = OUT,
        schedule: Value = OUT,
        dlr_url: Value = OUT,
        username: Value = OWN,
        password: Value = OWN,
    ) -> Answer:
        """`to` is a list of numbers, which is put into its object, or anything else, which stays as it is."""
        fields = {"from": from_, "to": {"recipients": to} if isinstance(to, list) else to, "message": message}
        options = {"coding": coding, "flash": flash, "schedule": schedule, "dlr-url": dlr_url}
        return self.call("send", {**self._login(username, password), **fields, **options})

    def query(
        self, *, message_id: Value, mobile: Value, username: Value = OWN, password: Value = OWN
    ) -> Answer:
        login = self._login(username, password)
        return self.call("query", {**login, "message_id": message_id, "mobile": mobile})

    def call(self, operation: str, arguments: Mapping[str, Value] | Arguments) -> Answer:
        """Any call; where arguments have no names, one that is left out before others is nil."""
        pairs = list(arguments.items() if isinstance(arguments, Mapping) else arguments)
        if not self.soap.style.named:
            while pairs and pairs[-1][1] == OUT:
                pairs.pop()
            pairs = [(name, None if value == OUT else value) for name, value in pairs]
        kept = [(name, value) for name, value in pairs if value != OUT]
        messages = len(recipients(dict(kept).get("to"))) if operation == "send" else 0
        return self._paid(messages, lambda: self.soap.call(operation, kept))

    def post(self, octets: bytes, headers: Mapping[str, str] | None = None, *, messages: int = 0) -> Answer:
        """Any octets, labelled as XML unless the headers say otherwise, which may cost so many messages."""
        return self._paid(messages, lambda: self.soap.post(octets, {"Content-Type": TYPE, **(headers or {})}))

    def wsdl(self, address: str = "/api/soap/sms.wsdl") -> Reply:
        return self.client.request("GET", address)

    def _paid(self, messages: int, ask: Callable[[], Answer]) -> Answer:
        self._spend(messages, 0)
        answer = ask()
        if answer.fault is not None:
            self._spend(-messages, 0)
        return answer

    def _login(self, username: Value, password: Value) -> dict[str, Value]:
        return {
            "username": self.username if username == OWN else username,
            "password": self.password if password == OWN else password,
        }


def recipients(to: Value) -> Sequence[Value]:
    """The numbers in what may be an object with `recipients`, a list or a single one."""
    inside = to.get("recipients") if isinstance(to, Mapping) else to
    return inside if isinstance(inside, list | tuple) else [inside] if inside else []
