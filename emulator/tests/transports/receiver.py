"""A customer's address on the loopback: it keeps what it is sent and answers as it was told."""

import socket
import ssl
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email import message_from_bytes

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
BUSY = b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"

PATIENCE = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes
    connection: int
    """Which connection it came over, counted from 1."""


class Receiver:
    """Answers in the order given, then with 200.

    An answer is octets, after which the connection stays unless they say otherwise; None to hang up
    without a word; or a function that does as it likes.
    """

    def __init__(self, *answers: "Answer", tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls
        self._answers = deque(answers)
        self._requests: list[Request] = []
        self._changed = threading.Condition()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._connections: list[socket.socket] = []
        self.closing = threading.Event()
        self.address = f"{'https' if tls else 'http'}://127.0.0.1:{self._listener.getsockname()[1]}"

    def url(self, path: str = "/dlr") -> str:
        return self.address + path

    def got(self, count: int) -> list[Request]:
        """All requests so far, as soon as there are so many."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self._requests) >= count, PATIENCE)
            return list(self._requests)

    def another(self, count: int, seconds: float) -> bool:
        """Whether there are so many within so many seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self._requests) >= count, seconds)

    @property
    def bodies(self) -> list[str]:
        with self._changed:
            return [request.body.decode() for request in self._requests]

    def listen(self) -> None:
        with suppress(OSError):
            while not self.closing.is_set():
                connection, _ = self._listener.accept()
                if self._tls:
                    connection = self._tls.wrap_socket(connection, server_side=True)
                self._connections.append(connection)
                arguments = (connection, len(self._connections))
                threading.Thread(target=self._serve, args=arguments, daemon=True).start()

    def close(self) -> None:
        self.closing.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def _serve(self, connection: socket.socket, number: int) -> None:
        with connection, suppress(OSError), connection.makefile("rb") as stream:
            while line := stream.readline():
                method, target, _ = line.decode().split()
                fields = b"".join(iter(stream.readline, b"\r\n"))
                headers = dict(message_from_bytes(fields).items())
                body = stream.read(int(headers.get("Content-Length", 0)))
                request = Request(method=method, target=target, headers=headers, body=body, connection=number)
                answer = self._note(request)
                if callable(answer):
                    answer(self, connection)
                else:
                    connection.sendall(answer or b"")
                if answer is None or (isinstance(answer, bytes) and b"Connection: close" in answer):
                    return

    def _note(self, request: Request) -> "Answer":
        with self._changed:
            self._requests.append(request)
            self._changed.notify_all()
            return self._answers.popleft() if self._answers else OK


Answer = bytes | None | Callable[[Receiver, socket.socket], None]


def silence(receiver: Receiver, connection: socket.socket) -> None:
    """Say nothing for as long as the test lasts."""
    receiver.closing.wait(PATIENCE)


def dripping(beginning: bytes, drop: bytes) -> Answer:
    """An answer that never ends: one drop after another, twenty milliseconds apart."""

    def drip(receiver: Receiver, connection: socket.socket) -> None:
        connection.sendall(beginning)
        while not receiver.closing.wait(0.02):
            connection.sendall(drop)

    return drip


@contextmanager
def receiving(*answers: Answer, tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """A receiver that listens on a free port while the block lasts."""
    receiver = Receiver(*answers, tls=tls)
    threading.Thread(target=receiver.listen, daemon=True).start()
    try:
        yield receiver
    finally:
        receiver.close()
