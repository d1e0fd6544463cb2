"""How a process serves at its best: what Python and the system would have otherwise costs a busy one."""

import gc
import resource
import sys

BACKLOG = 1024
"""Connections that wait to be accepted."""

THREADS = 64
"""Most requests at a time: those that wait, and streams of events, hold a thread each.

The server comes to have as many threads, gives work to each in turn, and finds what it needs in the
processor's caches the less the more they are.
"""


def tune_interpreter() -> None:
    """For a process that has loaded all it needs."""
    gc.freeze()
    # what the store keeps has no cycles, and need not be searched for them; nobody answers during a search of
    # what is new, so it comes often and is short
    gc.set_threshold(1_000, 1, 100_000)
    # a request takes far less: threads that wait for it need not look up meanwhile
    sys.setswitchinterval(0.03)


def open_many_files() -> None:
    """As many as the system lets us: a session is one."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
