"""What turns did to a memory, in the terms of the memory: values by kind and key."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from emulator.core.ports import Key

AGENDA = "@agenda"
"""The kind of what is planned: each entry is put there once, and goes once."""

Place = tuple[str, Key]
"""A kind, and what a value of it is found by."""


@dataclass(slots=True)
class Changes:
    """Kinds of which everything went, then what went, then what came or became another.

    What went and came stands behind all others of its kind from then on.
    """

    cleared: set[str] = field(default_factory=set)
    gone: dict[Place, None] = field(default_factory=dict)
    come: dict[Place, object] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.come or self.gone or self.cleared)

    def clear(self, kinds: Iterable[str]) -> None:
        kinds = frozenset(kinds)
        self.cleared |= kinds
        self.gone = {place: None for place in self.gone if place[0] not in kinds}
        self.come = {place: value for place, value in self.come.items() if place[0] not in kinds}

    def drop(self, kind: str, key: Key) -> None:
        if self.come.pop((kind, key), None) is None or kind != AGENDA:
            self.gone[kind, key] = None

    def put(self, kind: str, key: Key, value: object) -> None:
        self.come[kind, key] = value

    def follow(self, later: "Changes") -> None:
        """Be these and then the later ones."""
        if later.cleared:
            self.clear(later.cleared)
        for kind, key in later.gone:
            self.drop(kind, key)
        self.come.update(later.come)
