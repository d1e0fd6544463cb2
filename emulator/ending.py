"""How a serving process ends: who is told, as soon as a signal says so, or when its master is no more."""

import os
import signal
import socket
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.util import Finalize

ENDS = frozenset({signal.SIGINT, signal.SIGTERM})

LAST = 100
"""After whatever else multiprocessing does at the end of a process."""


def at_end(stop: Callable[[], None]) -> None:
    """Have `stop` called once the process is told to end, while it still serves; for its main thread.

    The server handles these signals itself, and waits for whoever still talks to it.
    """
    told, telling = socket.socketpair()
    telling.setblocking(False)
    signal.set_wakeup_fd(telling.detach(), warn_on_full_buffer=False)
    threading.Thread(target=_wait, args=(told, stop), daemon=True, name="smslab-end").start()


def after_end(stop: Callable[[], None]) -> None:
    """Have `stop` called when this child of multiprocessing has ended well: nobody is served any more."""
    Finalize(None, stop, exitpriority=-LAST)


def end_with(master: Connection) -> None:
    """Be gone as soon as the other end of the pipe is: an orphan would keep the port and the store."""
    threading.Thread(target=_follow, args=(master,), daemon=True, name="smslab-orphan").start()


def _wait(told: socket.socket, stop: Callable[[], None]) -> None:
    """Read on after the first signal: where nobody reads, the next one would be complained about."""
    while not ENDS.intersection(told.recv(100)):
        pass
    stop()
    while told.recv(100):
        pass


def _follow(master: Connection) -> None:
    master.poll(None)
    os.kill(os.getpid(), signal.SIGKILL)
