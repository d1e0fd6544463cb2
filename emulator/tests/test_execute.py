"""Signals on their way to the command of `smslab exec`."""

import signal
import subprocess

import pytest

from emulator.execute import Relay, addresses
from emulator.providers import PROVIDERS
from emulator.tests.conftest import Taking

SLEEP = ["sleep", "60"]


def test_a_command_finds_the_base_address_of_every_provider() -> None:
    found = addresses("http://127.0.0.1:8000", "127.0.0.1:2775")

    assert found.keys() == {
        "SMSLAB_URL",
        "SMSLAB_SMPP",
        *(f"SMSLAB_{one.name.upper()}_URL" for one in PROVIDERS),
    }
    assert found["SMSLAB_URL"] == "http://127.0.0.1:8000"
    assert found["SMSLAB_SMPP"] == "127.0.0.1:2775"
    assert found["SMSLAB_ISMS_URL"] == "http://127.0.0.1:8000/api/http"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_is_passed_on(number: signal.Signals, taking: Taking) -> None:
    taking(number, signal.SIG_DFL)
    relay, child = Relay(), subprocess.Popen(SLEEP)
    relay.reach(child)

    relay(number, None)

    assert child.wait(10) == -number


def test_a_signal_that_comes_while_the_command_is_being_started_is_kept_for_it() -> None:
    relay, child = Relay(), subprocess.Popen(SLEEP)

    relay(signal.SIGTERM, None)
    relay.reach(child)

    assert child.wait(10) == -signal.SIGTERM
