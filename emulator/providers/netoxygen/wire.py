"""The document's parameters as values of the core, and values of the core as its results."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import ROUND_FLOOR, Decimal
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from emulator.core.ids import Ids, Spelling
from emulator.core.model import Account, Coding, Draft, Enquiry, Login, Message, Order, Status
from emulator.core.refusals import Reason
from emulator.core.sending import may_be_called
from emulator.core.text import JOINED, SINGLE, alphabet, parts, units
from emulator.core.timetable import last_step, moment_of
from emulator.providers.netoxygen.codes import CODES, ERRORS, ON_NETWORK, STATUSES, Codes
from emulator.providers.netoxygen.faults import Fault
from emulator.providers.netoxygen.quirks import Quirks

NAME = "netoxygen"

DEFAULT_SENDER = "textobox.ch"  # req: netoxygen/send/sender-textobox
"""Of accounts that have no default sender of their own."""

HOME = "41"  # req: netoxygen/clean-number/national
ZONE = ZoneInfo("Europe/Zurich")  # req: netoxygen/send/date-zone netoxygen/status/dates

_HALF = Spelling("0123456789abcdef", 16)
_LETTERS = str.maketrans("0123456789", "abcdefabcd")

_JUNK = re.compile(r"[^0-9+]")
_SENDER = re.compile(r"[0-9]{1,15}|[A-Za-z0-9]{1,11}", re.ASCII)
# req: netoxygen/send/date netoxygen/send/date-alone netoxygen/send/date-other-forms
_DATE = re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?", re.ASCII)


def login(fields: Mapping[str, str], flaws: tuple[Reason, ...]) -> Login:
    return Login(provider=NAME, name=fields.get("user", ""), password=fields.get("pass", ""), flaws=flaws)


# What is sent


def draft(fields: Mapping[str, str], account: Account, quirks: Quirks) -> Draft:
    """The message without its recipients; objections to text and sender included."""
    # req: netoxygen/send/text netoxygen/send/parts-gsm netoxygen/send/parts-ucs2
    # req: netoxygen/send/parts-extension
    text = fields["message"]
    coding = alphabet(text)
    chosen = choice(fields.get("sender", ""), account)
    flaws = (*text_flaws(text, coding, quirks), *sender_flaws(chosen, quirks))
    return Draft(
        # req: netoxygen/send/sender-default
        sender=chosen or account.attributes.get("sender") or DEFAULT_SENDER,
        own_sender=not chosen,
        recipients=(),
        text="" if Reason.TEXT_TOO_LONG in flaws else text,  # the parts of a book are nothing to count
        coding=coding,
        # req: netoxygen/send/type-default netoxygen/send/type-flash netoxygen/send/type-unknown
        flash=fields.get("type") == "flash",
        scheduled_at=moment(fields.get("date", ""), quirks),
        patience=timedelta(hours=quirks.validity_hours),  # req: netoxygen/status/expired
        flaws=flaws,
    )


def addressed(draft: Draft, dest: str, quirks: Quirks) -> Draft:
    """The message to one recipient: to its number, or as given with an objection to it."""
    found = number(dest, quirks)
    if found is None:
        return replace(draft, recipients=(dest,), flaws=(*draft.flaws, Reason.BAD_RECIPIENT))
    return replace(draft, recipients=(found,))


def choice(sender: str, account: Account) -> str:
    """The sender asked for; empty where the account may not choose it."""
    # req: netoxygen/send/sender netoxygen/send/sender-not-allowed netoxygen/send/sender-malformed-choice
    may = kind(account) != "free" and may_be_called(account, sender)
    return sender if may else ""


def text_flaws(text: str, coding: Coding, quirks: Quirks) -> tuple[Reason, ...]:
    """The objection to a text, if there is one."""
    if not text:
        return (Reason.EMPTY_TEXT,)  # req: netoxygen/send/empty-message
    room = max(SINGLE[coding], JOINED[coding] * quirks.most_parts)
    # what is far too long is not cut into parts to count them
    if units(text, coding) > room or parts(text, coding) > quirks.most_parts:
        return (Reason.TEXT_TOO_LONG,)  # req: netoxygen/send/too-long
    return ()


def sender_flaws(sender: str, quirks: Quirks) -> tuple[Reason, ...]:
    """The objection to a sender that was chosen, if there is one."""
    wrong = sender and quirks.sender_check and not _SENDER.fullmatch(sender)
    return (Reason.BAD_SENDER,) if wrong else ()  # req: netoxygen/send/sender-form


def moment(date: str, quirks: Quirks) -> datetime | None:
    """The moment asked for; None, which is now, for anything that is no date."""
    # req: netoxygen/send/date-empty netoxygen/send/date-invalid netoxygen/send/date-past
    # req: netoxygen/send/date-default-sender
    found = _DATE.fullmatch(date)
    if found is None or not (found[1] or quirks.date_only == "midnight"):
        return None
    try:
        return datetime.fromisoformat(date).replace(tzinfo=ZONE).astimezone(UTC)
    except (ValueError, OverflowError):  # no day of the calendar, or the first one of it
        return None


def number(text: str, quirks: Quirks) -> str | None:
    """The digits of a number in its international form; None if it cannot be one."""
    # req: netoxygen/clean-number/example netoxygen/clean-number/signs netoxygen/clean-number/destinations
    kept = _JUNK.sub("", text)
    digits = kept.replace("+", "")
    if kept.startswith("00"):  # req: netoxygen/clean-number/international netoxygen/clean-number/unchanged
        digits = digits[2:]
    elif kept.startswith("0"):
        digits = HOME + digits[1:]  # req: netoxygen/clean-number/national
    return digits if quirks.fewest_digits <= len(digits) <= quirks.most_digits else None


# Identifiers


def reference(order: Order, ids: Ids) -> str:
    """The identifier of an order as this provider writes it."""
    return identifier(order.id, ids)


def identifier(id: int, ids: Ids) -> str:
    """It begins with a letter: clients that guess types would send digits alone back as a number."""
    # req: netoxygen/send/id-form
    first, second = ids.spelled(id, "netoxygen-first", _HALF), ids.spelled(id, "netoxygen-second", _HALF)
    return first[0].translate(_LETTERS) + first[1:] + second


def enquiry(text: str, ids: Ids) -> Enquiry:
    """Which message an identifier means."""
    id = ids.read(text[-_HALF.length :], "netoxygen-second", _HALF)
    return Enquiry(id=id if id is not None and text == identifier(id, ids) else None)


# What is answered


def sent(dest: str, draft: Draft, said: str | Fault, quirks: Quirks) -> list[str | int]:
    """What became of one recipient: the number, whether it was taken, an identifier or an error code."""
    # req: netoxygen/send/triple netoxygen/send/number-normalised netoxygen/send/number-as-given
    echo = dest if quirks.number_echo == "given" else draft.recipients[0]
    # req: netoxygen/send/result-type netoxygen/send/error-type
    taken, last = (True, said) if isinstance(said, str) else (False, said.code)
    return [echo, taken if quirks.result == "boolean" else int(taken), last]


def kind(account: Account) -> str:
    """What the document calls the status of an account."""
    # req: netoxygen/account-status/regular netoxygen/account-status/free
    return "free" if account.attributes.get("status") == "free" else "regular"


def balance(credit: Decimal | None) -> int:
    """The account's credits in whole numbers, rounded down; an unlimited one has a great many."""
    # req: netoxygen/credits/integer netoxygen/credits/zero netoxygen/credits/negative
    return 999_999_999 if credit is None else int(credit.to_integral_value(ROUND_FLOOR))


