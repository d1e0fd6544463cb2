"""Recipients: each has a number that no other has, so that a message is known by its number alone."""

from __future__ import annotations

from collections.abc import Callable

TRIGGERS = range(9001, 9014)  # last four digits that mean an outcome other than plain delivery


def numbers(prefix: str) -> Callable[[int, int], tuple[str, ...]]:
    """Slot and recipients a call to the numbers of the slot, in the form in which providers repeat them."""

    def of(slot: int, recipients: int) -> tuple[str, ...]:
        return tuple(number(prefix, slot * recipients + n) for n in range(recipients))

    return of


def number(prefix: str, n: int) -> str:
    block, rest = divmod(n, 10_000 - len(TRIGGERS))
    last = rest if rest < TRIGGERS.start else rest + len(TRIGGERS)
    return f"{prefix}{block:04d}{last:04d}"
