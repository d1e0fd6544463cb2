"""SOAP by contract: calls made from the descriptions, whole and broken, find an envelope or a refusal."""

import re
from collections.abc import Iterator, Mapping, Sequence
from email.message import Message
from functools import cache
from string import ascii_letters
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import Client
from zeep.xsd import Boolean, ComplexType, Integer

from conformance.bench import CLOCK
from conformance.drivers.http import Reply
from conformance.drivers.soap import STYLES, Answer, Arguments, Style, Value, answered, envelope
from conformance.tests.described import SERVICES, Service, meaning, operations, read, served
from emulator.app import running

EXAMPLES = 120

thorough = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)

each_service = pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=40)
ANY_TEXT = st.text(max_size=40)  # with what XML cannot hold
NUMBERS = st.from_regex(re.compile(r"3069[0-9]{8}"), fullmatch=True)
WORDS = st.sampled_from(
    ["", "GSM", "UTF-8", "sms", "default", "demo", "true", "0", "+1 day", "a@example.com"]
)
STRINGS = WORDS | NUMBERS | TEXT

TRAPS = [
    b'<!DOCTYPE x [<!ENTITY e "expanded-smslab">]>', b"&e;", b"&#0;", b"&#xD800;", b"<![CDATA[", b"]]>",
    b"<!--", b"<?php echo 1 ?>", b"<?xml version='1.1'?>", b"<a>" * 100, b"</a>", b"<", b">", b"\0",
    b"\xff\xfe", b"\xef\xbb\xbf", b"99999999999999999999", b' href="#id0"', b' id="id0"', b' xmlns=""',
    b' xsi:nil="1"', b' xsi:type="xsd:base64Binary"', b' SOAP-ENV:mustUnderstand="1"',
    b' SOAP-ENC:arrayType="xsd:string[999999999]"',
]  # fmt: skip

LABELS = st.sampled_from(
    ["text/xml; charset=utf-8"] * 4
    + [
        "text/xml",
        "",
        "text/plain",
        "application/json",
        "multipart/form-data; boundary=x",
        "text/xml; charset=x",
    ]
    + ["text/xml; charset=utf-16", "text/xml; charset=iso-8859-7", 'text/xml; charset="', "\t;;="]
)


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with running(seed=1, clock=CLOCK, rate=0.0) as emulator:
        yield Client(emulator.wsgi)


@each_service
def test_what_is_served_means_what_the_contract_says(service: Service, client: Client) -> None:
    assert meaning(served(service, client)) == meaning(service.contract.read_bytes())


@each_service
@thorough
@given(data=st.data())
def test_a_call_by_the_description_gets_an_answer_or_a_fault(
    service: Service, client: Client, data: st.DataObject
) -> None:
    operation, arguments = data.draw(calls(service))
    octets = envelope(operation, arguments, namespace=service.namespace, style=data.draw(styles()))

    answer = sent(client, service, octets)

    assert answer.said is not None, answer.reply.text
    assert answer.said.tag.endswith((f"{operation}Response", "}Fault"))
    well_behaved(answer)


@each_service
@thorough
@given(data=st.data())
def test_a_call_with_other_arguments_breaks_nothing(
    service: Service, client: Client, data: st.DataObject
) -> None:
    operation, arguments = data.draw(calls(service))
    name = data.draw(st.sampled_from([operation] * 5 + ["status", "delete_message", "__init__", "a.b"]))
    broken = data.draw(others(arguments))

    octets = envelope(name, broken, namespace=service.namespace, style=data.draw(styles()))

    well_behaved(sent(client, service, octets))


@each_service
@thorough
@given(data=st.data())
def test_octets_that_are_nearly_a_call_break_nothing(
    service: Service, client: Client, data: st.DataObject
) -> None:
    operation, arguments = data.draw(calls(service))
    whole = envelope(operation, arguments, namespace=service.namespace, style=data.draw(styles()))
    octets = data.draw(mangled(whole) | st.binary(max_size=60))

    well_behaved(sent(client, service, octets, data.draw(LABELS)))


