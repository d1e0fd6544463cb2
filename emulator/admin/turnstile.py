"""How many callers may hold a thread of the server at a time: those who wait and those who listen."""

import threading
from collections.abc import Callable

from emulator.admin.answers import Crowded


class Turnstile:
    """Lets so many in, and turns the rest away."""

    def __init__(self, most: int) -> None:
        self._most, self._inside = most, 0
        self._lock = threading.Lock()

    @property
    def inside(self) -> int:
        return self._inside

    def enter(self) -> Callable[[], None]:
        """Go in; what comes back is the way out, to be taken once or more. Raises Crowded."""
        with self._lock:
            if self._inside >= self._most:
                raise Crowded(f"{self._most} callers wait or listen already: try again when some have left")
            self._inside += 1
        return self._exit()

    def _exit(self) -> Callable[[], None]:
        gone = False

        def leave() -> None:
            nonlocal gone
            with self._lock:
                if not gone:
                    gone = True
                    self._inside -= 1

        return leave
