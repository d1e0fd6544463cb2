"""A client of Voipe's webservices: query, form or JSON body; JSON, XML or what PHP serializes in answer."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import Message
from functools import cached_property
from typing import ClassVar, Final, TypeAlias
from urllib.parse import urlencode
from xml.etree import ElementTree

from conformance.drivers.curl import FORM
from conformance.drivers.http import HttpClient, Reply, Unanswered
from conformance.drivers.php import Value, unserialize

INDEX: Final = "/playsms/index.php"
OLD: Final = "/index.php"
API: Final = "/playsms/api.php"
WS: Final = f"{INDEX}?app=ws"

FORMATS: Final = ("json", "xml", "serialize")
TEXT: Final = "smslab check"
RENAMED: Final = {"u": "user", "h": "token"}

Fields: TypeAlias = Mapping[str, "str | int | None"]  # None leaves a parameter out
Entry: TypeAlias = dict[str, Value]
Spend = Callable[[int, int], None]


class Garbled(Unanswered):
    """The answer is not what its format asks for, or not of the kind that the page shows."""


@dataclass(frozen=True)
class Answer:
    """What came back to a call that asked for a format; what is read from it complains (Garbled)."""

    reply: Reply
    format: str = "json"

    @property
    def status(self) -> int:
        return self.reply.status

    @property
    def headers(self) -> Message:
        return self.reply.headers

    @property
    def text(self) -> str:
        return self.reply.text

    @cached_property
    def document(self) -> Entry:
        """The whole of it, by key."""
        try:
            document = READERS[self.format](self.reply.body)
        except (ValueError, ElementTree.ParseError) as slip:
            raise Garbled(f"status {self.status}, and no {self.format}: {slip}") from None
        if not isinstance(document, dict):
            raise Garbled(f"status {self.status}, and no keys: {str(document)[:200]}")
        return document

    @property
    def code(self) -> Value:
        """The code beside `status`; None where there is none."""
        return self.document.get("error")

    @property
    def entries(self) -> list[Entry]:
        """What stands in `data`, which has to be a list."""
        data = self.document.get("data")
        if not isinstance(data, list) or not all(isinstance(one, dict) for one in data):
            raise Garbled(f"status {self.status}, and no list in data: {str(self.document)[:200]}")
        return [one for one in data if isinstance(one, dict)]


class VoipeDriver:
    """Calls as one user, by the query of a GET request.

    `spend(messages, lookups)` is asked before each call that sends, and given back what was refused.
    """

    surface: ClassVar[str] = "voipe-query"

    def __init__(
        self,
        client: HttpClient,
        username: str,
        password: str,
        token: str,
        spend: Spend = lambda messages, lookups: None,
    ) -> None:
        self.client = client
        self.username = username
        self.password = password
        self.token = token
        self._spend = spend

    def as_user(self, username: str, token: str, password: str = "") -> "VoipeDriver":
        """The same connection with other credentials."""
        return type(self)(self.client, username, password, token, self._spend)

    def pv(self, to: str | int | None, msg: str | None = TEXT, **more: str | int | None) -> Answer:
        """A message; `more` are parameters besides."""
        return self.call("pv", to=to, msg=msg, **more)

    def call(self, op: str | None, **fields: str | int | None) -> Answer:
        """Any operation; `u` and `h` are the driver's own unless given, and `from_` is `from`."""
        named = {name.rstrip("_"): value for name, value in fields.items()}
        return self.ask({"u": self.username, "h": self.token, "op": op, **named})

    def ask(self, fields: Fields) -> Answer:
        """A call with these parameters and no others."""
        given = {name: str(value) for name, value in fields.items() if value is not None}
        cost = len(given.get("to", "").split(",")) if given.get("op", "").lower() == "pv" else 0
        self._spend(cost, 0)
        answer = Answer(self.send(given), _format(given.get("format", "")))
        self._spend(_taken(answer) - cost if cost else 0, 0)
        return answer

    def send(self, fields: Mapping[str, str]) -> Reply:
        return self.get(f"{WS}&{urlencode(fields)}")

    def get(self, target: str, *, cookie: str = "", method: str = "GET") -> Reply:
        """A request without a body, exactly as given."""
        return self.client.request(method, target, headers={"Cookie": cookie} if cookie else {})

    def post(self, target: str, body: bytes, kind: str | None = FORM) -> Reply:
        """Octets as they are, labelled `kind`."""
        return self.client.request("POST", target, body=body, headers={"Content-Type": kind} if kind else {})


class VoipeForm(VoipeDriver):
    """The same by a form."""

    def send(self, fields: Mapping[str, str]) -> Reply:
        return self.post(WS, urlencode(fields).encode())


class VoipeJson(VoipeDriver):
    """The same by a JSON object, which has names of its own for who calls."""

    surface = "voipe-json"

    def send(self, fields: Mapping[str, str]) -> Reply:
        return self.object({RENAMED.get(name, name): value for name, value in fields.items()})

    def object(self, members: Mapping[str, object], kind: str | None = "application/json") -> Reply:
        """Members of any type, under their own names."""
        return self.post(API, json.dumps(members).encode(), kind)


def plain(value: Value) -> Value:
    """The same as XML can say it: texts, with nothing and the empty text alike."""
    match value:
        case dict():
            return {key: plain(one) for key, one in value.items()}
        case list():
            return [plain(one) for one in value]
        case None:
            return ""
        case float():
            return f"{value:.3f}".rstrip("0").rstrip(".")
        case _:
            return str(value)


def _format(name: str) -> str:
    wanted = name.strip().lower()
    return wanted if wanted in FORMATS else "json"


def _taken(answer: Answer) -> int:
    """How many messages an answer says were taken."""
    try:
        return sum(one.get("status") == "OK" for one in answer.entries)
    except Garbled:
        return 0


def _xml(octets: bytes) -> Value:
    root = ElementTree.fromstring(octets)
    if root.tag != "response":
        raise ValueError(f"the root is {root.tag}")
    return _element(root)


def _element(element: ElementTree.Element) -> Value:
    children = list(element)
    if not children:
        return element.text or ""
    if {child.tag for child in children} == {"item"}:
        return [_element(child) for child in children]
    return {child.tag: _element(child) for child in children}


READERS: Final[Mapping[str, Callable[[bytes], Value]]] = {
    "json": json.loads,
    "xml": _xml,
    "serialize": unserialize,
}
