"""The SOAP surface, in the manner of Twisted's SOAPPublisher and of SOAPpy, which wrote for it."""

from flask import Request

from emulator.core.refusals import Refused
from emulator.provider import Context, Reply
from emulator.providers.iro.arguments import Given
from emulator.providers.iro.calls import answered
from emulator.providers.iro.faults import Declined, Fault, Framework, Unfit, Unknown, worded
from emulator.providers.iro.quirks import Quirks
from emulator.providers.iro.wsdl import RESULT, description
from emulator.wire import soap
from emulator.wire.values import Value
from emulator.wire.xml import Malformed

SOAP = "/soap"  # req: iro/soap/address
SURFACE = "iro-soap"

TYPE = 'text/xml; charset="UTF-8"'

ROOT = ' SOAP-ENC:root="1"'

SCHEMAS = {"1999": soap.SCHEMA_1999, "2001": soap.SCHEMA}  # req: iro/soap/schemas

# req: iro/soap/unknown-method iro/soap/argument-count
MISSING = Fault("Client", "Method {} not found", "iro/soap/unknown-method")
FAILED = Fault("Server", "Method {} failed.", "iro/soap/argument-count")
PUBLISHER: Framework = {Unknown: MISSING, Unfit: FAILED}


def served(here: Context, request: Request) -> Reply:
    """Answers calls, and where asked says what can be called."""
    if request.method == "POST":
        return _answer(here, request)  # req: iro/soap/no-action
    if request.query_string.lower() == b"wsdl" and here.switches(Quirks).wsdl:
        here.voiced("iro/soap/wsdl")
        # req: iro/soap/wsdl
        return Reply(description(request.base_url, here.switches(Quirks).soap_result), soap.TYPE)
    # req: iro/soap/other-methods
    return Reply("405 Method Not Allowed\n", "text/plain", 405, (("Allow", "POST"),))


def _answer(here: Context, request: Request) -> Reply:
    # req: iro/soap/content-type iro/soap/fault-status iro/soap/unparseable
    try:
        call = soap.call(request.get_data(), request.mimetype_params.get("charset", ""))
    except Malformed as error:
        here.understood(SURFACE, "", {})
        here.voiced("iro/soap/unparseable")
        return Reply(soap.declined(error), TYPE, 500)
    try:
        return Reply(_result(here, call), TYPE)  # req: iro/soap/success
    except (Declined, Refused) as error:
        fault = _fault(error, call.method, here.switches(Quirks))
        here.voiced(fault.requirement)
        return Reply(soap.fault(str(fault.code), fault.text), TYPE, 500)


def _result(here: Context, call: soap.Call) -> str:
    """The envelope with what the method answers."""
    # req: iro/soap/local-name iro/soap/document-order
    result = answered(here, SURFACE, call.method, [given(value) for _, value in call.arguments])
    quirks = here.switches(Quirks)
    value = {RESULT: result} if quirks.soap_result == "wrapped" else result  # req: iro/soap/response-element
    # req: iro/soap/response-type iro/soap/integer iro/soap/keys iro/soap/empty-key iro/soap/lists-out
    written = soap.written(f"{call.method}Response", value, ROOT, integer="integer")
    return soap.envelope(written, schema=SCHEMAS[quirks.soap_schema])


def given(value: Value) -> Given:
    """An argument: the page knows no structs, so that what looks like one is a list without a type."""
    return soap.entries(value) if isinstance(value, dict) else value  # req: iro/soap/lists-in


def _fault(error: Declined | Refused, method: str, quirks: Quirks) -> Fault:
    """Of the framework's kind, or with one of Iro's own numbers for its code."""
    fault = worded(error, quirks, PUBLISHER)
    if isinstance(fault.code, int) and quirks.soap_faults == "framework":  # req: iro/soap/own-faults
        return FAILED._replace(text=FAILED.text.format(method), requirement="iro/soap/own-faults")
    return fault
