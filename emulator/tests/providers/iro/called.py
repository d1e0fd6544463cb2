"""An emulator called in all four dialects of Iro."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from xml.etree.ElementTree import Element, fromstring
from xml.sax.saxutils import escape
from xmlrpc.client import Fault, dumps, loads

from werkzeug.test import TestResponse

from emulator.core.model import Account
from emulator.providers.iro.methods import METHODS
from emulator.tests.standing import Standing

KEY = "demo-iro"
NUMBER, DIGITS = "+49 551 28293640", "4955128293640"
FAILS, REFUSED, STUCK, UNPAID = "+495519001", "+495519003", "+495519004", "+495519013"
ADDRESS = "a@example.org"
DOCUMENT = "JVBERi0xLjQK"

ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
TYPE = "{http://www.w3.org/1999/XMLSchema-instance}type"

Told = tuple[int | str, str]
"""Number and text of a fault."""


class Called(Standing):
    """A space whose Iro switches are put as given."""

    def __init__(self, **quirks: Any) -> None:
        super().__init__("iro", **quirks)

    def ask(self, method: str, *params: Any) -> Any:
        """What is answered to positional arguments: a value, or a Told."""
        return from_xmlrpc(self.post("/xmlrpc", dumps(params, method, allow_none=True)))

    def sms(self, *recipients: str, info: str = "", route: Any = "default") -> int:
        """The id of a job that was accepted."""
        id = self.ask("sms", KEY, "Hello", list(recipients or (NUMBER,)), route, info)
        assert isinstance(id, int)
        return id

    def state(self, id: int) -> str:
        return str(self.ask("status", KEY, id)[str(id)]["status"])

    def get(self, path: str, **fields: Any) -> TestResponse:
        query = f"?{urlencode(fields, doseq=True)}" if fields else ""
        return self.open("GET", f"{path}{query}")

    def post(self, path: str, body: str | bytes, content_type: str = "text/xml") -> TestResponse:
        return self.open("POST", path, data=body, content_type=content_type)

    def open(self, method: str, path: str, **request: Any) -> TestResponse:
        """The answer to any request."""
        return self.client.open(path, method=method, **request)

    def may(self, **attributes: str) -> None:
        """Let `demo` have other offers; a double underscore stands for a dot."""
        given = {name.replace("__", "."): value for name, value in attributes.items()}
        self._change(attributes={**self._demo.attributes, **given})

    def may_be_called(self, *senders: str) -> None:
        """Let `demo` send under these names only."""
        self._change(senders=senders)

    def _change(self, **fields: Any) -> None:
        self.space.store.put_account(replace(self._demo, **fields))

    @property
    def _demo(self) -> Account:
        account = self.space.store.account("iro", "demo")
        assert account is not None
        return account


def by_xmlrpc(called: Called, method: str, fields: Mapping[str, Any]) -> Any:
    return called.ask(method, *placed(method, fields))


def by_soap(called: Called, method: str, fields: Mapping[str, Any]) -> Any:
    return from_soap(called.post("/soap", enveloped(method, *placed(method, fields))))


def by_json(called: Called, method: str, fields: Mapping[str, Any]) -> Any:
    return from_json(called.post(f"/json/{method}", json.dumps(fields), "application/json").text)


def by_form(called: Called, method: str, fields: Mapping[str, Any]) -> Any:
    form = urlencode({name: "" if value is None else value for name, value in fields.items()}, doseq=True)
    return from_json(called.post(f"/json/{method}", form, "application/x-www-form-urlencoded").text)


def by_jsonp(called: Called, method: str, fields: Mapping[str, Any]) -> Any:
    text = called.get(f"/jsonp/{method}", callback="there", **fields).text
    assert (text[:6], text[-2:]) == ("there(", ");")
    return from_json(text[6:-2])


WAYS: Mapping[str, Callable[[Called, str, Mapping[str, Any]], Any]] = {
    "xmlrpc": by_xmlrpc,
    "soap": by_soap,
    "json": by_json,
    "form": by_form,
    "jsonp": by_jsonp,
}
"""Each calls a method with the fields given, and reads the value or the Told."""


def placed(method: str, fields: Mapping[str, Any]) -> list[Any]:
    """The fields in the order of the signature; nothing may be left out before the last one."""
    return [fields[one.name] for one in METHODS[method].parameters if one.name in fields]


def from_xmlrpc(answer: TestResponse) -> Any:
    assert answer.status_code == 200
    try:
        (value,), _ = loads(answer.get_data(as_text=True), use_builtin_types=True)
    except Fault as fault:
        return fault.faultCode, fault.faultString
    return value


def from_json(text: str) -> Any:
    answer = json.loads(text)
    if answer["status"]:
        return answer["result"]
    return answer["error"]["code"], answer["error"]["msg"]


def from_soap(answer: TestResponse) -> Any:
    said = body(answer)
    if said.tag != f"{{{ENVELOPE}}}Fault":
        assert answer.status_code == 200
        return value(said)
    assert answer.status_code == 500
    code = said.findtext("faultcode") or ""
    return int(code) if code.isdecimal() else code, said.findtext("faultstring")


def body(answer: TestResponse) -> Element:
    """What stands in the body of an envelope."""
    (said,) = fromstring(answer.data)[0]
    return said


def value(element: Element) -> Any:
    """A value by its type, in the schema of 1999."""
    text, kind = element.text or "", element.get(TYPE, "struct").rpartition(":")[2]
    if kind == "struct":
        return {key(member.tag): value(member) for member in element}
    if kind == "Array":
        return [value(entry) for entry in element]
    readers: dict[str, Callable[[str], Any]] = {"integer": int, "double": float, "boolean": "true".__eq__}
    return readers.get(kind, str)(text)


def key(tag: str) -> str:
    return re.sub(r"_x([0-9A-F]*)_", lambda found: chr(int(found[1], 16)) if found[1] else "", tag)


def enveloped(method: str, *arguments: Any) -> str:
    """A call whose arguments have no types and names that say nothing."""
    return (
        f'<e:Envelope xmlns:e="{ENVELOPE}" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><e:Body>'
        f'<n:{method} xmlns:n="urn:x">{"".join(map(argument, arguments))}</n:{method}></e:Body></e:Envelope>'
    )


def argument(given: Any) -> str:
    if given is None:
        return '<v i:nil="true"/>'
    if isinstance(given, list):
        return f"<v>{''.join(map(argument, given))}</v>"
    return f"<v>{escape(str(given))}</v>"
