"""Elements of a landing page: whatever changes one of them changes the page."""

from collections.abc import Mapping

from emulator.core.kept import JSON, Resource
from emulator.provider import Reply
from emulator.providers.ip1 import layout
from emulator.providers.ip1.calls import Call, answer, paged
from emulator.providers.ip1.faults import missing
from emulator.providers.ip1.landings import LANDINGS, found
from emulator.providers.ip1.layout import ELEMENTS, ID, Element
from emulator.providers.ip1.quirks import Quirks
from emulator.providers.ip1.resources import changed, identifiers


def are_offered(quirks: Quirks) -> bool:
    """Whether elements can be made and taken away, which no page says."""
    return quirks.element_calls


def listed(call: Call) -> Reply:
    # req: ip1/elements/list
    elements: list[Element] = found(call).fields[ELEMENTS]
    return paged(call, lambda window: window.of(elements), dict)


def read(call: Call) -> Reply:
    return answer(_element(found(call), call.place["elementId"]))


def create(call: Call) -> Reply:
    # req: ip1/elements/create ip1/elements/created
    given = layout.element(call.body, call.quirks)
    (id,) = identifiers(call, layout.ELEMENT, 1)
    page = changed(call, LANDINGS, call.place["landingId"], lambda page: _with(page, id, given))
    return answer(_element(page, id), call.quirks.created_status)


def replace(call: Call) -> Reply:
    # req: ip1/elements/update
    given, id = layout.element(call.body, call.quirks), call.place["elementId"]

    def replaced(page: Resource) -> Mapping[str, JSON]:
        _element(page, id)
        return _with(page, id, given)

    page = changed(call, LANDINGS, call.place["landingId"], replaced)
    return answer(_element(page, id))


def delete(call: Call) -> Reply:
    # req: ip1/elements/delete
    id = call.place["elementId"]
    with call.gateway.store.turn():
        element = _element(found(call), id)
        changed(call, LANDINGS, call.place["landingId"], lambda page: _without(page, id))
    return answer(element)


def _element(page: Resource, id: str) -> Element:
    """The element with that id. Raises Declined where it is not on the page."""
    for element in page.fields[ELEMENTS]:
        if element[ID] == id:
            return dict(element)
    raise missing("element", "ip1/elements/unknown")  # req: ip1/elements/unknown


def _with(page: Resource, id: str, given: Element) -> Mapping[str, JSON]:
    return {**page.fields, ELEMENTS: layout.with_one(page.fields[ELEMENTS], id, given)}


def _without(page: Resource, id: str) -> Mapping[str, JSON]:
    return {**page.fields, ELEMENTS: [one for one in page.fields[ELEMENTS] if one[ID] != id]}
