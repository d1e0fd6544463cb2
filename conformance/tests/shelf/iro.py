"""Wrong emulators of Iro over XML-RPC and JSON, and its switches, turned."""

import json
import re
from collections.abc import Callable
from functools import partial
from typing import Any

from werkzeug.wrappers import Response

from conformance.drivers.xmlrpc import Fault, Value
from conformance.miniature import Miniature
from conformance.target import Wrap
from conformance.tests import spoiling
from conformance.tests.shelf import xmlrpc
from conformance.tests.shelf.xmlrpc import Call

XMLRPC: list[Miniature] = []
JSON: list[Miniature] = []

TURNED: dict[str, object] = {
    "xmlrpc_content_type": "text/xml",
    "bad_arguments": "own",
    "soap_schema": "2001",
    "soap_result": "wrapped",
    "soap_faults": "framework",
    "wsdl": False,
    "json_enabled": False,
    "json_error_status": 400,
    "values_first": False,
    "bare_recipients": "accept",
    "repeated_recipients": "each",
    "invalid_numbers": "false",
    "unknown_route": "refuse",
    "pickup_seconds": 0.1,
    "job_error": "all",
    "bill_groups": "info",
    "bill_failed": True,
}

Reaction = Callable[[spoiling.Call], Response]

wrong = partial(xmlrpc.wrong, XMLRPC, path="/xmlrpc")


def other(shelf: list[Miniature], breaks: str, says: str, paths: str) -> Callable[[Reaction], Reaction]:
    """Puts a behaviour on a shelf that has no need to read XML-RPC."""

    def app(react: Reaction) -> Wrap:
        return spoiling.spoilt(spoiling.Call, react, f"*{paths}")

    return spoiling.shelved(shelf, breaks, says, app)


def posted(call: spoiling.Call, **fields: Any) -> Response:
    """What the true emulator answers to a posted object with other members."""
    return call.truth(json.dumps({**json.loads(call.request.get_data()), **fields}).encode())


# XML-RPC


@wrong("iro/xmlrpc/unknown-method", "says of a method that it knows none such")
def own_words(call: Call) -> Value:
    said = call.says()
    return Fault(8001, "method not found") if isinstance(said, Fault) and said.code == 8001 else said


@wrong("iro/xmlrpc/own-faults", "makes every error the framework's")
def framework_faults(call: Call) -> Value:
    said = call.says()
    return Fault(8002, "error") if isinstance(said, Fault) and said.code < 1000 else said


@wrong("iro/xmlrpc/nil", "breaks on nil")
def no_nil(call: Call) -> Value:
    return Fault(8002, "error") if None in call.params else call.says()


@other(XMLRPC, "iro/xmlrpc/post-only", "shows a page to who asks by GET", "/xmlrpc")
def friendly(call: spoiling.Call) -> Response:
    return Response("<h1>Iro</h1>", 200) if call.request.method == "GET" else call.truth()


# Jobs


@wrong("iro/status/sended", "spells as English does", "status")
def well_spelt(call: Call) -> Value:
    said = call.says()
    return said if isinstance(said, Fault) else {key: _spelt(entry) for key, entry in said.items()}


@wrong("iro/status/foreign-job", "tells everybody's jobs", "status")
def indiscreet(call: Call) -> Value:
    user, *rest = call.params
    return call.says("demo-iro", *rest) if user == "second-iro" else call.says()


@wrong("iro/status/id-text", "wants a number for an id", "status")
def numbers_only(call: Call) -> Value:
    text = len(call.params) > 1 and isinstance(call.params[1], str)
    return Fault(700, "Validation of 'id' failed.") if text else call.says()


@wrong("iro/status/one", "tells all jobs, whichever was asked for", "status")
def talkative(call: Call) -> Value:
    return call.says() if isinstance(call.says(), Fault) else call.says(call.params[0])


@wrong("iro/sms/job-id", "answers an id in letters", "sms")
def id_as_text(call: Call) -> Value:
    said = call.says()
    return said if isinstance(said, Fault) else str(said)


@wrong("iro/sms/recipients", "serves the first recipient only", "sms")
def first_recipient(call: Call) -> Value:
    user, message, recipients, *rest = call.params
    return call.says(user, message, recipients[:1], *rest)


@wrong("iro/sms/all-or-nothing", "sends to as many as are valid", "sms")
def lenient(call: Call) -> Value:
    user, message, recipients, *rest = call.params
    return call.says(user, message, [number for number in recipients if number != "hallo"], *rest)


@wrong("iro/sms/route-list", "takes the last offer of a list", "sms")
def last_offer(call: Call) -> Value:
    params = call.params
    if len(params) > 3 and isinstance(params[3], list):
        params[3] = params[3][-1:]
    return call.says(*params)


