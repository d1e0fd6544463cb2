"""The document's parameters as values of the core, and values of the core as its replies."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from emulator.core.contacts import Entry
from emulator.core.hlr import Progress, Question
from emulator.core.ids import Ids, Spelling
from emulator.core.model import Coding, Draft, Enquiry, Login, Order, Status
from emulator.core.numbers import msisdn
from emulator.core.refusals import Reason
from emulator.core.register import Lookup, Presence
from emulator.core.text import fits_gsm7
from emulator.providers.isms.greek import in_gsm
from emulator.providers.isms.quirks import Quirks
from emulator.wire.strtotime import strtotime

NAME = "isms"

MESSAGE_ID = Spelling("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 10)  # req: isms/send/id-form isms/query/id-case
ORDER = "isms-order"
LOOKUP_ID = Spelling("0123456789abcdefghijklmnopqrstuvwxyz", 7)  # req: isms/hlr/id-form

# req: isms/savecontact/ok isms/savecontact/ok-spelling
OK = {"document": "ΟΚ", "ascii": "OK"}  # the first in Greek capitals, as printed

STATES = {  # req: isms/query/reply
    Status.SCHEDULED: "Queued",  # req: isms/query/queued isms/schedule/queued
    Status.QUEUED: "Queued",
    Status.SUBMITTED: "Pending",  # req: isms/query/pending
    Status.DELIVERED: "Delivered",  # req: isms/query/delivered
    Status.UNDELIVERABLE: "Failed",  # req: isms/query/failed
    Status.EXPIRED: "Failed",  # req: isms/query/expiry
    Status.REJECTED: "Failed",
    Status.UNROUTABLE: "Failed",
    Status.CANCELLED: "Failed",
}

ANSWERS = {
    Presence.LIVE: ("Delivered", "0"),  # req: isms/hlrquery/delivered isms/hlrquery/error-code
    Presence.ABSENT: ("Undelivered", "27"),  # req: isms/hlrquery/undelivered
    Presence.UNKNOWN_NUMBER: ("Failed", "1"),  # req: isms/hlrquery/failed
    Presence.NO_ANSWER: ("Unknown", "34"),  # req: isms/hlrquery/unanswered
}
"""The word for what the register says, and the error code of MAP (GSM 09.02) that goes with it."""

# req: isms/send/sender-letters isms/send/sender-digits isms/send/sender-form
_SENDER = re.compile(r"\+?[0-9]{1,16}|(?=.*[^0-9])[A-Za-z0-9 ._&-]{1,11}", re.ASCII)

MOST_NUMBERS = 10_000
"""Recipients of a call, or numbers of a look-up."""

Fields = Mapping[str, str]


class TooMany(Exception):
    """More numbers than one call may name; the document has no words for it."""


def login(fields: Fields, flaws: tuple[Reason, ...]) -> Login:
    # req: isms/http/credentials isms/http/case-of-names isms/http/unknown-names isms/http/empty-is-missing
    return Login(
        provider=NAME, name=fields.get("username", ""), password=fields.get("password", ""), flaws=flaws
    )


def draft(fields: Fields, quirks: Quirks, now: datetime) -> Draft:
    """What send.php is asked for, objections to sender and date included."""
    sender = fields.get("from", "")  # req: isms/send/from
    text, coding = message(fields, quirks)
    at, flaw = schedule(fields.get("schedule", ""), quirks, now)
    bad_sender = not sender or (quirks.sender_check and not is_sender(sender))
    return Draft(
        sender=sender,
        recipients=numbers(fields.get("to", ""), quirks),  # req: isms/send/to isms/send/bulk
        text=text,
        coding=coding,
        # req: isms/send/flash-on isms/send/flash-off isms/send/flash-default isms/send/flash-unknown
        flash=fields.get("flash") == "1",
        scheduled_at=at,
        patience=timedelta(hours=quirks.validity_hours),
        callback=fields.get("dlr-url") or None,  # req: isms/report/encoded
        flaws=(*((Reason.BAD_SENDER,) if bad_sender else ()), *flaw),  # req: isms/send/sender-form
    )


def message(fields: Fields, quirks: Quirks) -> tuple[str, Coding]:
    """The text as it will travel; the core counts its parts."""
    # req: isms/send/message isms/send/message-optional isms/text/empty isms/text/concatenated
    # req: isms/text/gsm-parts isms/text/ucs2-parts isms/text/extension isms/text/pairs-stay-whole
    text = fields.get("message", "")
    # req: isms/send/coding-default isms/send/coding-spelling isms/send/coding-unknown
    named = {"GSM": False, "UTF-8": True, "UTF8": True}.get(fields.get("coding", "GSM").upper() or "GSM")
    if named is None:
        named = quirks.unknown_coding == "utf-8"
    if not named:  # req: isms/send/coding-gsm isms/text/greek-capitals isms/text/question-marks
        return in_gsm(text, greek=quirks.greek_transliteration), Coding.GSM7
    shortest = quirks.utf8_counts_as == "shortest" and fits_gsm7(text)
    # req: isms/send/coding-utf8 isms/text/every-language isms/text/utf8-counts-as-ucs2
    return text, Coding.GSM7 if shortest else Coding.UCS2


def schedule(text: str, quirks: Quirks, now: datetime) -> tuple[datetime | None, tuple[Reason, ...]]:
    """The moment asked for, or the objection to it."""
    # req: isms/schedule/parameter isms/schedule/empty
    if not text:
        return None, ()
    # req: isms/schedule/date isms/schedule/date-and-minute isms/schedule/date-and-second
    # req: isms/schedule/english-date isms/schedule/plus-a-day isms/schedule/plus-a-week
    # req: isms/schedule/plus-several isms/schedule/next-weekday isms/schedule/last-weekday
    # req: isms/schedule/strtotime isms/schedule/moments isms/schedule/units-add-up isms/schedule/case
    # req: isms/schedule/bare-plus isms/schedule/zone isms/schedule/clock-change
    moment = strtotime(text, now, ZoneInfo(quirks.zone))
    past = moment is not None and moment < now and quirks.past_schedule == "refuse"
    if moment is None or past:  # req: isms/schedule/not-strtotime isms/schedule/past
        return None, (Reason.BAD_SCHEDULE,)
    return moment, ()


def numbers(text: str, quirks: Quirks) -> tuple[str, ...]:
    """The valid entries of a comma list. Raises TooMany."""
    # req: isms/send/invalid-dropped isms/send/number-spelling
    listed = unquote(text) if quirks.decode_twice else text  # req: isms/send/decoded-once
    found = (found for entry in listed.split(",") if entry and (found := number(entry, quirks)))
    meant = tuple(dict.fromkeys(found) if quirks.duplicates == "once" else found)  # req: isms/send/duplicates
    if len(meant) > MOST_NUMBERS:
        raise TooMany(f"a call may name {MOST_NUMBERS} numbers")
    return meant


def number(text: str, quirks: Quirks) -> str | None:
    """The digits of one number, or None."""
    # req: isms/query/number-spelling isms/send/number-length
    spelled = text.strip() if quirks.tolerant_numbers else text
    found = msisdn(spelled, fewest=quirks.fewest_digits, most=quirks.most_digits)
    return found if quirks.tolerant_numbers or found == text else None


def is_sender(text: str) -> bool:
    """Whether the text can stand where a message says whom it is from."""
    return _SENDER.fullmatch(text) is not None


def question(fields: Fields, quirks: Quirks) -> Question:
    # req: isms/hlr/mobiles isms/hlr/number-spelling
    return Question(numbers=numbers(fields.get("mobiles", ""), quirks))


def message_enquiry(fields: Fields, quirks: Quirks, ids: Ids) -> Enquiry:
    return _enquiry(fields, quirks, lambda mid: ids.read(mid, ORDER, MESSAGE_ID))


def lookup_enquiry(fields: Fields, quirks: Quirks, ids: Ids) -> Enquiry:
    return _enquiry(fields, quirks, lambda mid: ids.read(mid, "isms-lookup", LOOKUP_ID))


def _enquiry(fields: Fields, quirks: Quirks, read: Callable[[str], int | None]) -> Enquiry:
    """Which message or look-up is meant."""
    # req: isms/query/parameters isms/hlrquery/parameters
    mid, mobile = fields.get("mid", ""), fields.get("mobile", "")
    spelled = mid.removeprefix("ID:") if quirks.id_prefix else mid  # req: isms/query/id-prefix
    missing = (*(() if mid else (Reason.NO_ID,)), *(() if mobile else (Reason.NO_NUMBER,)))
    # req: isms/hlrquery/number-spelling
    return Enquiry(id=read(spelled), number=number(mobile, quirks) or "", flaws=missing)


def entry(fields: Fields, quirks: Quirks) -> Entry:
    # req: isms/savecontact/parameters isms/savecontact/only-a-number isms/savecontact/extra-fields
    mobile = fields.get("mobile", "")
    found = number(mobile, quirks)  # req: isms/savecontact/number-spelling
    wrong = Reason.BAD_CONTACT_NUMBER if mobile.strip() else Reason.NO_CONTACT_NUMBER
    return Entry(
        number=found or "",
        surname=fields.get("surname", ""),
        name=fields.get("name", ""),
        comments=fields.get("comments", ""),
        flaws=() if found else (wrong,),
    )


def balance(credit: Decimal | None) -> str:
    """The account's credit with two decimals, rounded down; an unlimited one is a large number."""
    # req: isms/credits/reply isms/credits/two-decimals
    amount = Decimal("999999999.99") if credit is None else credit
    return f"Credits:{amount.quantize(Decimal('0.01'), ROUND_DOWN)}"


