"""The SOAP operations of iSMS, called by clients that read the description and by PHP without it."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from emulator.tests.clients.conftest import Space
from emulator.tests.clients.soap import Call, by_php, by_zeep

ID = re.compile("[A-Z0-9]{10}")

Caller = Callable[[str], Call]


def php_with_wsdl(base: str) -> Call:
    return by_php(f"{base}/api/soap/sms.wsdl", "urn:sms")


def php_without_wsdl(base: str) -> Call:
    return by_php(f"{base}/api/soap/sms.php", "urn:sms")


def zeep_with_wsdl(base: str) -> Call:
    return by_zeep(f"{base}/api/soap/sms.php?wsdl")


every_client = pytest.mark.parametrize("caller", [php_with_wsdl, php_without_wsdl, zeep_with_wsdl])


def letter(*to: str, message: str = "Hello", sender: str = "smslab", flash: bool = False) -> list[Any]:
    """The seven arguments of a send, in their order."""
    return ["demo", "demo", sender, {"recipients": list(to)}, message, "UTF-8", flash]


@every_client
@pytest.mark.parametrize("to", [["306912345678"], ["306912345678", "306998765432"]], ids=["one", "two"])
def test_a_message_is_sent_and_followed(space: Space, caller: Caller, to: list[str]) -> None:
    call = caller(space.url)

    identifier = call("send", *letter(*to, message="Γειά & <σου>", flash=True))

    assert ID.fullmatch(identifier)
    found = [(one["to"], one["text"], one["flash"]) for one in space.messages()]
    assert found == [(mobile, "Γειά & <σου>", True) for mobile in to]
    assert call("query", "demo", "demo", identifier, to[-1]) == "Queued"
    space.advance(60)
    assert call("query", "demo", "demo", identifier, to[-1]) == "Delivered"


@every_client
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["demo", "wrong", *letter("306912345678")[2:]], "Authentication error."),
        (letter(), "No recipients."),
        (letter("306912345678", sender="no sender is that long"), "Invalid sender identity."),
        (["empty", "empty", *letter("306912345678")[2:]], "Insufficient credits."),
    ],
    ids=["credentials", "recipients", "sender", "credit"],
)
def test_a_refused_send_is_a_fault_with_the_sentence_of_the_page(
    space: Space, caller: Caller, arguments: list[Any], sentence: str
) -> None:
    assert caller(space.url)("send", *arguments)["fault"]["text"] == sentence


@every_client
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["demo", "wrong", "0008FABD", "306912345678"], "Authentication error."),
        (["demo", "demo", "", "306912345678"], "No message ID defined."),
        (["demo", "demo", "0008FABD", ""], "No mobile defined."),
        (["demo", "demo", "0008FABD", "306912345678"], "No such message or recipient."),
    ],
    ids=["credentials", "identifier", "mobile", "unknown"],
)
def test_a_refused_query_is_a_fault_with_the_sentence_of_the_page(
    space: Space, caller: Caller, arguments: list[str], sentence: str
) -> None:
    assert caller(space.url)("query", *arguments)["fault"]["text"] == sentence


def test_php_may_write_the_object_as_an_array(space: Space) -> None:
    """Without a description it becomes a map, of which SOAP itself knows nothing."""
    arguments = letter()
    arguments[3] = {"array": {"recipients": ["306912345678", "306998765432"]}}

    assert ID.fullmatch(php_without_wsdl(space.url)("send", *arguments))
    assert [one["to"] for one in space.messages()] == ["306912345678", "306998765432"]


def test_zeep_calls_by_name(space: Space) -> None:
    call = zeep_with_wsdl(space.url)
    names = ("username", "password", "from", "to", "message", "coding", "flash")

    identifier = call("send", **dict(zip(names, letter("306912345678"), strict=True)))

    assert ID.fullmatch(identifier)
    assert call("query", "demo", "demo", message_id=identifier, mobile="306912345678") == "Queued"
