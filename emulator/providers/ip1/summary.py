"""What all contacts of an account come to: use of labels and properties, and how long their values are."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from emulator.providers.ip1.cards import Card


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


def summary(cards: Sequence[Card]) -> dict[str, object]:
    """The document that GET /v2/contacts/meta answers with."""
    labels = Counter(chain.from_iterable([card["labels"] for card in cards]))
    return {
        "totalCount": len(cards),  # req: ip1/summary/total
        # req: ip1/summary/labels ip1/summary/order
        "labels": [{"labelName": name, "usageCount": usage} for name, usage in labels.most_common()],
        "properties": [lengths.shown(name) for name, lengths in measured(cards).items()],
    }


def measured(cards: Iterable[Card]) -> dict[str, Lengths]:
    """The lengths of each property's values, properties in the order of their first use."""
    counted = Counter((name, len(value)) for card in cards for name, value in card["properties"].items())
    lengths: dict[str, dict[int, int]] = defaultdict(dict)
    for (name, length), count in counted.items():
        lengths[name][length] = count
    return {name: Lengths(each) for name, each in lengths.items()}
