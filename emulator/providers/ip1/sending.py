"""POST /v2/batches: from what a customer asks for to an order of the core."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from emulator.core.model import Account, Coding, Draft
from emulator.core.refusals import Reason
from emulator.core.text import alphabet
from emulator.provider import Reply
from emulator.providers.ip1 import blacklist, documents, senders, windows
from emulator.providers.ip1.accounts import SWEDISH, currency, kind
from emulator.providers.ip1.asked import Asked, asked
from emulator.providers.ip1.calls import Call, answer
from emulator.providers.ip1.faults import invalid
from emulator.providers.ip1.notes import Notes
from emulator.providers.ip1.numbers import is_reachable
from emulator.providers.ip1.quirks import Quirks
from emulator.providers.ip1.statuses import ACCEPTED
from emulator.providers.ip1.templates import filled

URGENT = {True: Decimal("0.10"), False: Decimal("0.01")}
"""What priority 2 costs a part: SEK on Swedish accounts, EUR on others."""

MOST_TEXT = 2**25
"""Characters of what one call makes of its template: a few values, often enough, fill any memory."""

Texts = Mapping[str, tuple[str, Coding]]
Refusals = dict[str, Reason]


def send(call: Call) -> Reply:
    # req: ip1/send/address ip1/send/created ip1/send/batch ip1/send/accepted-2xx
    told = asked(call.body, call.now, call.quirks)
    with call.gateway.store.turn():
        order = call.gateway.send(call.login, _checked(call, told))
    document = documents.batch(order, ACCEPTED, call.ids, call.quirks)
    address = call.address(f"/v2/batches/{document['id']}")
    return answer(document, call.quirks.created_status, (("Location", address),))


def _checked(call: Call, told: Asked) -> Draft:
    """The order that is asked for, held against what the account keeps. Raises Declined."""
    registered = senders.is_usable(call, told.sender)
    if not registered:
        _must_be_registered(call.quirks)
    blocked, texts = blacklist.blocked(call, told.recipients.numbers), _texts(told, call.quirks)
    refusals = _refusals(told, texts, registered=registered, blocked=blocked)
    return _draft(told, texts, refusals, call.account, call.quirks)


def _draft(
    asked: Asked, texts: Texts, refusals: Mapping[str, Reason], account: Account, quirks: Quirks
) -> Draft:
    """The order, as the core knows orders."""
    # req: ip1/send/core ip1/send/at-once ip1/send/as-sent ip1/send/price ip1/send/no-credit
    # req: ip1/account/abroad
    notes = Notes(
        priority=asked.priority,
        datacoding=asked.datacoding,
        currency=currency(account),
        templated=_is_templated(asked, quirks),
        reference=asked.reference,
        tags=asked.tags,
        windows=windows.written(asked.schedule.windows),
    )
    return Draft(
        sender=asked.sender,
        own_sender=True,  # who may use it was asked already, and is told otherwise
        recipients=asked.recipients.numbers,
        text=asked.body,
        coding=alphabet(asked.body),
        flash=asked.kind == "flash",
        scheduled_at=asked.schedule.term.opens,
        validity=asked.schedule.term.validity,
        callback=asked.url,
        extras=notes.extras,
        texts=texts,
        refusals=refusals,
        each=quirks.no_credit == "status402",
        # req: ip1/send/priority-price
        surcharge=URGENT[kind(account) == SWEDISH] if asked.priority > 1 else Decimal(0),
    )


def _texts(asked: Asked, quirks: Quirks) -> Texts:
    """The text of each recipient that has values for it. Raises Declined where they have no end."""
    # req: ip1/templating/rendered ip1/templating/length
    known = asked.recipients.known
    if not known:
        return {}
    default, kept = asked.recipients.default, quirks.missing_value == "kept"
    texts: dict[str, tuple[str, Coding]] = {}
    left = MOST_TEXT
    for number, values in (asked.recipients.values or {}).items():
        text = filled(asked.body, values, default, known, kept=kept)
        left -= len(text)
        if left < 0:
            raise invalid({"recipients": [f"All texts together may have {MOST_TEXT} characters."]})
        texts[number] = text, alphabet(text)
    return texts


def _refusals(asked: Asked, texts: Texts, *, registered: bool, blocked: Sequence[str]) -> Refusals:
    """Who is refused alone, and why: the most pressing reason."""
    # req: ip1/recipients/each-own ip1/recipients/unparsable ip1/recipients/blacklisted ip1/send/gsm-only
    numbers = asked.recipients.numbers
    if not registered:
        return dict.fromkeys(numbers, Reason.BAD_SENDER)
    found: Refusals = {}
    if asked.datacoding == "gsm":
        own = alphabet(asked.body)
        wide = [number for number in numbers if texts.get(number, ("", own))[1] is Coding.UCS2]
        found = dict.fromkeys(wide, Reason.BAD_CODING)
    found |= dict.fromkeys(blocked, Reason.BLOCKED_RECIPIENT)
    return found | {number: Reason.BAD_RECIPIENT for number in numbers if not is_reachable(number)}


def _is_templated(asked: Asked, quirks: Quirks) -> bool:
    # req: ip1/templating/templated-keys
    if quirks.templated == "object":
        return asked.recipients.values is not None
    return bool(asked.recipients.known)


def _must_be_registered(quirks: Quirks) -> None:
    """Raises Declined where the call is refused as a whole."""
    # req: ip1/send/unregistered
    if quirks.unregistered_sender in {"http400", "http422"}:
        status = int(quirks.unregistered_sender.removeprefix("http"))
        raise invalid({"sender": ["The sender is not registered."]}, "ip1/send/unregistered", status)
