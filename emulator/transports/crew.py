"""Threads for what has to wait: as many as there is work for, up to a number, and gone with the process."""

import logging
import threading
from collections.abc import Callable
from queue import SimpleQueue

log = logging.getLogger("smslab")

Work = Callable[[], object]


class Crew:
    """Does work in threads. What the standard library has for that would be waited for at the end."""

    def __init__(self, most: int, name: str) -> None:
        self._most, self._name = most, name
        self._work = SimpleQueue[Work]()
        self._changing = threading.Lock()
        self._threads = 0
        self._free = 0
        """Threads that have nothing to do; below nothing, so much work waits for one."""

    def do(self, work: Work) -> None:
        """Have it done, as soon as a thread is free. Raises RuntimeError if the system has none for us."""
        with self._changing:
            if self._free <= 0 and self._threads < self._most:
                self._hire()
            self._free -= 1
        self._work.put(work)

    def _hire(self) -> None:
        try:
            threading.Thread(target=self._labour, daemon=True, name=self._name).start()
        except RuntimeError:
            if not self._threads:
                raise
        else:
            self._threads += 1
            self._free += 1

    def _labour(self) -> None:
        while True:
            try:
                self._work.get()()
            except BaseException as defect:  # of this work: the next one still needs its thread
                log.error("defect in a thread", exc_info=defect)
            with self._changing:
                self._free += 1
