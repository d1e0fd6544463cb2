"""Numbers that get no messages: blocked by the account, or by themselves."""

from collections.abc import Iterable

from emulator.core.kept import Kept, Resource
from emulator.core.model import Inbound
from emulator.provider import Reply
from emulator.providers.ip1 import numbers, wire
from emulator.providers.ip1.bodies import members, names
from emulator.providers.ip1.calls import Call, answer, paged
from emulator.providers.ip1.faults import invalid, missing
from emulator.providers.ip1.quirks import Quirks

# req: ip1/blacklist/link
BLACKLIST = "blacklist"
"""The collection; its names are the numbers. The page that a link leads to would put them here as well."""

STOP = "STOP"

MSISDN = "msisdn"

KNOWN = names(MSISDN)


def listed(call: Call) -> Reply:
    # req: ip1/blacklist/list ip1/blacklist/own
    resources = call.gateway.resources
    return paged(call, lambda window: resources.page(call.login, BLACKLIST, window), document)


def read(call: Call) -> Reply:
    number = _named(call)
    with call.gateway.store.turn():
        return answer(document(_found(call, number)))


def block_told(call: Call) -> Reply:
    # req: ip1/blacklist/api ip1/blacklist/post-status
    number = _number(members(call.body, KNOWN, call.quirks).get(MSISDN), call.quirks)
    entry, new = _kept(call, number)
    return answer(document(entry), call.quirks.created_status if new else 200)


def block(call: Call) -> Reply:
    # req: ip1/blacklist/put ip1/blacklist/link
    return answer(document(_kept(call, _named(call))[0]))


def unblock(call: Call) -> Reply:
    # req: ip1/blacklist/delete ip1/blacklist/delete-answer
    number = _named(call)
    with call.gateway.store.turn():
        _found(call, number)
        return answer(document(call.gateway.resources.remove(call.login, BLACKLIST, number)))


def blocked(call: Call, numbers: Iterable[str]) -> list[str]:
    """Those numbers that get nothing from the account; for who is within a turn of the store."""
    # req: ip1/recipients/blacklisted
    look, account = call.gateway.resources.look, call.account
    return [number for number in numbers if look(account, BLACKLIST, number)]


def consequences(inbound: Inbound) -> list[Kept]:
    """What a message from a handset blocks: its sender, if that is all it says."""
    # req: ip1/blacklist/stop ip1/blacklist/stop-spelling
    if inbound.text.strip().upper() != STOP or not numbers.is_recipient(inbound.sender):
        return []
    return [Kept(collection=BLACKLIST, name=inbound.sender, fields={})]


def document(entry: Resource) -> dict[str, object]:
    # req: ip1/blacklist/document ip1/blacklist/created-form
    return {MSISDN: entry.name, "created": wire.fine_moment(entry.created_at, zone="")}


def _kept(call: Call, number: str) -> tuple[Resource, bool]:
    """The entry of a number, and whether it is new; one that is there stays as it is."""
    # req: ip1/blacklist/again
    with call.gateway.store.turn():
        found = call.gateway.resources.look(call.account, BLACKLIST, number)
        if found is not None:
            return found, False
        return call.gateway.resources.put(call.login, BLACKLIST, number, lambda _: {})


def _found(call: Call, number: str) -> Resource:
    """Raises Declined; for who is within a turn of the store."""
    found = call.gateway.resources.look(call.account, BLACKLIST, number)
    if found is None:  # req: ip1/blacklist/unknown
        raise missing("entry", "ip1/blacklist/unknown")
    return found


def _named(call: Call) -> str:
    """The number of the path. Raises Declined."""
    return _number(call.place[MSISDN], call.quirks)


def _number(given: object, quirks: Quirks) -> str:
    """Raises Declined."""
    found = numbers.msisdn(given, quirks)
    if found is None:
        raise invalid({MSISDN: ["It must be a number of 1 to 15 digits."]}, "ip1/blacklist/number")
    return found
