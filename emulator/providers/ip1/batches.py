"""Batches: what was sent in one call, or what came from a handset."""

from collections.abc import Sequence
from decimal import Decimal

from emulator.core.model import INBOUND, Inbound, Message, Order
from emulator.core.refusals import Refused
from emulator.provider import Reply
from emulator.providers.ip1 import documents, tallies, wire
from emulator.providers.ip1.accounts import currency
from emulator.providers.ip1.calls import Call, answer, paged
from emulator.providers.ip1.documents import Document
from emulator.providers.ip1.faults import missing
from emulator.providers.ip1.notes import Notes
from emulator.providers.ip1.statuses import DELIVERED
from emulator.providers.ip1.tallies import Tallies, Tally

Messages = Sequence[Message]


def listed(call: Call) -> Reply:
    # req: ip1/batches/list ip1/batches/chronological
    with call.gateway.store.turn():  # none of them is gone before it is shown
        return paged(
            call,
            lambda window: call.gateway.orders(call.login, window),
            lambda order: shown(call, order),
        )


def read(call: Call) -> Reply:
    # req: ip1/batches/summaries ip1/incoming/batch
    came = received(call)
    if came is not None:
        return answer(_received(call, came))
    with call.gateway.store.turn():
        messages = sent(call)
        order = messages[0].order
        counted = _counted(call, order)
    prices, money = [message.price for message in messages], Notes.of(order).currency
    return answer({**_document(call, order, counted), **documents.summaries(counted, prices, money)})


def delete(call: Call) -> Reply:
    # req: ip1/batches/delete ip1/batches/delete-answer ip1/batches/cancel ip1/batches/delete-gone
    # req: ip1/batches/cancel-kept ip1/batches/cancel-refund
    with call.gateway.store.turn():
        order = _order(call)
        cancelled = call.gateway.call_off(call.login, order.id)
        document = shown(call, order)
        if not cancelled or call.quirks.cancelled_batches == "remove":
            call.gateway.forget(call.login, order.id)
    return answer(document)


def sent(call: Call) -> Messages:
    """The messages of the batch that the path names. Raises Declined where the account sent none such."""
    # req: ip1/messages/within-batch
    with call.gateway.store.turn():
        return call.gateway.store.ordered(_order(call).id)


def received(call: Call) -> Inbound | None:
    """The message from a handset that the batch of the path consists of, if it is one of those."""
    id = call.place["batchId"]
    number = wire.number(id, wire.GROUP, call.ids)
    with call.gateway.store.turn():
        found = call.gateway.store.get(INBOUND, (number,))
    if not isinstance(found, Inbound) or (found.provider, found.account) != (wire.NAME, call.account.login):
        return None
    return found if wire.identifier(number, found.received_at, wire.GROUP, call.ids) == id else None


def shown(call: Call, order: Order) -> Document:
    """The batch without its summaries."""
    return _document(call, order, _counted(call, order))


def _order(call: Call) -> Order:
    """The batch that the path names. Raises Declined."""
    id = call.place["batchId"]
    try:
        order = call.gateway.order(call.login, wire.number(id, wire.ORDER, call.ids))
    except Refused:
        raise missing("batch") from None
    if wire.reference(order, call.ids) != id:
        raise missing("batch")
    return order


def _counted(call: Call, order: Order) -> Tallies:
    return tallies.counted(tallies.in_batch(call.gateway, order), call.now, call.quirks)


def _document(call: Call, order: Order, counted: Tallies) -> Document:
    return documents.batch(order, tallies.status(counted, call.quirks), call.ids, call.quirks)


def _received(call: Call, came: Inbound) -> Document:
    batch = documents.received_batch(came, call.ids, call.quirks)
    counted = {DELIVERED: Tally(1, documents.segments(came))}
    return {**batch, **documents.summaries(counted, [Decimal(0)], currency(call.account))}
