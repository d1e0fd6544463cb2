"""What is asked of messages sent before: query_sm, cancel_sm, replace_sm."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from emulator.core.model import Enquiry, Login, Message, Status
from emulator.core.ordered import WAITING
from emulator.core.refusals import Reason, Refused
from emulator.core.rewriting import Change, Timing
from emulator.core.timetable import last_step, moment_of, queued_at
from emulator.provider import Service, Told
from emulator.providers.isms.quirks import Quirks
from emulator.providers.isms.smsc import drafts
from emulator.providers.isms.smsc.drafts import ROUTE
from emulator.providers.isms.smsc.envelope import RESERVED
from emulator.providers.isms.smsc.identifiers import order_of
from emulator.providers.isms.smsc.receipts import ERRORS, STATES
from emulator.providers.isms.smsc.statuses import Objection, voiced
from emulator.providers.isms.smsc.submitting import alike
from emulator.wire.smpp import times
from emulator.wire.smpp.pdus import Pdu
from emulator.wire.smpp.statuses import CommandStatus
from emulator.wire.smpp.texts import Alphabet


def asked(service: Service, login: Login, pdu: Pdu, quirks: Quirks) -> Told:
    """The answer to any of them."""
    own = OWN[pdu.command]
    try:
        return OPERATIONS[pdu.command](service, login, pdu, quirks)
    except Objection as objection:
        return Told(objection.status)
    except Refused as refusal:
        return Told(voiced(refusal, quirks, UNKNOWN_MESSAGE=own, NOT_SCHEDULED=own))


def query(service: Service, login: Login, pdu: Pdu, quirks: Quirks) -> Told:
    # req: smpp34/query/answered smpp34/query/final-date smpp34/query/unknown smpp34/query/foreign
    message, status = found(service, login, pdu, quirks)
    step = last_step(message, service.gateway.clock.now())
    final = times.written(moment_of(step, message)) if status.final else ""
    fields = {
        "message_id": pdu.fields["message_id"],
        "final_date": final,
        "message_state": STATES[status],
        "error_code": ERRORS.get(status, 0),
    }
    return Told(0, fields)


def cancel(service: Service, login: Login, pdu: Pdu, quirks: Quirks) -> Told:
    if not pdu.fields["message_id"]:
        return cancel_all(service, login, pdu, quirks)
    # req: smpp34/cancel/waiting smpp34/cancel/unknown smpp34/cancel/delivered smpp34/cancel/foreign
    message, _ = found(service, login, pdu, quirks)
    if not service.gateway.call_off(login, message.order.id):
        raise Refused([Reason.NOT_SCHEDULED])
    return Told()


def cancel_all(service: Service, login: Login, pdu: Pdu, quirks: Quirks) -> Told:
    """Everything that waits from a source for a destination, of one service_type."""
    # req: smpp34/cancel/group
    fields, gateway = pdu.fields, service.gateway
    sender = fields["source_addr"] or quirks.smpp_default_source
    recipient = drafts.recipient(fields["destination_addr"], quirks)
    meant = [one for one in gateway.waiting(login, recipient) if alike(one, sender, fields["service_type"])]
    if not meant:
        raise Refused([Reason.UNKNOWN_MESSAGE])
    for message in meant:
        gateway.cancel(login, about(message), waiting=WAITING)
    return Told()


def replace(service: Service, login: Login, pdu: Pdu, quirks: Quirks) -> Told:
    # req: smpp34/replace/text smpp34/replace/unknown smpp34/replace/delivered smpp34/replace/wrong-source
    message, _ = found(service, login, pdu, quirks)
    if pdu.fields["sm_default_msg_id"]:
        raise Objection(CommandStatus.RINVDFTMSGID)
    if pdu.fields["registered_delivery"] & RESERVED == RESERVED and quirks.smpp_reserved == "refuse":
        raise Objection(CommandStatus.RINVREGDLVFLG)  # req: smpp34/receipts/reserved
    change = changed(message, pdu.fields, quirks, service.gateway.clock.now())
    service.gateway.rewrite(login, about(message), change)
    return Told()


def changed(message: Message, fields: Mapping[str, Any], quirks: Quirks, now: datetime) -> Change:
    """What a replace_sm makes of a message: its text in the same alphabet. Raises Objection."""
    # req: smpp34/replace/registered smpp34/replace/bad-times
    alphabet = Alphabet(message.order.extras.get("alphabet", Alphabet.GSM))
    read = drafts.worded(fields["short_message"], alphabet, None)
    extras = {**message.order.extras, "registered": str(fields["registered_delivery"])}
    if end := drafts.moment(fields["validity_period"], now, CommandStatus.RINVEXPIRY):
        extras["end"] = times.written(end)
    retimes = fields["schedule_delivery_time"] or fields["validity_period"]
    timing = retimed(message, fields, extras.get("end", ""), quirks, now) if retimes else None
    return Change(text=read.text, coding=read.coding, timing=timing, extras=extras)


def retimed(message: Message, fields: Mapping[str, Any], end: str, quirks: Quirks, now: datetime) -> Timing:
    """Without a time of its own the message leaves when it was to leave before. Raises Objection."""
    # req: smpp34/replace/times
    given = {**fields, "validity_period": end}
    at, validity = drafts.timing(given, quirks, now, queued_at(message))
    return Timing(scheduled_at=at, validity=validity, patience=drafts.hours(quirks.validity_hours))


def found(service: Service, login: Login, pdu: Pdu, quirks: Quirks) -> tuple[Message, Status]:
    """The message that a PDU names, of the source and for the destination it names. Raises Refused."""
    # req: smpp34/query/wrong-source smpp34/cancel/wrong-source
    # req: smpp34/cancel/no-destination smpp34/cancel/wrong-destination
    order, meant = order_of(pdu.fields["message_id"], service.ids, quirks), pdu.fields.get("destination_addr")
    number = drafts.recipient(meant, quirks) if meant else None
    message, status = service.gateway.status(login, Enquiry(id=order, number=number))
    source = pdu.fields["source_addr"]
    if message.order.route == ROUTE and not source:
        source = quirks.smpp_default_source
    if source != message.order.sender:
        raise Refused([Reason.UNKNOWN_MESSAGE])
    return message, status


def about(message: Message) -> Enquiry:
    return Enquiry(id=message.order.id, number=message.recipient)


OPERATIONS: Mapping[str, Callable[[Service, Login, Pdu, Quirks], Told]] = {
    "query_sm": query,
    "cancel_sm": cancel,
    "replace_sm": replace,
}

OWN = {
    "query_sm": CommandStatus.RQUERYFAIL,
    "cancel_sm": CommandStatus.RCANCELFAIL,
    "replace_sm": CommandStatus.RREPLACEFAIL,
}
"""What each answers where the message is not known, or it is too late for it."""
