"""How a serving process ends: who is told, as soon as a signal says so."""

import signal
import socket
import threading
from collections.abc import Callable

ENDS = frozenset({signal.SIGINT, signal.SIGTERM})


def at_end(stop: Callable[[], None]) -> None:
    """Have `stop` called once the process is told to end, while it still serves; for its main thread.

    The server handles these signals itself, and waits for whoever still talks to it.
    """
    told, telling = socket.socketpair()
    telling.setblocking(False)
    signal.set_wakeup_fd(telling.fileno(), warn_on_full_buffer=False)
    threading.Thread(target=_wait, args=(told, telling, stop), daemon=True, name="smslab-end").start()


def _wait(told: socket.socket, telling: socket.socket, stop: Callable[[], None]) -> None:
    """`telling` is kept open by being held here."""
    while not ENDS.intersection(told.recv(100)):
        pass
    stop()
