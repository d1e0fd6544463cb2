"""A client of the iSMS HTTP calls, named as the document names them."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Final
from urllib.parse import parse_qsl, urlencode

from conformance.drivers.curl import FORM
from conformance.drivers.http import HttpClient, Reply

FOLDER = "/api/http/"
OWN: Final = "\0own"  # the driver's own login or password, unless a check gives another or None

Value = str | int | Sequence[str] | None  # None leaves the parameter out; a sequence is joined with commas
Fields = Mapping[str, Value] | Sequence[tuple[str, Value]]
Spend = Callable[[int, int], None]


class IsmsDriver:
    """`spend(messages, lookups)` is asked before each call that may cost something, and may refuse it.

    A call that the gateway refuses in its own words is given back to it.
    """

    def __init__(
        self, client: HttpClient, username: str, password: str, spend: Spend = lambda messages, lookups: None
    ) -> None:
        self.client = client
        self.username = username
        self.password = password
        self._spend = spend

    def as_user(self, username: str, password: str) -> "IsmsDriver":
        """The same connection with other credentials."""
        return IsmsDriver(self.client, username, password, self._spend)

    def credits(self, *, username: Value = OWN, password: Value = OWN, method: str = "GET") -> Reply:
        return self._own("credits.php", method, username, password, {})

    def send(
        self,
        *,
        to: Value,
        from_: Value = "smslab",
        message: Value = "smslab check",
        coding: Value = None,
        flash: Value = None,
        schedule: Value = None,
        dlr_url: Value = None,
        username: Value = OWN,
        password: Value = OWN,
        method: str = "GET",
    ) -> Reply:
        fields = {"from": from_, "to": to, "message": message, "coding": coding, "flash": flash}
        timing = {"schedule": schedule, "dlr-url": dlr_url}
        return self._own("send.php", method, username, password, fields | timing)

    def query(
        self,
        *,
        mid: Value,
        mobile: Value,
        username: Value = OWN,
        password: Value = OWN,
        method: str = "GET",
    ) -> Reply:
        return self._own("query.php", method, username, password, {"mid": mid, "mobile": mobile})

    def hlr(
        self, *, mobiles: Value, username: Value = OWN, password: Value = OWN, method: str = "GET"
    ) -> Reply:
        return self._own("hlr.php", method, username, password, {"mobiles": mobiles})

    def hlrquery(
        self,
        *,
        mid: Value,
        mobile: Value,
        username: Value = OWN,
        password: Value = OWN,
        method: str = "GET",
    ) -> Reply:
        return self._own("hlrquery.php", method, username, password, {"mid": mid, "mobile": mobile})

    def savecontact(
        self,
        *,
        mobile: Value,
        surname: Value = "Check",
        name: Value = "Smslab",
        comments: Value = "made by a check",
        username: Value = OWN,
        password: Value = OWN,
        method: str = "GET",
    ) -> Reply:
        fields = {"surname": surname, "name": name, "mobile": mobile, "comments": comments}
        return self._own("savecontact.php", method, username, password, fields)

    def deletecontact(
        self, *, mobile: Value, username: Value = OWN, password: Value = OWN, method: str = "GET"
    ) -> Reply:
        return self._own("deletecontact.php", method, username, password, {"mobile": mobile})

    def balance(self) -> Decimal | None:
        """What `credits.php` says, or None when it says anything but an amount."""
        head, _, amount = self.credits().text.partition(":")
        plain = head == "Credits" and amount.replace(".", "", 1).isdecimal()
        return Decimal(amount) if plain else None

    def call(
        self,
        path: str,
        params: Fields = (),
        *,
        method: str = "GET",
        raw_query: str | None = None,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Any call, well formed or not; a path without a leading slash lies in /api/http/.

        The parameters travel in the query, or in the form of a POST; `raw_query` and `body` are sent
        instead of them, exactly as given.
        """
        encoded = _encoded(params)
        query = raw_query if raw_query is not None else "" if method == "POST" else encoded
        sent = body if body is not None else encoded.encode() if method == "POST" else None
        kind = {"Content-Type": FORM} if sent is not None else {}
        target = (path if path.startswith("/") else FOLDER + path) + ("?" + query if query else "")
        messages, lookups = _cost(path, query, sent or b"")
        self._spend(messages, lookups)
        reply = self.client.request(method, target, body=sent, headers=kind | dict(headers or {}))
        if reply.body.startswith(b"Error: "):
            self._spend(-messages, -lookups)
        return reply

    def _own(
        self, path: str, method: str, username: Value, password: Value, fields: Mapping[str, Value]
    ) -> Reply:
        login = {
            "username": self.username if username == OWN else username,
            "password": self.password if password == OWN else password,
        }
        return self.call(path, login | dict(fields), method=method)


def _encoded(params: Fields) -> str:
    pairs = params.items() if isinstance(params, Mapping) else params
    return urlencode([(name, _text(value)) for name, value in pairs if value is not None], safe=",")


def _text(value: Value) -> str:
    return str(value) if isinstance(value, str | int) else ",".join(value or ())


def _cost(path: str, query: str, body: bytes) -> tuple[int, int]:
    """Messages and look-ups that the call could be charged for."""
    fields = dict(parse_qsl(query) + parse_qsl(body.decode(errors="replace")))
    name = path.rpartition("/")[2]
    messages = len(fields.get("to", "").split(",")) if name == "send.php" else 0
    lookups = len(fields.get("mobiles", "").split(",")) if name == "hlr.php" else 0
    return messages, lookups
