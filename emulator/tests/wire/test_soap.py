"""Envelopes of clients that agree on little, and what is answered to them."""

from decimal import Decimal
from io import BytesIO
from time import process_time
from typing import Any

import pytest
import zeep
from hypothesis import given
from hypothesis import strategies as st
from lxml.etree import tostring

from emulator.wire.soap import (
    LITERAL,
    Call,
    Operation,
    Parameter,
    Struct,
    Unfit,
    call,
    declined,
    element_name,
    entries,
    fault,
    named,
    response,
    written,
    wsdl,
)
from emulator.wire.values import Scalar, Value
from emulator.wire.xml import Malformed, read

SPACES = (
    'xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:enc="http://schemas.xmlsoap.org/soap/encoding/"'
    ' xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"'
    ' xmlns:m="http://xml.apache.org/xml-soap" xmlns:t="urn:t"'
)

LETTERS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), max_size=12)
NAMES = st.from_regex(r"[A-Za-wyz][A-Za-z0-9.]{0,8}", fullmatch=True)
PLAIN = st.booleans() | st.integers() | LETTERS | st.none()
ANY = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, min_size=1, max_size=3)
)


def enveloped(body: str, header: str = "") -> bytes:
    return f"<e:Envelope {SPACES}>{header}<e:Body>{body}</e:Body></e:Envelope>".encode()


def asked(arguments: str, beside: str = "") -> bytes:
    """A call of `do` with arguments as they stand in the envelope."""
    return enveloped(f"<t:do>{arguments}</t:do>{beside}")


def one(argument: str, beside: str = "") -> Value:
    return call(asked(argument, beside)).arguments[0][1]


def test_a_call_is_the_element_in_the_body_with_its_children() -> None:
    found = call(asked("<a>1</a><t:b>2</t:b><a>3</a>"))

    assert tuple(found) == ("do", "urn:t", (("a", "1"), ("b", "2"), ("a", "3")))
    assert call(enveloped("<do/>")) == Call("do", "", ())


@pytest.mark.parametrize(
    ("argument", "text", "kind"),
    [
        ("<a>Γεια</a>", "Γεια", ""),
        ("<a/>", "", ""),
        ("<a> b </a>", " b ", ""),
        ('<a i:type="xsd:string"> b </a>', " b ", "string"),
        ('<a i:type="t:Strange">b</a>', "b", "string"),
        ('<a i:type="xsd:int"> 007 </a>', "007", "int"),
        ('<a i:type="xsd:integer">123456789012345678901</a>', "123456789012345678901", "int"),
        ('<a i:type="xsd:float">1e3</a>', "1e3", "double"),
        ('<a i:type="xsd:boolean">true</a>', "true", "boolean"),
        ('<a i:type="xsd:dateTime">2017-05-11T14:40:00Z</a>', "2017-05-11T14:40:00Z", "dateTime.iso8601"),
        ('<a i:type="enc:base64">zpPO\ntc65zrE=</a>', "Γεια", "base64"),
        ('<a x:type="y:int" xmlns:x="http://www.w3.org/1999/XMLSchema-instance">1</a>', "1", "int"),
    ],
)
def test_a_value_keeps_its_text_and_knows_its_type(argument: str, text: str, kind: str) -> None:
    value = one(argument)

    assert isinstance(value, Scalar)
    assert (value, value.kind) == (text, kind)


@pytest.mark.parametrize(
    ("argument", "value"),
    [
        ('<a i:nil="true"/>', None),
        ('<a i:nil="1" i:type="xsd:string"/>', None),
        ('<a i:nil="false"/>', ""),
        ('<a i:type="enc:Array" enc:arrayType="xsd:string[2]"><item>1</item><item>2</item></a>', ["1", "2"]),
        ('<a enc:arrayType="xsd:string[1]"><x>1</x></a>', ["1"]),
        ('<a i:type="enc:Array" enc:arrayType="xsd:string[0]"/>', []),
        ('<a i:type="enc:Struct"><b>1</b><c><d>2</d></c></a>', {"b": "1", "c": {"d": "2"}}),
        ('<a i:type="enc:Struct"/>', {}),
        ("<a><b>1</b><c>0</c><b>2</b><b>3</b></a>", {"b": ["1", "2", "3"], "c": "0"}),
        ("<a><b><c>1</c><c>2</c></b><b>3</b></a>", {"b": [{"c": ["1", "2"]}, "3"]}),
        (
            '<a i:type="m:Map"><item><key>to</key><value i:type="xsd:int">1</value></item>'
            '<item><key>x</key><value i:nil="true"/></item></a>',
            {"to": "1", "x": None},
        ),
        ("<a><item><key>to</key><value>1</value></item></a>", {"to": "1"}),
        (
            "<a><item><key>to</key><value>1</value></item><b>2</b></a>",
            {"item": {"key": "to", "value": "1"}, "b": "2"},
        ),
    ],
)
def test_nil_lists_and_structs_are_values(argument: str, value: Value) -> None:
    assert one(argument) == value


