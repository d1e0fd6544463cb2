"""The SOAP surface: a publisher of Twisted's, and what it writes."""

from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.tests.providers.iro.called import (
    ENVELOPE,
    KEY,
    NUMBER,
    Called,
    body,
    by_soap,
    enveloped,
    from_soap,
)

QUOTED = 'text/xml; charset="UTF-8"'

ROOT = "{http://schemas.xmlsoap.org/soap/encoding/}root"

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=9)
ANY = st.recursive(
    st.none() | TEXTS | st.sampled_from([KEY, NUMBER, "sms"]), lambda inner: st.lists(inner, max_size=3)
)


@pytest.fixture
def called() -> Called:
    return Called()


def test_the_value_stands_directly_in_the_response(called: Called) -> None:
    answer = called.post("/soap", enveloped("sms", KEY, "Hi", [NUMBER]))

    assert (answer.status_code, answer.content_type) == (200, QUOTED)
    assert '<smsResponse xsi:type="xsd:integer" SOAP-ENC:root="1">1</smsResponse>' in answer.text
    assert 'xmlns:xsd="http://www.w3.org/1999/XMLSchema"' in answer.text


def test_a_response_is_marked_as_the_root(called: Called) -> None:
    calls = [enveloped("bill", KEY), enveloped("routes", KEY, "sms"), enveloped("email", [])]

    assert [body(called.post("/soap", call)).get(ROOT) for call in calls] == ["1", "1", "1"]


def test_keys_are_the_names_of_elements(called: Called) -> None:
    called.sms(info="")
    called.advance(5)

    status = called.post("/soap", enveloped("status", KEY)).text
    assert (
        '<statusResponse SOAP-ENC:root="1"><_x0031_><status xsi:type="xsd:string">sended</status></_x0031_>'
        "</statusResponse>"
    ) in status
    assert [group.tag for group in body(called.post("/soap", enveloped("bill", KEY)))[0]] == [
        "_x_",
        "anz",
        "price",
    ]


@pytest.mark.parametrize(
    ("method", "arguments", "told"),
    [
        ("nope", (), ("SOAP-ENV:Client", "Method nope not found")),
        ("Status", (KEY,), ("SOAP-ENV:Client", "Method Status not found")),
        ("bill", (), ("SOAP-ENV:Server", "Method bill failed.")),
        ("bill", (KEY, "x"), ("SOAP-ENV:Server", "Method bill failed.")),
        ("bill", ("nobody",), (901, "API-Key is false.")),
    ],
)
def test_a_fault_has_status_500(method: str, arguments: Any, told: Any, called: Called) -> None:
    answer = called.post("/soap", enveloped(method, *arguments))

    assert (answer.status_code, answer.content_type) == (500, QUOTED)
    assert from_soap(answer) == told


@pytest.mark.parametrize(
    "text", ["", "hello", "<a/>", f'<e:Envelope xmlns:e="{ENVELOPE}"><e:Body/></e:Envelope>']
)
def test_a_broken_body_is_the_clients_fault(text: str, called: Called) -> None:
    code, _ = from_soap(called.post("/soap", text))

    assert code == "SOAP-ENV:Client"
    assert called.journal[0].surface == "iro-soap"


@pytest.mark.parametrize("names", [("user", "typ"), ("typ", "user"), ("v", "v"), ("param0", "param1")])
def test_arguments_are_told_apart_by_their_place(names: tuple[str, str], called: Called) -> None:
    first, second = names
    call = f"<m:routes xmlns:m='urn:any'><{first}>{KEY}</{first}><{second}>sms</{second}></m:routes>"

    answer = called.post("/soap", f'<e:Envelope xmlns:e="{ENVELOPE}"><e:Body>{call}</e:Body></e:Envelope>')

    assert from_soap(answer) == ["sipgate_plus", "smstrade"]


def test_an_empty_element_is_an_empty_list(called: Called) -> None:
    assert by_soap(called, "telnumber", {"recipients": []}) is True
    assert by_soap(called, "sms", {"user": KEY, "message": "", "recipients": []}) == (
        700, "Validation of 'recipients' failed.",
    )  # fmt: skip


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_only_calls_are_answered(method: str, called: Called) -> None:
    answer = called.open(method, "/soap")

    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_the_description_names_the_address_that_was_asked(called: Called) -> None:
    answer = called.open("GET", "/soap?wsdl", base_url="http://sms.example:81")
    definitions = fromstring(answer.data)

    (address,) = definitions.iter("{http://schemas.xmlsoap.org/wsdl/soap/}address")
    assert address.get("location") == f"http://sms.example:81/~{called.space.name}/soap"
    operations = definitions.iterfind(".//{*}portType/{*}operation")
    assert [operation.get("name") for operation in operations] == [
        "status", "sms", "fax", "mail", "routes", "defaultRoute", "bill", "telnumber", "email",
    ]  # fmt: skip


@given(
    st.sampled_from(["status", "sms", "mail", "routes", "telnumber", "email", "x"]), st.lists(ANY, max_size=7)
)
def test_whatever_is_called_with_whatever_is_answered(method: str, arguments: list[Any]) -> None:
    answer = EVERY.post("/soap", enveloped(method, *arguments).encode())

    assert answer.status_code in {200, 500}
    assert body(answer).tag in {f"{method}Response", f"{{{ENVELOPE}}}Fault"}


EVERY = Called()
"""One emulator for all that Hypothesis thinks of; a defect in it fails the test."""
