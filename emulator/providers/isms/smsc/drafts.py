"""A submit as a Draft: sender, recipient, text, times."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from emulator.core.model import Coding, Draft
from emulator.core.text import fits_gsm7
from emulator.providers.isms import wire
from emulator.providers.isms.quirks import Quirks
from emulator.providers.isms.smsc.envelope import Envelope
from emulator.providers.isms.smsc.pieces import Portion
from emulator.providers.isms.smsc.statuses import Objection
from emulator.wire.smpp import texts, times
from emulator.wire.smpp.fields import Malformed
from emulator.wire.smpp.pdus import Pdu
from emulator.wire.smpp.statuses import CommandStatus
from emulator.wire.smpp.texts import Alphabet, Piece

ROUTE = "smpp"
"""What orders that came this way say carries them."""

SINGLE, JOINED = 140, 134
"""Octets of a message that is no text, and of each of several."""

ON_DISPLAY = 1
"""dest_addr_subunit of a handset's display (section 5.3.2.1)."""

NAMED = 5
"""The type of number of a name."""


class Text(NamedTuple):
    """The text of a submit, with the piece of a longer one that it is."""

    text: str
    coding: Coding
    parts: int | None
    piece: Portion | None


def text(pdu: Pdu, envelope: Envelope) -> Text:
    """What is to be read, where it does not stand. Raises Objection."""
    # req: smpp34/long/payload smpp34/long/payload-whole smpp34/submit/empty-message smpp34/submit/longest
    # req: smpp34/data/no-payload smpp34/data/coding
    octets, options = pdu.fields.get("short_message", b""), pdu.options
    if options:
        payload = options.get("message_payload")
        if payload is not None and octets:  # req: smpp34/long/both
            raise Objection(CommandStatus.RINVOPTPARAMVAL)
        octets = octets or payload or b""
    if envelope.headed:
        return headed(octets, envelope.alphabet, options)
    return worded(octets, envelope.alphabet, segment(options) if options else None)


def headed(octets: bytes, alphabet: Alphabet, options: Mapping[str | int, Any]) -> Text:
    """The text behind its header, which need not be what says that it is a piece. Raises Objection."""
    # req: smpp34/long/udh smpp34/long/udh-16 smpp34/submit/esm-bad-header
    try:
        elements, rest = texts.parted(octets)
    except Malformed as error:
        raise Objection(error.status) from None
    return worded(rest, alphabet, texts.piece(elements) or segment(options))


def segment(options: Mapping[str | int, Any]) -> Piece | None:
    """Which piece the three parameters say it is; one alone says nothing."""
    # req: smpp34/long/sar smpp34/long/sar-all
    reference, total = options.get("sar_msg_ref_num"), options.get("sar_total_segments")
    number = options.get("sar_segment_seqnum")
    if reference is None or total is None or number is None or not 1 <= number <= total:
        return None
    return Piece(reference, total, number)


def worded(octets: bytes, alphabet: Alphabet, piece: Piece | None) -> Text:
    # req: smpp34/text/default smpp34/text/default-greek smpp34/text/extension smpp34/text/ascii
    # req: smpp34/text/latin1 smpp34/text/ucs2 smpp34/text/ucs2-greek smpp34/text/octets
    # req: smpp34/text/odd-ucs2 isms/smpp/languages
    read = texts.decoded(octets, alphabet)
    portion = None if piece is None or piece.total == 1 else Portion(*piece, octets, alphabet)
    parts = 1 if portion else None
    if alphabet is Alphabet.GSM:
        return Text(read, Coding.GSM7, parts, portion)
    if alphabet is Alphabet.OCTETS:
        return Text(read, Coding.GSM7, parts or parts_of_octets(len(octets)), portion)
    short = alphabet is not Alphabet.UCS2 and fits_gsm7(read)
    return Text(read, Coding.GSM7 if short else Coding.UCS2, parts, portion)


