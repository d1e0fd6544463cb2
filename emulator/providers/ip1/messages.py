"""Messages: they stand in a batch, and nowhere else."""

from collections.abc import Sequence

from emulator.core.model import Inbound, Message
from emulator.provider import Reply
from emulator.providers.ip1 import batches, documents, statuses, wire
from emulator.providers.ip1.accounts import currency
from emulator.providers.ip1.calls import Call, answer, paged
from emulator.providers.ip1.faults import missing


def listed(call: Call) -> Reply:
    # req: ip1/messages/list ip1/messages/one-each
    came = batches.received(call)
    found: Sequence[Message | Inbound] = batches.sent(call) if came is None else [came]
    now, money = call.now, currency(call.account)
    return paged(
        call,
        lambda window: window.of(found),
        lambda one: documents.listed(one, money, now, call.ids, call.quirks),
    )


def read(call: Call) -> Reply:
    # req: ip1/messages/read ip1/messages/not-found
    came = batches.received(call)
    if came is not None:
        shown = documents.listed(came, currency(call.account), call.now, call.ids, call.quirks)
        if shown["id"] != call.place["messageId"]:
            raise missing("message")
        return answer(shown)
    message = _found(call)
    told = statuses.history(message, call.now, call.quirks)
    return answer(documents.message(message, told, call.ids, call.quirks))


def _found(call: Call) -> Message:
    """The message that the path names. Raises Declined."""
    messages, id = batches.sent(call), call.place["messageId"]
    place = wire.number(id, wire.MESSAGE, call.ids) - messages[0].id
    if not 0 <= place < len(messages) or documents.message_id(messages[place], call.ids) != id:
        raise missing("message", "ip1/messages/not-found")
    return messages[place]
