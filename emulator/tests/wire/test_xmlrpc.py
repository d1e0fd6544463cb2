"""XML-RPC, compared with what Python's own library writes and reads."""

import xmlrpc.client
from decimal import Decimal
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.wire.values import Scalar, Value
from emulator.wire.xml import Malformed
from emulator.wire.xmlrpc import Call, call, fault, response

LETTERS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), max_size=12)
PLAIN = st.booleans() | st.integers(-(2**31), 2**31 - 1) | st.floats(-1e9, 1e9) | LETTERS
ANY = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(LETTERS, inner, max_size=3)
)


def asked(*params: str) -> bytes:
    """A call of `do` with values as they stand in the body."""
    inside = "".join(f"<param><value>{param}</value></param>" for param in params)
    return f"<methodCall><methodName>do</methodName><params>{inside}</params></methodCall>".encode()


def one(param: str) -> Value:
    return call(asked(param)).params[0]


def heard(text: str) -> Any:
    """A result as Python's library reads it."""
    return xmlrpc.client.loads(text, use_builtin_types=True)[0][0]


@pytest.mark.parametrize(
    ("written", "text", "kind"),
    [
        ("<string>Hello</string>", "Hello", "string"),
        ("<string> a  b </string>", " a  b ", "string"),
        ("<string/>", "", "string"),
        ("Hello", "Hello", ""),
        ("", "", ""),
        (" a ", " a ", ""),
        ("<int>0791112233</int>", "0791112233", "int"),
        ("<int> 7 </int>", "7", "int"),
        ("<int>41791112233</int>", "41791112233", "int"),
        ("<i4>-5</i4>", "-5", "i4"),
        ("<i8>+41791112233</i8>", "+41791112233", "i8"),
        ('<ex:i8 xmlns:ex="urn:ex">41791112233</ex:i8>', "41791112233", "i8"),
        ("<double>12.50</double>", "12.50", "double"),
        ("<double>1e3</double>", "1e3", "double"),
        ("<boolean>1</boolean>", "1", "boolean"),
        ("<dateTime.iso8601>20130412T02:45:02</dateTime.iso8601>", "20130412T02:45:02", "dateTime.iso8601"),
        ("<base64>zpPOtc65zrE=</base64>", "Γεια", "base64"),
        ("<base64>\n zpPO\r\n tc65zrE= \n</base64>", "Γεια", "base64"),
        ("<base64></base64>", "", "base64"),
        ("\n  <string>in a line of its own</string>\n", "in a line of its own", "string"),
    ],
)
def test_a_value_keeps_the_text_and_the_type_it_was_sent_with(written: str, text: str, kind: str) -> None:
    value = one(written)

    assert isinstance(value, Scalar)
    assert (value, value.kind) == (text, kind)


def test_base64_keeps_its_octets() -> None:
    value = one("<base64>/wA=</base64>")

    assert isinstance(value, Scalar)
    assert (value, value.octets) == ("\ufffd\0", b"\xff\0")


def test_lists_structs_and_nil_are_values() -> None:
    nested = one(
        "<array><data><value>a</value><value><struct><member><name>n</name><value><i4>1</i4></value></member>"
        '</struct></value><value><nil/></value><value><ex:nil xmlns:ex="urn:ex"/></value>'
        "<value><array><data/></array></value></data></array>"
    )

    assert nested == ["a", {"n": "1"}, None, None, []]


