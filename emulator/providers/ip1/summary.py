"""What all contacts of an account come to: use of labels and properties, and how long their values are."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from emulator.core.kept import Resource
from emulator.providers.ip1.cards import LABELS, PROPERTIES


class Lengths(NamedTuple):
    """How often values of a property have each length, in characters."""

    counted: Mapping[int, int]

    def shown(self, name: str) -> dict[str, object]:
        """An entry of the summary."""
        # req: ip1/summary/properties ip1/summary/lengths
        usage = sum(self.counted.values())
        characters = sum(length * count for length, count in self.counted.items())
        return {
            "propertyName": name,
            "usageCount": usage,
            "averageLength": (2 * characters + usage) // (2 * usage),  # req: ip1/summary/average
            "maxLength": max(self.counted),
            "minLength": min(self.counted),
        }


def summary(contacts: Sequence[Resource]) -> dict[str, object]:
    """The document that GET /v2/contacts/meta answers with."""
    labels = Counter(chain.from_iterable([one.fields[LABELS] for one in contacts]))
    return {
        "totalCount": len(contacts),  # req: ip1/summary/total
        # req: ip1/summary/labels ip1/summary/order
        "labels": [{"labelName": name, "usageCount": usage} for name, usage in labels.most_common()],
        "properties": [lengths.shown(name) for name, lengths in measured(contacts).items()],
    }


def measured(contacts: Iterable[Resource]) -> dict[str, Lengths]:
    """The lengths of each property's values, properties in the order of their first use."""
    counted = Counter(
        (name, len(value)) for one in contacts for name, value in one.fields[PROPERTIES].items()
    )
    lengths: dict[str, dict[int, int]] = defaultdict(dict)
    for (name, length), count in counted.items():
        lengths[name][length] = count
    return {name: Lengths(each) for name, each in lengths.items()}
