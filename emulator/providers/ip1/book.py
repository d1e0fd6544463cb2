"""The contacts of an account as a whole: those that are there by now, and those that filters find."""

from collections.abc import Container
from typing import cast

from emulator.core.kept import Resource
from emulator.core.pages import Page, Window
from emulator.core.refusals import Reason, Refused
from emulator.providers.ip1.calls import Call
from emulator.providers.ip1.cards import Card, Entry, is_there
from emulator.providers.ip1.filters import Filters, filters, passing

CONTACTS, BLACKLIST = "contacts", "blacklist"
"""Collections."""


def entry(resource: Resource) -> Entry:
    return resource.name, cast("Card", resource.fields)


def there(call: Call, resource: Resource) -> Entry:
    """The contact. Raises Refused for one that is still being made."""
    found = entry(resource)
    if not is_there(found[1], call.now):
        raise Refused([Reason.UNKNOWN_RESOURCE])
    return found


def entries(call: Call) -> list[Entry]:
    """Every contact that is there by now, oldest first."""
    now = call.now
    cards = [
        (one.name, cast("Card", one.fields)) for one in call.gateway.resources.every(call.login, CONTACTS)
    ]
    return [one for one in cards if is_there(one[1], now)]


def asked(call: Call) -> Filters:
    """The filters of the query."""
    return filters(call.query, plus=call.quirks.filter_plus == "restore")


def page(call: Call, window: Window) -> Page[Entry]:
    """A page of the contacts that the filters of the query find."""
    wanted = asked(call)
    if wanted == Filters() and not call.quirks.contact_delay_seconds:
        found = call.gateway.resources.page(call.login, CONTACTS, window)
        return Page([entry(one) for one in found.items], found.total)
    return window.of(passing(entries(call), wanted, blocked(call)))


def blocked(call: Call) -> Container[str]:
    """The numbers on the account's blacklist."""
    return {one.name for one in call.gateway.resources.every(call.login, BLACKLIST)}
