"""Senders: registered before they may be used, given up again."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from emulator.core.kept import JSON, Resource
from emulator.core.model import Account
from emulator.provider import Reply
from emulator.providers.ip1 import numbers, wire
from emulator.providers.ip1.bodies import members, names
from emulator.providers.ip1.calls import Call, answer, paged
from emulator.providers.ip1.faults import Declined, invalid, missing
from emulator.providers.ip1.quirks import Quirks

SENDERS = "senders"
"""The collection; one that was given up stays in it, so that those of the beginning can be given up too."""

GIVEN = ("iP1", "iP1sms")
"""Senders that every account has from the beginning."""

BEGINNING = datetime(2018, 10, 23, 17, 43, 19, tzinfo=UTC)
"""When the registration of those is said to have been."""

SENDER, USED = "sender", "registered"

KNOWN = names(SENDER)


class Sender(NamedTuple):
    name: str
    created: datetime

    @property
    def document(self) -> dict[str, object]:
        # req: ip1/senders/document
        return {SENDER: self.name, "created": wire.moment(self.created)}


def listed(call: Call) -> Reply:
    # req: ip1/senders/list ip1/senders/many
    found = sorted(_every(call), key=lambda sender: (sender.name.lower(), sender.name))
    return paged(call, lambda window: window.of(found), lambda sender: sender.document)


def read(call: Call) -> Reply:
    return answer(_found(call, _named(call)).document)


def register(call: Call) -> Reply:
    # req: ip1/senders/put ip1/senders/registered-status
    return _registered(call, call.place[SENDER])


def register_told(call: Call) -> Reply:
    # req: ip1/senders/put-body
    return _registered(call, members(call.body, KNOWN, call.quirks).get(SENDER))


def unregister(call: Call) -> Reply:
    # req: ip1/senders/unregister ip1/senders/delete-document
    with call.gateway.store.turn():
        gone = _found(call, _named(call))
        call.gateway.resources.put(call.login, SENDERS, gone.name, lambda _: {USED: False})
    return answer(gone.document)


def is_usable(call: Call, name: str) -> bool:
    """Whether the account may send under that name; for who is within a turn of the store."""
    # req: ip1/senders/register ip1/senders/own ip1/senders/trial
    if call.quirks.unregistered_sender == "allow":
        return may_own(call.account, name)
    return may_own(call.account, name) and _look(call, name) is not None


def may_own(account: Account, name: str) -> bool:
    """Whether an account may have a sender: without a subscription it has those of its list alone."""
    return account.senders is None or name in account.senders


def _registered(call: Call, given: object) -> Reply:
    # req: ip1/senders/refused ip1/senders/idempotent
    name = numbers.sender(given, call.quirks)
    if name is None:
        raise invalid({SENDER: [f"It must be {numbers.SENDERS}."]})
    if not may_own(call.account, name):  # req: ip1/senders/trial-refused
        raise Declined(403, "This account may use iP.1's own senders alone.", "ip1/senders/trial-refused")
    with call.gateway.store.turn():
        found = _look(call, name) or _made(call, name)
    return answer(found.document)


def _made(call: Call, name: str) -> Sender:
    """The sender, newly registered: one that was given up begins anew."""
    since: Mapping[str, JSON] = {USED: True, "since": call.now.timestamp()}
    resource, _ = call.gateway.resources.put(call.login, SENDERS, name, lambda _: since)
    return _sender(resource)


def _found(call: Call, name: str) -> Sender:
    """Raises Declined."""
    with call.gateway.store.turn():
        found = _look(call, name)
    if found is None:  # req: ip1/senders/unknown
        raise missing("sender", "ip1/senders/unknown")
    return found


def _named(call: Call) -> str:
    """The sender of the path; what can be none is looked for in vain."""
    return numbers.sender(call.place[SENDER], call.quirks) or ""


def _look(call: Call, name: str) -> Sender | None:
    """The registered sender of that name; for who is within a turn of the store."""
    kept = call.gateway.resources.look(call.account, SENDERS, name)
    if kept is None:
        return Sender(name, BEGINNING) if name in _given(call.quirks) else None
    return _sender(kept) if kept.fields[USED] else None


def _every(call: Call) -> list[Sender]:
    kept = call.gateway.resources.every(call.login, SENDERS)
    given = set(_given(call.quirks)) - {one.name for one in kept}
    return [*(Sender(name, BEGINNING) for name in given), *(_sender(one) for one in kept if one.fields[USED])]


def _sender(kept: Resource) -> Sender:
    return Sender(kept.name, datetime.fromtimestamp(kept.fields["since"], UTC))


def _given(quirks: Quirks) -> tuple[str, ...]:
    # req: ip1/senders/trial-given
    return GIVEN if quirks.registered_at_start else ()
