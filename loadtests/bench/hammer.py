"""Requests over keep-alive connections as fast as they are answered: the stand-in where wrk is not installed.

`python -m loadtests.bench.hammer HOST PORT CONNECTIONS SECONDS RECIPIENTS PATH KIND BEFORE JOINT AFTER`
prints how many answers came and in how many seconds. The recipients of each request stand between BEFORE and
AFTER, with JOINT between them: the body of a POST to PATH or, where PATH is empty, the path of a GET.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Iterator

from loadtests.bench.numbers import recipients
from loadtests.scenarios.template import Template


class Connection(asyncio.Protocol):
    """One request at a time; answers carry a Content-Length, as every server compared here sends it."""

    def __init__(self, requests: Iterator[bytes], tally: Tally) -> None:
        self._requests, self._tally = requests, tally
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(next(self._requests))

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, end, body = self._buffer.partition(b"\r\n\r\n")
        if end and len(body) >= content_length(head):
            self._buffer = b""
            self._tally.answers += 1
            self._transport.write(next(self._requests))


class Tally:
    answers = 0


def content_length(head: bytes) -> int:
    lines = head.lower().split(b"\r\n")
    return next(int(line.partition(b":")[2]) for line in lines if line.startswith(b"content-length:"))


def requests(host: str, count: int, template: Template) -> Iterator[bytes]:
    for call in range(sys.maxsize):
        path, body, kind, token = template.request(tuple(recipients(call, count)))
        bearer = f"Authorization: Bearer {token}\r\n" if token else ""
        entity = f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n" if body else ""
        method = "POST" if body else "GET"
        yield f"{method} {path} HTTP/1.1\r\nHost: {host}\r\n{bearer}{entity}\r\n".encode() + body


async def hammered(
    host: str, port: int, connections: int, seconds: float, made: Iterator[bytes]
) -> dict[str, float]:
    tally = Tally()
    loop = asyncio.get_running_loop()
    opened = [
        await loop.create_connection(lambda: Connection(made, tally), host, port) for _ in range(connections)
    ]
    began, before = time.monotonic(), tally.answers
    await asyncio.sleep(seconds)
    result = {"answers": tally.answers - before, "seconds": time.monotonic() - began}
    for transport, _ in opened:
        transport.abort()
    return result


def main() -> None:
    host, port, connections, seconds, count, path, kind, token, *pieces = sys.argv[1:]
    before, joint, after = (piece.encode() for piece in pieces)
    template = Template(path=path, kind=kind, token=token, before=before, joint=joint, after=after)
    made = requests(host, int(count), template)
    print(json.dumps(asyncio.run(hammered(host, int(port), int(connections), float(seconds), made))))


if __name__ == "__main__":
    main()
