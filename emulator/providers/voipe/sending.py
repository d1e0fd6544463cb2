"""`pv`: what is sent to whom, and what is answered for each of them."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from types import MappingProxyType

from emulator.core.credits import affords
from emulator.core.model import Account, Draft, Order
from emulator.core.refusals import Reason, Refused
from emulator.providers.voipe import fields, numbers, people, queues, stoplist, texts
from emulator.providers.voipe.answers import BROKEN, Answer, Unanswered, listed
from emulator.providers.voipe.calls import Call
from emulator.providers.voipe.faults import Declined, code
from emulator.providers.voipe.outgoing import Outgoing
from emulator.providers.voipe.quirks import Quirks
from emulator.providers.voipe.schedule import moment
from emulator.providers.voipe.senders import sender
from emulator.providers.voipe.texts import Worded
from emulator.wire.php import given

MOST_DESTINATIONS = 10_000
"""Of one call."""

BEHIND = 1000
"""Messages after which the index of `ds` learns of them, so that nobody who asks waits for many."""

NOTHING_TO_SEND = frozenset({Reason.EMPTY_TEXT, Reason.NO_RECIPIENTS})
"""Objections that speak against the whole call."""

FAILED = "200"


@dataclass(frozen=True, slots=True)
class Entry:
    """What is said of one destination."""

    error: str
    id: str | None = ""
    queue: str = ""
    to: str = ""

    def told(self) -> Answer:
        # req: voipe/pv/entry-keys voipe/pv/failure-entry
        status = "OK" if self.error == "0" else "ERR"
        return {
            "status": status,
            "error": self.error,
            "smslog_id": self.id,
            "queue": self.queue,
            "to": self.to,
        }


def pv(call: Call) -> Answer:
    """An entry for each number, in their order, and for each user after them."""
    # req: voipe/pv/operation voipe/pv/mandatory voipe/pv/empty voipe/pv/nought-is-empty voipe/auth/first
    to, text = call.value("to"), call.value("msg")
    if not (given(to) and given(text)) or NOTHING_TO_SEND & {*call.login.flaws}:
        raise Declined("201")
    if to.count(",") >= MOST_DESTINATIONS:
        return listed([Entry(FAILED).told()])  # req: voipe/pv/many
    named = numbers.named(to, call.account, call.here.gateway, call.quirks)
    message = texts.message(fields.text(text, call.quirks), call.account, call.quirks)
    entries = _entries(call, named, message)
    # req: voipe/pv/nothing-to-do voipe/pv/entries voipe/envelope/list
    return listed([entry.told() for entry in entries]) if entries else {}


def _entries(call: Call, named: numbers.Named, text: str) -> list[Entry]:
    """What is said of everybody who is named. Raises Unanswered."""
    if not texts.storable(text, call.quirks):
        return [Entry(FAILED)] if named.asked else []
    entries = _to_numbers(call, named.numbers, text) if named.asked else []
    refused = len(entries) == 1 and entries[0].error != "0"
    entries += [_to_user(call, typed, user, text) for typed, user in named.users]  # req: voipe/user/last
    if refused and named.users and call.quirks.refused_with_user == "defect":
        raise Unanswered(BROKEN)
    return entries


def _to_numbers(call: Call, named: Sequence[str | None], text: str) -> list[Entry]:
    """What is said of the numbers: of all of them together where nothing is sent to any."""
    if not texts.fitting(call.value("unicode"), call.value("type"), call.quirks):
        return [Entry(FAILED)]
    blocked = _blocked(call, named)
    free = [one for one in named if one is not None and one not in blocked]
    if not free:  # req: voipe/pv/no-digits voipe/pv/all-blocked
        return [Entry(FAILED, queue=queues.closed(call.here.gateway, call.here.ids))]
    try:
        order = _sent(call, free, _worded(call, text))
    except Refused as refusal:
        error = _code(refusal, call.quirks)
        call.here.voiced(f"voipe/code/{error}")
        return [Entry(error)]
    return _one_by_one(named, blocked, order, queues.code(order.id, call.here.ids))


def _blocked(call: Call, named: Sequence[str | None]) -> Container[str]:
    """Those on the stop list, as they are spelled."""
    stopped = stoplist.stopped(call.here.gateway)
    return {one for one in named if one and stoplist.digits(one) in stopped} if stopped else frozenset()


def _one_by_one(
    named: Sequence[str | None], blocked: Container[str], order: Order, queue: str
) -> list[Entry]:
    """An entry for each number: those that were sent to have ids that follow one another."""
    # req: voipe/pv/ids voipe/pv/ids-rise voipe/pv/to-echoed voipe/pv/blocked
    ids = count(order.first)
    return [
        Entry("103") if one is None  # a hole that duplicates left
        else Entry(FAILED) if one in blocked
        else Entry("0", str(next(ids)), queue, one)
        for one in named
    ]  # fmt: skip


def _worded(call: Call, text: str) -> Worded:
    """The message with the footer that the call asks for."""
    asked = fields.text(call.value("footer"), call.quirks)
    footer = texts.footer(asked, call.value("nofooter"), call.account, call.quirks)
    return texts.worded(text, footer, call.value("unicode"), call.quirks)


def _sent(call: Call, to: Sequence[str], said: Worded) -> Order:
    """The order for the numbers that nothing speaks against. Raises Refused."""
    # req: voipe/credit/each voipe/credit/all-or-nothing voipe/credit/refused-is-free
    if len(to) > MOST_DESTINATIONS:
        raise Refused([Reason.STORAGE_FAILED])
    gateway, account = call.here.gateway, call.account
    with gateway.store.turn():
        above = people.parent(gateway, account)
        draft = _draft(call, to, said, has_parent=above is not None)
        if above is not None and not affords(above, gateway.cost(call.login, draft)):
            raise Refused([Reason.NO_CREDIT])  # req: voipe/credit/parent
        order = gateway.send(call.login, draft)
        if order.first // BEHIND != (order.first + order.size) // BEHIND:
            gateway.indexed(Outgoing).of(account.login, gateway.clock.now())
    return order


def _draft(call: Call, to: Sequence[str], said: Worded, *, has_parent: bool) -> Draft:
    chosen = sender(call.value("from"), call.account, call.quirks)
    later = call.quirks.charged == "delivered"  # req: voipe/credit/charged
    return Draft(
        sender=chosen or "",
        own_sender=True,
        recipients=tuple(to),
        text=said.whole,
        coding=said.coding,
        parts=said.parts,
        flash=call.value("type") == "flash",  # req: voipe/pv/type voipe/text/other-type
        # req: voipe/schedule/answer
        scheduled_at=moment(call.value("schedule"), call.account, call.here.gateway.clock.now(), call.quirks),
        on_delivery=later,
        on_trust=later and has_parent,
        extras=_footnote(said.footer),
        flaws=() if chosen is not None else (Reason.BAD_SENDER,),
    )


@lru_cache(maxsize=256)
def _footnote(footer: str) -> Mapping[str, str]:
    """What an order remembers of its footer: it is no part of the message for who asks what was sent."""
    return MappingProxyType({"footer": footer} if footer else {})


def _to_user(call: Call, typed: str, user: Account, text: str) -> Entry:
    """The message in the user's inbox, for nothing."""
    # req: voipe/user/inbox voipe/user/no-id voipe/user/free
    gateway = call.here.gateway
    gateway.receive(people.NAME, user.login, f"@{call.account.login}", "", text)
    return Entry("0", None, queues.internal(gateway, call.here.ids), typed)


def _code(refusal: Refused, quirks: Quirks) -> str:
    found = code(refusal)
    return quirks.no_credit if found == "103" else found  # req: voipe/credit/none
