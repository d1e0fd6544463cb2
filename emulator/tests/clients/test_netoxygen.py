"""The calls of the NetOxygen document's samples, made by the libraries they name."""

import re
import xmlrpc.client
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from emulator.tests.clients.conftest import Space
from emulator.tests.clients.programs import node, perl, php

TYPED = perl("typed_by_library.pl")
BASE64 = perl("base64_arguments.pl")
SOCKET = php("xmlrpc_over_a_socket.php", "SimpleXML", "php-xml")
NODE = node("xmlrpc.js", "xmlrpc")

LOGIN = ["demo", "demo"]
ID = re.compile("[0-9a-f]{32}")

Call = Callable[..., Any]
"""Takes a method and its arguments; a fault is a result `{"fault": {"faultCode": …, "faultString": …}}`."""


@contextmanager
def over_a_socket(address: str) -> Iterator[Call]:
    yield lambda method, *arguments: SOCKET.result(address, method, list(arguments))


@contextmanager
def over_node(address: str) -> Iterator[Call]:
    with NODE.conversing(address) as ask:
        yield lambda method, *arguments: ask([method, arguments])


@contextmanager
def over_python(address: str) -> Iterator[Call]:
    def call(method: str, *arguments: Any) -> Any:
        try:
            return getattr(proxy, method)(*arguments)
        except xmlrpc.client.Fault as fault:
            return {"fault": {"faultCode": fault.faultCode, "faultString": fault.faultString}}

    with xmlrpc.client.ServerProxy(address) as proxy:
        yield call


@pytest.fixture
def address(space: Space) -> str:
    return f"{space.url}/api2/"


@pytest.fixture(params=[over_a_socket, over_node, over_python])
def call(request: pytest.FixtureRequest, address: str) -> Iterator[Call]:
    with request.param(address) as call:
        yield call


@pytest.mark.parametrize(
    ("destination", "kind"),
    [("0791112233", "int"), ("41791112233", "i8"), ("+41791112233", "i8"), ("079/111 22 33", "string")],
)
def test_perl_sends_to_what_looks_like_a_number(
    space: Space, address: str, destination: str, kind: str
) -> None:
    """It types 0791112233 as an int: the nought in front must not get lost."""
    number, accepted, identifier = TYPED.told(address, destination, "Hello").split("\t")

    assert (number, accepted) == ("41791112233", "1")
    assert f"<{kind}>{destination}</{kind}>" in space.bodies()[0]
    assert ID.fullmatch(identifier)
    assert [(one["to"], one["text"]) for one in space.messages()] == [("41791112233", "Hello")]


@pytest.mark.parametrize("text", ["12.5", "20130412T02:45:02", "2013-04-12 02:45:02", "1", "true"])
def test_perl_sends_a_text_that_looks_like_something_else(space: Space, address: str, text: str) -> None:
    """A double, a dateTime, an int: the text is what was written."""
    TYPED.told(address, "0791112233", text)

    assert [one["text"] for one in space.messages()] == [text]


def test_perl_is_told_the_error_code_of_a_number_that_is_none(address: str) -> None:
    assert TYPED.told(address, "12", "Hello") == "12\t0\t5"


def test_perl_sends_accents_as_base64(space: Space, address: str) -> None:
    identifier = BASE64.told(address, "demo", "0792223344", "Grüezi, ça va? Ω €")

    assert ID.fullmatch(identifier)
    found = [(one["to"], one["text"]) for one in space.messages()]
    assert found == [("41792223344", "Grüezi, ça va? Ω €")]
    assert space.bodies()[0].count("<base64>") == 2


def test_perl_tells_a_fault_from_a_number_that_was_refused(address: str) -> None:
    assert BASE64.run(address, "wrong", "0792223344", "Hello").stderr.startswith("fault 401: ")
    assert BASE64.run(address, "demo", "12", "Hello").stderr == "not sent to 12: error 5\n"


def test_four_arguments_send_a_message(space: Space, call: Call) -> None:
    """The PHP sample: all strings, nothing of what is optional."""
    ((number, accepted, identifier),) = call("send_message", *LOGIN, "0792223344", "test message")

    assert (number, accepted) == ("41792223344", True)
    assert ID.fullmatch(identifier)
    found = [(one["from"], one["text"]) for one in space.messages()]
    assert found == [("textobox.ch", "test message")]


def test_seven_arguments_schedule_and_cancel_a_message(space: Space, call: Call) -> None:
    """The round of the provider's own example: auth, send, take the id, cancel, status, credits."""
    before = call("get_credits", *LOGIN)
    assert call("auth", *LOGIN) is True
    date = "2026-03-02 20:05:00"

    ((_, accepted, identifier),) = call("send_message", *LOGIN, ["0792223344"], "Later", "", date, "flash")

    assert accepted is True
    assert status(call, identifier) == ("Pending", "Message scheduled")
    assert call("get_credits", *LOGIN) == before - 1
    assert call("cancel_message", *LOGIN, [identifier]) == [[identifier, True]]
    assert call("cancel_message", *LOGIN, identifier) == [[identifier, False]]
    assert status(call, identifier)[0] == "Message canceled"


def test_a_message_is_followed_to_the_recipients_device(space: Space, call: Call) -> None:
    ((_, _, identifier),) = call("send_message", *LOGIN, "0792223344", "Hello")
    assert status(call, identifier) == ("OK", "Message in queue")

    space.advance(60)

    assert status(call, identifier) == ("OK", "Delivered to the recipient device")


def test_what_the_document_says_of_the_other_methods(call: Call) -> None:
    assert call("clean_number", *LOGIN, "022/364 8000") == "41223648000"
    assert call("account_status", *LOGIN) == "regular"
    assert re.fullmatch("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", call("get_guid", *LOGIN))


def test_false_is_a_boolean_and_never_a_nought(call: Call) -> None:
    """What a wrong password gets, where the document says FALSE, beside what an empty account has."""
    assert [call(method, "demo", "wrong") for method in ("auth", "get_credits", "get_guid")] == [False] * 3
    assert call("auth", "demo", "wrong") is False
    nought = call("get_credits", "empty", "empty")
    assert (nought, type(nought)) == (0, int)


def test_a_fault_arrives_with_status_200(call: Call) -> None:
    """IXR reads nothing else; each of the clients finds code and text."""
    fault = call("send_massage", *LOGIN)["fault"]

    assert (fault["faultCode"], fault["faultString"]) == (1, "Unknown method")


def status(call: Call, identifier: str) -> tuple[str, str]:
    ((same, told),) = call("get_status", *LOGIN, identifier)
    assert same == identifier
    return told["sent_status_text"], told["last_status_text"]
