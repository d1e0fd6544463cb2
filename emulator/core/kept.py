"""What providers keep for their customers, as values: contacts, pages, filters, whatever a document has."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

JSON: TypeAlias = Any
"""Anything that JSON knows: what it is, only the provider knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """An entry of an account's collection, found by its name. Its fields are never changed, but replaced.

    `number` rises with each that is made, and no other of the space has it.
    """

    provider: str
    account: str
    collection: str
    name: str
    number: int
    created_at: datetime
    changed_at: datetime
    fields: Mapping[str, JSON]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is to be kept under a name, in the place of what may be there."""

    collection: str
    name: str
    fields: Mapping[str, JSON]
