"""A client of Iro, whichever the interface: the nine methods, named and ordered as the page does."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Self, TypeAlias

from conformance.drivers.http import HttpClient, Reply, Unanswered

OWN: Final = "\0own"  # the driver's own apikey, unless a check gives another
LEFT: Final = "\0left"  # a parameter that is left off
DOCUMENT: Final = "JVBERi0xLjQK"  # the first line of a PDF, base64 encoded

REQUIRED: Final = "\0required"

SIGNATURES: Final[Mapping[str, Mapping[str, str | bool | None]]] = {
    "status": {"user": REQUIRED, "id": None, "detailed": False},
    "sms": {"user": REQUIRED, "message": REQUIRED, "recipients": REQUIRED, "route": "default", "info": ""},
    "fax": {
        "user": REQUIRED,
        "subject": REQUIRED,
        "fax": REQUIRED,
        "recipients": REQUIRED,
        "route": "default",
        "info": "",
    },
    "mail": {
        "user": REQUIRED,
        "subject": REQUIRED,
        "body": REQUIRED,
        "recipients": REQUIRED,
        "frm": None,
        "route": "default",
        "info": "",
    },
    "routes": {"user": REQUIRED, "typ": REQUIRED},
    "defaultRoute": {"user": REQUIRED, "typ": REQUIRED},
    "bill": {"user": REQUIRED},
    "telnumber": {"recipients": REQUIRED},
    "email": {"recipients": REQUIRED},
}
"""The parameters of each method in their order, with the defaults that the page prints."""

SENDING: Final = ("sms", "fax", "mail")

Argument: TypeAlias = "str | int | bool | bytes | Sequence[Argument] | Mapping[str, Argument] | None"
Value: TypeAlias = "str | int | float | bool | list[Value] | dict[str, Value] | None"
Spend = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Fault:
    """A refusal; SOAP's own codes are words."""

    code: int | str
    text: str


Answer: TypeAlias = "Value | Fault"


class Garbled(Unanswered):
    """The answer does not have the form of the interface."""


class IroDriver(ABC):
    """`spend(messages, lookups)` is asked before each send, and given back what was refused.

    Every method answers a value or a Fault, as plain Python, so that interfaces can be compared.
    """

    surface: ClassVar[str]

    def __init__(self, client: HttpClient, key: str, spend: Spend = lambda messages, lookups: None) -> None:
        self.client = client
        self.key = key
        self._spend = spend

    def as_user(self, key: str) -> Self:
        """The same connection with another apikey."""
        return type(self)(self.client, key, self._spend)

    @abstractmethod
    def ask(self, method: str, fields: Mapping[str, Argument]) -> Answer:
        """What the method answers; the fields are those that are sent, by their names."""

    def status(self, id: Argument = LEFT, detailed: Argument = LEFT, *, user: Argument = OWN) -> Answer:
        return self.call("status", user=user, id=id, detailed=detailed)

    def sms(
        self,
        recipients: Argument,
        message: Argument = "smslab check",
        *,
        route: Argument = LEFT,
        info: Argument = LEFT,
        user: Argument = OWN,
    ) -> Answer:
        return self.call("sms", user=user, message=message, recipients=recipients, route=route, info=info)

    def fax(
        self,
        recipients: Argument,
        fax: Argument = DOCUMENT,
        *,
        subject: Argument = "smslab check",
        route: Argument = LEFT,
        info: Argument = LEFT,
        user: Argument = OWN,
    ) -> Answer:
        fields = {"user": user, "subject": subject, "fax": fax, "recipients": recipients}
        return self.call("fax", **fields, route=route, info=info)

    def mail(
        self,
        recipients: Argument,
        body: Argument = "smslab check",
        *,
        subject: Argument = "smslab",
        frm: Argument = LEFT,
        route: Argument = LEFT,
        info: Argument = LEFT,
        user: Argument = OWN,
    ) -> Answer:
        fields = {"user": user, "subject": subject, "body": body, "recipients": recipients}
        return self.call("mail", **fields, frm=frm, route=route, info=info)

    def routes(self, typ: Argument, *, user: Argument = OWN) -> Answer:
        return self.call("routes", user=user, typ=typ)

    def default_route(self, typ: Argument, *, user: Argument = OWN) -> Answer:
        return self.call("defaultRoute", user=user, typ=typ)

    def bill(self, *, user: Argument = OWN) -> Answer:
        return self.call("bill", user=user)

    def telnumber(self, recipients: Argument) -> Answer:
        return self.call("telnumber", recipients=recipients)

    def email(self, recipients: Argument) -> Answer:
        return self.call("email", recipients=recipients)

    def call(self, method: str, **fields: Argument) -> Answer:
        """Any call by the names of its parameters; `user` may be OWN, and LEFT leaves one off."""
        sent = {name: value for name, value in fields.items() if value != LEFT}
        if sent.get("user") == OWN:
            sent["user"] = self.key
        return self.paid(method, sent, lambda: self.ask(method, sent))

    def paid(self, method: str, fields: Mapping[str, Argument], ask: Callable[[], Answer]) -> Answer:
        """What a call answers that may cost as much as its fields say."""
        messages = _messages(method, fields)
        self._spend(messages, 0)
        answer = ask()
        if isinstance(answer, Fault):
            self._spend(-messages, 0)
        return answer


class PlacedDriver(IroDriver):
    """Over an interface whose calls know places only, and come in a POST."""

    path: ClassVar[str]
    headers: ClassVar[Mapping[str, str]]

    @abstractmethod
    def written(self, method: str, *arguments: Argument) -> bytes:
        """A call."""

    @abstractmethod
    def read(self, reply: Reply) -> Answer:
        """The value or the fault of an answer; Garbled where it has neither."""

    def ask(self, method: str, fields: Mapping[str, Argument]) -> Answer:
        return self._placed(method, *placed(method, fields))

    def positional(self, method: str, *arguments: Argument) -> Answer:
        """Any call, well formed or not in its number of arguments."""
        named = dict(zip(SIGNATURES.get(method, ()), arguments, strict=False))
        return self.paid(method, named, lambda: self._placed(method, *arguments))

    def _placed(self, method: str, *arguments: Argument) -> Answer:
        return self.read(self.post(self.written(method, *arguments)))

    def post(self, body: bytes, headers: Mapping[str, str] | None = None) -> Reply:
        return self.client.request(
            "POST", self.path, body=body, headers=self.headers if headers is None else headers
        )


def placed(method: str, fields: Mapping[str, Argument]) -> list[Argument]:
    """The fields in the order of the signature: the last ones left off, defaults in the gaps."""
    signature = SIGNATURES[method]
    last = max((place for place, name in enumerate(signature) if name in fields), default=-1)
    return [fields.get(name, default) for name, default in list(signature.items())[: last + 1]]


def _messages(method: str, fields: Mapping[str, Argument]) -> int:
    recipients = fields.get("recipients")
    if method not in SENDING or recipients is None:
        return 0
    return len(recipients) if isinstance(recipients, list | tuple) else 1
