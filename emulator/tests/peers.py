"""Lines of a script that are said over SMPP: who says what, and all octets that come of it."""

import json
import socket
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from itertools import count
from typing import Any

from emulator.app import Emulator
from emulator.wire.smpp.addresses import Destination
from emulator.wire.smpp.pdus import HEADER, octets

LONG = 10.0
"""Seconds after which a test gives up waiting."""

UNTIL = 0x7FFFFFFF
"""The sequence number of the enquiry whose answer comes after everything else."""

TEXTS = ("short_message", "message_payload")


class Peer:
    """A connection. What comes is heard up to the answer to an enquiry that is made after each line."""

    def __init__(self, address: tuple[str, int]) -> None:
        self.socket = socket.create_connection(address, timeout=LONG)
        self._sequence = count(1)
        self._rest = b""

    def says(self, command: str, body: str) -> bytes:
        """All octets that have come by then, but those of the enquiry."""
        given = json.loads(body or "{}")
        sequence, status = given.pop("sequence", None), given.pop("status", 0)
        options, fields = encoded(given.pop("options", {}), given), encoded(given, given)
        said = octets(command, sequence or next(self._sequence), status, fields, options)
        self.socket.sendall(said + octets("enquire_link", UNTIL, 0, {}, {}))
        return b"".join(self._frames())

    def _frames(self) -> Iterator[bytes]:
        while more := self.socket.recv(65536):
            self._rest += more
            while len(self._rest) >= HEADER.size:
                length, _, _, sequence = HEADER.unpack_from(self._rest)
                if len(self._rest) < length:
                    break
                frame, self._rest = self._rest[:length], self._rest[length:]
                if sequence == UNTIL:
                    return
                yield frame


@contextmanager
def peers(emulator: Emulator) -> Iterator[dict[str, Peer]]:
    """Connections by name, made when they are first asked for; until then nobody listens."""
    with ExitStack() as ends:
        yield _Peers(emulator, ends)


class _Peers(dict[str, Peer]):
    def __init__(self, emulator: Emulator, ends: ExitStack) -> None:
        super().__init__()
        self._emulator, self._ends = emulator, ends
        self._address: tuple[str, int] | None = None

    def __missing__(self, name: str) -> Peer:
        if self._address is None:
            smsc = self._emulator.smsc("127.0.0.1", 0)
            smsc.start()
            self._ends.callback(smsc.stop)
            self._address = "127.0.0.1", smsc.port
        self[name] = peer = Peer(self._address)
        self._ends.callback(peer.socket.close)
        return peer


def encoded(given: Mapping[str, Any], letter: Mapping[str, Any]) -> dict[Any, Any]:
    """Texts in the alphabet of their letter, unless they begin with 0x; destinations that are numbers."""
    alphabet = "utf-16-be" if letter.get("data_coding") in (0x08, 0x18) else "latin-1"
    return {name: _encoded(name, value, alphabet) for name, value in given.items()}


def _encoded(name: str, value: Any, alphabet: str) -> Any:
    if name == "dest_addresses":
        return tuple(Destination(1, 1, number) for number in value)
    if name not in TEXTS:
        return value
    return bytes.fromhex(value[2:]) if value.startswith("0x") else value.encode(alphabet)
