"""How a process serves at its best: what Python and the system would have otherwise costs a busy one."""

import gc
import resource
import sys

BACKLOG = 1024
"""Connections that wait to be accepted."""

THREADS = 64
"""Most requests that wait at a time: for messages, events, the end of a delay, or the disk."""


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
