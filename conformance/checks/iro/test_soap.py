"""SOAP: how it is called."""

import pytest

from conformance.checks.iro.calls import GERMAN, international, job, yes
from conformance.drivers.http import Reply
from conformance.drivers.iro import Argument, Fault
from conformance.drivers.iro_soap import IroSoap, read, written
from conformance.drivers.soap import wrapped
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

LABEL = 'text/xml; charset="UTF-8"'

SCHEMAS = ("http://www.w3.org/1999/XMLSchema", "http://www.w3.org/1999/XMLSchema-instance")

kinds_of_answer = pytest.mark.parametrize("number", [GERMAN, "hallo"], ids=["result", "fault"])


@requirement("iro/soap/address")
def test_calls_are_taken_at_the_address(soap: IroSoap) -> None:
    """The one method that needs nothing but a number."""
    yes(soap.telnumber([GERMAN]))


@requirement("iro/soap/no-action")
@pytest.mark.parametrize("action", [None, '""', '"urn:other#bill"', "nonsense"])
def test_the_action_is_not_looked_at(soap: IroSoap, action: str | None) -> None:
    """Left out, empty, of another method, no action at all."""
    headers = {"Content-Type": "text/xml"} | ({"SOAPAction": action} if action is not None else {})

    yes(read(soap.post(written("telnumber", [GERMAN]), headers)))


@requirement("iro/soap/local-name")
@pytest.mark.parametrize(
    "call",
    [
        "<routes>{}</routes>",
        '<routes xmlns="urn:anything">{}</routes>',
        '<x:routes xmlns:x="http://elsewhere.example/">{}</x:routes>',
    ],
    ids=["no-namespace", "default-namespace", "prefix"],
)
def test_the_namespace_of_a_call_means_nothing(soap: IroSoap, call: str) -> None:
    """None, a default one, one with a prefix."""
    arguments = f"<a>{soap.key}</a><b>sms</b>"

    verify(read(soap.post(wrapped(call.format(arguments)).encode()))).equals(soap.routes("sms"))


@requirement("iro/soap/document-order")
@pytest.mark.parametrize(
    "names", [("user", "typ"), ("typ", "user"), ("param0", "param1"), ("v", "v")], ids="-".join
)
def test_arguments_are_told_apart_by_their_place(soap: IroSoap, names: tuple[str, str]) -> None:
    """Under their own names, under each other's, under those that clients make up."""
    first, second = names
    call = f"<routes><{first}>{soap.key}</{first}><{second}>sms</{second}></routes>"

    verify(read(soap.post(wrapped(call).encode()))).equals(soap.routes("sms"))


@requirement("iro/soap/lists-in")
@pytest.mark.parametrize("item", ["item", "SOAP-ENC:string", "recipients", "v1"])
def test_the_entries_of_a_list_may_have_any_name(soap: IroSoap, item: str) -> None:
    """A valid number behind an invalid one that has to be found."""
    entries = "".join(f"<{item}>{number}</{item}>" for number in (GERMAN, "hallo"))
    kind = 'xsi:type="SOAP-ENC:Array" SOAP-ENC:arrayType="xsd:string[2]"'
    call = f"<telnumber><recipients {kind}>{entries}</recipients></telnumber>"

    verify(read(soap.post(wrapped(call).encode()))).equals(Fault(702, "No valid telnumber: 'hallo'"))


@requirement("iro/soap/nil")
@pytest.mark.parametrize(
    "gap",
    [
        '<id xsi:nil="true"/>',
        '<id xsi:nil="1"/>',
        '<id xmlns:old="http://www.w3.org/1999/XMLSchema-instance" old:null="1"/>',
    ],
    ids=["2001", "2001-digit", "1999"],
)
def test_nil_leaves_a_gap(soap: IroSoap, numbers: Numbers, gap: str) -> None:
    """No job in particular, but in detail."""
    job(soap.sms(international(numbers())))
    call = f"<status><user>{soap.key}</user>{gap}<detailed>true</detailed></status>"

    verify(read(soap.post(wrapped(call).encode()))).equals(soap.status())


@requirement("iro/soap/unknown-method")
@pytest.mark.parametrize("method", ["stop", "Status", "system.listMethods"])
def test_a_method_that_does_not_exist_is_told_so(soap: IroSoap, method: str) -> None:
    """By the framework."""
    verify(soap.positional(method, soap.key)).equals(Fault("SOAP-ENV:Client", f"Method {method} not found"))


@requirement("iro/soap/argument-count")
@pytest.mark.parametrize(
    ("method", "given"),
    [("bill", []), ("routes", ["{key}"]), ("bill", ["{key}", "x"]), ("telnumber", [[GERMAN], "x"])],
    ids=["no-user", "no-typ", "bill-and-more", "telnumber-and-more"],
)
def test_too_few_or_too_many_fail(soap: IroSoap, method: str, given: list[Argument]) -> None:
    """In the words of the framework."""
    arguments = [soap.key if one == "{key}" else one for one in given]

    verify(soap.positional(method, *arguments)).equals(Fault("SOAP-ENV:Server", f"Method {method} failed."))


@requirement("iro/soap/unparseable")
@pytest.mark.parametrize(
    "body", [b"", b"hello", b"<Envelope>", b"<a/>"], ids=["nothing", "words", "unclosed", "other"]
)
def test_a_body_that_is_no_call_is_a_fault(soap: IroSoap, body: bytes) -> None:
    """The caller's."""
    reply = soap.post(body)

    verify(reply.status).equals(500)
    verify(read(reply)).holds(
        lambda fault: isinstance(fault, Fault) and fault.code == "SOAP-ENV:Client",
        "a fault with the code SOAP-ENV:Client",
    )


@requirement("iro/soap/other-methods")
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_other_methods_are_refused(soap: IroSoap, method: str) -> None:
    """At the address itself."""
    verify(soap.client.request(method, "/soap").status).equals(405)


@requirement("iro/soap/wsdl")
def test_a_description_may_be_had(soap: IroSoap) -> None:
    """For clients that need one."""
    reply = soap.client.request("GET", "/soap?wsdl")

    verify(reply.status).equals(200)
    verify(reply.text).holds(lambda text: "definitions" in text and "defaultRoute" in text, "a WSDL")


def _asked(soap: IroSoap, method: str, *arguments: Argument) -> Reply:
    return soap.post(written(method, *arguments))
