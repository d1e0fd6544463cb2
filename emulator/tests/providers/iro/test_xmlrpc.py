"""The XML-RPC surface: Twisted's manners and words."""

from typing import Any
from xmlrpc.client import Binary, dumps

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.tests.providers.iro.called import DOCUMENT, KEY, NUMBER, Called, from_xmlrpc

CALL = "<methodCall><methodName>{}</methodName><params>{}</params></methodCall>"

ERROR = (8002, "error")

BROKEN = ["", "hello", "<methodCall>", "<methodCall/>", CALL.format("bill", "<param/>"), "\0", "<a>" * 100]

ANY = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**31), 2**31 - 1) | st.floats(allow_nan=False)
    | st.text(max_size=9) | st.binary(max_size=9)
    | st.sampled_from([KEY, NUMBER, DOCUMENT, "sms", "default", "a@b.de"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip
METHODS = [
    "status", "sms", "fax", "mail", "routes", "defaultRoute", "bill", "telnumber", "email", "", "x", "a.b",
]  # fmt: skip


@pytest.fixture
def called() -> Called:
    return Called()


def raw(called: Called, method: str, *values: str) -> Any:
    """What is answered to values as they are written."""
    params = "".join(f"<param><value>{value}</value></param>" for value in values)
    return from_xmlrpc(called.post("/xmlrpc", CALL.format(method, params)))


def test_a_result_is_written_as_twisted_writes_it(called: Called) -> None:
    called.sms()

    answer = called.post("/xmlrpc", dumps((KEY,), "status"))

    assert (answer.status_code, answer.content_type) == (200, "text/xml; charset=utf-8")
    assert answer.text == (
        "<?xml version='1.0'?>\n<methodResponse><params><param><value><struct><member><name>1</name><value>"
        "<struct><member><name>status</name><value><string>init</string></value></member></struct></value></member>"
        "</struct></value></param></params></methodResponse>"
    )


def test_a_fault_is_a_struct_of_a_number_and_a_text(called: Called) -> None:
    answer = called.post("/xmlrpc", dumps(("",), "bill"))

    assert answer.text == (
        "<?xml version='1.0'?>\n<methodResponse><fault><value><struct>"
        "<member><name>faultCode</name><value><int>901</int></value></member>"
        "<member><name>faultString</name><value><string>API-Key is false.</string></value></member>"
        "</struct></value></fault></methodResponse>"
    )


def test_only_post_is_understood(called: Called) -> None:
    for method in ("GET", "PUT", "DELETE"):
        answer = called.open(method, "/xmlrpc")

        assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


@pytest.mark.parametrize("content_type", ["text/plain", "application/json", "", "nonsense"])
def test_what_the_body_is_called_does_not_matter(content_type: str, called: Called) -> None:
    assert from_xmlrpc(called.post("/xmlrpc", dumps((KEY,), "status"), content_type)) == {}


@pytest.mark.parametrize(
    ("method", "told"),
    [
        ("nope", (8001, "procedure nope not found")),
        ("Status", (8001, "procedure Status not found")),
        ("system.listMethods", (8001, "no such subHandler system")),
        ("sms.send.x", (8001, "no such subHandler sms")),
        (".", (8001, "no such subHandler ")),
    ],
)
def test_an_unknown_method_is_told_so(method: str, told: tuple[int, str], called: Called) -> None:
    assert called.ask(method, KEY) == told


@pytest.mark.parametrize("body", BROKEN)
def test_a_broken_body_is_told_so(body: str, called: Called) -> None:
    code, text = from_xmlrpc(called.post("/xmlrpc", body))

    assert (code, text.partition(": ")[0]) == (8002, "Can't deserialize input")
    assert [exchange.voiced for exchange in called.journal] == [("iro/xmlrpc/unparseable",)]


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("status", ()),
        ("status", (KEY, 1, True, 1)),
        ("sms", (KEY, "Hi")),
        ("bill", (KEY, 1)),
        ("email", ([], 1)),
    ],
)
def test_too_few_or_too_many_arguments_are_an_error(method: str, params: Any, called: Called) -> None:
    assert called.ask(method, *params) == ERROR


def test_nil_leaves_an_argument_at_its_default(called: Called) -> None:
    assert called.ask("sms", KEY, "Hi", [NUMBER], None, None) == 1
    assert called.ask("status", KEY, None, None) == {"1": {"status": "init"}}
    assert called.ask("sms", None, "Hi", [NUMBER]) == (700, "Validation of 'user' failed.")


def test_values_may_come_without_types_or_as_octets(called: Called) -> None:
    assert raw(called, "routes", KEY, "fax") == ["faxde", "sipgate_fax"]
    assert called.ask("fax", KEY, Binary("Grüße".encode()), Binary(b"%PDF"), [NUMBER]) == 1
    (message,) = called.messages
    assert (message.order.extras["subject"], message.order.text) == ("Grüße", "JVBERg==")


def test_a_number_typed_as_an_integer_keeps_its_zero(called: Called) -> None:
    numbers = "<array><data><value><i8>055128293640</i8></value></data></array>"

    assert raw(called, "sms", KEY, "Hi", numbers) == 1
    assert [message.recipient for message in called.messages] == ["4955128293640"]


def test_what_comes_back_can_be_read_whatever_it_holds(called: Called) -> None:
    """Control characters, which XML cannot hold, become replacement characters."""
    info = '<>&"\x00\x1b\ufffe]]>\r'
    called.post(
        "/json/sms", f'{{"user":"{KEY}","message":"","recipients":["{NUMBER}"],"info":"\\u0000<\\ufffe>"}}'
    )
    called.advance(5)

    assert list(called.ask("bill", KEY)["smstrade"]) == ["\ufffd<\ufffd>", "anz", "price"]
    code, _ = called.ask("telnumber", [info.replace("\x00", "").replace("\x1b", "").replace("\ufffe", "")])
    assert code == 702


def test_who_calls_is_in_the_journal_by_name(called: Called) -> None:
    called.ask("routes", KEY, "sms")
    called.ask("routes", "nobody", "sms")

    first, second = called.journal
    assert (first.surface, first.account, first.voiced) == ("iro-xmlrpc", "demo", ("iro/routes/list",))
    assert (second.account, second.voiced) == ("", ("iro/faults/apikey",))
    assert first.fields == {"user": KEY, "typ": "sms"}


@pytest.mark.parametrize("method", ["Sms", "system.send", "bill"])
def test_a_key_is_not_shown_where_the_call_went_wrong(method: str, called: Called) -> None:
    called.ask(method, "somebodys-real-key", "Hi")

    assert [exchange.fields["user"] for exchange in called.journal] == ["somebodys-real-key"]
    assert "somebodys-real-key" not in called.get("/_emulator/journal").text


@given(st.sampled_from(METHODS), st.lists(ANY, max_size=8))
def test_whatever_is_called_with_whatever_is_answered(method: str, params: list[Any]) -> None:
    answer = EVERY.post("/xmlrpc", dumps(tuple(params), method, allow_none=True).encode("utf-8", "replace"))

    assert answer.status_code == 200
    assert isinstance(from_xmlrpc(answer), (bool, int, list, dict, tuple))


EVERY = Called()
"""One emulator for all that Hypothesis thinks of; a defect in it fails the test."""
