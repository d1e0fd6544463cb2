"""`ds`: what was sent, and what became of it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice

from emulator.core.model import Message
from emulator.providers.voipe import people, phonebook, queues
from emulator.providers.voipe.answers import Answer, listed
from emulator.providers.voipe.calls import Call
from emulator.providers.voipe.faults import Declined
from emulator.providers.voipe.filters import brief, leading_number, window, without_prefix
from emulator.providers.voipe.outgoing import Filter, Handed, Outgoing
from emulator.providers.voipe.patterns import ending, part
from emulator.providers.voipe.progress import NEVER, handed_over, progress, written
from emulator.wire.php import given

PLACE = "#NAME#"
"""Where some servers put the name that a contact with the number has."""

TAKEN = timedelta(seconds=0.2)
"""How long a queue is worked at before its messages are handed over."""


def ds(call: Call) -> Answer:
    """Messages of the caller that were handed over. Raises Declined."""
    # req: voipe/ds/mandatory voipe/ds/own voipe/ds/order voipe/ds/same-second voipe/ds/nothing
    gateway = call.here.gateway
    with gateway.store.turn():
        now = gateway.clock.now()
        rows = [_row(call, message, now) for message in _found(call, now)]
    if not rows:
        raise Declined(_reason(call))
    return listed(rows)


def last_id(call: Call) -> int:
    """The highest identifier of a message that was handed over."""
    gateway = call.here.gateway
    with gateway.store.turn():
        return gateway.indexed(Outgoing).of(call.account.login, gateway.clock.now()).highest


def _found(call: Call, now: datetime) -> Iterator[Message]:
    """The messages asked for, the latest first."""
    # req: voipe/ds/c voipe/ds/last
    asked, filter = window(call.value("c"), call.value("last")), _filter(call)
    if asked is None:
        return
    store, handed = call.here.gateway.store, _handed(call, now)
    ids = handed.fitting(replace(filter, after=asked.after))
    messages = (message for id in ids if (message := store.message(id)) is not None)
    if now < handed.upto:  # the clock was put back: some were not handed over yet
        messages = (message for message in messages if (at := handed_over(message)) and at <= now)
    yield from islice(messages, asked.start, asked.start + asked.limit)


def _handed(call: Call, now: datetime) -> Handed:
    """Those of a queue, or the one of an identifier, where either is named; else all of the caller."""
    # req: voipe/ds/queue voipe/ds/smslog-id voipe/ds/id-digits voipe/ds/queue-case voipe/ds/queued-id
    queue, id = call.value("queue"), call.value("smslog_id")
    gateway, account = call.here.gateway, call.account
    if not (given(queue) or given(id)):
        return gateway.indexed(Outgoing).of(account.login, now)
    few: Sequence[Message | None] = [gateway.store.message(leading_number(id))]
    if given(queue):
        order = gateway.store.ordered(queues.order(queue, call.here.ids))
        few = [one for one in order if not given(id) or one.id == leading_number(id)]
    owner = account.provider, account.login
    handed = Handed()
    handed.wait_for([one for one in few if one and (one.order.provider, one.order.account) == owner])
    handed.take_in(now)
    return handed


def _filter(call: Call) -> Filter:
    """What the rest of the call asks for."""
    # req: voipe/ds/src voipe/ds/src-exact voipe/ds/dst voipe/ds/dst-ending voipe/ds/dst-short
    # req: voipe/ds/dt voipe/ds/dt-part voipe/ds/wildcards
    src, dst, dt = call.value("src"), call.value("dst"), call.value("dt")
    sender = src.lower() if given(src) else None
    number = brief(without_prefix(dst)) if given(dst) else "0"
    if not number.strip("%"):
        return Filter(sender)  # whatever the moment: one of both is enough
    return Filter(sender, ending(number) if given(dst) else None, part(brief(dt)) if given(dt) else None)


def _row(call: Call, message: Message, now: datetime) -> Answer:
    """A message as it is listed: without its footer."""
    # req: voipe/ds/keys voipe/ds/values voipe/ds/quotes voipe/footer/not-told
    at, known, order = handed_over(message), progress(message, now), message.order
    footer = order.extras.get("footer", "")
    text = order.text.removesuffix(f" {footer}") if footer else order.text
    if PLACE in text and call.quirks.names == "filled":  # req: voipe/text/name
        text = text.replace(PLACE, phonebook.called(call.here.gateway, call.account, message.recipient))
    return {
        "smslog_id": str(message.id),
        "src": order.sender,
        "dst": message.recipient,
        "msg": text.replace('"', "'"),
        "dt": written(at) if at else NEVER,
        "update": known.since,
        "status": known.status,
    }


def _reason(call: Call) -> str:
    """Why there is nothing to tell."""
    # req: voipe/ds/nothing voipe/ds/queued voipe/ds/processed voipe/ds/foreign-queue
    queue, gateway, ids = call.value("queue"), call.here.gateway, call.here.ids
    with gateway.store.turn():
        if queues.is_closed(queue, gateway, ids):
            return "402"
        order, now = gateway.store.ordered(queues.order(queue, ids)), gateway.clock.now()
        if not order or order[0].order.provider != people.NAME:
            return "400"
        waiting = [at for message in order if (at := handed_over(message)) and at > now]
        if waiting and min(waiting) <= now + TAKEN:
            return "400"  # it waits no more, and is not done yet
        return "401" if waiting else "402"