def group(account: Account, ids: Ids) -> str:
    """The identifier of the group that an account belongs to; one of its own, where it belongs to none."""
    # req: netoxygen/guid/length netoxygen/guid/form netoxygen/guid/stable netoxygen/guid/shared
    # req: netoxygen/guid/distinct netoxygen/guid/moves
    named = account.attributes.get("group")
    whose = f"group {named}" if named else f"user {account.login}"
    return str(uuid5(NAMESPACE_URL, f"{NAME} {ids.seed} {whose}"))


def standing(message: Message, now: datetime, quirks: Quirks) -> tuple[Codes, datetime]:
    """The codes of a message at a moment, and since when it has them."""
    step = last_step(message, now)
    since = moment_of(step, message)
    arrived = since + timedelta(seconds=quirks.network_seconds)  # req: netoxygen/status/on-network
    if step.status is Status.SUBMITTED and arrived <= now:
        return ON_NETWORK, arrived
    return CODES[step.status], since


def state(message: Message, now: datetime, quirks: Quirks) -> dict[str, str | int]:
    """What is known of a message."""
    order = message.order
    codes, since = standing(message, now, quirks)
    told = ((codes.error, ERRORS[codes.error]), (codes.status, STATUSES[codes.status]))
    (first, first_text), (last, last_text) = reversed(told) if quirks.tables_swapped else told
    return {  # req: netoxygen/status/members netoxygen/status/from-to netoxygen/status/effective-sender
        "from": order.sender,
        "to": message.recipient,
        # req: netoxygen/status/length netoxygen/status/length-counts
        "length": units(order.text, order.coding),
        "sent_date": written(order.scheduled_at or order.accepted_at),  # req: netoxygen/status/sent-date
        "sent_status": first,  # req: netoxygen/status/tables
        "sent_status_text": first_text,  # req: netoxygen/status/texts
        "last_date": written(since),  # req: netoxygen/status/last-date
        "last_status": last,
        "last_status_text": last_text,
    }


def written(moment: datetime) -> str:
    return f"{moment.astimezone(ZONE):%Y-%m-%d %H:%M:%S}"
