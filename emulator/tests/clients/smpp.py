"""SMPP clients that others wrote, bound as transceivers: smpplib of Python, smpp of Node.js."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

import pytest

from emulator.tests.clients.programs import node

NODE = node("smpp.js", "smpp")

LONG = 30.0
PIECE = 67
"""Letters of a piece in UCS2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A deliver_sm as the library reads it."""

    kind: int
    sender: str
    text: str
    id: str | None
    state: int | None


class Peer(Protocol):
    def bind(self, system_id: str, password: str) -> int:
        """The status of the answer."""
        ...

    def submit(self, to: str, text: str) -> list[str]:
        """The message_id of each piece."""
        ...

    def query(self, message_id: str) -> int:
        """The message_state."""
        ...

    def heard(self, count: int) -> list[Heard]:
        """The next so many, answered."""
        ...

    def unbind(self) -> None: ...


Connect = Callable[[str, Path | None], Any]
"""A context manager that yields a Peer; with the certificate of an authority over TLS."""


@contextmanager
def by_node(address: str, authority: Path | None = None) -> Iterator[Peer]:
    with NODE.conversing(address, *([str(authority)] if authority else [])) as ask:
        yield OfNode(ask)


class OfNode:
    def __init__(self, ask: Callable[[object], Any]) -> None:
        self._ask = ask

    def bind(self, system_id: str, password: str) -> int:
        status: int = self._ask(["bind", {"system_id": system_id, "password": password}])["status"]
        return status

    def submit(self, to: str, text: str) -> list[str]:
        pieces = (
            [text] if len(text) <= PIECE else [text[at : at + PIECE] for at in range(0, len(text), PIECE)]
        )
        return [self._submitted(to, piece, n, len(pieces)) for n, piece in enumerate(pieces, 1)]

    def _submitted(self, to: str, text: str, piece: int, of: int) -> str:
        addresses = {"source_addr_ton": 5, "source_addr": "smslab", "dest_addr_ton": 1, "dest_addr_npi": 1}
        letter = {"destination_addr": to, "registered_delivery": 1, "text": text, "piece": piece, "of": of}
        answer = self._ask(["submit", {**addresses, **letter}])
        assert answer["status"] == 0
        identifier: str = answer["id"]
        return identifier

    def query(self, message_id: str) -> int:
        asked = {"message_id": message_id, "source_addr_ton": 5, "source_addr": "smslab"}
        state: int = self._ask(["query", asked])["state"]
        return state

    def heard(self, count: int) -> list[Heard]:
        return [Heard(**one) for one in self._ask(["heard", count])]

    def unbind(self) -> None:
        assert self._ask(["unbind", {}])["status"] == 0


@contextmanager
def by_smpplib(address: str, authority: Path | None = None) -> Iterator[Peer]:
    client = pytest.importorskip("smpplib.client", reason="needs Python's smpplib; .ci/run installs it")
    host, _, port = address.rpartition(":")
    peer = client.Client(
        host, int(port), timeout=LONG, ssl_context=trusting(authority), allow_unknown_opt_params=True
    )
    peer.connect()
    try:
        yield OfSmpplib(peer)
    finally:
        peer.state = "OPEN"  # which spares us a warning of its own
        peer.disconnect()


def trusting(authority: Path | None) -> ssl.SSLContext | None:
    if authority is None:
        return None
    context = ssl.create_default_context(cafile=authority)
    context.check_hostname = False  # the library does not say whom it calls
    return context


class OfSmpplib:
    def __init__(self, client: Any) -> None:
        self._client = client
        self._answers: list[Any] = []
        self._heard: list[Heard] = []
        client.set_message_sent_handler(lambda pdu: self._answers.append(pdu))
        client.set_query_resp_handler(lambda pdu: self._answers.append(pdu))
        client.set_message_received_handler(lambda pdu: self._heard.append(read(pdu)))

    def bind(self, system_id: str, password: str) -> int:
        refusal = import_module("smpplib.exceptions").PDUError
        try:
            self._client.bind_transceiver(system_id=system_id, password=password)
        except refusal as error:
            status: int = error.args[1]
            return status
        return 0

    def submit(self, to: str, text: str) -> list[str]:
        pieces, coding, esm_class = import_module("smpplib.gsm").make_parts(text)
        for piece in pieces:
            self._client.send_message(
                source_addr_ton=5,
                source_addr="smslab",
                dest_addr_ton=1,
                dest_addr_npi=1,
                destination_addr=to,
                short_message=piece,
                data_coding=coding,
                esm_class=esm_class,
                registered_delivery=True,
            )
        return [answer.message_id.decode() for answer in self._answered(len(pieces))]

    def query(self, message_id: str) -> int:
        self._client.query_message(message_id=message_id, source_addr_ton=5, source_addr="smslab")
        (answer,) = self._answered(1)
        state: int = answer.message_state
        return state

    def heard(self, count: int) -> list[Heard]:
        while len(self._heard) < count:
            self._client.read_once(auto_send_enquire_link=False)
        heard, self._heard = self._heard[:count], self._heard[count:]
        return heard

    def unbind(self) -> None:
        assert self._client.unbind().status == 0

    def _answered(self, count: int) -> list[Any]:
        while len(self._answers) < count:
            self._client.read_once(auto_send_enquire_link=False)
        answers, self._answers = self._answers, []
        return answers


def read(pdu: Any) -> Heard:
    """What smpplib leaves as octets, as text."""
    octets = pdu.short_message or pdu.message_payload or b""
    named = pdu.receipted_message_id
    return Heard(
        kind=pdu.esm_class,
        sender=pdu.source_addr.decode(),
        text=octets.decode("utf-16-be" if pdu.data_coding == 8 else "latin-1"),
        id=named.rstrip(b"\0").decode() if named else None,
        state=pdu.message_state,
    )
