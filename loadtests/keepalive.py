"""One keep-alive HTTP connection for a Locust user, over gevent's sockets."""

from __future__ import annotations

from http.client import HTTPException
from urllib.parse import urlsplit

from gevent import Timeout, socket, ssl
from geventhttpclient.response import HTTPSocketResponse

from loadtests.scenarios.scenario import Refused


class Unanswered(Exception):
    """The connection broke or stayed silent: whether the target took the call is unknown."""


class KeepAlive:
    """geventhttpclient's parser on a socket of our own.

    Its client, and FastHttpUser above it, silently repeat a GET whose connection broke. A repeated
    `send.php` is a second message, so here nothing is ever sent twice.
    """

    def __init__(self, base: str, *, patience: float) -> None:
        address = urlsplit(base)
        self._tls = address.scheme == "https"
        self._address = (address.hostname or "127.0.0.1", address.port or (443 if self._tls else 80))
        self._host = address.netloc.rpartition("@")[2]
        self._patience = patience
        self._socket: socket.socket | None = None

    def get(self, path: str) -> str:
        """The text of a 200; raises Refused for any other status, Unanswered without a whole answer."""
        head = f"GET {path} HTTP/1.1\r\nHost: {self._host}\r\n\r\n".encode("latin-1")
        try:
            with Timeout(self._patience, TimeoutError("no whole answer in time")):
                status, body = self._exchange(head)
        except (OSError, HTTPException) as broken:
            self.close()
            raise Unanswered(str(broken) or type(broken).__name__) from broken
        if status != 200:
            raise Refused(f"HTTP {status}")
        return body

    def _exchange(self, head: bytes) -> tuple[int, str]:
        connected = self._connected()
        connected.sendall(head)
        answer = HTTPSocketResponse(connected, method="GET")
        body = bytes(answer.read()).decode("utf-8", "replace")
        if answer.should_close():
            self.close()
        return answer.status_code, body

    def _connected(self) -> socket.socket:
        if self._socket is None:
            self._socket = socket.create_connection(self._address, timeout=self._patience)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._tls:
                context = ssl.create_default_context()
                self._socket = context.wrap_socket(self._socket, server_hostname=self._address[0])
        return self._socket

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None
