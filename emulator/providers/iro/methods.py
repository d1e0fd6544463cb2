"""The nine methods of the page: one table that all four dialects call."""

from collections.abc import Callable, Mapping
from itertools import groupby

from emulator.core.model import Draft, Medium
from emulator.core.refusals import refuse_for
from emulator.providers.iro import arguments, offers, wire
from emulator.providers.iro.bill import Bill, billed
from emulator.providers.iro.faults import Declined, NoAddress, NoNumber
from emulator.providers.iro.signatures import Call, Method, Parameter


def status(call: Call) -> Mapping[str, Mapping[str, str]]:
    # req: iro/status/all iro/status/one iro/status/user iro/status/foreign-job iro/status/no-jobs
    # req: iro/status/no-effect iro/status/detailed-unused
    id, gateway = call.told.id, call.gateway
    found = gateway.owned(call.login) if id is None else gateway.ordered(call.login, id)
    now = gateway.clock.now()
    jobs = ((id, list(messages)) for id, messages in groupby(found, lambda pair: pair[0].order.id))
    # req: iro/status/dict iro/status/word iro/status/only-status iro/xmlrpc/string-keys
    return {str(id): {"status": wire.word(messages, now, call.quirks)} for id, messages in jobs}


def sms(call: Call) -> int:
    return _sent(call, Medium.SMS, call.told.message)  # req: iro/sms/job-id iro/sms/user iro/sms/long


def fax(call: Call) -> int:
    return _sent(call, Medium.FAX, call.told.fax)  # req: iro/fax/job-id iro/fax/user


def mail(call: Call) -> int:
    return _sent(call, Medium.MAIL, call.told.body)  # req: iro/mail/job-id iro/mail/user


def routes(call: Call) -> list[str]:
    return offers.usable(call.gateway.account(call.login), call.told.typ)


def default_route(call: Call) -> list[str]:
    return offers.preferred(call.gateway.account(call.login), call.told.typ)


def bill(call: Call) -> Bill:
    # req: iro/bill/user iro/bill/no-effect
    return billed(call.gateway.owned(call.login), call.quirks)


def telnumber(call: Call) -> bool:
    # req: iro/telnumber/true iro/telnumber/no-key iro/telnumber/invalid iro/telnumber/empty
    return _all_valid(call, wire.number, NoNumber)


def email(call: Call) -> bool:
    # req: iro/email/true iro/email/no-key iro/email/invalid iro/email/empty
    return _all_valid(call, wire.address, NoAddress)


def _sent(call: Call, medium: Medium, text: str) -> int:
    """The id of a new job. Raises Refused."""
    told, gateway = call.told, call.gateway
    route = offers.carrier(gateway.account(call.login), medium, told.route, call.quirks)
    subject = {} if medium is Medium.SMS else {wire.SUBJECT: told.subject}
    draft = Draft(
        sender=told.frm,
        recipients=told.recipients,
        text=text,
        coding=wire.coding(text, medium),
        medium=medium,
        route=route,
        extras={wire.INFO: told.info, **subject},
        own_sender=not told.frm,
    )
    return gateway.send(call.login, draft).id  # req: iro/faults/no-effect


def _all_valid(call: Call, read: Callable[[str], str | None], wrong: type[Declined]) -> bool:
    refuse_for(call.login.flaws)
    strange = next((entry for entry in call.told.recipients if read(entry) is None), None)
    if strange is not None and call.quirks.invalid_numbers == "fault":
        raise wrong(strange)
    return strange is None


USER = Parameter("user", "string", arguments.spelled)
ID = Parameter("id", "integer", arguments.job, optional=True)
DETAILED = Parameter("detailed", "boolean", arguments.flag, optional=True)
MESSAGE = Parameter("message", "string", arguments.text)
SUBJECT = Parameter("subject", "string", arguments.text)
BODY = Parameter("body", "string", arguments.text)
FAX = Parameter("fax", "string", arguments.document)
NUMBERS = Parameter("recipients", "list", arguments.numbers)
ADDRESSES = Parameter("recipients", "list", arguments.addresses)
ENTRIES = Parameter("recipients", "list", arguments.entries)
FRM = Parameter("frm", "string", arguments.sender, optional=True)
ROUTE = Parameter("route", "string or list", arguments.route, optional=True)
INFO = Parameter("info", "string", arguments.text, optional=True)
TYP = Parameter("typ", "string", arguments.medium)

PAGE = (
    Method("status", (USER, ID, DETAILED), status, "dict", "iro/status/dict"),
    Method("sms", (USER, MESSAGE, NUMBERS, ROUTE, INFO), sms, "integer", "iro/sms/job-id"),
    Method("fax", (USER, SUBJECT, FAX, NUMBERS, ROUTE, INFO), fax, "integer", "iro/fax/job-id"),
    Method("mail", (USER, SUBJECT, BODY, ADDRESSES, FRM, ROUTE, INFO), mail, "integer", "iro/mail/job-id"),
    Method("routes", (USER, TYP), routes, "list", "iro/routes/list"),
    Method("defaultRoute", (USER, TYP), default_route, "list", "iro/default-route/list"),
    Method("bill", (USER,), bill, "dict", "iro/bill/routes"),
    Method("telnumber", (ENTRIES,), telnumber, "boolean", "iro/telnumber/true"),
    Method("email", (ENTRIES,), email, "boolean", "iro/email/true"),
)
"""Chapter 3 of the page, in its order."""

# req: iro/xmlrpc/methods iro/xmlrpc/name-case
METHODS: Mapping[str, Method] = {method.name: method for method in PAGE}
