"""What becomes of a kept connection while nothing is said on it."""

from __future__ import annotations

import select
from collections.abc import Callable


def hung_up(fileno: int, poll: Callable[[], select.poll] = select.poll) -> bool:
    """Whether there is something to read where nothing was asked: nearly always the end.

    Whoever looks before writing may open another connection, as nothing was sent on this one.
    """
    look = poll()
    look.register(fileno, select.POLLIN)
    return bool(look.poll(0))
