"""The slots that several users work off, until they are told to stop."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


class Slots(Iterator[int]):
    def __init__(self, slots: Iterable[int]) -> None:
        self._left = iter(slots)

    def __next__(self) -> int:
        return next(self._left)

    def stop(self) -> None:
        """What is not taken yet will not be."""
        self._left = iter(())
