"""What an answer over HTTP has to be by itself, whatever was said before, as far as documents say it."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from http.client import parse_headers
from io import BytesIO
from typing import Any, NamedTuple

from conformance.drivers import iro_json, iro_soap, iro_xmlrpc, soap, xmlrpc
from conformance.drivers.http import Reply, Unanswered
from conformance.drivers.iro import Answer as IroAnswer
from conformance.drivers.iro import Fault
from conformance.drivers.voipe import FORMATS
from conformance.drivers.voipe import Answer as VoipeAnswer
from conformance.recordings import descriptions
from conformance.recordings.calls import Call, Request, request
from conformance.tape import Exchange

ISMS: Mapping[str, tuple[str, str]] = {
    "credits": ("isms/credits/reply", r"Credits:\d+(\.\d+)?"),
    "send": ("isms/send/reply", r"ID:[0-9A-Za-z]+"),
    "query": ("isms/query/reply", r"Status: (Queued|Pending|Delivered|Failed)"),
    "hlr": ("isms/hlr/reply", r"ID:[0-9A-Za-z]+"),
    "hlrquery": (
        "isms/hlrquery/six-fields",
        r"Queued|Pending|(Failed|Delivered|Undelivered|Unknown)(;[^;\r\n]*){5}",
    ),
    "savecontact": ("isms/savecontact/ok", "ΟΚ|OK|FAILED"),
    "deletecontact": ("isms/deletecontact/ok", "ΟΚ|OK|FAILED"),
}
"""What is answered to what succeeds, and the row that says so."""

ISMS_SOAP: Mapping[str, tuple[str, str]] = {
    "send": ("isms/soap-send/reply", "[0-9A-Za-z]+"),
    "query": ("isms/soap-query/reply", "Queued|Pending|Delivered|Failed"),
}

IRO_FORMS: Mapping[str, Callable[[Reply], IroAnswer]] = {
    "xmlrpc": iro_xmlrpc.read,
    "soap": iro_soap.read,
    "json": iro_json.read,
}


class Sight(NamedTuple):
    """What an exchange shows of a requirement: `actual` is None where it is as `accepted` says."""

    requirement: str
    accepted: str
    actual: str | None


def seen(found: Call, one: Exchange) -> list[Sight]:
    """What the answer shows; nothing where no document says anything of such an answer."""
    asked = request(one.request)
    if found.provider != "ip1" and (asked.method not in ("GET", "POST") or found.form == "broken"):
        return []
    try:
        return list(BY_PROVIDER[found.provider](found, asked, reply(one.response)))
    except (Unanswered, AssertionError) as garbled:
        return [Sight(GARBLED[found.provider], "an answer in the form of the interface", str(garbled))]


def reply(octets: bytes) -> Reply:
    """An answer taken apart. Unanswered where it has no status."""
    head, _, body = octets.partition(b"\r\n\r\n")
    first, _, lines = head.partition(b"\r\n")
    status = re.match(rb"HTTP/1\.\d (\d{3})", first)
    if status is None:
        raise Unanswered(f"no answer in HTTP: {first[:80]!r}")
    return Reply(status=int(status[1]), headers=parse_headers(BytesIO(lines + b"\r\n\r\n")), body=body)


def _isms(found: Call, asked: Request, said: Reply) -> Iterator[Sight]:
    if found.form == "soap":
        yield from _isms_soap(found, said)
    elif found.operation in ISMS:
        row, pattern = ISMS[found.operation]
        documented = descriptions.described("isms-http.openapi.json")["components"]["responses"]
        errors = documented[found.operation]["content"]["text/html"]["schema"]["pattern"]
        if said.text == "Error: Authentication error.":
            yield Sight("isms/http/bad-credentials", repr(said.text), None)
        elif not (said.text.startswith("Error: ") and re.search(errors, said.text)):
            yield Sight(row, f"text that fits {pattern}", _unfit(pattern, said.text))


def _isms_soap(found: Call, said: Reply) -> Iterator[Sight]:
    answer = soap.answered(said)
    if answer.fault is not None:
        yield Sight("isms/soap/status", "status 500", None if said.status == 500 else f"status {said.status}")
    elif found.operation in ISMS_SOAP:
        row, pattern = ISMS_SOAP[found.operation]
        yield Sight("isms/soap/status", "status 200", None if said.status == 200 else f"status {said.status}")
        yield Sight(row, f"text that fits {pattern}", _unfit(pattern, answer.result or ""))


def _netoxygen(found: Call, asked: Request, said: Reply) -> Iterator[Sight]:
    if found.form != "xmlrpc":
        return
    value = xmlrpc.read(said.body)
    if isinstance(value, xmlrpc.Fault):
        yield Sight("netoxygen/faults/shape", "a fault of a code and a text", None)
        return
    yield from _returned("netoxygen.methods.json", found.operation, value)


def _iro(found: Call, asked: Request, said: Reply) -> Iterator[Sight]:
    if found.form not in IRO_FORMS or said.status not in (200, 500):
        return
    value = IRO_FORMS[found.form](said)
    if not isinstance(value, Fault):
        yield from _returned("iro.methods.json", found.operation, value)
        return
    fault = descriptions.described("iro.methods.json")["faults"].get(str(value.code))
    if fault is not None and fault["requirement"].startswith("iro/faults/"):
        pattern = re.escape(fault["text"]).replace(r"\{\}", ".*")
        yield Sight(fault["requirement"], repr(fault["text"]), _unfit(pattern, value.text))


def _returned(name: str, operation: str, value: Any) -> Iterator[Sight]:
    """Against the table of methods. What is promised for failure alone is told apart by FALSE."""
    method = descriptions.described(name)["methods"].get(operation)
    if method is None:
        return
    rows = [one for one in method["requirements"] if one.endswith("/false") == (value is False)]
    wrong = next(descriptions.misfits(name, method["returns"], value), None)
    yield Sight((rows or method["requirements"])[0], f"what {operation} returns by {name}", wrong)


def _ip1(found: Call, asked: Request, said: Reply) -> Iterator[Sight]:
    name, kind = "ip1.openapi.json", said.headers.get_content_type()
    known = descriptions.statuses(name, asked.method, asked.path)
    if known is None:
        return
    if str(said.status) not in known and "default" not in known:
        yield Sight("ip1/http/described", f"a status of {', '.join(sorted(known))}", f"status {said.status}")
        return
    schema = descriptions.answer(name, asked.method, asked.path, said.status, kind)
    if schema is not None and kind.endswith("json"):
        wrong = next(descriptions.misfits(name, schema, _json(said)), None)
        yield Sight("ip1/http/described", f"an answer as {name} has it", wrong)
        if said.status >= 400:
            yield Sight("ip1/problems/document", "a problem document", wrong)


def _voipe(found: Call, asked: Request, said: Reply) -> Iterator[Sight]:
    form = dict(found.fields).get("format", "").strip().lower()
    form = form if form in FORMATS else "json"
    try:
        document = VoipeAnswer(said, form).document
    except Unanswered as garbled:
        yield Sight(f"voipe/format/{form}", f"an answer in {form}", str(garbled))
        return
    yield Sight(f"voipe/format/{form}", f"an answer in {form}", None)
    if "data" in document:
        beside = {"status", "error"} & document.keys()
        yield Sight("voipe/envelope/list", "no status and no error beside data", _names(beside))
    elif "status" in document:
        status = document["status"]
        yield Sight("voipe/envelope/status", "OK or ERR", None if status in ("OK", "ERR") else repr(status))


def _json(said: Reply) -> Any:
    try:
        return json.loads(said.body)
    except ValueError as slip:
        raise Unanswered(f"no JSON: {slip}") from None


def _names(names: set[str]) -> str | None:
    return ", ".join(sorted(names)) or None


def _unfit(pattern: str, text: str) -> str | None:
    return None if re.fullmatch(pattern, text) else repr(text)


BY_PROVIDER: Mapping[str, Callable[[Call, Request, Reply], Iterator[Sight]]] = {
    "isms": _isms,
    "netoxygen": _netoxygen,
    "iro": _iro,
    "ip1": _ip1,
    "voipe": _voipe,
}

GARBLED: Mapping[str, str] = {
    "isms": "isms/http/success-status",
    "netoxygen": "netoxygen/faults/shape",
    "iro": "iro/json/object",
    "ip1": "ip1/http/described",
    "voipe": "voipe/format/json",
}
"""The row for what is no answer at all."""
