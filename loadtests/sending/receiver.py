"""Where delivery reports arrive: the smallest HTTP server that a gateway's POST needs."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gevent.socket import socket

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
REFUSAL = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
LONGEST = 65_536


class Unreadable(Exception):
    """Not a POST, or nothing with a length: no delivery report is sent like that."""


def posts(buffer: bytes) -> tuple[list[bytes], bytes]:
    """The bodies of the whole requests at the head of the buffer, and what is left of it."""
    bodies = []
    while b"\r\n\r\n" in buffer:
        head, _, rest = buffer.partition(b"\r\n\r\n")
        if head[:5].lower() != b"post ":
            raise Unreadable
        length = content_length(head)
        if len(rest) < length:
            break
        bodies.append(rest[:length])
        buffer = rest[length:]
    if len(buffer) > LONGEST:
        raise Unreadable
    return bodies, buffer


@lru_cache(maxsize=256)  # reports are of a few lengths, and all else in their heads is the same
def content_length(head: bytes) -> int:
    """Of a request or an answer. Raises Unreadable where it does not say just one."""
    lines = head.lower().split(b"\r\n")
    lengths = [line.partition(b":")[2].strip() for line in lines if line.startswith(b"content-length:")]
    if len(lengths) != 1 or not lengths[0].isdigit():
        raise Unreadable
    return int(lengths[0])


class ReportReceiver:
    """A greenlet per connection; `note` is called with each body."""

    def __init__(self, host: str, note: Callable[[bytes], None]) -> None:
        from gevent.server import StreamServer

        self._note = note
        self._server = StreamServer((host, 0), self._serve)
        self._server.start()
        self.address = f"http://{f'[{host}]' if ':' in host else host}:{self._server.server_port}/dlr"

    def _serve(self, connection: socket, _peer: object) -> None:
        buffer = b""
        try:
            while data := connection.recv(LONGEST):
                bodies, buffer = posts(buffer + data)
                for body in bodies:
                    self._note(body)
                connection.sendall(ANSWER * len(bodies))
        except Unreadable:
            connection.sendall(REFUSAL)
        except OSError:
            pass  # a gateway that hangs up early tries again, or its report is missed in the reconciliation
        finally:
            connection.close()
