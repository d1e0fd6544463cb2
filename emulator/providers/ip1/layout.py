"""How a landing page is laid out: its elements as clients write them, and in their order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

from emulator.core.kept import JSON
from emulator.providers.ip1.bodies import an_object, names, whole
from emulator.providers.ip1.flaws import Flaw, decline_for, within
from emulator.providers.ip1.quirks import Quirks

ELEMENT, ELEMENTS = "element", "elements"

ID, TYPE, ORDER, ALIGNMENT = "id", "type", "order", "textAlignment"

KINDS: Mapping[str, tuple[type[Any], str]] = {
    TYPE: (str, "a text"),
    ORDER: (int, "a whole number"),
    "backgroundColor": (str, "a text"),
    "foregroundColor": (str, "a text"),
    "padding": (str, "a text"),
    "margin": (str, "a text"),
    ALIGNMENT: (str, "a text"),
    "font": (str, "a text"),
    "content": (str, "a text"),
    "level": (int, "a whole number"),
    "bold": (bool, "true or false"),
    "italic": (bool, "true or false"),
    "underline": (bool, "true or false"),
}
"""The members that are documented, and what they hold."""

TITLE = "Title"
"""The type that is documented."""

LOOKS = {
    "backgroundColor": "#f7f7f7",
    "foregroundColor": "#111",
    "padding": "2",
    "margin": "0",
    ALIGNMENT: "Center",
    "font": "Roboto",
    "content": "",
    "level": 1,
    "bold": False,
    "italic": False,
    "underline": False,
}
"""What a title has where nothing else is said: that of the page's example."""

ALIGNMENTS = ("Left", "Center", "Right", "Justified")

SMALLEST, LARGEST = -(2**31), 2**31 - 1
"""Of whole numbers."""

KNOWN = names(ID, *KINDS)

Element = Mapping[str, JSON]


def element(value: object, quirks: Quirks) -> Element:
    """An element that was sent. Raises Declined."""
    given = spelled(an_object(value), quirks)
    decline_for(flaws(given))
    return given


def flaws_of_all(value: object, quirks: Quirks) -> Iterator[Flaw]:
    """What is wrong with the elements that a page is to be made with."""
    if not isinstance(value, list):
        yield ELEMENTS, "The elements must be an array."
        return
    for place, one in enumerate(value):
        if isinstance(one, dict):
            yield from within(f"{ELEMENTS}[{place}]", flaws(spelled(one, quirks)))
        else:
            yield f"{ELEMENTS}[{place}]", "An element must be an object."


def spelled(given: Mapping[str, object], quirks: Quirks) -> Element:
    """What was sent, known members under their names; the rest, but for an id, as it came."""
    # req: ip1/elements/type
    if quirks.property_case == "any":
        given = {KNOWN.get(name.lower(), name): value for name, value in given.items()}
    return {name: _counted(name, value) for name, value in given.items() if name != ID}


def _counted(name: str, value: object) -> object:
    """A whole number is one in JSON however it is written: 1, 1.0 or 1e0."""
    found = whole(value) if KINDS.get(name, (str,))[0] is int else None
    return value if found is None else found


def flaws(given: Element) -> Iterator[Flaw]:
    """What is wrong with an element: the member, and a sentence."""
    for name, (kind, wanted) in KINDS.items():
        value = given.get(name, kind())
        if type(value) is not kind:
            yield name, f"It must be {wanted}."
        elif kind is int and not SMALLEST <= value <= LARGEST:
            yield name, f"It must be from {SMALLEST} to {LARGEST}."
    if given.get(TYPE, "") == "":
        yield TYPE, "A type is needed."
    if given.get(ALIGNMENT, ALIGNMENTS[0]) not in ALIGNMENTS:  # req: ip1/elements/alignment
        yield ALIGNMENT, f"It must be one of {', '.join(ALIGNMENTS)}."


def laid_out(parts: Iterable[tuple[str, Element]]) -> list[Element]:
    """The elements of a new page, each with its id; those without an order come last."""
    # req: ip1/elements/order
    parts = list(parts)
    order = _behind([given for _, given in parts if ORDER in given])
    return sorted([_whole(id, given, order) for id, given in parts], key=itemgetter(ORDER))


def with_one(elements: Sequence[Element], id: str, given: Element) -> list[Element]:
    """The elements of a page with one that is new, or other than it was."""
    # req: ip1/elements/updated
    place = next((place for place, one in enumerate(elements) if one[ID] == id), len(elements))
    others = [*elements[:place], *elements[place + 1 :]]
    element = _whole(id, given, _behind(others))
    return sorted([*others[:place], element, *others[place:]], key=itemgetter(ORDER))


def _whole(id: str, given: Element, order: int) -> Element:
    """An element as it is kept; the order is for one that has none."""
    looks = LOOKS if given[TYPE] == TITLE else {}  # req: ip1/elements/title
    return {TYPE: given[TYPE], ID: id, ORDER: order, **looks, **given}


def _behind(elements: Sequence[Element]) -> int:
    """An order that comes after these."""
    return min(LARGEST, max([one[ORDER] for one in elements], default=-1) + 1)
