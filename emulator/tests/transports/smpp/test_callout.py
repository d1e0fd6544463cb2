"""Accounts that want to be called."""

import socket
from dataclasses import replace

import pytest

from emulator.tests.esme import LONG, Centre, Esme
from emulator.tests.samples import NUMBER
from emulator.transports.smpp import callout


def wants_to_be_called(centre: Centre, address: str, **others: str) -> None:
    account = centre.space.store.account("isms", "demo")
    assert account is not None
    centre.space.store.put_account(replace(account, attributes={"smpp_outbind": address, **others}))


def test_an_account_that_wants_to_be_called_is_called_when_something_waits_for_it() -> None:
    centre = Centre()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(LONG)
        host, port = listener.getsockname()
        wants_to_be_called(centre, f"{host}:{port}")
        centre.space.gateway.receive("isms", "demo", NUMBER, "54321", "Hi")

        called, _ = listener.accept()
        called.settimeout(LONG)
        with Esme(called) as esme:
            outbind = esme.requested()
            assert outbind.fields == {"system_id": f"demo@{centre.name}", "password": "demo"}
            assert esme.bind("bind_receiver", f"demo@{centre.name}", "demo").status == 0
            assert esme.told().fields["short_message"] == b"Hi"


def test_who_hangs_up_is_called_again_as_long_as_something_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(callout, "AGAIN", 0.01)
    centre = Centre()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(LONG)
        host, port = listener.getsockname()
        wants_to_be_called(centre, f"{host}:{port}")
        centre.space.gateway.receive("isms", "demo", NUMBER, "54321", "Hi")

        for _ in range(2):
            called, _ = listener.accept()
            called.close()
        centre.space.reset()


@pytest.mark.parametrize(
    "address", ["", "nowhere", "127.0.0.1:http", "127.0.0.1:99999", "192.0.2.1:2775", "[::1:1"]
)
def test_an_address_that_cannot_be_called_is_logged_and_harms_nobody(
    address: str, caplog: pytest.LogCaptureFixture
) -> None:
    centre = Centre()
    wants_to_be_called(centre, address)

    with caplog.at_level("WARNING", logger="smslab"):
        centre.space.gateway.receive("isms", "demo", NUMBER, "54321", "Hi")
        with centre.bound("bind_transmitter") as esme:
            assert esme.submit().status == 0

    (said,) = caplog.messages
    assert said.startswith(f"space '{centre.name}' account 'demo': outbind to {address}: ")


def test_a_password_that_cannot_be_said_is_not_logged_either(caplog: pytest.LogCaptureFixture) -> None:
    centre = Centre()
    wants_to_be_called(centre, "127.0.0.1:9", smpp_outbind_password="open sesame")

    with caplog.at_level("DEBUG"):
        centre.space.gateway.receive("isms", "demo", NUMBER, "54321", "Hi")
        with centre.bound("bind_transmitter") as esme:
            assert esme.submit().status == 0

    assert "more than SMPP can say" in caplog.text
    assert "sesame" not in caplog.text