def test_params_may_be_missing() -> None:
    assert call(b"<methodCall><methodName> do </methodName></methodCall>") == Call("do", ())
    assert call(asked()) == Call("do", ())


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"<a/>",
        b"<methodCall/>",
        b"<methodCall><params/></methodCall>",
        b"<methodCall><params/><methodName>do</methodName></methodCall>",
        b"<methodCall><methodName><b/></methodName></methodCall>",
        b"<methodCall><methodName>do</methodName><params/><params/></methodCall>",
        b"<methodCall><methodName>do</methodName><param/></methodCall>",
        b"<methodCall><methodName>do</methodName><params><value>1</value></params></methodCall>",
        b"<methodCall><methodName>do</methodName><params><param/></params></methodCall>",
        b"<methodResponse><params/></methodResponse>",
        asked("<int>1</int><int>2</int>"),
        asked("<int>one</int>"),
        asked("<int></int>"),
        asked("<int>\u0661</int>"),
        asked("<int><b/></int>"),
        asked("<double>nan</double>"),
        asked("<boolean>true</boolean>"),
        asked("<dateTime.iso8601>noon</dateTime.iso8601>"),
        asked("<base64>?</base64>"),
        asked("<base64>abc</base64>"),
        asked("<base64><b/></base64>"),
        asked("<money>1</money>"),
        asked("<array><value>1</value></array>"),
        asked("<array/>"),
        asked("<array><data><int>1</int></data></array>"),
        asked("<struct><value>1</value></struct>"),
        asked("<struct><member><name>a</name></member></struct>"),
        asked("<array><data><value>" * 40 + "</value></data></array>" * 40),
        b"<!DOCTYPE a>" + asked("1"),
    ],
)
def test_what_is_no_call_is_malformed(octets: bytes) -> None:
    with pytest.raises(Malformed):
        call(octets)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("a", "<string>a</string>"),
        ("<&\x1b\r", "<string>&lt;&amp;\ufffd&#13;</string>"),
        (True, "<boolean>1</boolean>"),
        (False, "<boolean>0</boolean>"),
        (0, "<int>0</int>"),
        (2**31 - 1, "<int>2147483647</int>"),
        (2**31, "<i8>2147483648</i8>"),
        (-(2**31) - 1, "<i8>-2147483649</i8>"),
        (0.14, "<double>0.14</double>"),
        (0.0, "<double>0.0</double>"),
        (1e25, "<double>10000000000000000000000000</double>"),
        (Decimal("0.0700"), "<double>0.0700</double>"),
        (None, "<nil/>"),
        ([], "<array><data></data></array>"),
        (("a",), "<array><data><value><string>a</string></value></data></array>"),
        ({"<": 1}, "<struct><member><name>&lt;</name><value><int>1</int></value></member></struct>"),
    ],
)
def test_a_result_is_written_with_its_type(value: object, written: str) -> None:
    assert response(value) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<methodResponse><params><param><value>{written}</value></param></params></methodResponse>"
    )


def test_a_value_without_a_form_is_our_own_mistake() -> None:
    with pytest.raises(TypeError, match="no form for object"):
        response(object())


def test_a_fault_is_read_as_one() -> None:
    with pytest.raises(xmlrpc.client.Fault) as caught:
        heard(fault(901, "API-Key is <false>."))

    assert (caught.value.faultCode, caught.value.faultString) == (901, "API-Key is <false>.")


def test_the_head_of_an_answer_can_be_chosen() -> None:
    assert response(1, "<?xml version='1.0'?>\n").startswith("<?xml version='1.0'?>\n<methodResponse>")
    assert fault(1, "", "").startswith("<methodResponse><fault>")


@given(ANY)
def test_pythons_library_reads_every_result(value: object) -> None:
    assert heard(response(value)) == value


@given(st.lists(ANY, max_size=4), LETTERS.filter(str.strip))
def test_every_call_of_pythons_library_is_read(params: list[Any], method: str) -> None:
    octets = xmlrpc.client.dumps(tuple(params), method, allow_none=True).encode()

    assert call(octets) == Call(method.strip(), tuple(map(spelled, params)))


def spelled(value: Any) -> Any:
    """What a value reads as when nothing is understood of it but lists and structs."""
    if isinstance(value, list):
        return [spelled(entry) for entry in value]
    if isinstance(value, dict):
        return {name: spelled(entry) for name, entry in value.items()}
    return str(int(value)) if isinstance(value, bool) else value if isinstance(value, str) else repr(value)


@given(st.binary(max_size=60), st.integers(0, 400), st.integers(0, 12))
def test_any_octets_are_a_call_or_malformed(octets: bytes, at: int, length: int) -> None:
    whole = asked("<string>a</string>", "<array><data><value><int>1</int></value></data></array>")
    try:
        found = call(whole[:at] + octets + whole[at + length :])
    except Malformed:
        return
    assert isinstance(found, Call)


def test_ten_thousand_recipients_are_read_at_once() -> None:
    numbers = "".join(f"<value><string>{number}</string></value>" for number in range(10_000))
    octets = asked(f"<array><data>{numbers}</data></array>")
    started = process_time()

    (value,) = call(octets).params

    assert len(value or ()) == 10_000
    assert process_time() - started < 0.5
