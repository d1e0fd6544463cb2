"""Contacts as clients write them: new ones, replacements, changes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from emulator.providers.ip1.bodies import an_array, members, names, picked
from emulator.providers.ip1.cards import LABELS, PROPERTIES, Card
from emulator.providers.ip1.flaws import Flaw, decline_for, within
from emulator.providers.ip1.quirks import Quirks

ID = "id"

KNOWN = names(ID, PROPERTIES, LABELS)


class Written(NamedTuple):
    """A whole contact."""

    properties: Mapping[str, str]
    labels: Sequence[str]


class Change(NamedTuple):
    """What is to be otherwise: a property that is None goes, labels that are None stay."""

    properties: Mapping[str, str | None]
    labels: Sequence[str] | None

    def of(self, card: Card) -> Written:
        """The contact as it will be."""
        # req: ip1/contacts/patch ip1/contacts/patch-labels
        changed = {**card[PROPERTIES], **self.properties}
        kept = {name: value for name, value in changed.items() if value is not None}
        return Written(kept, card[LABELS] if self.labels is None else self.labels)


def contacts(value: object, quirks: Quirks) -> list[Written]:
    """The contacts of an array. Raises Declined, and tells what is wrong with any of them."""
    # req: ip1/contacts/create ip1/problems/nothing-half-done
    sent = an_array(value, "contacts")
    given = [picked(one, KNOWN, quirks) if isinstance(one, dict) else None for one in sent]
    decline_for(flaw for place, one in enumerate(given) for flaw in _flaws_at(f"[{place}]", one))
    return [_written(one) for one in given if one is not None]


def replacement(value: object, id: str, quirks: Quirks) -> Written:
    """The contact that takes the place of the one with that id. Raises Declined."""
    given = members(value, KNOWN, quirks)
    decline_for((*_flaws(given), *_strange_id(given, id)))
    return _written(given)


def change(value: object, quirks: Quirks) -> Change:
    """What is to become of a contact. Raises Declined."""
    given = members(value, KNOWN, quirks)
    properties, labels = given.get(PROPERTIES, {}), given.get(LABELS, [])
    decline_for((*_bad_properties(properties, nulls=True), *(() if labels is None else _bad_labels(labels))))
    assert isinstance(properties, dict)  # else there was a flaw
    assert isinstance(labels, list | None)
    return Change(properties, (labels or []) if LABELS in given else None)


def _written(given: Mapping[str, object]) -> Written:
    """What is without flaws."""
    properties, labels = given[PROPERTIES], given.get(LABELS, [])
    assert isinstance(properties, dict)  # else there was a flaw
    assert isinstance(labels, list)
    return Written(properties, labels)


def _flaws_at(place: str, given: Mapping[str, object] | None) -> Iterator[Flaw]:
    """What is wrong with an entry of an array; None is what was no object."""
    if given is None:
        yield place, "A contact must be an object."
    else:
        yield from within(place, _flaws(given))


def _flaws(given: Mapping[str, object]) -> Iterator[Flaw]:
    # req: ip1/contacts/properties-required ip1/contacts/labels
    yield from _bad_properties(given.get(PROPERTIES))
    yield from _bad_labels(given.get(LABELS, []))


def _bad_properties(given: object, *, nulls: bool = False) -> Iterator[Flaw]:
    if not isinstance(given, dict):
        yield PROPERTIES, "The properties must be an object of texts."
        return
    for name, value in given.items():
        if not isinstance(value, str) and not (nulls and value is None):
            yield f"{PROPERTIES}.{name}", "A property must be a text."


def _bad_labels(given: object) -> Iterator[Flaw]:
    if not isinstance(given, list) or not all(isinstance(label, str) for label in given):
        yield LABELS, "The labels must be an array of texts."


def _strange_id(given: Mapping[str, object], id: str) -> Iterator[Flaw]:
    if given.get(ID, id) != id:  # req: ip1/contacts/put-id
        yield ID, "The id must be that of the path."
