"""The other end of an SMPP session, and an emulator that listens for it; its clocks stand at nine."""

import socket
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache
from itertools import count
from time import monotonic
from types import TracebackType
from typing import Any, Self

from emulator import settings
from emulator.app import Emulator, composed
from emulator.core.model import Limits, Message
from emulator.space import Space, Start, changed_world
from emulator.tests.samples import NINE, NUMBER
from emulator.transports.smpp.server import SmppServer
from emulator.wire.smpp import pdus
from emulator.wire.smpp.pdus import Pdu
from emulator.wire.smpp.session import Answered, Asked, Session, Side

LONG = 10.0
"""Seconds after which a test gives up waiting."""

ENQUIRE = bytes.fromhex("00000010 00000015 00000000 00000005")
"""An enquire_link, number 5."""

LETTER: Mapping[str, Any] = {
    "source_addr_ton": 5,
    "source_addr": "smslab",
    "dest_addr_ton": 1,
    "dest_addr_npi": 1,
    "destination_addr": NUMBER,
    "short_message": b"Hello",
}

_numbers = count()


@cache
def listening() -> tuple[Emulator, SmppServer]:
    """One emulator for all tests: every one has a space of its own in it."""
    emulator = composed(Start(seed=1, clock=NINE, rate=0.0))
    server = emulator.smsc("127.0.0.1", 0)
    emulator.start()
    server.start()
    return emulator, server


class Centre:
    """A space whose iSMS switches are put as given."""

    def __init__(self, **quirks: Any) -> None:
        self.emulator, self.server = listening()
        self.name = f"s{next(_numbers)}"
        world = changed_world(settings.world(), {"isms": quirks})
        self.emulator.spaces.put(self.name, Start(seed=1, clock=NINE, rate=0.0, world=world))

    @property
    def space(self) -> Space:
        return self.emulator.spaces[self.name]

    @property
    def address(self) -> tuple[str, int]:
        return "127.0.0.1", self.server.port

    @property
    def messages(self) -> list[Message]:
        return list(self.space.store.messages())

    def open(self) -> "Esme":
        """A connection in which nothing was said."""
        return Esme(self.address)

    def bound(self, command: str = "bind_transceiver", login: str = "demo", **fields: Any) -> "Esme":
        esme = self.open()
        answer = esme.bind(command, f"{login}@{self.name}", login, **fields)
        assert answer.status == 0
        return esme

    def advance(self, seconds: float) -> None:
        self.emulator.pump.advance(self.space, timedelta(seconds=seconds))

    def limit(self, submits_per_second: int | None) -> None:
        account = self.space.store.account("isms", "demo")
        assert account is not None
        self.space.store.put_account(replace(account, limits=Limits(submits_per_second=submits_per_second)))


class Esme:
    """A connection to an SMSC, with the session that goes with it."""

    def __init__(self, address: tuple[str, int] | socket.socket) -> None:
        self.session = Session(Side.ESME)
        self.socket = (
            address if isinstance(address, socket.socket) else socket.create_connection(address, timeout=LONG)
        )
        self._heard: list[Asked | Answered] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.socket.close()

    def bind(self, command: str, system_id: str, password: str, **fields: Any) -> Pdu:
        given = {"system_id": system_id, "password": password, "interface_version": 0x34, **fields}
        return self.ask(command, given)

    def say(
        self,
        command: str,
        fields: Mapping[str, Any] | None = None,
        options: Mapping[str | int, Any] | None = None,
    ) -> Pdu:
        asked = self.session.ask(command, fields, options)
        self.socket.sendall(pdus.written(asked))
        return asked

    def ask(
        self,
        command: str,
        fields: Mapping[str, Any] | None = None,
        options: Mapping[str | int, Any] | None = None,
    ) -> Pdu:
        """The answer to a request; what is asked meanwhile is put by."""
        return self.answer(self.say(command, fields, options).sequence)

    def answer(self, sequence: int) -> Pdu:
        """The answer with that number."""
        return next(
            one.pdu for one in self._until() if isinstance(one, Answered) and one.pdu.sequence == sequence
        )

    def submit(self, options: Mapping[str | int, Any] | None = None, **fields: Any) -> Pdu:
        return self.ask("submit_sm", {**LETTER, **fields}, options)

    def sent(self, options: Mapping[str | int, Any] | None = None, **fields: Any) -> str:
        """The message_id of a submit that was accepted."""
        answer = self.submit(options, **fields)
        assert answer.status == 0
        return str(answer.fields["message_id"])

    def requested(self) -> Pdu:
        """The next request of the other side, left unanswered."""
        return next(one.pdu for one in self._until() if isinstance(one, Asked))

    def told(self, status: int = 0) -> Pdu:
        """The next deliver_sm, answered."""
        asked = self.requested()
        assert asked.command == "deliver_sm"
        self.socket.sendall(pdus.written(self.session.answer(asked, status)))
        return asked

    def all_told(self) -> list[Pdu]:
        """Every deliver_sm that has come by now, answered."""
        told = []
        while not self.is_told_nothing():
            told.append(self.told())
        return told

    def receipts(self, count: int) -> list[str]:
        """The identifiers in the next receipts, each answered."""
        return [str(self.told().options["receipted_message_id"]) for _ in range(count)]

    def received(self, count: int) -> bytes:
        """So many octets as they come, fewer if they end."""
        octets = b""
        while len(octets) < count and (more := self.socket.recv(count - len(octets))):
            octets += more
        return octets

    def is_told_nothing(self) -> bool:
        """Whether nothing was on its way: what is, comes before the answer to a question asked now."""
        self.ask("enquire_link")
        return not any(isinstance(one, Asked) for one in self._heard)

    def is_closed(self) -> bool:
        """Whether the other side ends the connection within a while; what it says before that is put by."""
        try:
            while octets := self.socket.recv(65536):
                self._heard += [
                    one for one in self.session.heard(octets) if isinstance(one, Asked | Answered)
                ]
        except TimeoutError:
            return False
        except ConnectionResetError:
            pass
        return True

    def _until(self) -> Iterator[Asked | Answered]:
        """What was heard and what will be; what is passed over is put by, what is taken is gone."""
        place, until = 0, monotonic() + LONG
        while True:
            while place < len(self._heard):
                one = self._heard.pop(place)
                yield one
                self._heard.insert(place, one)
                place += 1
            assert monotonic() < until
            octets = self.socket.recv(65536)
            assert octets, "the connection was closed"
            self._heard += [one for one in self.session.heard(octets) if isinstance(one, Asked | Answered)]
