"""Labels: contacts in the perspective of one of them."""

from collections.abc import Callable, Iterable, Iterator

from emulator.core.kept import Resource
from emulator.provider import Reply
from emulator.providers.ip1 import book
from emulator.providers.ip1.bodies import an_array
from emulator.providers.ip1.book import CONTACTS
from emulator.providers.ip1.calls import Call, answer
from emulator.providers.ip1.cards import ALL, LABELS, Card
from emulator.providers.ip1.faults import NO_ID, invalid, missing
from emulator.providers.ip1.filters import Filters
from emulator.providers.ip1.flaws import Flaw, decline_for
from emulator.providers.ip1.wire import is_identifier


def add(call: Call) -> Reply:
    # req: ip1/labels/add ip1/labels/ids ip1/labels/unknown-contacts
    sent = an_array(call.body, "ids")
    decline_for(_flaws(sent))
    label, ids = call.place["labelName"], frozenset(sent)

    def labelled(one: Resource) -> list[str] | None:
        labels: list[str] = one.fields[LABELS]
        return [*labels, label] if one.name in ids and label not in labels else None

    with call.gateway.store.turn():
        _relabel(call, labelled)
        carriers = book.found(call, Filters(labels=frozenset({label})))
    return answer(summary(label, len(carriers)))


def remove(call: Call) -> Reply:
    # req: ip1/labels/remove ip1/labels/contacts-stay
    label = call.place["labelName"]
    if label == ALL and call.quirks.all_label:  # req: ip1/labels/all
        raise invalid({"labelName": [f"The label {ALL} stays."]}, "ip1/labels/all")

    def stripped(one: Resource) -> list[str] | None:
        labels: list[str] = one.fields[LABELS]
        return [each for each in labels if each != label] if label in labels else None

    changed = _relabel(call, stripped)
    if not changed and call.quirks.unknown_label == 404:  # req: ip1/labels/unknown
        raise missing("label", "ip1/labels/unknown")
    return answer(summary(label, changed))


def summary(label: str, usage: int) -> dict[str, object]:
    return {"labelName": label, "usageCount": usage}  # req: ip1/labels/summary ip1/labels/count


def _relabel(call: Call, labels: Callable[[Resource], list[str] | None]) -> int:
    """Give contacts the labels that are said to them, None leaves one as it is; how many were changed."""

    def relabelled(one: Resource) -> Card | None:
        found = labels(one) if book.is_made(call, one) else None
        return None if found is None else {**one.fields, LABELS: found}

    return len(call.gateway.resources.change_all(call.login, CONTACTS, relabelled))


def _flaws(sent: Iterable[object]) -> Iterator[Flaw]:
    for place, one in enumerate(sent):
        if not isinstance(one, str) or not is_identifier(one):
            yield f"[{place}]", NO_ID