def reference(order: Order, ids: Ids) -> str:
    """The identifier of an order as this provider writes it."""
    # req: isms/send/one-id isms/send/new-id
    return ids.spelled(order.id, ORDER, MESSAGE_ID)


def sent(order: Order, ids: Ids) -> str:
    return f"ID:{reference(order, ids)}"  # req: isms/send/reply


def asked(lookup: int, ids: Ids) -> str:
    return f"ID:{ids.spelled(lookup, 'isms-lookup', LOOKUP_ID)}"  # req: isms/hlr/reply


def state(status: Status) -> str:
    return f"Status: {STATES[status]}"


def answer(lookup: Lookup, progress: Progress) -> str:
    """One word, or six fields."""
    # req: isms/hlrquery/word-alone isms/hlrquery/six-fields
    if progress is not Progress.ANSWERED:
        return progress.capitalize()  # req: isms/hlrquery/queued isms/hlrquery/pending
    word, code = ANSWERS[lookup.presence]
    network = lookup.network
    return ";".join(  # req: isms/hlrquery/empty-fields
        (
            word,
            lookup.country,  # req: isms/hlrquery/country
            network.name if network else "",  # req: isms/hlrquery/operator
            imsi(lookup),  # req: isms/hlrquery/imsi
            lookup.serving_msc,  # req: isms/hlrquery/serving-msc
            code,
        )
    )


def imsi(lookup: Lookup) -> str:
    """The codes of the network, the subscriber's part blanked out; only a live handset shows it."""
    if lookup.network is None or lookup.presence is not Presence.LIVE:
        return ""
    return (lookup.network.mcc + lookup.network.mnc).ljust(15, "0")
