"""Waiting for what other threads and processes do."""

from collections.abc import Callable
from time import monotonic, sleep
from typing import TypeVar

Found = TypeVar("Found")

PACE = 0.01
"""Seconds between two looks."""


class Missed(AssertionError):
    """What was looked or waited for is not there; the text tells what is."""


def until(condition: Callable[[], Found], timeout: float = 5.0) -> Found:
    """What the condition gives as soon as that is true, asked again and again for so many seconds.

    Raises Missed. An AssertionError of the condition counts as not yet; it is raised when time is over.
    """
    last = monotonic() + timeout
    while True:
        late = monotonic() >= last
        try:
            if found := condition():
                return found
        except AssertionError:
            if late:
                raise
        if late:
            raise Missed(f"still not so after {timeout:g} s")
        sleep(PACE)
