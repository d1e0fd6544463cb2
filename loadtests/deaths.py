"""`python -m loadtests.deaths --store URL`: kill the emulator under load; is anything lost or doubled?"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count, cycle, islice
from pathlib import Path
from urllib.parse import quote, urlencode

import click

from loadtests.client import Control
from loadtests.failures import HarnessFailed
from loadtests.plan import Login
from loadtests.scenarios.numbers import number
from loadtests.sink import ANSWER, posts
from loadtests.smpp import ANSWER as ANSWERED
from loadtests.smpp import BIND_TRANSCEIVER, DELIVER, ENQUIRE, HEADER, SUBMIT, bind, pdu, received, submit

CONNECTIONS, WINDOW, PACE = 4, 100, 300
"""Of HTTP; submits on their way; submits a second."""

RATE = "10"
"""Virtual seconds a second: receipts are on their way whenever it dies."""

READY_WITHIN = 60.0
SILENCE = 15.0
"""Seconds without a receipt after which none is waited for."""

IN_FLIGHT = 1.0
"""Seconds before a death within which what was handed over may not have been noted, and comes again."""

CREDIT = 10_000_000


@dataclass(slots=True)
class Death:
    """When the emulator was killed, and when it was there again."""

    began: float
    ended: float

    def explains(self, moment: float) -> bool:
        """Whether what was heard at that moment was said before, and may not have been noted."""
        return self.began - IN_FLIGHT <= moment <= self.ended


@dataclass(slots=True)
class Tally:
    """What came of each number that was sent to; no two messages have the same."""

    tried: set[str] = field(default_factory=set)
    accepted: dict[str, str] = field(default_factory=dict)
    """The identifiers that were given for numbers."""
    refused: Counter[str] = field(default_factory=Counter)
    receipts: dict[str, list[float]] = field(default_factory=dict)
    deaths: list[Death] = field(default_factory=list)

    def hear(self, number: str) -> None:
        self.receipts.setdefault(number, []).append(time.monotonic())

    @property
    def last_heard(self) -> float:
        return max((moments[-1] for moments in self.receipts.values()), default=0.0)


class Emulator:
    """`smslab serve` at the same ports, however often it is killed."""

    def __init__(self, store: str, folder: Path) -> None:
        folder.mkdir()
        self._ready, self._log = folder / "ready.json", folder / "log"
        self._command = [sys.executable, "-m", "emulator", "serve", "--rate", RATE, "--store", store]
        self._ports = ["--port", "0", "--smpp-port", "0"]
        self._process: subprocess.Popen[bytes] | None = None
        self.http = self.smpp = ""

    async def start(self) -> None:
        self._ready.unlink(missing_ok=True)
        command = [*self._command, *self._ports, "--ready-file", str(self._ready)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        give_up = time.monotonic() + READY_WITHIN
        while not self._ready.exists():
            if self._process.poll() is not None or time.monotonic() > give_up:
                raise HarnessFailed(f"it does not start: {self._log.read_text()[-500:]}")
            await asyncio.sleep(0.01)
        told = json.loads(self._ready.read_text())
        self.http, self.smpp = told["http"], told["smpp"]
        self._ports = ["--port", port(self.http), "--smpp-port", port(self.smpp)]

    def kill(self) -> None:
        """All of it at once, in the middle of whatever it does."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


