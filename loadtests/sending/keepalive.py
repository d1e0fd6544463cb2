"""One keep-alive HTTP connection for a Locust user, over gevent's sockets."""

from __future__ import annotations

from http.client import HTTPException
from urllib.parse import urlsplit

from gevent import Timeout, monkey, socket, ssl
from geventhttpclient.response import HTTPSocketResponse

from loadtests.scenarios.template import Reply, Request
from loadtests.sending.idle import hung_up

POLL = monkey.get_original("select", "poll")  # looks and does not wait: no other greenlet need run


class Unanswered(Exception):
    """The connection broke or stayed silent: whether the target took the call is unknown."""


class KeepAlive:
    """geventhttpclient's parser on a socket of our own.

    Its client, and FastHttpUser above it, silently repeat a GET whose connection broke. A repeated
    `send.php` is a second message, so here nothing is ever sent twice. Nor would conformance.drivers do: they
    keep a record of every exchange, which costs several times as much, and the target shares the cores.
    """

    def __init__(self, base: str, *, patience: float) -> None:
        address = urlsplit(base)
        self._tls = address.scheme == "https"
        self._address = (address.hostname or "127.0.0.1", address.port or (443 if self._tls else 80))
        self._prefix = address.path.rstrip("/")
        self._host = address.netloc.rpartition("@")[2]
        self._patience = patience
        self._socket: socket.socket | None = None

    def exchange(self, request: Request) -> Reply:
        """Raises Unanswered without a whole answer."""
        try:
            with Timeout(self._patience, TimeoutError("no whole answer in time")):
                return self._exchange(request)
        except (OSError, HTTPException) as broken:
            self.close()
            raise Unanswered(str(broken) or type(broken).__name__) from broken

    def _exchange(self, request: Request) -> Reply:
        connected = self._connected()
        connected.sendall(request.octets(self._host, self._prefix))
        answer = HTTPSocketResponse(connected, method=request.method)
        text = bytes(answer.read()).decode("utf-8", "replace")
        if answer.should_close():
            self.close()
        return Reply(answer.status_code, text)

    def _connected(self) -> socket.socket:
        if self._socket is not None and hung_up(self._socket.fileno(), POLL):
            self.close()
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
