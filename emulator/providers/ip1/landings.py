"""Landing pages: made, renamed and taken away, with the elements that stand on them."""

from collections.abc import Iterator, Mapping

from emulator.core.ids import Ids, Spelling
from emulator.core.kept import Resource
from emulator.provider import Reply
from emulator.providers.ip1 import layout
from emulator.providers.ip1.bodies import members, names
from emulator.providers.ip1.calls import Call, answer, paged
from emulator.providers.ip1.flaws import Flaw, decline_for
from emulator.providers.ip1.layout import ELEMENT, ELEMENTS
from emulator.providers.ip1.resources import changed, identifiers, naming
from emulator.providers.ip1.wire import NAME, fine_moment

LANDINGS = "landings"
"""The collection."""

LABEL, VIEWS = "name", "views"

LINK, SHORT_LINK = "https://landing.ip1.net", "https://url.ip1.net"

KNOWN = names(LABEL, ELEMENTS)

_SHORT = Spelling("abcdefghijklmnopqrstuvwxyz", 6)


def listed(call: Call) -> Reply:
    # req: ip1/landings/list
    resources, ids = call.gateway.resources, call.ids
    return paged(
        call, lambda window: resources.page(call.login, LANDINGS, window), lambda landing: shown(landing, ids)
    )


def read(call: Call) -> Reply:
    return answer(shown(found(call), call.ids))


def create(call: Call) -> Reply:
    # req: ip1/landings/create ip1/landings/created ip1/landings/elements
    given = members(call.body, KNOWN, call.quirks)
    sent = given.get(ELEMENTS, [])
    decline_for((*_flaws(given), *layout.flaws_of_all(sent, call.quirks)))
    assert isinstance(sent, list)  # else there was a flaw
    parts = [layout.spelled(one, call.quirks) for one in sent]
    named = zip(identifiers(call, ELEMENT, len(parts)), parts, strict=True)
    # req: ip1/landings/views
    fields = {LABEL: given[LABEL], VIEWS: {}, ELEMENTS: layout.laid_out(named)}
    (landing,) = call.gateway.resources.create(call.login, LANDINGS, [fields], naming(call))
    return answer(shown(landing, call.ids), call.quirks.created_status)


def rename(call: Call) -> Reply:
    # req: ip1/landings/update ip1/landings/update-spares ip1/landings/read-only ip1/landings/answers
    given = members(call.body, KNOWN, call.quirks)
    decline_for(_flaws(given))
    label = {LABEL: given[LABEL]}
    landing = changed(call, LANDINGS, call.place["landingId"], lambda one: {**one.fields, **label})
    return answer(shown(landing, call.ids))


def delete(call: Call) -> Reply:
    # req: ip1/landings/delete
    landing = call.gateway.resources.remove(call.login, LANDINGS, call.place["landingId"])
    return answer(shown(landing, call.ids))


def found(call: Call) -> Resource:
    """The landing page that the path names. Raises Refused."""
    return call.gateway.resources.read(call.login, LANDINGS, call.place["landingId"])


def shown(landing: Resource, ids: Ids) -> dict[str, object]:
    """The document of a landing page."""
    # req: ip1/landings/document ip1/elements/shown-in-page
    return {
        "id": landing.name,
        LABEL: landing.fields[LABEL],
        VIEWS: landing.fields[VIEWS],
        "link": f"{LINK}/{landing.name}",
        "shortLink": f"{SHORT_LINK}/{ids.spelled(landing.number, f'{NAME} short link', _SHORT)}",
        "lastModified": fine_moment(landing.changed_at),  # req: ip1/elements/page-changes
        ELEMENTS: landing.fields[ELEMENTS],
    }


def _flaws(given: Mapping[str, object]) -> Iterator[Flaw]:
    label = given.get(LABEL)
    if not isinstance(label, str) or not label:  # req: ip1/landings/name
        yield LABEL, "A name is needed."
