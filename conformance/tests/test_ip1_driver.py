"""The driver of iP.1 sends what a check names, and reads what the pages show."""

import json
from collections.abc import Iterator

import pytest

from conformance.drivers.http import HttpClient
from conformance.drivers.ip1 import Garbled, Ip1Driver
from conformance.receiver import Answer, Receiver

LINKS = (
    '<https://api.example/v2/batches?start=201&limit=100&order=ASC>; rel="next", '
    '<https://api.example/v2/batches?start=4901&limit=100&order=ASC> rel="last"'
)


@pytest.fixture
def heard() -> Iterator[Receiver]:
    with Receiver() as receiver:
        yield receiver


@pytest.fixture
def spent() -> list[int]:
    return []


@pytest.fixture
def ip1(heard: Receiver, spent: list[int]) -> Iterator[Ip1Driver]:
    with HttpClient(f"{heard.address}/~space") as client:
        yield Ip1Driver(client, "k3y", lambda messages, _: spent.append(messages))


def test_a_send_is_a_post_of_json_from_who_has_the_key(ip1: Ip1Driver, heard: Receiver) -> None:
    ip1.send(["46700000001"], "ä", type="flash")

    callback = heard.wait()[0]
    assert (callback.method, callback.target) == ("POST", "/~space/v2/batches")
    assert callback.headers["Authorization"] == "Bearer k3y"
    assert callback.headers["Content-Type"] == "application/json"
    assert json.loads(callback.body) == {
        "sender": "iP1",
        "recipients": ["46700000001"],
        "body": "ä",
        "type": "flash",
    }


def test_a_call_without_a_key_names_nobody(ip1: Ip1Driver, heard: Receiver) -> None:
    ip1.as_key(None).put("/v2/me/senders/abc")

    callback = heard.wait()[0]
    assert "Authorization" not in callback.headers
    assert "Content-Type" not in callback.headers


def test_a_query_completes_what_the_path_has(ip1: Ip1Driver, heard: Receiver) -> None:
    ip1.get("/v2/contacts?meta", {"labels": ["a", "b"], "properties[x]": "+1"})

    assert heard.wait()[0].target == "/~space/v2/contacts?meta&labels=a&labels=b&properties%5Bx%5D=%2B1"


def test_what_was_refused_is_given_back(ip1: Ip1Driver, heard: Receiver, spent: list[int]) -> None:
    heard.answers(Answer(status=201), Answer(status=400))

    ip1.send({"46700000001": {}, "46700000002": {}, "default": {}})
    ip1.send(["46700000001"])

    assert spent == [2, 1, -1]


def test_links_are_read_with_and_without_a_semicolon(ip1: Ip1Driver, heard: Receiver) -> None:
    heard.answers(Answer(headers={"Link": LINKS}, body=b"[]"))

    answer = ip1.get("/v2/batches")

    assert answer.entries == []
    assert answer.links == {
        "next": "https://api.example/v2/batches?start=201&limit=100&order=ASC",
        "last": "https://api.example/v2/batches?start=4901&limit=100&order=ASC",
    }


def test_a_link_is_followed_within_the_place(ip1: Ip1Driver, heard: Receiver) -> None:
    ip1.follow(f"{heard.address}/~space/v2/batches?start=1")

    assert heard.wait()[0].target == "/~space/v2/batches?start=1"
    with pytest.raises(Garbled):
        ip1.follow(f"{heard.address}/elsewhere")


@pytest.mark.parametrize("body", [b"", b"hello", b"{"])
def test_what_is_no_json_is_garbled(ip1: Ip1Driver, heard: Receiver, body: bytes) -> None:
    heard.answers(Answer(status=500, body=body))
    answer = ip1.get("/v2/batches")

    with pytest.raises(Garbled, match="status 500"):
        dict(answer.document)


def test_an_array_is_no_object_and_an_object_no_array(ip1: Ip1Driver, heard: Receiver) -> None:
    heard.answers(Answer(body=b"[]"), Answer(body=b"{}"))

    with pytest.raises(Garbled):
        dict(ip1.get("/v2/batches").document)
    with pytest.raises(Garbled):
        list(ip1.get("/v2/batches").entries)
