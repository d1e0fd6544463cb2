"""Threads for what has to wait: as many as there is work for, up to a number, and gone with the process."""

import threading
from collections.abc import Callable
from queue import SimpleQueue

Work = Callable[[], object]


class Crew:
    """Does work in threads. What the standard library has for that would be waited for at the end."""

    def __init__(self, most: int, name: str) -> None:
        self._most, self._name = most, name
        self._work = SimpleQueue[Work]()
        self._changing = threading.Lock()
        self._threads = self._free = 0

    def do(self, work: Work) -> None:
        """Have it done, as soon as a thread is free. It must not raise."""
        with self._changing:
            hire = self._free <= 0 and self._threads < self._most
            if hire:
                self._threads += 1
            else:
                self._free -= 1  # below nothing: so much waits
        self._work.put(work)
        if hire:
            threading.Thread(target=self._labour, daemon=True, name=self._name).start()

    def _labour(self) -> None:
        while True:
            self._work.get()()
            with self._changing:
                self._free += 1
