"""The kinds of records of a space: their types, what they are found by, where their ids come from."""

from collections.abc import Mapping, Sequence

from emulator.core import (
    callbacks,
    contacts,
    hlr,
    holds,
    indexes,
    notices,
    overrides,
    resources,
    sabotage,
)  # fmt: skip
from emulator.core.kept import Resource
from emulator.core.model import INBOUND, Contact, Inbound
from emulator.core.outcomes import Override
from emulator.core.pushes import Callback, Waiting
from emulator.core.register import Lookup
from emulator.core.sabotage import Fault

KINDS: Mapping[str, tuple[type, Sequence[str]]] = {
    callbacks.KIND: (Callback, ["id"]),
    callbacks.FINISHED: (Callback, ["id"]),
    contacts.KIND: (Contact, ["provider", "account", "number"]),
    INBOUND: (Inbound, ["id"]),
    overrides.KIND: (Override, ["number"]),
    hlr.KIND: (Lookup, ["id", "number"]),
    holds.KIND: (holds.Hold, ["provider", "account"]),
    sabotage.KIND: (Fault, ["id"]),
    indexes.FORGOTTEN: (indexes.Forgotten, ["id"]),
    resources.KIND: (Resource, ["provider", "account", "collection", "name"]),
    notices.KIND: (Waiting, ["id"]),
}
"""The records a store may hold, by kind, and what their keys are made of."""

COUNTERS = {
    callbacks.KIND: (callbacks.KIND, "id"),
    callbacks.FINISHED: (callbacks.KIND, "id"),
    INBOUND: (INBOUND, "id"),
    hlr.KIND: (hlr.KIND, "id"),
    resources.KIND: (resources.KIND, "number"),
    notices.KIND: (notices.KIND, "id"),
}
"""Where the ids of records come from, and what holds them."""

DISTINCT = {resources.KIND: "number"}
"""What no two records of a kind have in common, beside what they are found by."""
