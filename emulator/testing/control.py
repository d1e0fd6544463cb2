"""Calls of the control API, in one space of an emulator."""

from collections.abc import Mapping
from http.client import HTTPConnection, HTTPResponse
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

import msgspec

Answer = TypeVar("Answer")

TOO_LITTLE = 408
"""What a call that waits answers when time is over: with all there is."""


MOST = 100_000
"""How much one answer may list."""


class Declined(Exception):
    """The emulator does not do what it was asked for; the text is its own and says what to do instead."""


class Control:
    """One space, selected by what its address ends in. Any thread may call."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._place = (parts.hostname or "", parts.port)
        self._prefix = f"{parts.path}/_emulator"

    def get(self, path: str, kind: type[Answer], **query: object) -> Answer:
        """What there is, as a value of that kind; what is None is not asked for."""
        given = urlencode({name: value for name, value in query.items() if value is not None})
        return msgspec.json.decode(self._called("GET", f"{path}?{given}"), type=kind)

    def tell(self, method: str, path: str, fields: Mapping[str, Any] | None = None) -> bytes:
        """Change something; the answer as it came."""
        return self._called(method, path, b"" if fields is None else msgspec.json.encode(fields))

    def _called(self, method: str, path: str, body: bytes = b"") -> bytes:
        """The answer's body. Raises Declined."""
        connection = HTTPConnection(*self._place)
        try:
            connection.request(method, self._prefix + path, body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            octets = answer.read()
        finally:
            connection.close()
        if answer.status >= 400 and answer.status != TOO_LITTLE:
            raise Declined(_detail(answer, octets))
        return octets


def _detail(answer: HTTPResponse, octets: bytes) -> str:
    if answer.getheader("Content-Type", "").startswith("application/problem+json"):
        return str(msgspec.json.decode(octets)["detail"])
    return f"status {answer.status}: {octets[:200]!r}"
