"""Listeners to a stream of events over a real connection, and somebody who gives them something to hear."""

import http.client
import json
import threading
from typing import Any
from urllib.parse import urlsplit

from emulator.tests.samples import NUMBER

LONG = 30.0
"""Seconds that nothing takes unless what is waited for never comes."""


class Listener(threading.Thread):
    """Reads a stream until it has heard so many events of a kind."""

    def __init__(self, url: str, kind: str, count: int, after: int | None = None) -> None:
        super().__init__(daemon=True)
        self.events: list[dict[str, Any]] = []
        self.listening = threading.Event()
        self._kind, self._count = kind, count
        self._connection = connection(url)
        headers = {} if after is None else {"Last-Event-ID": str(after)}
        self._connection.request("GET", "/_emulator/events", headers=headers)
        self.answer = self._connection.getresponse()
        self.start()
        assert self.listening.wait(LONG)

    def run(self) -> None:
        for line in self.answer:
            self.listening.set()
            if line.startswith(b"data: "):
                self.events.append(json.loads(line[6:]))
            if self._heard() == self._count:
                break
        self.answer.close()
        self._connection.close()

    def _heard(self) -> int:
        return sum(event.get("kind") == self._kind for event in self.events)

    def finish(self) -> list[dict[str, Any]]:
        self.join(LONG)
        assert not self.is_alive()
        return self.events


def connection(url: str) -> http.client.HTTPConnection:
    place = urlsplit(url)
    return http.client.HTTPConnection(place.hostname or "", place.port, timeout=LONG)


def send(url: str, count: int) -> None:
    """So many messages, one after the other on one connection."""
    customer = connection(url)
    for _ in range(count):
        customer.request(
            "GET", f"/api/http/send.php?username=demo&password=demo&from=x&to={NUMBER}&message=m"
        )
        assert customer.getresponse().read().startswith(b"ID:")
    customer.close()
