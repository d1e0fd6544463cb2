"""Everything that is wrong with a body, gathered: a client is told of all at once."""

from collections.abc import Iterable, Iterator
from itertools import islice

from emulator.providers.ip1.faults import invalid

MOST_TOLD = 1000
"""Objections that are listed."""

Flaw = tuple[str, str]
"""The field at fault, and a sentence."""


class Wrong(Exception):
    """A member that cannot be obeyed, in a sentence that says why."""


def within(place: str, flaws: Iterable[Flaw]) -> Iterator[Flaw]:
    """The flaws of a part, where they stand in the whole."""
    return ((f"{place}.{field}", sentence) for field, sentence in flaws)


def decline_for(flaws: Iterable[Flaw], requirement: str = "ip1/problems/wrong-type") -> None:
    """Raise Declined if there is any."""
    errors: dict[str, list[str]] = {}
    for field, sentence in islice(flaws, MOST_TOLD):
        errors.setdefault(field, []).append(sentence)
    if errors:
        raise invalid(errors, requirement)
