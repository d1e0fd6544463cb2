"""What a batch has beyond what every provider's order has: remembered with it as texts."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from emulator.core.model import Order

Windows = Sequence[tuple[str, str]]
"""When messages may go out: from, until; as batches show it."""


class Notes(NamedTuple):
    """`datacoding` is the largest alphabet allowed, `currency` that of the account when it was charged."""

    priority: int
    datacoding: str
    currency: str
    templated: bool = False
    reference: str | None = None
    tags: Sequence[str] = ()
    windows: Windows = ()

    @staticmethod
    def of(order: Order) -> "Notes":
        kept = order.extras
        return Notes(
            priority=int(kept["priority"]),
            datacoding=kept["datacoding"],
            currency=kept["currency"],
            templated="templated" in kept,
            reference=kept.get("reference"),
            tags=msgspec.json.decode(kept["tags"], type=list[str]) if "tags" in kept else (),
            windows=msgspec.json.decode(kept["windows"], type=list[tuple[str, str]])
            if "windows" in kept
            else (),
        )

    @property
    def extras(self) -> Mapping[str, str]:
        kept = {"priority": str(self.priority), "datacoding": self.datacoding, "currency": self.currency}
        if self.templated:
            kept["templated"] = "yes"
        if self.reference is not None:
            kept["reference"] = self.reference
        if self.tags:
            kept["tags"] = msgspec.json.encode(self.tags).decode()
        if self.windows:
            kept["windows"] = msgspec.json.encode(self.windows).decode()
        return kept
