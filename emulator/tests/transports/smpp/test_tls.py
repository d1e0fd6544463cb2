"""Sessions over TLS, and peers that speak it where nobody does, or the other way round."""

import gc
import socket
import ssl
from asyncio import sslproto
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from emulator.tests.esme import LONG, Centre, Esme, listening
from emulator.wire.smpp.statuses import CommandStatus


class Secure(NamedTuple):
    """A port with TLS, and what a client has to trust."""

    port: int
    trust: ssl.SSLContext

    def open(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=LONG)

    def wrapped(self) -> ssl.SSLSocket:
        return self.trust.wrap_socket(self.open(), server_hostname="localhost")


@pytest.fixture(scope="module")
def secure() -> Iterator[Secure]:
    trustme = pytest.importorskip("trustme")
    authority, outside = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(outside)
    inside = ssl.create_default_context()
    authority.configure_trust(inside)
    emulator, plain = listening()
    server = emulator.smsc("127.0.0.1", 0, tls=outside)
    server.start()
    yield Secure(server.port, inside)
    server.stop()
    emulator.board.open(plain.loop, plain.address)


def test_over_tls_it_is_the_same(secure: Secure) -> None:
    centre = Centre()

    with Esme(secure.wrapped()) as esme:
        assert esme.bind("bind_transceiver", f"demo@{centre.name}", "demo").status == 0
        message_id = esme.sent(registered_delivery=1)
        centre.advance(5)

        assert esme.receipts(1) == [message_id]
        assert esme.ask("unbind").status == 0
        assert esme.is_closed()


def test_who_hung_up_takes_all_memory_along(secure: Secure) -> None:
    """A quarter of a megabyte each, for which the collector of a busy server comes seldom."""
    gc.collect()
    gc.disable()
    try:
        with Esme(secure.wrapped()) as esme:
            assert esme.ask("enquire_link").status == 0
        with Esme(secure.wrapped()) as esme:
            assert esme.bind("bind_transmitter", "nobody", "").status == CommandStatus.RINVSYSID
            kept = [one for one in gc.get_objects() if isinstance(one, sslproto.SSLProtocol)]
            assert len(kept) == 1
    finally:
        gc.enable()


def test_who_speaks_no_tls_is_not_heard_and_harms_nobody(secure: Secure) -> None:
    centre = Centre()

    with Esme(secure.wrapped()) as good, Esme(secure.open()) as plain:
        assert good.bind("bind_transmitter", f"demo@{centre.name}", "demo").status == 0
        plain.say("bind_transceiver", {"system_id": f"demo@{centre.name}", "password": "demo"})

        assert plain.is_closed()
        assert good.submit().status == 0


def test_who_speaks_tls_where_nobody_does_is_told_so_at_once(secure: Secure) -> None:
    centre = Centre()

    with centre.open() as esme, pytest.raises(ssl.SSLError):
        secure.trust.wrap_socket(esme.socket, server_hostname="localhost")


def test_who_does_not_trust_the_certificate_harms_nobody(secure: Secure) -> None:
    centre = Centre()

    with pytest.raises(ssl.SSLCertVerificationError):
        ssl.create_default_context().wrap_socket(secure.open(), server_hostname="localhost")

    with Esme(secure.wrapped()) as good:
        assert good.bind("bind_transmitter", f"demo@{centre.name}", "demo").status == 0
