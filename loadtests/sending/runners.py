"""Locust's runners, for a run whose number of workers is fixed before it begins."""

from __future__ import annotations

import time
from typing import Any

from locust.rpc import Message
from locust.runners import MasterRunner, WorkerRunner

from loadtests.ending import ends_with


class Leader(MasterRunner):
    """Locust would let whoever joins have a part of what others are at."""

    chosen: tuple[str, ...] = ()  # empty: everybody may join

    def choose(self, count: int) -> None:
        """The first that are ready; nobody else is taken from now on."""
        self.chosen = tuple(client.id for client in self.clients.ready[:count])
        for client in self.clients.keys() - {*self.chosen}:
            del self.clients[client]

    def handle_message(self, client_id: str, msg: Message) -> None:
        if not self.chosen or client_id in self.chosen:
            super().handle_message(client_id, msg)
        elif msg.type == "client_ready":
            self.send_message("ack", client_id=client_id)  # else it would go on asking for minutes
        elif msg.type == "heartbeat":  # its first sign that it listens
            self.send_message("surplus", {"workers": len(self.chosen)}, client_id)


class Follower(WorkerRunner):
    """Knows whether its master took leave, or is gone."""

    dismissed = False

    def handle_message(self, msg: Message) -> None:
        if msg.type == "quit":
            self.dismissed = True
        elif msg.type == "ack":  # a master that goes before its first heartbeat would never be missed
            self.last_heartbeat_timestamp = time.time()
        super().handle_message(msg)

    def heed(self) -> None:
        """Go where the master has workers enough."""
        self.register_message("surplus", surplus)


def surplus(msg: Any, **_: object) -> None:
    """A worker too many ends, and says what to do."""
    expected = msg.data["workers"]
    ends_with(f"it expects {expected} and has them: start as many workers as --expect-workers says")
