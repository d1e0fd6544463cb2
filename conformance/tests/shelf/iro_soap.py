"""Wrong emulators of Iro over SOAP."""

import re
from collections.abc import Callable

from werkzeug.wrappers import Response

from conformance.miniature import Miniature
from conformance.tests.shelf import iro
from conformance.tests.spoiling import Call

MINIATURES: list[Miniature] = []

Change = Callable[[str], str]


def answering(breaks: str, says: str) -> Callable[[Change], Change]:
    """Puts one on the shelf whose envelopes read otherwise."""

    def shelve(change: Change) -> Change:
        def answered(call: Call) -> Response:
            reply = call.truth()
            reply.set_data(change(reply.get_data(as_text=True)))
            return reply

        answered.__name__ = change.__name__
        iro.other(MINIATURES, breaks, says, "/soap")(answered)
        return change

    return shelve


def reading(breaks: str, says: str) -> Callable[[Change], Change]:
    """Puts one on the shelf that takes envelopes for others."""

    def shelve(change: Change) -> Change:
        def understood(call: Call) -> Response:
            return call.truth(change(call.request.get_data(as_text=True)).encode())

        understood.__name__ = change.__name__
        iro.other(MINIATURES, breaks, says, "/soap")(understood)
        return change

    return shelve


# Calls


@iro.other(MINIATURES, "iro/soap/no-action", "wants the action of the method", "/soap")
def action_needed(call: Call) -> Response:
    action = call.request.headers.get("SOAPAction")
    return call.truth() if action == '""' else Response("", 400)


@reading("iro/soap/local-name", "takes a name with a prefix for another name")
def names_with_prefixes(envelope: str) -> str:
    return re.sub(r"<(/?)(?!SOAP)(\w+):(\w+)", r"<\1\2.\3", envelope)


@reading("iro/soap/document-order", "tells arguments by their names")
def by_name(envelope: str) -> str:
    return re.sub(r"(<typ>.*?</typ>)(<user>.*?</user>)", r"\2\1", envelope)


@reading("iro/soap/lists-in", "reads no entries but those called item")
def items_alone(envelope: str) -> str:
    return re.sub(r"<(v1|recipients)>[^<]*</\1>", "", envelope)


@reading("iro/soap/nil", "takes what is nil for a word")
def none_as_text(envelope: str) -> str:
    return re.sub(r'<id\b[^>]*="(true|1)"/>', "<id>None</id>", envelope)


# Answers


@answering("iro/soap/keys", "writes no digit for a key")
def keys_of_letters(envelope: str) -> str:
    return re.sub(r"(</?)_x003(\d)_", r"\1id\2", envelope)


@iro.other(MINIATURES, "iro/soap/fault-status", "answers faults with status 200", "/soap")
def faults_in_order(call: Call) -> Response:
    reply = call.truth()
    reply.status_code = 200
    return reply


@iro.other(MINIATURES, "iro/soap/content-type", "labels envelopes as SOAP 1.2 does", "/soap")
def newer_label(call: Call) -> Response:
    reply = call.truth()
    reply.content_type = "application/soap+xml; charset=utf-8"
    return reply


@answering("iro/soap/response-element", "wraps what it returns")
def wrapped(envelope: str) -> str:
    return re.sub(
        r"(<\w+Response\b[^>]*>)(.*)(</\w+Response>)", r"\1<Result>\2</Result>\3", envelope, flags=re.S
    )


@answering("iro/soap/response-type", "does not say of what type a result is")
def untyped(envelope: str) -> str:
    return re.sub(r'(<\w+Response) xsi:type="[^"]*"', r"\1", envelope)


@answering("iro/soap/schemas", "names the schemas of 2001")
def newer_schemas(envelope: str) -> str:
    return envelope.replace("www.w3.org/1999/", "www.w3.org/2001/")


@answering("iro/soap/lists-out", "returns the first entry of a list alone")
def first_entry(envelope: str) -> str:
    return re.sub(r"(<item\b.*?</item>)(\s*<item\b.*?</item>)+", r"\1", envelope, flags=re.S)


@answering("iro/soap/unknown-method", "makes the server's fault of a name that is none")
def servers_fault(envelope: str) -> str:
    return envelope.replace("SOAP-ENV:Client", "SOAP-ENV:Server")