@wrong("iro/mail/frm-before-route", "reads the route before the sender", "mail")
def route_before_frm(call: Call) -> Value:
    params = call.params
    if len(params) > 5:
        params[4:6] = [params[5] if isinstance(params[5], str) else "", params[4] or "default"]
    return call.says(*params)


@wrong("iro/fax/content", "loses the end of a document", "fax")
def torn_fax(call: Call) -> Value:
    user, subject, fax, *rest = call.params
    return call.says(user, subject, fax[:8], *rest) if isinstance(fax, str) else call.says()


# Offers and bills


@wrong("iro/routes/order", "puts the offers in the opposite order", "routes")
def backwards(call: Call) -> Value:
    said = call.says()
    return said[::-1] if isinstance(said, list) else said


@wrong("iro/default-route/typ", "has the offers for sms in mind", "defaultRoute")
def one_kind(call: Call) -> Value:
    said = call.says()
    return call.says(call.params[0], "sms") if isinstance(said, list) else said


@wrong("iro/bill/empty-group", "finds a name for messages without one", "bill")
def named_group(call: Call) -> Value:
    said = call.says()
    return said if isinstance(said, Fault) else {offer: _named(entry) for offer, entry in said.items()}


@wrong("iro/bill/group-anz", "counts what was sent in a group as one", "bill")
def one_each(call: Call) -> Value:
    said = call.says()
    return said if isinstance(said, Fault) else {offer: _single(entry) for offer, entry in said.items()}


@wrong("iro/bill/total", "leaves the mails out of the total", "bill")
def total_without_mail(call: Call) -> Value:
    said = call.says()
    if not isinstance(said, Fault):
        said["total"]["anz"] -= said.get("localmail", {}).get("anz", 0)
    return said


@wrong("iro/bill/no-effect", "forgets what it has billed", "bill")
def forgetful(call: Call) -> Value:
    said = call.says()
    call.control("DELETE", "/messages")
    return said


@wrong("iro/telnumber/true", "answers 1 for what is valid", "telnumber")
def one_for_true(call: Call) -> Value:
    said = call.says()
    return int(said) if isinstance(said, bool) else said


# JSON and JSONP


@other(JSON, "iro/json/get", "wants everything posted", "/json/*")
def post_only(call: spoiling.Call) -> Response:
    return Response("", 405) if call.request.method == "GET" else call.truth()


@other(JSON, "iro/json/unknown-method", "finds every method", "/json/*")
def never_missing(call: spoiling.Call) -> Response:
    reply = call.truth()
    reply.status_code = 200
    return reply


@other(JSON, "iro/numbers/german", "takes national numbers for Austrian ones", "/json/sms")
def austrian(call: spoiling.Call) -> Response:
    recipients = json.loads(call.request.get_data())["recipients"]
    return posted(
        call, recipients=[re.sub(r"^\(?0(?!0)", "+43 ", one).replace(")", "") for one in recipients]
    )


@other(JSON, "iro/numbers/words", "reads letters as the keys of a telephone", "/json/telnumber")
def vanity(call: spoiling.Call) -> Response:
    recipients = json.loads(call.request.get_data())["recipients"]
    return posted(call, recipients=[re.sub("[A-Z]", "2", one) for one in recipients])


@other(JSON, "iro/email/local-part", "takes a mailbox of any length", "/json/email")
def long_boxes(call: spoiling.Call) -> Response:
    recipients = json.loads(call.request.get_data())["recipients"]
    return posted(call, recipients=[re.sub("^x+@", "x@", one) for one in recipients])


@other(JSON, "iro/jsonp/text", "leaves the semicolon off", "/jsonp/*")
def no_semicolon(call: spoiling.Call) -> Response:
    reply = call.truth()
    reply.set_data(reply.get_data(as_text=True).removesuffix(";"))
    return reply


@other(JSON, "iro/jsonp/bad-callback", "calls whatever it is told to", "/jsonp/*")
def gullible(call: spoiling.Call) -> Response:
    reply = call.truth()
    return Response("{}", content_type="application/javascript") if reply.status_code == 400 else reply


def _spelt(entry: dict[str, str]) -> dict[str, str]:
    return {"status": entry["status"].replace("sended", "sent")}


def _named(entry: dict[str, Any]) -> dict[str, Any]:
    return {name or "unnamed": value for name, value in entry.items()}


def _single(entry: dict[str, Any]) -> dict[str, Any]:
    """The entry of an offer, with groups of one."""
    return {name: {**value, "anz": 1} if isinstance(value, dict) else value for name, value in entry.items()}
