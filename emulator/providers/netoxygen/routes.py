"""The XML-RPC surface: read, ask the gateway, write."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from flask import Request

from emulator.core.model import Account, Login, Order
from emulator.core.refusals import Reason, Refused
from emulator.provider import Context, Reply
from emulator.providers.netoxygen import calls, wire
from emulator.providers.netoxygen.faults import MISUSED, Fault, misuse, voiced
from emulator.providers.netoxygen.quirks import Quirks
from emulator.wire import xmlrpc
from emulator.wire.xml import Malformed

ADDRESS = "/api2/"  # req: netoxygen/xmlrpc/address
SURFACE = "netoxygen-xmlrpc"


def send_message(here: Context, login: Login, asked: calls.Asked) -> object:
    switches = here.switches(Quirks)
    draft = wire.draft(asked.fields, _sender(here, login), switches)
    # req: netoxygen/send/unique-id netoxygen/send/duplicates netoxygen/send/each-for-itself
    drafts = [wire.addressed(draft, dest, switches) for dest in asked.listed]
    said = [_said(here, one) for one in here.gateway.send_each(login, drafts)]
    for requirement in {one.requirement: None for one in said if isinstance(one, Fault)}:
        here.voiced(requirement)
    # req: netoxygen/send/result netoxygen/send/order netoxygen/send/dest-array netoxygen/send/empty-array
    return [wire.sent(*each, switches) for each in zip(asked.listed, drafts, said, strict=True)]


def auth(here: Context, login: Login, asked: calls.Asked) -> object:
    # req: netoxygen/auth/true netoxygen/auth/false netoxygen/auth/no-effect
    return _admitted(here, login) is not None


def get_credits(here: Context, login: Login, asked: calls.Asked) -> object:
    account = _admitted(here, login)
    # req: netoxygen/credits/amount netoxygen/credits/false netoxygen/credits/wrong-pair
    return account is not None and wire.balance(account.credit)


def account_status(here: Context, login: Login, asked: calls.Asked) -> object:
    return wire.kind(here.gateway.account(login))


def get_guid(here: Context, login: Login, asked: calls.Asked) -> object:
    account = _admitted(here, login)
    # req: netoxygen/guid/false netoxygen/guid/wrong-pair
    return account is not None and wire.group(account, here.ids)


def clean_number(here: Context, login: Login, asked: calls.Asked) -> object:
    here.gateway.account(login)
    # req: netoxygen/clean-number/digits netoxygen/clean-number/false netoxygen/clean-number/free
    return wire.number(asked.fields["number"], here.switches(Quirks)) or False


def get_status(here: Context, login: Login, asked: calls.Asked) -> object:
    here.gateway.account(login)
    # req: netoxygen/status/string netoxygen/status/array netoxygen/status/order netoxygen/status/pair
    # req: netoxygen/status/result netoxygen/status/empty-array netoxygen/status/free
    with here.gateway.store.turn():
        return [[identifier, _state(here, login, identifier)] for identifier in asked.listed]


def cancel_message(here: Context, login: Login, asked: calls.Asked) -> object:
    here.gateway.account(login)
    # req: netoxygen/cancel/string netoxygen/cancel/array netoxygen/cancel/pair
    # req: netoxygen/cancel/each-for-itself netoxygen/cancel/result netoxygen/cancel/empty-array
    with here.gateway.store.turn():
        return [[identifier, _cancelled(here, login, identifier)] for identifier in asked.listed]


class Method(NamedTuple):
    """What a method does, and the requirements that its answers obey: any, and FALSE."""

    does: Callable[[Context, Login, calls.Asked], object]
    requirement: str
    false: str = ""


METHODS: Mapping[str, Method] = {
    "send_message": Method(send_message, "netoxygen/send/result"),
    "auth": Method(auth, "netoxygen/auth/true", "netoxygen/auth/false"),
    "get_credits": Method(get_credits, "netoxygen/credits/amount", "netoxygen/credits/false"),
    "account_status": Method(account_status, "netoxygen/account-status/regular"),
    "get_guid": Method(get_guid, "netoxygen/guid/length", "netoxygen/guid/false"),
    "clean_number": Method(clean_number, "netoxygen/clean-number/digits", "netoxygen/clean-number/false"),
    "get_status": Method(get_status, "netoxygen/status/result"),
    "cancel_message": Method(cancel_message, "netoxygen/cancel/result"),
}


def answer(here: Context, request: Request) -> Reply:
    """A result or a fault, both with HTTP status 200: clients read neither with another."""
    # req: netoxygen/xmlrpc/status-200 netoxygen/xmlrpc/http-1.0 netoxygen/faults/precedence
    switches = here.switches(Quirks)
    try:
        text = _result(here, _call(here, request))
    except Refused as refusal:
        text = _declined(here, refusal, switches)
    except MISUSED as error:
        text = _fault(here, misuse(error, switches))
    return Reply(text, switches.content_type)


def _call(here: Context, request: Request) -> xmlrpc.Call:
    # req: netoxygen/xmlrpc/any-content-type netoxygen/xmlrpc/charset netoxygen/xmlrpc/declared-charset
    # req: netoxygen/xmlrpc/utf-8
    try:
        return xmlrpc.call(request.get_data(), request.mimetype_params.get("charset", ""))
    except Malformed:
        here.understood(SURFACE, "", {})
        raise


def _result(here: Context, call: xmlrpc.Call) -> str:
    fields = calls.fields(call)
    login = wire.login(fields, here.understood(SURFACE, fields.get("user", ""), fields))
    asked = calls.asked(call, fields)
    method = METHODS[call.method]
    result = method.does(here, login, asked)
    here.voiced(method.false if result is False else method.requirement)
    return xmlrpc.response(result)  # req: netoxygen/xmlrpc/one-value


def _declined(here: Context, refusal: Refused, switches: Quirks) -> str:
    fault = voiced(refusal, switches)
    if switches.bad_credentials == "false" and Reason.BAD_CREDENTIALS in refusal.reasons:
        here.voiced(fault.requirement)
        return xmlrpc.response(False)
    return _fault(here, fault)


def _fault(here: Context, fault: Fault) -> str:
    here.voiced(fault.requirement)
    return xmlrpc.fault(fault.code, fault.text)  # req: netoxygen/faults/shape


def _admitted(here: Context, login: Login) -> Account | None:
    """The account that asks; None where nothing is answered to it but FALSE."""
    try:
        return here.gateway.account(login)
    except Refused:
        return None


def _sender(here: Context, login: Login) -> Account:
    """The account that sends. Raises Refused: whatever else is wrong is told of each recipient."""
    account = here.gateway.who(login)
    if account is None or Reason.BAD_CREDENTIALS in login.flaws:
        raise Refused([Reason.BAD_CREDENTIALS])
    return account


def _said(here: Context, sent: Order | Refused) -> str | Fault:
    """The identifier of an accepted message, or why it was refused."""
    # req: netoxygen/send/refused-is-free netoxygen/send/cost
    if isinstance(sent, Refused):
        return voiced(sent, here.switches(Quirks))
    return wire.reference(sent, here.ids)


def _state(here: Context, login: Login, identifier: str) -> object:
    # req: netoxygen/send/id-for-status netoxygen/status/unknown netoxygen/status/foreign
    try:
        message, _ = here.gateway.status(login, wire.enquiry(identifier, here.ids))
    except Refused:
        return False
    return wire.state(message, here.gateway.clock.now(), here.switches(Quirks))


def _cancelled(here: Context, login: Login, identifier: str) -> bool:
    # req: netoxygen/cancel/scheduled netoxygen/cancel/never-sent netoxygen/cancel/refund
    # req: netoxygen/cancel/sent netoxygen/cancel/again netoxygen/cancel/unknown netoxygen/cancel/foreign
    enquiry, refund = wire.enquiry(identifier, here.ids), here.switches(Quirks).refund
    try:
        here.gateway.cancel(login, enquiry, refund=refund)
    except Refused:
        return False
    return True
