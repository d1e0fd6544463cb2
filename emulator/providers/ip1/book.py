"""The contacts of an account as a whole: those that are there by now, and those that filters find."""

from collections.abc import Sequence

from emulator.core.kept import Resource
from emulator.core.pages import Page, Window
from emulator.core.refusals import Reason, Refused
from emulator.providers.ip1.blacklist import BLACKLIST
from emulator.providers.ip1.calls import Call
from emulator.providers.ip1.cards import is_there
from emulator.providers.ip1.filters import Filters, filters, passing
from emulator.providers.ip1.summary import summary

CONTACTS = "contacts"
"""The collection."""

NOBODY = frozenset[str]()


def there(call: Call, contact: Resource) -> Resource:
    """The contact. Raises Refused for one that is still being made."""
    if not is_made(call, contact):
        raise Refused([Reason.UNKNOWN_RESOURCE])
    return contact


def is_made(call: Call, contact: Resource) -> bool:
    """Whether a contact is there by now."""
    return not is_slow(call) or is_there(contact, call.now)


def is_slow(call: Call) -> bool:
    """Whether contacts may be in the making."""
    return call.quirks.contact_delay_seconds > 0


def asked(call: Call) -> Filters:
    """The filters of the query."""
    return filters(call.query, plus=call.quirks.filter_plus == "restore")


def page(call: Call, window: Window) -> Page[Resource]:
    """A page of the contacts that the filters of the query find."""
    wanted, resources = asked(call), call.gateway.resources
    if wanted == Filters() and not is_slow(call):
        return resources.page(call.login, CONTACTS, window)
    return window.of(found(call, wanted))


def found(call: Call, wanted: Filters) -> Sequence[Resource]:
    """All contacts that filters find."""
    numbers = blocked(call) if wanted.ask_for_blocked else NOBODY
    if is_slow(call):
        return passing(_made(call), wanted, numbers)
    return call.gateway.resources.selected(
        call.login, CONTACTS, (wanted, numbers), lambda contacts: passing(contacts, wanted, numbers)
    )


def summed(call: Call) -> dict[str, object]:
    """What all contacts come to."""
    if is_slow(call):
        return summary(_made(call))
    return call.gateway.resources.derived(call.login, CONTACTS, "summary", summary)


def blocked(call: Call) -> frozenset[str]:
    """The numbers on the account's blacklist."""
    return call.gateway.resources.derived(
        call.login, BLACKLIST, "numbers", lambda entries: frozenset([one.name for one in entries])
    )


def _made(call: Call) -> list[Resource]:
    """Every contact that is there by now, where some may not be."""
    return [one for one in call.gateway.resources.every(call.login, CONTACTS) if is_made(call, one)]
