"""The client of XML-RPC: values on the wire, and answers that are none."""

from collections.abc import Iterator
from typing import Any
from xmlrpc import client as library

import pytest

from conformance.drivers.http import HttpClient
from conformance.drivers.xmlrpc import Fault, NoXmlRpc, Typed, XmlRpcClient, document, plain, read
from conformance.receiver import Answer, Receiver

HEAD = "<?xml version='1.0'?>\n<methodResponse><params><param>"
TAIL = "</param></params></methodResponse>"


def response(value: str) -> bytes:
    return f"{HEAD}{value}{TAIL}".encode()


@pytest.fixture
def heard() -> Iterator[Receiver]:
    with Receiver() as receiver:
        yield receiver


@pytest.fixture
def rpc(heard: Receiver) -> Iterator[XmlRpcClient]:
    with HttpClient(heard.address) as client:
        yield XmlRpcClient(client, "/api2/")


def test_a_call_is_one_that_the_library_reads(rpc: XmlRpcClient, heard: Receiver) -> None:
    heard.answers(Answer(body=response("<value><boolean>1</boolean></value>")))

    assert rpc.call("auth", "joe", "s&<>cret", ["γ", b"\0\1", {"a": 1.5}]) is True

    call = heard.wait()[0]
    sent, method = library.loads(call.body, use_builtin_types=True)
    assert (call.method, call.target, method) == ("POST", "/api2/", "auth")
    assert sent == ("joe", "s&<>cret", ["γ", b"\0\1", {"a": 1.5}])


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Typed("int", "0791112233"), b"<value><int>0791112233</int></value>"),
        (Typed("", "a < b"), b"<value>a &lt; b</value>"),
        (Typed("double", "none"), b"<value><double>none</double></value>"),
        (2**31, b"<value><i8>2147483648</i8></value>"),
        (-(2**31), b"<value><int>-2147483648</int></value>"),
        (None, b"<value><nil/></value>"),
    ],
)
def test_values_stand_on_the_wire_as_given(value: object, written: bytes) -> None:
    assert written in document("m", value)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("<value>text</value>", "text"),
        ("<value><int>0</int></value>", 0),
        ("<value><i8>4294967296</i8></value>", 2**32),
        ("<value><boolean>0</boolean></value>", False),
        ("<value><array><data><value><double>0.07</double></value></data></array></value>", [0.07]),
    ],
)
def test_answers_are_read_by_type(written: str, value: Any) -> None:
    found = read(response(written))

    assert (type(found), found) == (type(value), value)


def test_a_fault_is_an_answer() -> None:
    body = library.dumps(library.Fault(401, "Authentication failed."), methodresponse=True).encode()

    assert read(body) == Fault(401, "Authentication failed.")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hello",
        b"<html></html>",
        response("<value><int>one</int></value>"),
        response("<value>1</value>")[:-10],
        b"<methodResponse><params></params></methodResponse>",
        b"<methodResponse><params><param><value>1</value></param><param><value>2</value></param></params>"
        b"</methodResponse>",
    ],
    ids=["nothing", "words", "html", "no-int", "cut", "no-value", "two-values"],
)
def test_what_is_no_answer_is_not_taken_for_one(body: bytes) -> None:
    with pytest.raises(NoXmlRpc):
        read(body)


def test_the_status_is_told_with_what_cannot_be_read(rpc: XmlRpcClient, heard: Receiver) -> None:
    heard.answers(Answer(status=502, body=b"Bad Gateway"))

    with pytest.raises(NoXmlRpc, match=r"status 502, .*'Bad Gateway'"):
        rpc.call("auth")


def test_documents_that_say_the_same_are_levelled() -> None:
    one = "<value>\n<struct> <member>\n<name>a</name><value>x</value></member></struct></value>"
    other = "<value><struct><member><name>a</name><value><string>x</string></value></member></struct></value>"

    assert plain(one) == plain(other)
    assert plain("<value><i4>1</i4></value>") == plain("<value><int>1</int></value>")


@pytest.mark.parametrize("text", ["<value><string> x</string></value>", "<value><string></string></value>"])
def test_what_is_said_differently_stays_different(text: str) -> None:
    assert plain(text) != plain("<value><string>x</string></value>")
    assert plain("hello") == "hello"
