"""The Iro drivers say the same thing in four ways, and read it back from four."""

import json
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest

from conformance.drivers import iro
from conformance.drivers.http import HttpClient
from conformance.drivers.iro import SIGNATURES, Fault, Garbled, IroDriver, placed
from conformance.drivers.iro_json import IroJson, IroJsonp
from conformance.drivers.iro_soap import IroSoap
from conformance.drivers.iro_xmlrpc import IroXmlRpc
from conformance.receiver import Answer, Receiver

BILL = {"smstrade": {"spring term": {"anz": 2, "price": 0.14}, "anz": 2, "price": 0.14}}

SOAP = """<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"
 xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/"
 xmlns:xsi="http://www.w3.org/1999/XMLSchema-instance" xmlns:xsd="http://www.w3.org/1999/XMLSchema">
<SOAP-ENV:Body>{}</SOAP-ENV:Body></SOAP-ENV:Envelope>"""

XMLRPC = "<?xml version='1.0'?><methodResponse>{}</methodResponse>"


@pytest.fixture
def heard() -> Iterator[Receiver]:
    with Receiver() as receiver:
        yield receiver


@pytest.fixture
def client(heard: Receiver) -> Iterator[HttpClient]:
    with HttpClient(heard.address) as client:
        yield client


def says(heard: Receiver, driver: type[IroDriver], client: HttpClient, body: str) -> iro.Answer:
    """What the driver makes of an answer."""
    heard.answers(Answer(body=body.encode()))
    return driver(client, "k3y").bill()


def test_gaps_are_filled_with_the_defaults_of_the_page() -> None:
    fields = {"user": "k3y", "subject": "s", "body": "b", "recipients": ["a@b.de"], "route": "smtpout"}

    assert placed("mail", fields) == ["k3y", "s", "b", ["a@b.de"], None, "smtpout"]
    assert placed("status", {"user": "k3y"}) == ["k3y"]


def test_a_call_over_xmlrpc_is_typed(heard: Receiver, client: HttpClient) -> None:
    with pytest.raises(Garbled):
        IroXmlRpc(client, "k3y").status(10, True)

    callback = heard.wait()[0]
    assert (callback.method, callback.target) == ("POST", "/xmlrpc")
    assert b"<methodName>status</methodName>" in callback.body
    assert b"<string>k3y</string>" in callback.body
    assert b"<int>10</int>" in callback.body
    assert b"<boolean>1</boolean>" in callback.body


def test_a_call_over_soap_stands_in_order(heard: Receiver, client: HttpClient) -> None:
    with pytest.raises(Garbled):
        IroSoap(client, "k3y").sms(["+49 551 1", "<2>"], "&", route="smstrade")

    callback = heard.wait()[0]
    call = ElementTree.fromstring(callback.body)[0][0]
    assert call.tag == "{urn:iro}sms"
    assert [part.text for part in call] == ["k3y", "&", None, "smstrade"]
    assert [entry.text for entry in call[2]] == ["+49 551 1", "<2>"]


def test_a_call_over_json_is_an_object(heard: Receiver, client: HttpClient) -> None:
    with pytest.raises(Garbled):
        IroJson(client, "k3y").sms(["+49551"], info="ä", route=["a", "b"])

    callback = heard.wait()[0]
    assert (callback.method, callback.target) == ("POST", "/json/sms")
    assert json.loads(callback.body) == {
        "user": "k3y",
        "message": "smslab check",
        "recipients": ["+49551"],
        "route": ["a", "b"],
        "info": "ä",
    }


def test_a_call_over_jsonp_repeats_the_names_of_lists(heard: Receiver, client: HttpClient) -> None:
    with pytest.raises(Garbled):
        IroJsonp(client, "k3y").call("status", user="k3y", id=None, detailed=True, more=["a", "b"])

    target = heard.wait()[0].target
    assert target == "/jsonp/status?callback=check&user=k3y&id=&detailed=true&more=a&more=b"


