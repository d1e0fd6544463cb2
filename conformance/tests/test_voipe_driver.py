"""The driver asks in three ways, reads three formats strictly, and counts what a call may cost."""

import json
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from conformance.drivers.http import HttpClient
from conformance.drivers.php import unserialize
from conformance.drivers.voipe import Garbled, VoipeDriver, VoipeForm, VoipeJson, plain
from conformance.receiver import Answer, Receiver

TAKEN = b'{"data":[{"status":"OK"},{"status":"ERR"}],"error_string":null}'


@pytest.fixture
def heard() -> Iterator[Receiver]:
    with Receiver() as receiver:
        yield receiver


@pytest.fixture
def spent() -> list[int]:
    return []


def driver(kind: type[VoipeDriver], heard: Receiver, spent: list[int]) -> VoipeDriver:
    return kind(HttpClient(heard.address), "joe", "secret", "t0ken", lambda cost, _: spent.append(cost))


def test_a_query_has_everything(heard: Receiver, spent: list[int]) -> None:
    driver(VoipeDriver, heard, spent).pv("+1", "a b", from_="Me", footer=None)

    target = urlsplit(heard.wait()[0].target)
    assert target.path == "/playsms/index.php"
    assert parse_qs(target.query) == {
        "app": ["ws"],
        "u": ["joe"],
        "h": ["t0ken"],
        "op": ["pv"],
        "to": ["+1"],
        "msg": ["a b"],
        "from": ["Me"],
    }


def test_a_form_leaves_the_module_to_the_query(heard: Receiver, spent: list[int]) -> None:
    driver(VoipeForm, heard, spent).call("cr")

    call = heard.wait()[0]
    assert (call.target, call.body) == ("/playsms/index.php?app=ws", b"u=joe&h=t0ken&op=cr")


def test_an_object_has_names_of_its_own(heard: Receiver, spent: list[int]) -> None:
    driver(VoipeJson, heard, spent).call("cr")

    call = heard.wait()[0]
    assert call.target == "/playsms/api.php"
    assert json.loads(call.body) == {"user": "joe", "token": "t0ken", "op": "cr"}


def test_destinations_are_spent_and_those_refused_given_back(heard: Receiver, spent: list[int]) -> None:
    heard.answers(Answer(body=TAKEN))

    driver(VoipeDriver, heard, spent).pv("1,2")

    assert spent == [2, -1]


@pytest.mark.parametrize(
    ("wanted", "body"),
    [
        ("json", b'{"data":[{"a":"1"},{"a":""}],"error_string":null}'),
        ("XML", b"<response><data><item><a>1</a></item><item><a/></item></data><error_string/></response>"),
        (
            "serialize",
            b'a:2:{s:4:"data";a:2:{i:0;a:1:{s:1:"a";s:1:"1";}i:1;a:1:{s:1:"a";s:0:"";}}s:12:"error_string";N;}',
        ),
    ],
)
def test_the_three_formats_are_read_alike(
    heard: Receiver, spent: list[int], wanted: str, body: bytes
) -> None:
    heard.answers(Answer(body=body))

    answer = driver(VoipeDriver, heard, spent).call("ds", format=wanted)

    assert answer.entries == [{"a": "1"}, {"a": ""}]
    assert plain(answer.document) == {"data": [{"a": "1"}, {"a": ""}], "error_string": ""}


@pytest.mark.parametrize(
    ("wanted", "body"),
    [
        ("json", b"[]"),
        ("json", b"OK"),
        ("xml", b"<a/>"),
        ("xml", b"<response>&T;</response>"),
        ("serialize", b"N"),
    ],
)
def test_what_is_not_of_the_format_is_the_subjects_fault(
    heard: Receiver, spent: list[int], wanted: str, body: bytes
) -> None:
    heard.answers(Answer(body=body))
    answer = driver(VoipeDriver, heard, spent).call("cr", format=wanted)

    with pytest.raises(Garbled):
        _ = answer.document


@pytest.mark.parametrize(
    ("octets", "value"),
    [
        (b"N;", None),
        (b"b:1;", True),
        (b"i:-5;", -5),
        (b"d:52;", 52.0),
        (b"d:1.0E-5;", 1e-5),
        ('s:4:"של";'.encode(), "של"),
        (b's:4:"a";b";', 'a";b'),
        (b"a:0:{}", []),
        (b"a:2:{i:0;i:1;i:1;N;}", [1, None]),
        (b'a:2:{i:1;i:1;s:1:"k";a:0:{}}', {"1": 1, "k": []}),
    ],
)
def test_what_php_serializes_is_read(octets: bytes, value: object) -> None:
    assert unserialize(octets) == value


@pytest.mark.parametrize(
    "octets",
    [b"", b"i:;", b's:3:"ab";', b's:2:"abc";', b"a:2:{i:0;i:1;}", b"a:1:{i:0;i:1;", b"i:1;i:2;", b"x"],
)
def test_what_php_would_not_write_is_not(octets: bytes) -> None:
    with pytest.raises(ValueError, match="octet"):
        unserialize(octets)


def test_arrays_within_arrays_come_to_an_end() -> None:
    with pytest.raises(ValueError, match="no value begins here"):
        unserialize(b"a:1:{i:0;" * 1000)