def parts_of_octets(count: int) -> int:
    return 1 if count <= SINGLE else -(-count // JOINED)


def draft(
    pdu: Pdu, envelope: Envelope, read: Text, recipients: tuple[str, ...], quirks: Quirks, now: datetime
) -> Draft:
    """Raises Objection."""
    fields, options = pdu.fields, pdu.options
    at, validity = (
        timing(fields, quirks, now)
        if fields.get("schedule_delivery_time") or fields.get("validity_period")
        else (None, None)
    )
    extras = noted(pdu, envelope) if options else envelope.extras
    if validity is not None:
        extras = {**extras, "end": times.written(max(at or now, now) + validity)}
    return Draft(
        sender=sender(fields["source_addr"], quirks),
        recipients=recipients,
        text=read.text,
        coding=read.coding,
        # req: smpp34/text/flash-subunit
        flash=envelope.flash or (bool(options) and options.get("dest_addr_subunit") == ON_DISPLAY),
        scheduled_at=at,  # req: smpp34/times/not-before smpp34/times/scheduled-then
        validity=validity,
        patience=hours(quirks.validity_hours),
        route=ROUTE,
        extras=extras,
        parts=read.parts,
    )


@cache
def hours(count: int) -> timedelta:
    return timedelta(hours=count)


def noted(pdu: Pdu, envelope: Envelope) -> Mapping[str, str]:
    """What the order remembers beside the envelope."""
    # req: smpp34/receipts/user-message-reference smpp34/alert/sent
    named = {"user_message_reference": "reference", "set_dpf": "pending"}
    own = {note: str(pdu.options[name]) for name, note in named.items() if name in pdu.options}
    return {**envelope.extras, **own} if own else envelope.extras


def sender(text: str, quirks: Quirks) -> str:
    """Raises Objection."""
    # req: smpp34/submit/default-source smpp34/submit/alphanumeric-source isms/smpp/sender
    named = text or quirks.smpp_default_source
    if quirks.sender_check and not wire.is_sender(named):
        raise Objection(CommandStatus.RINVSRCADR)
    return named


def recipient(text: str, quirks: Quirks) -> str:
    """The digits of a destination. Raises Objection."""
    # req: smpp34/submit/no-destination smpp34/submit/bad-destination smpp34/submit/international
    found = wire.number(text, quirks)
    if found is None:
        raise Objection(CommandStatus.RINVDSTADR)
    return found


def timing(
    fields: Mapping[str, Any], quirks: Quirks, now: datetime, queued: datetime | None = None
) -> tuple[datetime | None, timedelta | None]:
    """When the message is to leave, and how long after that it is worth anything. Raises Objection.

    Without a time of its own it leaves when it is `queued`, or now.
    """
    # req: smpp34/times/at-once smpp34/times/absolute smpp34/times/absolute-zone smpp34/times/relative
    # req: smpp34/times/bad-schedule smpp34/times/past-schedule
    at = moment(fields.get("schedule_delivery_time", ""), now, CommandStatus.RINVSCHED)
    if at is not None and at < now and quirks.past_schedule == "refuse":
        raise Objection(CommandStatus.RINVSCHED)
    # req: smpp34/times/validity smpp34/times/validity-relative smpp34/times/validity-default
    # req: smpp34/times/bad-validity smpp34/times/past-validity
    end = moment(fields.get("validity_period", ""), now, CommandStatus.RINVEXPIRY)
    begins = max(at or queued or now, now)
    if end is not None and end <= begins:  # req: smpp34/times/end-before-schedule
        raise Objection(CommandStatus.RINVEXPIRY)
    return at, None if end is None else end - begins


def moment(text: str, now: datetime, status: CommandStatus) -> datetime | None:
    """Raises Objection with that status for what is no moment."""
    try:
        return times.moment(text, now)
    except (ValueError, OverflowError):
        raise Objection(status) from None