def test_a_bill_reads_alike_from_every_interface(heard: Receiver, client: HttpClient) -> None:
    soap = (
        '<billResponse SOAP-ENC:root="1"><smstrade><spring_x0020_term><anz xsi:type="xsd:integer">2</anz>'
        '<price xsi:type="xsd:double">0.14</price></spring_x0020_term><anz xsi:type="xsd:integer">2</anz>'
        '<price xsi:type="xsd:double">0.14</price></smstrade></billResponse>'
    )
    inner = "<member><name>anz</name><value><int>2</int></value></member>" + (
        "<member><name>price</name><value><double>0.14</double></value></member>"
    )
    group = f"<member><name>spring term</name><value><struct>{inner}</struct></value></member>"
    offer = f"<member><name>smstrade</name><value><struct>{group}{inner}</struct></value></member>"
    xmlrpc = f"<params><param><value><struct>{offer}</struct></value></param></params>"
    answer = json.dumps({"status": True, "result": BILL})

    assert says(heard, IroXmlRpc, client, XMLRPC.format(xmlrpc)) == BILL
    assert says(heard, IroSoap, client, SOAP.format(soap)) == BILL
    assert says(heard, IroJson, client, answer) == BILL
    assert says(heard, IroJsonp, client, f"check({answer});") == BILL


def test_a_fault_reads_alike_from_every_interface(heard: Receiver, client: HttpClient) -> None:
    struct = (
        "<member><name>faultCode</name><value><int>901</int></value></member>"
        "<member><name>faultString</name><value><string>No.</string></value></member>"
    )
    soap = "<SOAP-ENV:Fault><faultcode>901</faultcode><faultstring>No.</faultstring></SOAP-ENV:Fault>"
    answer = json.dumps({"status": False, "error": {"code": 901, "msg": "No."}})
    xmlrpc = f"<fault><value><struct>{struct}</struct></value></fault>"

    fault = Fault(901, "No.")
    assert says(heard, IroXmlRpc, client, XMLRPC.format(xmlrpc)) == fault
    assert says(heard, IroSoap, client, SOAP.format(soap)) == fault
    assert says(heard, IroJson, client, answer) == fault
    assert says(heard, IroJsonp, client, f"check({answer});") == fault


@pytest.mark.parametrize("driver", [IroXmlRpc, IroSoap, IroJson, IroJsonp])
@pytest.mark.parametrize("body", ["", "hello", "<html></html>", "check(hello);", '{"result": 7}', "[]"])
def test_an_answer_of_another_form_is_told_apart(
    heard: Receiver, client: HttpClient, driver: type[IroDriver], body: str
) -> None:
    with pytest.raises(Garbled):
        says(heard, driver, client, body)


def test_arrays_and_empty_structs_of_soap_are_told_apart(heard: Receiver, client: HttpClient) -> None:
    array = (
        '<r xsi:type="SOAP-ENC:Array" SOAP-ENC:arrayType="xsd:string[1]"><item xsi:type="xsd:string">a'
        "</item></r>"
    )

    assert says(heard, IroSoap, client, SOAP.format(array)) == ["a"]
    assert says(heard, IroSoap, client, SOAP.format('<r xsi:type="SOAP-ENC:Array"/>')) == []
    assert says(heard, IroSoap, client, SOAP.format('<r SOAP-ENC:root="1"/>')) == {}


def test_what_a_send_may_cost_is_asked_first_and_given_back(heard: Receiver, client: HttpClient) -> None:
    asked: list[int] = []
    driver = IroJson(client, "k3y", lambda messages, lookups: asked.append(messages))
    heard.answers(
        Answer(body=b'{"status": false, "error": {"code": 800, "msg": "No."}}'),
        Answer(body=b'{"status": true, "result": 7}'),
        Answer(body=b'{"status": true, "result": true}'),
    )

    driver.sms(["1", "2"])
    driver.as_user("other").mail(["a@b.de"])
    driver.telnumber(["1", "2", "3"])

    assert asked == [2, -2, 1, 0]


def test_signatures_begin_with_the_user_where_there_is_one() -> None:
    assert {name for name, parameters in SIGNATURES.items() if next(iter(parameters)) != "user"} == {
        "telnumber",
        "email",
    }