def test_a_reference_stands_for_what_it_refers_to() -> None:
    beside = (
        '<multiRef id="id0" enc:root="0"><recipients href="#id1"/></multiRef>'
        '<multiRef id="id1" enc:root="0" i:type="enc:Array"><item href="#id2"/><item>2</item></multiRef>'
        '<multiRef id="id2" enc:root="0" i:type="xsd:string">1</multiRef>'
    )

    assert one('<to href="#id0"/>', beside) == {"recipients": ["1", "2"]}
    assert call(asked('<a id="r">1</a><b href="#r"/>')).arguments == (("a", "1"), ("b", "1"))


def test_a_long_text_can_be_referred_to_but_not_without_end() -> None:
    """Each reference is a copy: a few octets would be megabytes."""
    long = f'<m id="r">{"x" * 1_000_000}</m>'

    assert len(str(one('<a href="#r"/>', long))) == 1_000_000
    with pytest.raises(Malformed, match="references without end"):
        call(asked('<a href="#r"/>' * 50, long))


def test_the_call_may_stand_behind_what_it_refers_to() -> None:
    found = call(enveloped('<multiRef id="i">1</multiRef><t:do><a href="#i"/></t:do>'))

    assert tuple(found) == ("do", "urn:t", (("a", "1"),))


@pytest.mark.parametrize(
    "beside",
    [
        "",
        '<m id="r" href="#r"/>',
        '<m id="r"><x href="#r"/></m>',
        '<m id="r"><x href="#s"/></m><m id="s"><x href="#r"/></m>',
        "".join(
            f'<m id="{"r" if n == 0 else n}"><x href="#{n + 1}"/><x href="#{n + 1}"/></m>' for n in range(40)
        )
        + '<m id="40">ha</m>',
        "".join(f'<m id="{"r" if n == 0 else n}" href="#{n + 1}"/>' for n in range(5000)) + '<m id="5000"/>',
        '<m id="r">' + "<x>" * 40 + '<y href="#r"/>' + "</x>" * 40 + "</m>",
    ],
    ids=["nowhere", "itself", "within", "ring", "doubling", "chain", "deep"],
)
def test_references_that_lead_nowhere_are_malformed(beside: str) -> None:
    started = process_time()

    with pytest.raises(Malformed):
        call(asked('<a href="#r"/>', beside))

    assert process_time() - started < 2


@pytest.mark.parametrize(
    ("octets", "code"),
    [
        (b"", "Client"),
        (b"<a/>", "Client"),
        (b"<a", "Client"),
        (b"<!DOCTYPE a>" + asked(""), "Client"),
        (f"<e:Envelope {SPACES}/>".encode(), "Client"),
        (enveloped(""), "Client"),
        (enveloped('<m id="a" enc:root="0"/>'), "Client"),
        (asked("<a>" * 70 + "</a>" * 70), "Client"),
        (asked('<a i:type="xsd:base64Binary">?</a>'), "Client"),
        (asked('<a i:type="m:Map"><b/></a>'), "Client"),
        (b"<Envelope><Body><do/></Body></Envelope>", "VersionMismatch"),
        (b'<Envelope xmlns="http://www.w3.org/2003/05/soap-envelope"/>', "VersionMismatch"),
        (enveloped("<do/>", '<e:Header><t:x e:mustUnderstand="1"/></e:Header>'), "MustUnderstand"),
    ],
)
def test_what_is_no_call_is_declined_with_the_code_that_soap_has_for_it(octets: bytes, code: str) -> None:
    with pytest.raises(Malformed) as caught:
        call(octets)

    assert (caught.value.code if isinstance(caught.value, Unfit) else "Client") == code
    assert f"<faultcode>SOAP-ENV:{code}</faultcode>" in declined(caught.value)


