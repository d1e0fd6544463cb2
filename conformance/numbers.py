"""Recipients for checks: no two alike, and never by chance one that means an outcome."""

from collections.abc import Iterator
from itertools import count, islice
from typing import Protocol

from conformance.blocked import Blocked

PREFIX = "30690"  # a Greek mobile range that no operator uses any more
TAILS = 9000  # tails from 9000 on mean outcomes


class Numbers(Protocol):
    def __call__(self, n: int = 1, ending: str | None = None) -> list[str]:
        """`n` international numbers without + or 00; `ending` is four digits that mean an outcome."""


class Invented:
    """Numbers for emulators: eight million plain ones, a thousand for each ending."""

    def __init__(self) -> None:
        self._plain = (f"{PREFIX}{n // TAILS:03d}{n % TAILS:04d}" for n in range(TAILS, 1000 * TAILS))
        self._ending: dict[str, Iterator[str]] = {}

    def __call__(self, n: int = 1, ending: str | None = None) -> list[str]:
        if ending is None:
            return list(islice(self._plain, n))
        return list(islice(self._ending.setdefault(ending, _ending(ending)), n))


class Owned:
    """The numbers a target file lists; they come back in the next check."""

    def __init__(self, numbers: tuple[str, ...]) -> None:
        self._numbers = numbers

    def __call__(self, n: int = 1, ending: str | None = None) -> list[str]:
        if ending is not None:
            raise Blocked(f"needs a number that behaves as {ending} does in an emulator")
        if n > len(self._numbers):
            raise Blocked(
                f"needs {n} own numbers; the target file lists {len(self._numbers)} ([numbers] own)"
            )
        return list(self._numbers[:n])


def _ending(ending: str) -> Iterator[str]:
    return (f"{PREFIX}{block:03d}{ending}" for block in count(1) if block < 1000)
