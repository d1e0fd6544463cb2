"""How a serving process ends: who is told, as soon as a signal says so, or when its master is no more."""

import os
import signal
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.util import Finalize

ENDS = frozenset({signal.SIGINT, signal.SIGTERM})

LAST = 100
"""After whatever else multiprocessing does at the end of a process."""


def at_end(stop: Callable[[], None]) -> None:
    """Have `stop` called once the process is told to end, while it still serves; for its main thread.

    The server handles these signals itself, and waits for whoever still talks to it: its event loop, which
    has to run already, is told of them as before.
    """
    told, telling = socket.socketpair()
    telling.setblocking(False)
    loop = signal.set_wakeup_fd(telling.detach(), warn_on_full_buffer=False)
    threading.Thread(target=_wait, args=(told, loop, stop), daemon=True, name="smslab-end").start()


def after_end(stop: Callable[[], None]) -> None:
    """Have `stop` called when this child of multiprocessing has ended well: nobody is served any more."""
    Finalize(None, stop, exitpriority=-LAST)


def end_with(master: Connection) -> None:
    """Be gone as soon as the other end of the pipe is: an orphan would keep the port and the store."""
    threading.Thread(target=_follow, args=(master,), daemon=True, name="smslab-orphan").start()


def _wait(told: socket.socket, loop: int, stop: Callable[[], None]) -> None:
    """Read on after the first signal: where nobody reads, the next one would be complained about."""
    is_ending = False
    while signals := told.recv(100):
        with suppress(OSError):  # there is no loop, or none any more
            os.write(loop, signals)
        if not is_ending and ENDS.intersection(signals):
            is_ending = True
            stop()


def _follow(master: Connection) -> None:
    master.poll(None)
    os.kill(os.getpid(), signal.SIGKILL)