@pytest.mark.parametrize(
    "entry", ["<t:x/>", '<t:x e:mustUnderstand="0"/>', '<t:x e:mustUnderstand="1" e:actor="urn:another"/>']
)
def test_headers_for_others_are_passed_over(entry: str) -> None:
    assert call(enveloped("<do/>", f"<e:Header>{entry}</e:Header>")).method == "do"


NAMED = ("user", "to", "text")


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ("<text>3</text><user>1</user>", {"user": "1", "text": "3"}),
        ("<param0>1</param0><param1>2</param1>", {"user": "1", "to": "2"}),
        ("<c-gensym3>1</c-gensym3><c-gensym5>2</c-gensym5>", {"user": "1", "to": "2"}),
        ("<a>1</a><a>2</a><a>3</a><a>4</a>", {"user": "1", "to": "2", "text": "3"}),
        ("<user>1</user><other>2</other>", {"user": "1"}),
        ("<to>1</to><to>2</to>", {"to": ["1", "2"]}),
        ("<c-gensym3>1</c-gensym3><to>2</to><c-gensym7>3</c-gensym7>", {"user": "1", "to": "2", "text": "3"}),
        ("<text>3</text><param1>2</param1><to>2</to><param3>4</param3>", {"text": "3", "to": ["2", "2"]}),
        ("", {}),
    ],
)
def test_arguments_go_by_name_else_by_position(arguments: str, found: dict[str, Value]) -> None:
    assert named(call(asked(arguments)), NAMED) == found


def test_positions_count_only_where_that_is_wanted() -> None:
    assert named(call(asked("<param0>1</param0>")), NAMED, positional=False) == {}
    assert named(call(asked("<param0>1</param0><to>2</to>")), NAMED, positional=False) == {"to": "2"}


@pytest.mark.parametrize(
    ("argument", "found"),
    [
        ('<a i:type="enc:Array"><item>1</item><item>2</item></a>', ["1", "2"]),
        ("<a><string>1</string><string>2</string></a>", ["1", "2"]),
        ("<a><item>1</item></a>", ["1"]),
        ("<a>1</a>", ["1"]),
        ('<a i:type="enc:Array"/>', []),
        ('<a i:nil="true"/>', []),
        ("<a><b><c>1</c></b></a>", [{"c": "1"}]),
    ],
)
def test_an_array_is_understood_however_it_is_written(argument: str, found: list[Value]) -> None:
    assert entries(one(argument)) == found


@pytest.mark.parametrize(
    ("value", "element"),
    [
        ("<&\x1b>", '<r xsi:type="xsd:string">&lt;&amp;\ufffd&gt;</r>'),
        (True, '<r xsi:type="xsd:boolean">true</r>'),
        (7, '<r xsi:type="xsd:int">7</r>'),
        (0.5, '<r xsi:type="xsd:double">0.5</r>'),
        (Decimal("0.07"), '<r xsi:type="xsd:double">0.07</r>'),
        (None, '<r xsi:nil="true"/>'),
        ({"10": {"a": "b"}}, '<r><_x0031_0><a xsi:type="xsd:string">b</a></_x0031_0></r>'),
        (
            ["a"],
            '<r SOAP-ENC:arrayType="xsd:string[1]" xsi:type="SOAP-ENC:Array">'
            '<item xsi:type="xsd:string">a</item></r>',
        ),
        ([], '<r SOAP-ENC:arrayType="xsd:string[0]" xsi:type="SOAP-ENC:Array"></r>'),
        (
            [1, "a"],
            '<r SOAP-ENC:arrayType="xsd:anyType[2]" xsi:type="SOAP-ENC:Array">'
            '<item xsi:type="xsd:int">1</item><item xsi:type="xsd:string">a</item></r>',
        ),
    ],
)
def test_a_value_is_written_with_its_type(value: object, element: str) -> None:
    assert written("r", value) == element


def test_what_stands_beside_the_type_and_the_name_of_whole_numbers_can_be_chosen() -> None:
    assert written("smsResponse", 11, ' SOAP-ENC:root="1"', integer="integer") == (
        '<smsResponse xsi:type="xsd:integer" SOAP-ENC:root="1">11</smsResponse>'
    )


def test_a_value_without_a_form_is_our_own_mistake() -> None:
    with pytest.raises(TypeError, match="no form for object"):
        response("do", object(), "urn:t")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("status", "status"),
        ("10", "_x0031_0"),
        ("spring campaign", "spring_x0020_campaign"),
        ("a_xb", "a_x005F_xb"),
        ("-a:b", "_x002D_a_x003A_b"),
        ("Γ", "_x0393_"),
        ("", "_x_"),
    ],
)
def test_any_text_can_be_the_name_of_an_element(text: str, name: str) -> None:
    assert element_name(text) == name


