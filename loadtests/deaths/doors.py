"""Messages through both doors of an emulator that may die at any time, and what is heard of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, suppress
from itertools import count
from urllib.parse import quote, urlencode

from loadtests.deaths.emulator import Emulator, port
from loadtests.deaths.tally import Tally
from loadtests.failures import HarnessFailed
from loadtests.planning.plan import Login
from loadtests.sending.receiver import ANSWER, content_length, posts
from loadtests.smpp import ANSWER as ANSWERED
from loadtests.smpp import BIND_TRANSCEIVER, DELIVER, ENQUIRE, HEADER, SUBMIT, bind, pdu, received, submit

CONNECTIONS, WINDOW, PACE = 4, 100, 300
"""Of HTTP; submits on their way; submits a second."""

AGAIN_AFTER = 0.02
"""Seconds until one that was killed is called again."""

KILLED = OSError, asyncio.IncompleteReadError
"""What is noticed of it."""


class Sender:
    """Sends for as long as it is let."""

    def __init__(
        self, emulator: Emulator, tally: Tally, callback: str, numbers: Iterator[str], place: int
    ) -> None:
        self._emulator, self._tally, self._numbers, self.place = emulator, tally, numbers, place
        fields = {"username": "demo", "password": "demo", "from": "smslab", "message": "Hello"}
        self._path = f"/api/http/send.php?{urlencode(fields)}&dlr-url={quote(callback, safe='')}&to="
        self.sending = True

    def doors(self) -> Iterator[Coroutine[None, None, None]]:
        """Several connections of HTTP, one session of SMPP."""
        for _ in range(CONNECTIONS):
            yield self._over_http()
        yield self._over_smpp()

    def number(self) -> str:
        """The next that is sent to."""
        to = next(self._numbers)
        self._tally.tried.add(to)
        return to

    async def _over_http(self) -> None:
        while self.sending:
            with suppress(*KILLED):
                async with connected(self._emulator.http) as streams:
                    while self.sending:
                        await self._call(*streams)
            await asyncio.sleep(AGAIN_AFTER)

    async def _over_smpp(self) -> None:
        while True:  # receipts come when nothing is sent any more
            with suppress(*KILLED):
                async with connected(self._emulator.smpp) as streams:
                    await Session(self, self._tally, *streams).last()
            await asyncio.sleep(AGAIN_AFTER)

    async def _call(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        to = self.number()
        writer.write(f"GET {self._path}{to} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        said = (await reader.readexactly(content_length(head))).decode()
        if said.startswith("ID:"):
            self._tally.accepted[to] = said[3:]
        else:
            self._tally.refused[said[:60]] += 1


class Session:
    """Of SMPP, as a transceiver."""

    def __init__(
        self, sender: Sender, tally: Tally, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._sender, self._tally, self._reader, self._writer = sender, tally, reader, writer
        self._waiting = dict[int, str]()
        """The numbers of submits without an answer, by sequence number."""

    async def last(self) -> None:
        """Bind, submit and listen until it breaks off. Raises KILLED, HarnessFailed where it may not bind."""
        self._writer.write(bind(BIND_TRANSCEIVER, Login("demo", "demo")))
        _, status, _, _ = await self._heard()
        if status:
            raise HarnessFailed(f"no bind: {status:#x}")
        submitting = asyncio.ensure_future(self._submit())
        try:
            while True:
                self._understand(*await self._heard())
        finally:
            submitting.cancel()

    async def _submit(self) -> None:
        for sequence in count(2):
            while len(self._waiting) >= WINDOW or not self._sender.sending:
                await asyncio.sleep(0.01)
            to = self._waiting[sequence] = self._sender.number()
            self._writer.write(submit(sequence, to))
            await asyncio.sleep(1 / PACE)

    async def _heard(self) -> tuple[int, int, int, bytes]:
        """The next PDU: command, status, sequence number, body."""
        length, command, status, sequence = HEADER.unpack(await self._reader.readexactly(HEADER.size))
        return command, status, sequence, await self._reader.readexactly(length - HEADER.size)

    def _understand(self, command: int, status: int, sequence: int, body: bytes) -> None:
        if command == SUBMIT | ANSWERED:
            to = self._waiting.pop(sequence)
            if status:
                self._tally.refused[f"{status:#x}"] += 1
            else:
                self._tally.accepted[to] = body[:-1].decode()
        elif command == DELIVER:
            to = body[3 : body.index(b"\0", 3)].decode()  # it comes from whom it was sent to
            self._tally.hear(to, self._sender.place)
            self._writer.write(received(sequence))
        elif command == ENQUIRE:
            self._writer.write(pdu(ENQUIRE | ANSWERED, sequence))


@asynccontextmanager
async def connected(address: str) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(port(address)))
    try:
        yield reader, writer
    finally:
        writer.close()


async def sink(tally: Tally) -> str:
    """Where delivery reports are heard, whoever of several posts them; its address."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        buffer = b""
        with suppress(OSError, asyncio.CancelledError):  # the end of a run is no failure to tell of
            while data := await reader.read(65_536):
                bodies, buffer = posts(buffer + data)
                for body in bodies:
                    tally.hear(body.partition(b"mobile=")[2].split(b"&")[0].decode())
                writer.write(ANSWER * len(bodies))
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    return f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/dlr"