class Sender:
    """Sends through both doors for as long as it is let, and hears of what it sent."""

    def __init__(self, emulator: Emulator, tally: Tally, callback: str, numbers: Iterator[str]) -> None:
        self._emulator, self._tally, self._numbers = emulator, tally, numbers
        fields = {"username": "demo", "password": "demo", "from": "smslab", "message": "Hello"}
        self._path = f"/api/http/send.php?{urlencode(fields)}&dlr-url={quote(callback, safe='')}&to="
        self.sending = True

    def doors(self) -> Iterator[Coroutine[None, None, None]]:
        """Several connections of HTTP, one session of SMPP."""
        for _ in range(CONNECTIONS):
            yield self.over_http()
        yield self.over_smpp()

    async def over_http(self) -> None:
        while self.sending:
            try:
                await self._calls()
            except (OSError, asyncio.IncompleteReadError):  # it was killed
                await asyncio.sleep(0.02)

    async def over_smpp(self) -> None:
        while True:
            try:
                await self._session()
            except (OSError, asyncio.IncompleteReadError):  # it was killed
                await asyncio.sleep(0.02)

    async def _calls(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(port(self._emulator.http)))
        try:
            while self.sending:
                to = next(self._numbers)
                self._tally.tried.add(to)
                writer.write(f"GET {self._path}{to} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
                head = (await reader.readuntil(b"\r\n\r\n")).lower()
                length = int(head.partition(b"content-length:")[2].split(b"\r\n")[0])
                said = (await reader.readexactly(length)).decode()
                if said.startswith("ID:"):
                    self._tally.accepted[to] = said[3:]
                else:
                    self._tally.refused[said[:60]] += 1
        finally:
            writer.close()

    async def _session(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(port(self._emulator.smpp)))
        waiting: dict[int, str] = {}
        try:
            writer.write(bind(BIND_TRANSCEIVER, Login("demo", "demo")))
            _, status, _, _ = await heard(reader)
            if status:
                raise HarnessFailed(f"no bind: {status:#x}")
            submitting = asyncio.ensure_future(self._submits(writer, waiting))
            try:
                while True:
                    self._understand(*await heard(reader), waiting, writer)
            finally:
                submitting.cancel()
        finally:
            writer.close()

    async def _submits(self, writer: asyncio.StreamWriter, waiting: dict[int, str]) -> None:
        for sequence in count(2):
            while len(waiting) >= WINDOW or not self.sending:
                await asyncio.sleep(0.01)
            to = waiting[sequence] = next(self._numbers)
            self._tally.tried.add(to)
            writer.write(submit(sequence, to))
            await asyncio.sleep(1 / PACE)

    def _understand(
        self, command: int, status: int, sequence: int, body: bytes, waiting: dict[int, str],
        writer: asyncio.StreamWriter,
    ) -> None:  # fmt: skip
        if command == SUBMIT | ANSWERED:
            to = waiting.pop(sequence)
            if status:
                self._tally.refused[f"{status:#x}"] += 1
            else:
                self._tally.accepted[to] = body[:-1].decode()
        elif command == DELIVER:
            self._tally.hear(body[3 : body.index(b"\0", 3)].decode())  # it comes from whom it was sent to
            writer.write(received(sequence))
        elif command == ENQUIRE:
            writer.write(pdu(ENQUIRE | ANSWERED, sequence))


async def heard(reader: asyncio.StreamReader) -> tuple[int, int, int, bytes]:
    """The next PDU: command, status, sequence number, body."""
    length, command, status, sequence = HEADER.unpack(await reader.readexactly(HEADER.size))
    return command, status, sequence, await reader.readexactly(length - HEADER.size)


def port(address: str) -> str:
    return address.rpartition(":")[2]


async def sink(tally: Tally) -> str:
    """Where delivery reports are heard; its address."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        buffer = b""
        with suppress(OSError):
            while data := await reader.read(65_536):
                bodies, buffer = posts(buffer + data)
                for body in bodies:
                    tally.hear(body.partition(b"mobile=")[2].split(b"&")[0].decode())
                writer.write(ANSWER * len(bodies))
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    return f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/dlr"


async def endured(
    store: str, processes: int, times: int, every: float, tally: Tally, folder: Path
) -> dict[str, object]:
    """What the emulators remember after all of it, as the export says."""
    emulators = [Emulator(store, folder / str(place)) for place in range(processes)]
    callback, numbers = await sink(tally), (number("3069", place) for place in count())
    try:
        for emulator in emulators:
            await emulator.start()
        with Control(emulators[0].http) as control:
            control.call("PATCH", "/accounts/isms/demo", {"credit": CREDIT})
        senders = [Sender(emulator, tally, callback, numbers) for emulator in emulators]
        tasks = [asyncio.ensure_future(door) for sender in senders for door in sender.doors()]
        await killed(emulators, times, every, tally)
        for sender in senders:
            sender.sending = False
        await told(tally)
        with Control(emulators[0].http) as control:
            kept: dict[str, object] = control.call("GET", "/export")
        for task in tasks:
            if task.done():
                task.result()  # a defect of ours would look like losses
            task.cancel()
        return kept
    finally:
        for emulator in emulators:
            emulator.kill()


async def killed(emulators: Sequence[Emulator], times: int, every: float, tally: Tally) -> None:
    """Kill one after another, so many times in all, and start it again while the others go on."""
    chance = random.Random(1)
    for place, emulator in enumerate(islice(cycle(emulators), times)):
        await asyncio.sleep(chance.uniform(0.5, 1.5) * every)
        died = time.monotonic()
        emulator.kill()
        click.echo(f"death {place + 1}: {len(tally.accepted)} accepted, {len(tally.receipts)} told of")
        await emulator.start()
        tally.deaths.append(Death(died, time.monotonic()))


async def told(tally: Tally) -> None:
    """Wait until of all that was sent everything was told, or nothing comes any more."""
    begun = time.monotonic()
    while time.monotonic() - max(tally.last_heard, begun) < SILENCE:
        await asyncio.sleep(0.1)
        if len(tally.receipts) >= len(tally.tried):
            return
        if tally.accepted.keys() <= tally.receipts.keys() and time.monotonic() - tally.last_heard > 5:
            return


def faults(tally: Tally, kept: dict[str, object]) -> Iterator[str]:
    """Whatever does not add up."""
    messages: list[dict[str, str]] = kept["messages"]  # type: ignore[assignment]
    accounts: list[dict[str, str]] = kept["accounts"]  # type: ignore[assignment]
    (account,) = [one for one in accounts if (one["provider"], one["login"]) == ("isms", "demo")]
    numbers = Counter(message["recipient"] for message in messages)
    spent = CREDIT - Decimal(str(account["credit"]))
    price = sum((Decimal(str(message["price"])) for message in messages), Decimal(0))
    if lost := tally.accepted.keys() - numbers:
        yield f"{len(lost)} acknowledged messages lost, as {min(lost)}"
    if strange := numbers.keys() - tally.tried:
        yield f"{len(strange)} messages that nobody sent, as {min(strange)}"
    if doubled := [number for number, many in numbers.items() if many > 1]:
        yield f"{len(doubled)} messages doubled, as {doubled[0]}"
    if len({*tally.accepted.values()}) < len(tally.accepted):
        yield "an identifier was given twice"
    if spent != price:
        yield f"{spent} credits went for messages of {price}"
    if untold := numbers.keys() - tally.receipts:
        yield f"{len(untold)} receipts lost, as {min(untold)}"
    again = [moment for moments in tally.receipts.values() for moment in moments[:-1]]
    if noted := [moment for moment in again if not any(death.explains(moment) for death in tally.deaths)]:
        yield f"{len(noted)} receipts doubled that were not on their way at a death"


@click.command()
@click.option("--store", required=True, metavar="URL", help="As of `smslab serve`; nothing is in it yet.")
@click.option(
    "--processes", default=1, show_default=True, type=click.IntRange(1), help="Of PostgreSQL; one dies."
)
@click.option("--times", default=20, show_default=True, type=click.IntRange(1), help="Deaths.")
@click.option("--every", default=1.0, show_default=True, help="Seconds between them, about.")
def main(store: str, processes: int, times: int, every: float) -> None:
    """Send through iSMS HTTP and SMPP, kill the emulator, start it again; reconcile at the end."""
    logging.getLogger("asyncio").setLevel(logging.ERROR)  # it warns of what is said to the dead
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="smslab-deaths-") as folder:
        try:
            kept = asyncio.run(endured(store, processes, times, every, tally, Path(folder)))
        except HarnessFailed as error:
            raise click.ClickException(str(error)) from None
    again = sum(len(moments) - 1 for moments in tally.receipts.values())
    click.echo(
        f"{times} deaths, {len(tally.tried)} sent, {len(tally.accepted)} acknowledged,"
        f" {sum(tally.refused.values())} refused, {len(tally.receipts)} told of;"
        f" {again} told again, as nobody had noted it when it died"
    )
    for refusal, many in tally.refused.most_common(5):
        click.echo(f"refused {many}: {refusal}")
    found = [*faults(tally, kept)]
    for fault in found:
        click.echo(fault)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