@given(LETTERS)
def test_names_of_elements_are_names(text: str) -> None:
    name = element_name(text)

    assert read(f"<{name}/>".encode()).tag == name


@given(ANY, NAMES)
def test_what_is_answered_can_be_read_as_what_was_asked(value: object, method: str) -> None:
    found = call(response(method, value, "urn:x&y").encode())

    assert found.method == f"{method}Response"
    assert (found.namespace, found.arguments) == ("urn:x&y", (("return", spelled(value)),))


def spelled(value: object) -> object:
    """What a value reads as when nothing is understood of it but lists and structs."""
    if isinstance(value, list):
        return [spelled(entry) for entry in value]
    if isinstance(value, dict):
        return {name: spelled(entry) for name, entry in value.items()}
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def test_codes_of_soap_stand_in_its_namespace_and_others_alone() -> None:
    assert fault("Server", "a < b") == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Body>'
        "<SOAP-ENV:Fault><faultcode>SOAP-ENV:Server</faultcode><faultstring>a &lt; b</faultstring>"
        "</SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>\n"
    )
    assert "<faultcode>901</faultcode>" in fault("901", "")


@given(st.binary(max_size=60), st.integers(0, 700), st.integers(0, 12))
def test_any_octets_are_a_call_or_malformed(octets: bytes, at: int, length: int) -> None:
    whole = asked(
        '<a href="#b"/><c i:type="m:Map"><item><key>k</key><value>v</value></item></c>', '<b id="b"/>'
    )
    try:
        found = call(whole[:at] + octets + whole[at + length :])
    except Malformed:
        return
    assert isinstance(found, Call)


PEOPLE = Struct("People", (Parameter("person", "string", many=True),))
OFFERED = (
    Operation("invite", (Parameter("host", "string"), Parameter("guests", PEOPLE)), "int"),
    Operation("guests", (), PEOPLE),
)


def test_zeep_reads_the_description_and_its_calls_are_read() -> None:
    description = wsdl("party", "urn:p", OFFERED, "http://127.0.0.1:1/party?a=1&b=2")
    client: Any = zeep.Client(BytesIO(description.encode()))  # type: ignore[no-untyped-call]

    message = client.create_message(client.service, "invite", "me", {"person": ["a", "b"]})

    (port,) = client.wsdl.services["partyService"].ports.values()
    assert port.binding_options == {"address": "http://127.0.0.1:1/party?a=1&b=2"}
    assert {name: bound.soapaction for name, bound in port.binding._operations.items()} == {
        "invite": "urn:p#invite",
        "guests": "urn:p#guests",
    }
    found = call(tostring(message))
    assert tuple(found) == ("invite", "urn:p", (("host", "me"), ("guests", {"person": ["a", "b"]})))


def test_zeep_reads_a_description_of_documents() -> None:
    """Values stand directly in the answer, or in an element of their own."""
    offered = (
        Operation("count", (Parameter("of", "string", nillable=True),), "integer", result=""),
        Operation("list", (), Struct("Any", open=True), result="Result"),
    )
    description = wsdl("party", "urn:p", offered, "http://127.0.0.1:1/", service="Party", style=LITERAL)
    client: Any = zeep.Client(BytesIO(description.encode()))  # type: ignore[no-untyped-call]

    message = client.create_message(client.service, "count", None)

    ((name, service),) = client.wsdl.services.items()
    bound = service.ports["partyPort"].binding.all()
    assert name == "Party"
    assert {(one.style, one.soapaction) for one in bound.values()} == {("document", "")}
    assert {name: one.output.signature(as_output=True) for name, one in bound.items()} == {
        "count": "xsd:integer", "list": "Result: ns0:Any",
    }  # fmt: skip
    assert client.get_type("ns0:Any").signature() == "{urn:p}Any(_value_1: ANY[])"
    assert tuple(call(tostring(message))) == ("count", "urn:p", (("of", None),))


def test_a_type_is_described_once_and_says_no_more_than_it_has() -> None:
    description = wsdl("party", "urn:p", OFFERED, "http://127.0.0.1:1/")

    assert description.count('complexType name="People"') == 1
    assert "xsd:any " not in description
    assert "nillable" not in description
