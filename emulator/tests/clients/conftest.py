"""The emulator as a program of its own, and a space in it for every test."""

import json
import urllib.request
from collections.abc import Iterator
from itertools import count
from typing import Any
from urllib.parse import urlencode

import pytest

from emulator.tests.serving import serving

START = "2026-03-02T09:00:00Z"
NAMES = (f"client-{number}" for number in count(1))


class Space:
    """A space whose clock stands still; `url` stands before every path."""

    def __init__(self, server: str, name: str) -> None:
        self.name, self.url = name, f"{server}/~{name}"
        self._place = f"{server}/_emulator/spaces/{name}"
        self.begin()

    def begin(self, **quirks: dict[str, object]) -> None:
        """As the world says, but for switches, by provider."""
        self._ask("PUT", self._place, {"seed": 1, "clock": START, "rate": 0, "quirks": quirks})

    def advance(self, seconds: float) -> None:
        self._ask("POST", f"{self.url}/_emulator/clock/advance", {"seconds": seconds})

    def messages(self, **filters: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]]
        found = self._ask("GET", f"{self.url}/_emulator/messages?{urlencode(filters)}")["messages"]
        return found

    @property
    def smsc(self) -> str:
        """HOST:PORT; who binds there names the space behind an @."""
        address: str = self._ask("GET", f"{self.url}/_emulator/readyz")["smpp"]
        return address

    def receive(self, sender: str, text: str) -> None:
        """A handset writes to the account demo of iSMS."""
        letter = {"provider": "isms", "account": "demo", "from": sender, "to": "54111", "text": text}
        self._ask("POST", f"{self.url}/_emulator/inbound", letter)

    def bodies(self) -> list[str]:
        """What was posted here, as it travelled."""
        return [
            one["request"]["body"] for one in self._ask("GET", f"{self.url}/_emulator/journal")["entries"]
        ]

    def _ask(self, method: str, url: str, fields: object = None) -> Any:
        body = None if fields is None else json.dumps(fields).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(url, data=body, headers=headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("server"), "--rate", "0") as served:
        yield served.url


@pytest.fixture
def space(server: str) -> Space:
    return Space(server, next(NAMES))