def sent(client: Client, service: Service, octets: bytes, label: str = "text/xml; charset=utf-8") -> Answer:
    reply = client.post(service.path, data=octets, headers={"Content-Type": label})
    headers = Message()
    headers["Content-Type"] = reply.headers["Content-Type"]
    return answered(Reply(status=reply.status_code, headers=headers, body=reply.get_data()))


def well_behaved(answer: Answer) -> None:
    """An answer in an envelope, a fault in one, or a refusal in a line of text; and never what went wrong."""
    reply = answer.reply
    assert "Traceback" not in reply.text
    assert "expanded-smslab" not in reply.text
    if 400 <= reply.status < 500:
        assert reply.headers.get_content_type() == "text/plain"
        return
    assert answer.said is not None, reply.text
    assert reply.status == (500 if answer.fault else 200)
    assert answer.fault is None or (answer.fault.code and answer.fault.text)


# What calls are made of


@cache
def described(service: Service) -> Mapping[str, Sequence[tuple[str, Any]]]:
    with running(seed=1, clock=CLOCK, rate=0.0) as emulator:
        return operations(read(served(service, Client(emulator.wsgi))))


def styles() -> st.SearchStrategy[Style]:
    return st.sampled_from(STYLES)


@st.composite
def calls(draw: st.DrawFn, service: Service) -> tuple[str, Arguments]:
    """An operation with arguments of the described types, mostly by somebody who is known."""
    operation = draw(st.sampled_from(sorted(described(service))))
    known = draw(st.integers(0, 9)) < 9
    elements = described(service)[operation]
    return operation, [
        (name, service.login[name] if known and name in service.login else draw(values(element)))
        for name, element in elements
    ]


def values(element: Any) -> st.SearchStrategy[Value]:
    """What an element may hold by its type."""
    one = typed(element.type)
    several: st.SearchStrategy[Value] = st.lists(one, max_size=3) if element.accepts_multiple else one
    return several | st.none() if element.nillable else several


def typed(kind: Any) -> st.SearchStrategy[Value]:
    if isinstance(kind, ComplexType):
        return st.fixed_dictionaries({name: values(element) for name, element in kind.elements})
    if isinstance(kind, Boolean):
        return st.booleans()
    return st.integers(-(2**70), 2**70) if isinstance(kind, Integer) else STRINGS


def anything() -> st.SearchStrategy[Value]:
    leaves: st.SearchStrategy[Value] = st.none() | st.booleans() | st.integers() | STRINGS | ANY_TEXT
    names = st.text(ascii_letters, min_size=1, max_size=8)
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
        max_leaves=6,
    )


@st.composite
def others(draw: st.DrawFn, arguments: Arguments) -> Arguments:
    """Some arguments replaced, dropped, doubled, renamed, or in another order, and some more."""
    found: list[tuple[str, Value]] = []
    for name, value in arguments:
        match draw(st.sampled_from(["keep", "keep", "replace", "drop", "double", "rename"])):
            case "keep":
                found.append((name, value))
            case "replace":
                found.append((name, draw(anything())))
            case "double":
                found += [(name, value), (name, draw(anything()))]
            case "rename":
                found.append((name.upper(), value))
    more = draw(st.lists(st.tuples(st.sampled_from(["surplus", "param0", "to"]), anything()), max_size=2))
    return draw(st.permutations([*found, *more]))


@st.composite
def mangled(draw: st.DrawFn, octets: bytes) -> bytes:
    """Octets with a piece taken out, a trap put in, or an end cut off."""
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(octets)))
        end = draw(st.sampled_from([start, start, start + 1, start + 7, len(octets)]))
        octets = octets[:start] + draw(st.sampled_from(TRAPS) | st.binary(max_size=4)) + octets[end:]
    return octets
