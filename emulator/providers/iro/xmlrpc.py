"""The XML-RPC surface, with the manners of Twisted's server."""

from flask import Request

from emulator.core.refusals import Refused
from emulator.provider import Context, Reply, Surface
from emulator.providers.iro.calls import answered
from emulator.providers.iro.faults import Declined, Fault, Framework, Unfit, Unknown, Unreadable, worded
from emulator.providers.iro.quirks import Quirks
from emulator.wire import xmlrpc
from emulator.wire.xml import Malformed

XMLRPC = "/xmlrpc"  # req: iro/xmlrpc/address
SURFACE = "iro-xmlrpc"

HEAD = "<?xml version='1.0'?>\n"


class NoHandler(Declined):
    """No methods stand behind what comes before the first dot of a name."""


TWISTED: Framework = {
    # req: iro/xmlrpc/unparseable iro/xmlrpc/unknown-method iro/xmlrpc/dotted-method iro/xmlrpc/argument-count
    # req: iro/xmlrpc/no-entities
    Unreadable: Fault(8002, "Can't deserialize input: {}", "iro/xmlrpc/unparseable"),
    Unknown: Fault(8001, "procedure {} not found", "iro/xmlrpc/unknown-method"),
    NoHandler: Fault(8001, "no such subHandler {}", "iro/xmlrpc/dotted-method"),
    Unfit: Fault(8002, "error", "iro/xmlrpc/argument-count"),
}


def view(here: Context, request: Request) -> Reply:
    # req: iro/xmlrpc/any-content-type iro/xmlrpc/success-status iro/xmlrpc/content-type
    return Reply(_text(here, request), here.switches(Quirks).xmlrpc_content_type)


POSTED = Surface(view, ("POST",))  # req: iro/xmlrpc/post-only


def _text(here: Context, request: Request) -> str:
    try:
        name, params = _call(here, request)
        return xmlrpc.response(answered(here, SURFACE, name, params), HEAD)  # req: iro/xmlrpc/no-nil-out
    except (Declined, Refused) as error:
        fault = worded(_seen(error), here.switches(Quirks), TWISTED)
        here.voiced(fault.requirement)
        return xmlrpc.fault(int(fault.code), fault.text, HEAD)  # req: iro/xmlrpc/fault-form


def _call(here: Context, request: Request) -> xmlrpc.Call:
    try:
        return xmlrpc.call(request.get_data(), request.mimetype_params.get("charset", ""))
    except Malformed as error:
        here.understood(SURFACE, "", {})
        raise Unreadable(str(error)) from None


def _seen(error: Declined | Refused) -> Declined | Refused:
    """A dotted name is looked up in parts, and fails at the first."""
    if isinstance(error, Unknown) and "." in error.word:
        return NoHandler(error.word.partition(".")[0])
    return error
