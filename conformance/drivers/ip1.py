"""A client of iP.1's REST API: JSON both ways, a bearer token, pages that lead to each other."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from email.message import Message
from typing import Any, Final, TypeAlias
from urllib.parse import urlencode, urlsplit

from conformance.drivers.http import HttpClient, Reply, Unanswered

SURFACE: Final = "ip1-rest"
JSON: Final = "application/json"
PROBLEM: Final = "application/problem+json"

BATCHES: Final = "/v2/batches"
BLACKLIST: Final = "/v2/blacklist"
CONVERSATIONS: Final = "/v2/conversations"
SENDERS: Final = "/v2/me/senders"
SETTINGS: Final = "/v2/me/sms/settings"
CONTACTS: Final = "/v2/contacts"
LABELS: Final = "/v2/labels"
LANDINGS: Final = "/v2/landings"
OVERVIEW: Final = "/api/me"
DETAILS: Final = "/api/me/account"
CHILDREN: Final = "/api/me/children"

SENDER: Final = "iP1"  # of the page's own examples
TEXT: Final = "smslab check"

LINK: Final = re.compile(r'<([^>]*)>\s*;?\s*rel="?(\w+)"?')

Query: TypeAlias = Mapping[str, "str | int | Sequence[str]"]
Spend = Callable[[int, int], None]


class Garbled(Unanswered):
    """The answer is no JSON, or not of the kind that the page shows."""


class _Nothing:
    """No body at all, which is not the same as null."""


NOTHING: Final = _Nothing()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `value` and what is read from it complain (Garbled) where it is something else."""

    reply: Reply

    @property
    def status(self) -> int:
        return self.reply.status

    @property
    def headers(self) -> Message:
        return self.reply.headers

    @property
    def value(self) -> Any:
        """The body as JSON."""
        try:
            return json.loads(self.reply.body)
        except ValueError as slip:
            raise Garbled(f"status {self.status}, and no JSON: {slip}") from None

    @property
    def document(self) -> dict[str, Any]:
        """The body, which has to be an object."""
        value = self.value
        if not isinstance(value, dict):
            raise Garbled(f"status {self.status}, and no JSON object: {str(value)[:200]}")
        return value

    @property
    def entries(self) -> list[Any]:
        """The body, which has to be an array."""
        value = self.value
        if not isinstance(value, list):
            raise Garbled(f"status {self.status}, and no JSON array: {str(value)[:200]}")
        return value

    @property
    def links(self) -> dict[str, str]:
        """Where the Link field leads: rel -> address."""
        header = ", ".join(self.headers.get_all("Link", []))
        return {rel: address for address, rel in LINK.findall(header)}


class Ip1Driver:
    """Calls as one account: `key` is its token, None for calls that say nothing of who makes them.

    `spend(messages, lookups)` is asked before each call that sends, and given back what was refused.
    """

    def __init__(
        self,
        client: HttpClient,
        key: str | None,
        spend: Spend = lambda messages, lookups: None,
    ) -> None:
        self.client = client
        self.key = key
        self._spend = spend

    def as_key(self, key: str | None) -> "Ip1Driver":
        """The same connection with another token, or with none."""
        return Ip1Driver(self.client, key, self._spend)

    def send(
        self, recipients: object, body: object = TEXT, sender: object = SENDER, **more: object
    ) -> Answer:
        """POST /v2/batches; `more` are members besides, or others instead."""
        return self.post(BATCHES, {"sender": sender, "recipients": recipients, "body": body, **more})

    def get(self, path: str, query: Query | None = None) -> Answer:
        return self.call("GET", path, query=query)

    def post(self, path: str, value: object = NOTHING) -> Answer:
        return self.call("POST", path, value)

    def put(self, path: str, value: object = NOTHING) -> Answer:
        return self.call("PUT", path, value)

    def patch(self, path: str, value: object = NOTHING) -> Answer:
        return self.call("PATCH", path, value)

    def delete(self, path: str, query: Query | None = None) -> Answer:
        return self.call("DELETE", path, query=query)

    def call(self, method: str, path: str, value: object = NOTHING, *, query: Query | None = None) -> Answer:
        """`path` may have a query of its own, as it shall travel; `value` is sent as JSON."""
        if query:
            path += ("&" if "?" in path else "?") + urlencode(query, doseq=True)
        if value is NOTHING:
            return self.raw(method, path)
        cost = _recipients(value) if (method, path) == ("POST", BATCHES) else 0
        self._spend(cost, 0)
        answer = self.raw(method, path, json.dumps(value, ensure_ascii=False).encode())
        if answer.status >= 300:
            self._spend(-cost, 0)
        return answer

    def raw(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        kind: str | None = JSON,
        *,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Octets as they are, labelled `kind`; `headers` may take the place of who calls."""
        lines = {"Authorization": f"Bearer {self.key}"} if self.key is not None else {}
        if body is not None and kind is not None:
            lines["Content-Type"] = kind
        return Answer(self.client.request(method, path, body=body, headers={**lines, **(headers or {})}))

    def follow(self, address: str) -> Answer:
        """GET an absolute address that an answer has named; Garbled where it leads elsewhere."""
        parts = urlsplit(address)
        if not parts.scheme or not parts.path.startswith(f"{self.client.prefix}/"):
            raise Garbled(f"leads away from {self.client.origin}{self.client.prefix}: {address}")
        path = parts.path.removeprefix(self.client.prefix)
        return self.get(f"{path}?{parts.query}" if parts.query else path)


def _recipients(value: object) -> int:
    members = {name.lower(): one for name, one in value.items()} if isinstance(value, dict) else {}
    recipients = members.get("recipients")
    if not isinstance(recipients, list | dict):
        return 0
    return sum(1 for one in recipients if one != "default")
