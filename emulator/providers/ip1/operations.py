"""Every operation of the pages: where it is, what answers it, which requirement the answer obeys."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from emulator.provider import Reply
from emulator.providers.ip1 import (
    accounts,
    batches,
    blacklist,
    children,
    contacts,
    conversations,
    elements,
    labels,
    landings,
    messages,
    senders,
    sending,
    settings,
)
from emulator.providers.ip1.calls import Call
from emulator.providers.ip1.quirks import Quirks


def always(quirks: Quirks) -> bool:
    return True


class Operation(NamedTuple):
    """What one method does at a path; parts in braces change, and are identifiers if they end in `Id`.

    One that is `told` something takes a body; one may be `offered` under some switches only.
    """

    method: str
    path: str
    act: Callable[[Call], Reply]
    requirement: str
    told: bool = False
    offered: Callable[[Quirks], bool] = always


TALK = "/v2/conversations/{participant}"
ELEMENTS = "/v2/landings/{landingId}/elements"
ELEMENT = f"{ELEMENTS}/{{elementId}}"

OPERATIONS: tuple[Operation, ...] = (
    Operation("GET", "/v2/batches", batches.listed, "ip1/batches/list"),
    Operation("POST", "/v2/batches", sending.send, "ip1/send/batch", told=True),
    Operation("GET", "/v2/batches/{batchId}", batches.read, "ip1/batches/summaries"),
    Operation("DELETE", "/v2/batches/{batchId}", batches.delete, "ip1/batches/delete"),
    Operation("GET", "/v2/batches/{batchId}/messages", messages.listed, "ip1/messages/list"),
    Operation("GET", "/v2/batches/{batchId}/messages/{messageId}", messages.read, "ip1/messages/read"),
    Operation("GET", TALK, conversations.listed, "ip1/conversations/read"),
    Operation("GET", f"{TALK}/mt", conversations.sent, "ip1/conversations/mt"),
    Operation("GET", f"{TALK}/mo", conversations.received, "ip1/conversations/mo"),
    Operation("GET", f"{TALK}/summary", conversations.summary, "ip1/conversations/summary"),
    Operation("GET", "/v2/blacklist", blacklist.listed, "ip1/blacklist/list"),
    Operation("POST", "/v2/blacklist", blacklist.block_told, "ip1/blacklist/api", told=True),
    Operation("GET", "/v2/blacklist/{msisdn}", blacklist.read, "ip1/blacklist/list"),
    Operation("PUT", "/v2/blacklist/{msisdn}", blacklist.block, "ip1/blacklist/put"),
    Operation("DELETE", "/v2/blacklist/{msisdn}", blacklist.unblock, "ip1/blacklist/delete"),
    Operation("GET", "/v2/me/senders", senders.listed, "ip1/senders/list"),
    Operation("PUT", "/v2/me/senders", senders.register_told, "ip1/senders/put-body", told=True),
    Operation("GET", "/v2/me/senders/{sender}", senders.read, "ip1/senders/list"),
    Operation("PUT", "/v2/me/senders/{sender}", senders.register, "ip1/senders/put"),
    Operation("DELETE", "/v2/me/senders/{sender}", senders.unregister, "ip1/senders/unregister"),
    Operation("GET", "/v2/me/sms/settings", settings.listed, "ip1/settings/list"),
    Operation("GET", "/v2/me/sms/settings/{setting}", settings.read, "ip1/settings/read"),
    Operation("PUT", "/v2/me/sms/settings/{setting}", settings.put, "ip1/settings/set", told=True),
    Operation("DELETE", "/v2/me/sms/settings/{setting}", settings.delete, "ip1/settings/delete"),
    Operation("GET", "/v2/contacts", contacts.listed, "ip1/contacts/list"),
    Operation("POST", "/v2/contacts", contacts.create, "ip1/contacts/create", told=True),
    Operation("DELETE", "/v2/contacts", contacts.delete_many, "ip1/mass/delete"),
    Operation("GET", "/v2/contacts/meta", contacts.summed, "ip1/summary/address"),
    Operation("GET", "/v2/contacts/{contactId}", contacts.read, "ip1/contacts/list"),
    Operation("PUT", "/v2/contacts/{contactId}", contacts.replace, "ip1/contacts/put", told=True),
    Operation("PATCH", "/v2/contacts/{contactId}", contacts.change, "ip1/contacts/patch", told=True),
    Operation("DELETE", "/v2/contacts/{contactId}", contacts.delete, "ip1/contacts/delete"),
    Operation("POST", "/v2/labels/{labelName}/contacts", labels.add, "ip1/labels/add", told=True),
    Operation("DELETE", "/v2/labels/{labelName}", labels.remove, "ip1/labels/remove"),
    Operation("GET", "/v2/landings", landings.listed, "ip1/landings/list"),
    Operation("POST", "/v2/landings", landings.create, "ip1/landings/create", told=True),
    Operation("GET", "/v2/landings/{landingId}", landings.read, "ip1/landings/list"),
    Operation("PUT", "/v2/landings/{landingId}", landings.rename, "ip1/landings/update", told=True),
    Operation("DELETE", "/v2/landings/{landingId}", landings.delete, "ip1/landings/delete"),
    Operation("GET", ELEMENTS, elements.listed, "ip1/elements/list"),
    Operation(
        "POST", ELEMENTS, elements.create, "ip1/elements/create", told=True, offered=elements.are_offered
    ),
    Operation("GET", ELEMENT, elements.read, "ip1/elements/list"),
    Operation("PUT", ELEMENT, elements.replace, "ip1/elements/update", told=True),
    Operation("DELETE", ELEMENT, elements.delete, "ip1/elements/delete", offered=elements.are_offered),
    Operation("GET", "/api/me", accounts.overview, "ip1/account/overview"),
    Operation("GET", "/api/me/account", accounts.details, "ip1/account/details"),
    Operation("GET", "/api/me/children", children.listed, "ip1/children/list"),
    Operation("POST", "/api/me/children", children.create, "ip1/children/create", told=True),
    Operation("GET", "/api/me/children/{child}", children.read, "ip1/children/read"),
    Operation("PUT", "/api/me/children/{child}", children.rename, "ip1/children/update", told=True),
)

Methods = Mapping[str, Operation]


def grouped(operations: Iterable[Operation]) -> dict[str, dict[str, Operation]]:
    """What each path answers, by method."""
    paths: dict[str, dict[str, Operation]] = {}
    for operation in operations:
        paths.setdefault(operation.path, {})[operation.method] = operation
    return paths


# req: ip1/http/addresses
PATHS = grouped(OPERATIONS)
