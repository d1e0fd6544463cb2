"""SMPP as fast as it is answered, each submit with a receipt: messages a second, what they cost, none lost.

`python -m loadtests.bench.smpp [--target HOST:PORT]` starts an emulator of its own where none is named.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import struct
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from loadtests.bench.numbers import recipients
from loadtests.bench.subject import CREDIT, NAME
from loadtests.client import Control
from loadtests.failures import HarnessFailed
from loadtests.served import served

HEADER = struct.Struct(">IIII")
BIND_TRANSCEIVER, SUBMIT, DELIVER, ANSWER = 0x09, 0x04, 0x05, 0x80000000
RECEIPTED = b"\x00\x1e"
TICKS = os.sysconf("SC_CLK_TCK")
LONGEST_WAIT = 15.0
"""Seconds for the last receipts to come."""


def pdu(command: int, sequence: int, body: bytes) -> bytes:
    return HEADER.pack(HEADER.size + len(body), command, 0, sequence) + body


def submit(number: str) -> bytes:
    """The body of a submit_sm of twelve letters that wants a receipt."""
    return b"\0\x05\0smslab\0\x01\x01" + number.encode() + b"\0\0\0\0\0\0\x01\0\0\0\x0cHello, world"


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How it is pressed: `window` is that of each session, with `nagle` small writes wait for each other."""

    seconds: float
    sessions: int
    window: int
    nagle: bool


@dataclass(slots=True)
class Tally:
    """What came of what was sent, by message_id; receipts are counted."""

    sent: int = 0
    accepted: set[bytes] = field(default_factory=set)
    refused: Counter[int] = field(default_factory=Counter)
    receipts: Counter[bytes] = field(default_factory=Counter)
    last_receipt: float = 0.0

    @property
    def complete(self) -> bool:
        return len(self.receipts) == len(self.accepted) and self.sent == len(self.accepted) + sum(
            self.refused.values()
        )


class Client(asyncio.Protocol):
    """One transceiver with a window that is always full, until it is told to stop."""

    def __init__(self, login: str, load: Load, tally: Tally) -> None:
        self._login, self._window, self._nagle, self._tally = login, load.window, load.nagle, tally
        self._rest = b""
        self._sequence = 1
        self._bodies = [submit(number) for number in recipients(0, 10_000)]
        self.sending = True
        self.bound = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        if self._nagle:
            transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 0)
        name = self._login.encode()
        transport.write(pdu(BIND_TRANSCEIVER, 1, name + b"\0" + NAME.encode() + b"\0\0\x34\0\0\0"))

    def data_received(self, octets: bytes) -> None:
        octets, at, out = self._rest + octets, 0, list[bytes]()
        answered, tally = 0, self._tally
        while len(octets) - at >= HEADER.size:
            length, command, status, sequence = HEADER.unpack_from(octets, at)
            if len(octets) - at < length:
                break
            end = at + length
            if command == DELIVER:
                out.append(HEADER.pack(HEADER.size + 1, DELIVER | ANSWER, 0, sequence) + b"\0")
                place = octets.rindex(RECEIPTED, at, end)
                tally.receipts[octets[place + 4 : octets.index(b"\0", place + 4)]] += 1
            elif command == SUBMIT | ANSWER:
                answered += 1
                if status:
                    tally.refused[status] += 1
                else:
                    tally.accepted.add(octets[at + HEADER.size : end - 1])
            elif command == BIND_TRANSCEIVER | ANSWER:
                self.bound.set_result(status)
            at = end
        self._rest = octets[at:]
        if out:
            tally.last_receipt = time.monotonic()
        if answered and self.sending:
            out += self._submits(answered)
        self._transport.write(b"".join(out))

    def begin(self) -> None:
        self._transport.write(b"".join(self._submits(self._window)))

    def close(self) -> None:
        self._transport.close()

    def _submits(self, count: int) -> Iterator[bytes]:
        for _ in range(count):
            self._sequence += 1
            self._tally.sent += 1
            yield pdu(SUBMIT, self._sequence, self._bodies[self._sequence % len(self._bodies)])


async def press(address: str, login: str, load: Load) -> tuple[Tally, float]:
    """What came of it, and the seconds from the first submit to the last receipt."""
    host, _, port = address.rpartition(":")
    tally, loop = Tally(), asyncio.get_running_loop()
    clients = [
        (await loop.create_connection(lambda: Client(login, load, tally), host, int(port)))[1]
        for _ in range(load.sessions)
    ]
    for client in clients:
        if status := await client.bound:
            raise HarnessFailed(f"no bind: {status:#010x}")
    begun = time.monotonic()
    for client in clients:
        client.begin()
    await asyncio.sleep(load.seconds)
    for client in clients:
        client.sending = False
    sent = time.monotonic() - begun
    until = time.monotonic() + LONGEST_WAIT
    while not tally.complete and time.monotonic() < until:
        await asyncio.sleep(0.05)
    for client in clients:
        client.close()
    return tally, sent


def spent(pid: int) -> float:
    """Seconds of processor that a process and its children took so far."""
    found = [pid, *(int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]
    stats = [Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split() for one in found]
    return sum(int(stat[11]) + int(stat[12]) for stat in stats) / TICKS


@contextmanager
def subject() -> Iterator[tuple[str, int]]:
    """An emulator with an account that has no limits: where it listens, and its process."""
    with served() as server:
        settings = {
            "password": NAME,
            "credit": CREDIT,
            "senders": None,
            "limits": {"submits_per_second": None},
        }
        with Control(server.http) as control:
            control.call("PUT", f"/accounts/isms/{NAME}", settings)
        yield server.smpp, server.pid


@click.command()
@click.option("--target", metavar="HOST:PORT", help="Somebody else's SMSC, where bench / bench may bind.")
@click.option("--pid", type=int, help="Its process, to count what it takes.")
@click.option("--seconds", type=click.FloatRange(0.1), default=10.0, show_default=True)
@click.option("--sessions", type=click.IntRange(1), default=1, show_default=True)
@click.option("--window", type=click.IntRange(1), default=500, show_default=True, help="Of each session.")
@click.option("--nagle", is_flag=True, help="Leave Nagle's algorithm on, as careless clients do.")
def main(target: str | None, pid: int | None, **load: Any) -> None:
    """Exit code 1 when a message was lost or doubled."""
    if target is not None:
        sys.exit(measured(target, pid, Load(**load)))
    with subject() as (address, own):
        sys.exit(measured(address, own, Load(**load)))


def measured(address: str, pid: int | None, load: Load) -> int:
    before, mine = spent(pid) if pid else 0.0, time.process_time()
    tally, took = asyncio.run(press(address, NAME, load))
    mine = time.process_time() - mine
    cost = spent(pid) - before if pid else 0.0
    count = max(1, len(tally.accepted))
    lost = len(tally.accepted) - len(tally.receipts.keys() & tally.accepted)
    doubled = sum(many > 1 for many in tally.receipts.values())
    told = {
        "submits_per_second": round(count / took),
        "receipts": len(tally.receipts),
        "seconds": round(took, 2),
        "cpu_us_per_message": round(cost / count * 1e6, 1) if pid else None,
        "cpu_seconds": round(cost, 2),
        "generator_us_per_message": round(mine / count * 1e6, 1),
        "refused": {f"{status:#04x}": many for status, many in tally.refused.items()},
        "lost": lost,
        "doubled": doubled,
    }
    click.echo(json.dumps(told))
    return 1 if lost or doubled else 0


if __name__ == "__main__":
    main()
