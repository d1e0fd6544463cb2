"""An ESME that keeps its window full, or its pace: it counts what comes of every message it sends."""

from __future__ import annotations

import asyncio
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from itertools import cycle, islice

from loadtests.bench.numbers import recipients
from loadtests.bench.subject import NAME
from loadtests.failures import HarnessFailed
from loadtests.planning.plan import Login
from loadtests.smpp import (
    ANSWER,
    BIND_TRANSCEIVER,
    DELIVER,
    ENQUIRE,
    HEADER,
    RECEIPTED,
    SUBMIT,
    bind,
    pdu,
    received,
)

RECEIPT_OF = RECEIPTED.to_bytes(2, "big")
LONGEST_WAIT = 30.0
"""Seconds for the last receipts to come."""

BEAT = 0.01
"""Seconds between two looks at what a pace asks for."""


def submit(number: str) -> bytes:
    """The body of a submit_sm of twelve letters that wants a receipt."""
    return b"\0\x05\0smslab\0\x01\x01" + number.encode() + b"\0\0\0\0\0\0\x01\0\0\0\x0cHello, world"


@cache
def bodies() -> list[bytes]:
    return [submit(number) for number in recipients(0, 10_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How it is pressed: each session keeps `window` submits on their way, or sends `pace` a second.

    With `nagle` small writes wait for each other.
    """

    seconds: float
    sessions: int = 1
    window: int = 500
    nagle: bool = False
    pace: float | None = None


@dataclass(slots=True)
class Tally:
    """What came of what was sent, by message_id; receipts are counted."""

    sent: int = 0
    accepted: set[bytes] = field(default_factory=set)
    refused: Counter[int] = field(default_factory=Counter)
    receipts: Counter[bytes] = field(default_factory=Counter)
    sending: float = 0.0
    """Seconds from the first submit to the last."""
    hearing: list[float] = field(default_factory=list)
    """When receipts came."""

    @property
    def seconds(self) -> float:
        """How long it took to send it all, or to hear of it all, whatever was longer."""
        return max(self.sending, self.hearing[-1] - self.hearing[0] if self.hearing else 0.0)

    @property
    def complete(self) -> bool:
        return len(self.receipts) == len(self.accepted) and self.sent == len(self.accepted) + sum(
            self.refused.values()
        )

    @property
    def lost(self) -> int:
        return len(self.accepted) - len(self.receipts.keys() & self.accepted)

    @property
    def doubled(self) -> int:
        return sum(many > 1 for many in self.receipts.values())


class Client(asyncio.Protocol):
    """One transceiver. Unless it keeps a pace, each answer lets it send another, until it is told to stop."""

    def __init__(self, login: str, load: Load, tally: Tally) -> None:
        self._login, self._load, self._tally = login, load, tally
        self._rest = b""
        self._sequence = 1
        self._bodies = bodies()
        self.sending = True
        self.bound = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        if self._load.nagle:
            transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 0)
        transport.write(bind(BIND_TRANSCEIVER, Login(self._login, NAME)))

    def connection_lost(self, error: Exception | None) -> None:
        self.sending = False
        if not self.bound.done():
            self.bound.set_exception(HarnessFailed("the SMSC hung up before the bind"))

    def data_received(self, octets: bytes) -> None:
        octets, at, out = self._rest + octets, 0, list[bytes]()
        answered, heard = 0, False
        while len(octets) - at >= HEADER.size:
            length, command, status, sequence = HEADER.unpack_from(octets, at)
            if len(octets) - at < length:
                break
            end = at + length
            if command == DELIVER:
                out.append(received(sequence))
                place = octets.rindex(RECEIPT_OF, at, end)
                self._tally.receipts[octets[place + 4 : octets.index(b"\0", place + 4)]] += 1
                heard = True
            elif command == SUBMIT | ANSWER:
                answered += 1
                self._note(status, octets[at + HEADER.size : end - 1])
            elif command == ENQUIRE:
                out.append(pdu(ENQUIRE | ANSWER, sequence))
            elif command == BIND_TRANSCEIVER | ANSWER:
                self.bound.set_result(status)
            at = end
        self._rest = octets[at:]
        if heard:
            self._tally.hearing.append(time.monotonic())
        if answered and self.sending and self._load.pace is None:
            out += self._submits(answered)
        self._transport.write(b"".join(out))

    async def send(self) -> None:
        """Fill the window, or keep the pace for as long as it lasts."""
        if self._load.pace is None:
            self._transport.write(b"".join(self._submits(self._load.window)))
            return
        begun, sent = time.monotonic(), 0
        while self.sending:
            due = int((time.monotonic() - begun) * self._load.pace) - sent
            self._transport.write(b"".join(self._submits(due)))
            sent += due
            await asyncio.sleep(BEAT)

    def close(self) -> None:
        self._transport.close()

    def _note(self, status: int, message_id: bytes) -> None:
        if status:
            self._tally.refused[status] += 1
        else:
            self._tally.accepted.add(message_id)

    def _submits(self, count: int) -> Iterator[bytes]:
        for _ in range(count):
            self._sequence += 1
            self._tally.sent += 1
            yield pdu(SUBMIT, self._sequence, self._bodies[self._sequence % len(self._bodies)])


async def bound(addresses: Sequence[str], login: str, load: Load, tally: Tally) -> list[Client]:
    """The sessions of the load, as many at one address as at another."""
    loop = asyncio.get_running_loop()
    clients = list[Client]()
    for address in islice(cycle(addresses), load.sessions):
        host, _, port = address.rpartition(":")
        connected = loop.create_connection(lambda: Client(login, load, tally), host, int(port))
        clients.append((await connected)[1])
    for client in clients:
        if status := await client.bound:
            raise HarnessFailed(f"no bind: {status:#010x}")
    return clients


async def press(addresses: Sequence[str], login: str, load: Load) -> Tally:
    """What came of it."""
    tally = Tally()
    clients = await bound(addresses, login, load, tally)
    begun = time.monotonic()
    sending = [asyncio.ensure_future(client.send()) for client in clients]
    await asyncio.sleep(load.seconds)
    for client in clients:
        client.sending = False
    tally.sending = time.monotonic() - begun
    for task in sending:
        await task
    with suppress(TimeoutError):
        async with asyncio.timeout(LONGEST_WAIT):
            while not tally.complete:
                await asyncio.sleep(0.05)
    for client in clients:
        client.close()
    return tally


async def idle(addresses: Sequence[str], login: str, load: Load, spent: Callable[[], float]) -> float:
    """What is spent while nothing is said in any session."""
    clients = await bound(addresses, login, load, Tally())
    await asyncio.sleep(BEAT)
    before = spent()
    await asyncio.sleep(load.seconds)
    cost = spent() - before
    for client in clients:
        client.close()
    return cost
