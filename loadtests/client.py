"""A plain keep-alive client for everything that is not load: preparation, reconciliation, benchmarks."""

from __future__ import annotations

import http.client
import os
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import click
import msgspec

from loadtests.failures import HarnessFailed
from loadtests.scenarios.template import Reply, Request
from loadtests.sending.idle import hung_up


class Client:
    """Paths are appended to the base address, so a space in it stays in force."""

    def __init__(self, base: str, timeout: float = 60.0) -> None:
        address = urlsplit(base)
        if address.scheme not in ("http", "https") or not address.hostname:
            raise click.UsageError(f"{base!r} is not an address; give one like http://127.0.0.1:8000")
        kind = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
        self.base = base.rstrip("/")
        self._prefix = address.path.rstrip("/")
        self._connection = kind(address.hostname, address.port, timeout=timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _t: type[BaseException] | None, _v: BaseException | None, _b: TracebackType | None
    ) -> None:
        self._connection.close()

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, bytes]:
        """Once. Raises HarnessFailed where no answer comes."""
        if self._connection.sock is not None and hung_up(self._connection.sock.fileno()):
            self._connection.close()  # and opens with the request
        try:
            self._connection.request(method, self._prefix + path, body, headers)
            answer = self._connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException) as broken:
            self._connection.close()
            reason = getattr(broken, "strerror", None) or broken or type(broken).__name__
            raise HarnessFailed(f"{self.base} cannot be reached: {reason}") from broken

    def question(self, method: str, path: str, body: bytes | None, **headers: str) -> tuple[int, bytes]:
        """Of which nothing comes: without an answer it is asked once more, on another connection."""
        try:
            return self.ask(method, path, body, **headers)
        except HarnessFailed:
            return self.ask(method, path, body, **headers)

    def exchange(self, request: Request) -> Reply:
        """A question in a dialect."""
        path, body, kind, token = request
        headers = {"Content-Type": kind} if body else {}
        headers |= {"Authorization": f"Bearer {token}"} if token else {}
        status, answer = self.question(request.method, path, body or None, **headers)
        return Reply(status, answer.decode("utf-8", "replace"))


class Control(Client):
    """The control API of one space of an emulator."""

    def call(self, method: str, path: str, value: object = None) -> Any:
        """The decoded answer of a call that must succeed."""
        status, body = self._call(method, path, value)
        if status == 401:
            raise click.UsageError(f"{self.base} wants its control token; set SMSLAB_CONTROL_TOKEN")
        if status >= 300:
            raise HarnessFailed(
                f"{method} /_emulator{path} answered {status}: {body[:200].decode('utf-8', 'replace')}"
            )
        return msgspec.json.decode(body) if body else None

    def present(self) -> bool:
        """Whether there is a control API, perhaps one that wants a token; a real provider has none."""
        status, body = self._call("GET", "/readyz", None)
        return status in (200, 401, 403) and body.lstrip().startswith(b"{")

    def _call(self, method: str, path: str, value: object) -> tuple[int, bytes]:
        headers = {"Content-Type": "application/json"} if value is not None else {}
        if token := os.environ.get("SMSLAB_CONTROL_TOKEN"):
            headers["Authorization"] = f"Bearer {token}"
        body = None if value is None else msgspec.json.encode(value)
        ask = self.question if method == "GET" else self.ask
        return ask(method, f"/_emulator{path}", body, **headers)
