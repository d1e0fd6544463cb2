"""Iro over JSON and over JSONP."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import cast
from urllib.parse import urlencode

from conformance.drivers.curl import FORM
from conformance.drivers.http import Reply
from conformance.drivers.iro import Answer, Argument, Fault, Garbled, IroDriver, Value

JSON = "application/json"
CALLBACK = "check"


class IroJson(IroDriver):
    """Posts objects, which say most; the other two ways are there for who wants them."""

    surface = "iro-json"

    def ask(self, method: str, fields: Mapping[str, Argument]) -> Answer:
        return read(self.post(method, json.dumps(plain(fields), ensure_ascii=False).encode()))

    def post(self, method: str, body: bytes, kind: str = JSON) -> Reply:
        return self.client.request("POST", f"/json/{method}", body=body, headers={"Content-Type": kind})

    def form(self, method: str, fields: Mapping[str, Argument]) -> Reply:
        return self.post(method, encoded(fields).encode(), FORM)

    def query(self, method: str, fields: Mapping[str, Argument]) -> Reply:
        return self.client.request("GET", f"/json/{method}?{encoded(fields)}")


class IroJsonp(IroDriver):
    """Asks by query, with a callback of its own. It has no word for an empty list."""

    surface = "iro-jsonp"

    def ask(self, method: str, fields: Mapping[str, Argument]) -> Answer:
        return read(self.query(method, {"callback": CALLBACK, **fields}))

    def query(self, method: str, fields: Mapping[str, Argument]) -> Reply:
        return self.client.request("GET", f"/jsonp/{method}?{encoded(fields)}")


def read(reply: Reply) -> Answer:
    """The value or the error of an answer, taken out of its callback; Garbled where it has neither."""
    text = reply.text.strip()
    called = re.fullmatch(r"[A-Za-z_$][\w$.]*\((.*)\);?", text, re.DOTALL)
    try:
        answer = json.loads(called[1] if called else text)
        if answer["status"] is True:
            return cast(Value, answer["result"])
        return Fault(answer["error"]["code"], answer["error"]["msg"])
    except (ValueError, KeyError, TypeError) as slip:
        raise Garbled(f"no answer in JSON: {type(slip).__name__} {slip}") from None


def plain(value: Argument) -> object:
    """The value as JSON can say it."""
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, Mapping):
        return {name: plain(one) for name, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, list | tuple) else value


def encoded(fields: Mapping[str, Argument]) -> str:
    """A form: a list repeats its name, None is empty."""
    return urlencode([(name, _text(one)) for name, value in fields.items() for one in _each(value)])


def _each(value: Argument) -> Iterable[Argument]:
    return cast(Sequence[Argument], value) if isinstance(value, list | tuple) else [value]


def _text(value: Argument) -> str | bytes:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value if isinstance(value, bytes) else str(value)
