"""The SOAP drivers write one call in many ways, and take answers apart."""

from collections.abc import Iterator
from email.message import Message

import pytest

from conformance.drivers import soap
from conformance.drivers.http import HttpClient, Reply
from conformance.drivers.isms_soap import OUT, IsmsSoapDriver
from conformance.drivers.soap import (
    DOCUMENT,
    ENCODED,
    LITERAL,
    POSITIONAL,
    REFERRING,
    REPEATED,
    Fault,
    Style,
    answered,
    envelope,
    wrapped,
)
from conformance.receiver import Answer, Receiver

ARGUMENTS: soap.Arguments = [("who", "a<b"), ("to", {"numbers": ["1", "2"]}), ("flash", True)]

STRING, ARRAY = ' xsi:type="xsd:string"', ' SOAP-ENC:arrayType="xsd:string[2]" xsi:type="SOAP-ENC:Array"'
ITEMS = f"<item{STRING}>1</item><item{STRING}>2</item>"


@pytest.fixture
def heard() -> Iterator[Receiver]:
    with Receiver() as receiver:
        yield receiver


@pytest.fixture
def isms(heard: Receiver) -> Iterator[IsmsSoapDriver]:
    with HttpClient(heard.address) as client:
        yield IsmsSoapDriver(client, "joe", "s&cret")


@pytest.mark.parametrize(
    ("style", "written"),
    [
        (
            ENCODED,
            f'<who{STRING}>a&lt;b</who><to xsi:type="SOAP-ENC:Struct"><numbers{ARRAY}>{ITEMS}</numbers></to>'
            '<flash xsi:type="xsd:boolean">true</flash>',
        ),
        (
            REPEATED,
            f'<who{STRING}>a&lt;b</who><to xsi:type="SOAP-ENC:Struct"><numbers{STRING}>1</numbers>'
            f'<numbers{STRING}>2</numbers></to><flash xsi:type="xsd:boolean">true</flash>',
        ),
        (
            POSITIONAL,
            f'<param0{STRING}>a&lt;b</param0><param1 xsi:type="SOAP-ENC:Struct"><numbers{ARRAY}>{ITEMS}'
            '</numbers></param1><param2 xsi:type="xsd:boolean">true</param2>',
        ),
        (
            LITERAL,
            "<who>a&lt;b</who><to><numbers>1</numbers><numbers>2</numbers></to><flash>true</flash>",
        ),
        (
            DOCUMENT,
            "<ns1:who>a&lt;b</ns1:who><ns1:to><ns1:numbers>1</ns1:numbers><ns1:numbers>2</ns1:numbers>"
            "</ns1:to><ns1:flash>true</ns1:flash>",
        ),
    ],
    ids=lambda value: value.name if isinstance(value, Style) else "",
)
def test_a_call_is_written_as_its_client_would(style: Style, written: str) -> None:
    octets = envelope("send", ARGUMENTS, namespace="urn:x", style=style).decode()

    assert f"<SOAP-ENV:Body><ns1:send>{written}</ns1:send></SOAP-ENV:Body>" in octets


def test_what_is_referred_to_stands_beside_the_call() -> None:
    octets = envelope("send", ARGUMENTS, namespace="urn:x", style=REFERRING).decode()

    beside = 'SOAP-ENC:root="0"'
    assert '<to href="#id0"/><flash href="#id2"/></ns1:send>' in octets
    assert (
        f'<multiRef id="id0" {beside} xsi:type="SOAP-ENC:Struct"><numbers href="#id1"/></multiRef>' in octets
    )
    assert f'<multiRef id="id1" {beside}{ARRAY}>{ITEMS}</multiRef>' in octets


def test_an_answer_is_taken_apart() -> None:
    answer = said(wrapped("<m:sendResponse xmlns:m='urn:x'><return>A1</return></m:sendResponse>"))

    assert (answer.result, answer.fault) == ("A1", None)


def test_a_fault_is_taken_apart() -> None:
    inside = "<faultcode>any:Client</faultcode><faultstring>No.</faultstring>"
    answer = said(wrapped(f"<SOAP-ENV:Fault>{inside}</SOAP-ENV:Fault>"))

    assert (answer.result, answer.fault) == (None, Fault(code="Client", text="No."))


@pytest.mark.parametrize("body", ["", "hello", "<a/>", wrapped(""), wrapped("<sendResponse/>"), "\0"])
def test_what_is_no_answer_is_neither_result_nor_fault(body: str) -> None:
    answer = said(body)

    assert (answer.result, answer.fault) == (None, None)


def test_arguments_are_left_out_or_nil(isms: IsmsSoapDriver, heard: Receiver) -> None:
    """By name nothing stands for what is left out; by position something has to."""
    isms.send(to=["1"], message=OUT, coding=None)
    isms.styled(POSITIONAL).send(to=["1"], message=OUT, coding="GSM")

    named, placed = (one.body.decode() for one in heard.wait(2))
    assert "<message" not in named
    assert '<coding xsi:nil="true"/></ns1:send>' in named
    assert f'<param4 xsi:nil="true"/><param5{STRING}>GSM</param5></ns1:send>' in placed


def test_the_action_and_the_label_are_those_of_php(isms: IsmsSoapDriver, heard: Receiver) -> None:
    isms.query(message_id="A1", mobile="1")

    call = heard.wait()[0]
    assert (call.method, call.target) == ("POST", "/api/soap/sms.php")
    assert call.headers["SOAPAction"] == '"urn:sms#query"'
    assert call.headers["Content-Type"] == "text/xml; charset=utf-8"


def test_what_a_call_may_cost_is_asked_first_and_given_back_for_a_fault(heard: Receiver) -> None:
    asked: list[tuple[int, int]] = []
    inside = "<faultcode>Server</faultcode><faultstring>No recipients.</faultstring>"
    heard.answers(Answer(), Answer(body=wrapped(f"<SOAP-ENV:Fault>{inside}</SOAP-ENV:Fault>").encode()))
    with HttpClient(heard.address) as client:
        driver = IsmsSoapDriver(
            client, "joe", "x", lambda messages, lookups: asked.append((messages, lookups))
        )
        driver.send(to=["1", "2"])
        driver.send(to={"recipients": "1"})

    assert asked == [(2, 0), (1, 0), (-1, 0)]


def said(body: str) -> soap.Answer:
    return answered(Reply(status=200, headers=Message(), body=body.encode()))
