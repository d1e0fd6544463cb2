"""The SOAP surface: any client's envelope, the same verbs and the same messages as over HTTP."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Request

from emulator.core.model import Enquiry, Login
from emulator.core.refusals import Reason, Refused
from emulator.provider import Context, Reply, Surface, View
from emulator.providers.isms import wire
from emulator.providers.isms.faults import voiced
from emulator.providers.isms.quirks import Quirks
from emulator.providers.isms.soap_operations import DELETE_MESSAGE, DESCRIBED, LOGIN, LONG_SEND, QUERY
from emulator.wire import soap
from emulator.wire.xml import Malformed

PREFIX = "/api/soap"
ADDRESS = f"{PREFIX}/sms.php"  # req: isms/soap/address
DESCRIPTIONS = (f"{PREFIX}/sms.wsdl", f"{PREFIX}/sms.wsdl.php")  # req: isms/soap/wsdl
SURFACE = "isms-soap"

TEXT = "text/plain; charset=utf-8"

Arguments = Mapping[str, Any]


def send(here: Context, arguments: Arguments) -> str:
    login, fields = read(here, as_over_http(arguments))
    # req: isms/soap-send/defaults isms/soap-send/same-rules isms/soap-send/every-language
    # req: isms/soap-send/concatenated isms/soap-send/bulk isms/soap-send/refused-is-free
    draft = wire.draft(fields, here.switches(Quirks), here.gateway.clock.now())
    order = here.gateway.send(login, draft)
    # req: isms/soap-send/reply isms/soap-send/bare-id isms/soap/same-messages
    return wire.reference(order, here.ids)


def query(here: Context, arguments: Arguments) -> str:
    login, fields = read(here, arguments)
    asked = {**fields, "mid": fields.get("message_id", "")}
    enquiry = wire.message_enquiry(asked, here.switches(Quirks), here.ids)
    # req: isms/soap-query/reply isms/soap-query/queued isms/soap-query/pending isms/soap-query/delivered
    # req: isms/soap-query/failed isms/soap-query/owner
    return wire.STATES[here.gateway.status(login, enquiry)[1]]


def delete_message(here: Context, arguments: Arguments) -> bool:
    login, fields = read(here, arguments)
    missing = () if fields.get("id") else (Reason.NO_ID,)
    id = here.ids.read(fields.get("id", ""), "isms-order", wire.MESSAGE_ID)
    with here.gateway.store.turn():  # none of them is sent meanwhile
        for message, _ in here.gateway.ordered(replace(login, flaws=(*login.flaws, *missing)), id):
            here.gateway.cancel(login, Enquiry(id=id, number=message.recipient))
    return True


SERVICES = {
    False: soap.Service({LONG_SEND: send, QUERY: query}),
    True: soap.Service({LONG_SEND: send, QUERY: query, DELETE_MESSAGE: delete_message}),
}
"""What is answered, without the extensions and with them."""

SUCCESSES = {
    "send": "isms/soap-send/reply",
    "query": "isms/soap-query/reply",
    "delete_message": "isms/soap/delete-message",
}

NO_ENVELOPE = "isms/soap/not-an-envelope"

DECLINED = {
    "VersionMismatch": "isms/soap/version",
    "MustUnderstand": "isms/soap/must-understand",
    "Server": "isms/soap/unknown-operation",
}
"""The requirement behind a fault code that answers what is no call of an operation."""

OWN_SLUGS = {"bad-credentials": "credentials", "bad-schedule": "schedule", "no-mid": "no-id"}
"""Tails of requirements that are called otherwise than over HTTP."""

NO_MESSAGE = frozenset({Reason.UNKNOWN_MESSAGE, Reason.NOT_SCHEDULED})


def views() -> dict[str, View | Surface]:
    """The end point, and the addresses of its description."""
    return {ADDRESS: endpoint, **dict.fromkeys(DESCRIPTIONS, Surface(description, methods=("GET",)))}


def endpoint(here: Context, request: Request) -> Reply:
    if request.method != "POST":  # req: isms/soap/wsdl-asked isms/soap/other-methods
        if "wsdl" in map(str.lower, request.args):
            return description(here, request)
        return Reply("405 Method Not Allowed: POST a call, or GET ?wsdl\n", TEXT, 405, (("Allow", "POST"),))
    try:
        # req: isms/soap/envelope isms/soap/encoding isms/soap/references isms/soap/any-action
        # req: isms/soap/any-label
        return answered(here, soap.call(request.get_data(), request.mimetype_params.get("charset", "")))
    except Malformed as error:
        # req: isms/soap/no-document-type isms/soap/version isms/soap/must-understand
        # req: isms/soap/not-an-envelope isms/soap/unknown-operation
        here.voiced(DECLINED.get(error.code if isinstance(error, soap.Unfit) else "", NO_ENVELOPE))
        return Reply(soap.declined(error), soap.TYPE, 500)


def description(here: Context, request: Request) -> Reply:
    """The description, with the address by which its reader came."""
    switches = here.switches(Quirks)
    # req: isms/soap/wsdl-location
    address = f"{request.scheme}://{request.host}{request.root_path}{ADDRESS}"
    here.voiced("isms/soap/wsdl")
    operations = DESCRIBED[switches.soap_extended]
    return Reply(soap.wsdl("sms", switches.soap_namespace, operations, address), soap.TYPE)


def answered(here: Context, call: soap.Call) -> Reply:
    """The answer to a call. Raises Malformed."""
    switches = here.switches(Quirks)
    service = SERVICES[switches.soap_extended]
    try:
        # req: isms/soap/by-name isms/soap/by-position isms/soap/any-namespace isms/soap/untyped
        # req: isms/soap/unknown-names isms/soap-send/to-spelling isms/soap-send/item-names
        result = service.answer(call, here, positional=switches.soap_positional)
    except Refused as refusal:
        return refused(here, refusal, call.method)
    except soap.Unfit:
        read(here, credentials(call))  # the journal has to know what it must not show
        raise
    except wire.TooMany as error:
        return Reply(f"413 Content Too Large: {error}\n", TEXT, 413)
    here.voiced(SUCCESSES[call.method])
    # req: isms/soap/namespace isms/soap/result isms/soap/content-type isms/soap/status
    return Reply(soap.response(call.method, result, switches.soap_namespace), soap.TYPE)


def refused(here: Context, refusal: Refused, operation: str) -> Reply:
    text, requirement = worded(refusal, operation)
    here.voiced(requirement)
    # req: isms/soap/fault isms/soap/status isms/soap/fault-code
    return Reply(soap.fault(here.switches(Quirks).soap_fault_code, text), soap.TYPE, 500)


def worded(refusal: Refused, operation: str) -> tuple[str, str]:
    """The text of the exception, and the requirement that it obeys."""
    if operation == DELETE_MESSAGE.name and refusal.reasons <= NO_MESSAGE:
        return "No message found.", SUCCESSES[operation]
    # req: isms/soap-send/credentials isms/soap-send/no-recipients isms/soap-send/bad-sender
    # req: isms/soap-send/no-credit isms/soap-send/precedence
    # req: isms/soap-query/credentials isms/soap-query/no-id isms/soap-query/no-mobile
    # req: isms/soap-query/unknown isms/soap-query/precedence
    fault = voiced(refusal)
    # req: isms/soap/fault-text
    text = fault.text.removeprefix("Error: ")
    return text, f"isms/soap-{operation}/{OWN_SLUGS.get(fault.slug, fault.slug)}"


def read(here: Context, arguments: Arguments) -> tuple[Login, dict[str, str]]:
    """Who asks, and what for; nothing in an argument is like no argument."""
    # req: isms/soap/empty-is-missing
    fields = {name: str(value) for name, value in arguments.items() if value}
    flaws = here.understood(SURFACE, fields.get("username", ""), fields)
    return wire.login(fields, flaws), fields  # req: isms/soap/missing-credentials


def credentials(call: soap.Call) -> Arguments:
    """Who asks, in a call that fits no operation."""
    found = soap.named(call, [parameter.name for parameter in LOGIN])
    return {name: value for name, value in found.items() if isinstance(value, str)}


def as_over_http(arguments: Arguments) -> Arguments:
    """The arguments of a send as HTTP has them: recipients in one text, a digit for flash."""
    to = arguments.get("to", {}).get("recipients") or ()
    # req: isms/soap-send/flash-spelling
    flash = {"flash": "1" if arguments["flash"] else "0"} if "flash" in arguments else {}
    return {**arguments, "to": ",".join(filter(None, to)), **flash}
