"""Contacts: made in the background or at once, shown, changed and taken away, one or many."""

from collections.abc import Container, Sequence

from emulator.core.kept import Resource
from emulator.provider import Reply
from emulator.providers.ip1 import book, written
from emulator.providers.ip1.bodies import WHOLE
from emulator.providers.ip1.book import CONTACTS, there
from emulator.providers.ip1.calls import Call, answer, paged
from emulator.providers.ip1.cards import SINCE, Card, card, shown
from emulator.providers.ip1.faults import invalid
from emulator.providers.ip1.resources import changed, naming
from emulator.providers.ip1.written import Written
from emulator.wire import json

META, SYNC = "meta", "sync"
"""Flags of the query."""

MOST_SYNC = 1000
"""Contacts that are made before the answer."""


def listed(call: Call) -> Reply:
    # req: ip1/contacts/list
    blocked = _shown_blocked(call)
    return paged(call, lambda window: book.page(call, window), lambda one: shown(one, blocked))


def summed(call: Call) -> Reply:
    # req: ip1/summary/address
    return answer(book.summed(call))


def create(call: Call) -> Reply:
    sent, at_once = written.contacts(call.body, call.quirks), is_set(call, SYNC)
    if at_once and len(sent) > MOST_SYNC:  # req: ip1/contacts/sync-over
        raise invalid({WHOLE: [f"With sync there may be {MOST_SYNC} contacts."]}, "ip1/contacts/sync-over")
    cards = [_card(one, call) if at_once else _later(_card(one, call), call) for one in sent]
    made = call.gateway.resources.create(call.login, CONTACTS, cards, naming(call))
    # req: ip1/contacts/sync ip1/contacts/async ip1/contacts/async-soon
    return answer(_documents(call, made)) if at_once else Reply("", json.CONTENT_TYPE, 202)


def read(call: Call) -> Reply:
    found = call.gateway.resources.read(call.login, CONTACTS, call.place["contactId"])
    return answer(_document(call, there(call, found)))


def replace(call: Call) -> Reply:
    # req: ip1/contacts/put ip1/contacts/changed
    id = call.place["contactId"]
    whole = _card(written.replacement(call.body, id, call.quirks), call)

    def replaced(before: Resource) -> Card:
        there(call, before)
        return whole

    return answer(_document(call, changed(call, CONTACTS, id, replaced)))


def change(call: Call) -> Reply:
    # req: ip1/contacts/patch ip1/contacts/changed ip1/contacts/whole-writes
    asked = written.change(call.body, call.quirks)

    def patched(before: Resource) -> Card:
        return _card(asked.of(there(call, before).fields), call)

    return answer(_document(call, changed(call, CONTACTS, call.place["contactId"], patched)))


def delete(call: Call) -> Reply:
    # req: ip1/contacts/delete
    resources, id = call.gateway.resources, call.place["contactId"]
    with call.gateway.store.turn():
        there(call, resources.read(call.login, CONTACTS, id))
        gone = resources.remove(call.login, CONTACTS, id)
    return answer(_document(call, gone))


def delete_many(call: Call) -> Reply:
    # req: ip1/mass/delete ip1/mass/same-filters ip1/mass/everything ip1/mass/unpaged
    wanted, resources = book.asked(call), call.gateway.resources
    with call.gateway.store.turn():
        found = {one.name for one in book.found(call, wanted)}
        gone = resources.remove_all(call.login, CONTACTS, lambda one: one.name in found)
    return answer(_documents(call, gone))  # req: ip1/mass/answer


def is_set(call: Call, flag: str) -> bool:
    """Whether a flag stands in the query, whatever its value."""
    return any(name == flag for name, _ in call.query)  # req: ip1/contacts/flag


def _card(sent: Written, call: Call) -> Card:
    return card(sent.properties, sent.labels, all_label=call.quirks.all_label)


def _later(card: Card, call: Call) -> Card:
    """The same, to be there when the service has had time to make it."""
    delay = call.quirks.contact_delay_seconds  # req: ip1/contacts/async-soon
    return {**card, SINCE: call.now.timestamp() + delay} if delay else card


def _document(call: Call, contact: Resource) -> dict[str, object]:
    return shown(contact, _shown_blocked(call))


def _documents(call: Call, contacts: Sequence[Resource]) -> list[dict[str, object]]:
    blocked = _shown_blocked(call)
    return [shown(one, blocked) for one in contacts]


def _shown_blocked(call: Call) -> Container[str] | None:
    """The blacklist, if metadata are to be shown."""
    return book.blocked(call) if is_set(call, META) else None
