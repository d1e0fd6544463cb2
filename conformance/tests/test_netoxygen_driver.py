"""The driver sends what a check names, and counts what it may cost."""

from collections.abc import Iterator
from typing import Any
from xmlrpc import client as library

import pytest

from conformance.drivers.http import HttpClient
from conformance.drivers.netoxygen import NetOxygenDriver
from conformance.drivers.xmlrpc import XmlRpcClient
from conformance.receiver import Answer, Receiver


@pytest.fixture
def heard() -> Iterator[Receiver]:
    with Receiver() as receiver:
        yield receiver


@pytest.fixture
def spent() -> list[int]:
    return []


@pytest.fixture
def netoxygen(heard: Receiver, spent: list[int]) -> Iterator[NetOxygenDriver]:
    with HttpClient(heard.address) as client:
        rpc = XmlRpcClient(client, "/api2/")
        yield NetOxygenDriver(rpc, "joe", "secret", lambda messages, lookups: spent.append(messages))


def answering(heard: Receiver, value: Any) -> None:
    heard.answers(Answer(body=library.dumps((value,), methodresponse=True).encode()))


def sent(heard: Receiver) -> tuple[str | None, tuple[Any, ...]]:
    params, method = library.loads(heard.wait()[0].body)
    return method, params


def test_user_and_password_stand_before_the_parameters(netoxygen: NetOxygenDriver, heard: Receiver) -> None:
    answering(heard, [["1", True, "id"]])

    netoxygen.send_message("079", "hello", "me", "", "flash")

    assert sent(heard) == ("send_message", ("joe", "secret", "079", "hello", "me", "", "flash"))


def test_what_is_not_given_is_not_sent(netoxygen: NetOxygenDriver, heard: Receiver) -> None:
    answering(heard, [["1", True, "id"]])

    netoxygen.as_user("moe", "other").send_message(["079"])

    assert sent(heard) == ("send_message", ("moe", "other", ["079"], "smslab check"))


def test_each_recipient_counts_until_it_is_refused(
    netoxygen: NetOxygenDriver, heard: Receiver, spent: list[int]
) -> None:
    answering(heard, [["1", True, "id"], ["2", False, 5], ["3", 1, "id"]])

    netoxygen.send_message(["1", "2", "3"])

    assert spent == [3, -1]


def test_what_cannot_cost_anything_does_not_count(
    netoxygen: NetOxygenDriver, heard: Receiver, spent: list[int]
) -> None:
    answering(heard, 1000)

    assert netoxygen.get_credits() == 1000
    assert sum(spent) == 0
