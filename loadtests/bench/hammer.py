"""Requests over kept connections as fast as they are answered: the stand-in where wrk is not installed."""

from __future__ import annotations

import asyncio
import re
import sys
import time
from collections.abc import Iterator

from loadtests.bench.numbers import recipients
from loadtests.failures import HarnessFailed
from loadtests.scenarios.template import Template
from loadtests.sending.receiver import content_length

SUCCESS = re.compile(rb"HTTP/1\.[01] 2")


class Connection(asyncio.Protocol):
    """One request at a time; answers carry a Content-Length, as every server compared here sends it."""

    def __init__(self, requests: Iterator[bytes], tally: Tally) -> None:
        self._requests, self._tally = requests, tally
        self._buffer = b""
        self.lost = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(next(self._requests))

    def connection_lost(self, error: Exception | None) -> None:
        self.lost.set()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, end, body = self._buffer.partition(b"\r\n\r\n")
        if end and len(body) >= content_length(head):
            self._buffer = b""
            self._tally.note(head.partition(b"\r\n")[0])
            self._transport.write(next(self._requests))


class Tally:
    answers = 0
    refusal = ""

    def note(self, status_line: bytes) -> None:
        if SUCCESS.match(status_line):
            self.answers += 1
        else:
            self.refusal = status_line.decode("latin-1")


def requests(host: str, count: int, template: Template) -> Iterator[bytes]:
    for call in range(sys.maxsize):
        yield template.request(tuple(recipients(call, count))).octets(host)


async def hammered(
    host: str, port: int, connections: int, seconds: float, made: Iterator[bytes]
) -> tuple[int, float]:
    """How many answers came, and in how many seconds. Raises HarnessFailed for one that is no success."""
    tally = Tally()
    kept = [asyncio.ensure_future(connected(host, port, made, tally)) for _ in range(connections)]
    began = time.monotonic()
    await asyncio.wait(kept, timeout=seconds)
    result = tally.answers, time.monotonic() - began
    for one in kept:
        one.cancel()
    for ended in await asyncio.gather(*kept, return_exceptions=True):
        if isinstance(ended, Exception):
            raise ended
    if tally.refusal:
        raise HarnessFailed(f"{host}:{port} did not answer as it should: {tally.refusal}")
    return result


async def connected(host: str, port: int, made: Iterator[bytes], tally: Tally) -> None:
    """A connection that is opened anew whenever the server has closed it, as some do after each answer."""
    loop = asyncio.get_running_loop()
    while True:
        transport, connection = await loop.create_connection(lambda: Connection(made, tally), host, port)
        try:
            await connection.lost.wait()
        finally:
            transport.abort()
