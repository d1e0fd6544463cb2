"""A proxy keeps what passes, and neither logins nor numbers."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner

from conformance.drivers.http import HttpClient
from conformance.drivers.isms import IsmsDriver
from conformance.drivers.isms_soap import IsmsSoapDriver
from conformance.drivers.netoxygen import NetOxygenDriver
from conformance.drivers.smpp import Link
from conformance.drivers.smpp_pdus import BIND_TRANSCEIVER, SUBMIT_SM, Submit, bind
from conformance.drivers.xmlrpc import XmlRpcClient
from conformance.record import RecordError
from conformance.recording import Keeper, record
from conformance.recordings.disguise import Disguise
from conformance.recordings.file import Recording, read
from conformance.recordings.proxy import passing
from conformance.tape import Exchange
from conformance.tests.subjects import answering, nowhere, saying
from emulator.app import running

ANYWHERE = ("127.0.0.1", 0)

ODD = "<methodCall><methodName>x</methodName><params><param><value><struct><name>a</name></struct></value>"
"""A call of XML-RPC with a member that has no value, over which the standard library stumbles."""


@pytest.fixture(scope="module")
def gateway() -> Iterator[tuple[str, str]]:
    """Where an emulator serves HTTP and SMPP."""
    with running() as emulator:
        yield emulator.http, f"smpp://{emulator.smpp}"


def recorded(path: Path, upstream: str, talk: Callable[[str], None]) -> Recording:
    with closing(Keeper(path, upstream)) as keeper, passing(upstream, ANYWHERE, keeper.hear) as address:
        talk(address)
    return read(path)


def test_what_passes_is_kept_as_it_was_answered(gateway: tuple[str, str], tmp_path: Path) -> None:
    def talk(address: str) -> None:
        with HttpClient(address) as client:
            assert IsmsDriver(client, "demo", "demo").credits().text == "Credits:3948.47"

    recording = recorded(tmp_path / "a.jsonl", gateway[0], talk)

    (one,) = recording.taken
    assert recording.head.upstream == gateway[0]
    assert one.exchange.request.startswith(
        b"GET /api/http/credits.php?username=demo&password=demo HTTP/1.1\r\n"
    )
    assert one.exchange.body == b"Credits:3948.47"
    assert one.exchange.base == gateway[0]


def test_logins_become_those_of_the_default_world(tmp_path: Path) -> None:
    def talk(address: str) -> None:
        with HttpClient(address) as client:
            IsmsDriver(client, "joe@acme", "s3cr&t").credits()
            with suppress(AssertionError):  # a greeting is no answer in SOAP, nor in XML-RPC
                IsmsSoapDriver(client, "joe@acme", "s3cr&t").query(message_id="7", mobile="306912345678")
            with suppress(AssertionError):
                NetOxygenDriver(XmlRpcClient(client, "/api2/"), "zoe", "0xygen").bare("auth", "zoe", "0xygen")
            client.request("GET", "/v2/batches", headers={"Authorization": "Bearer b3arer-of-all"})
            client.request("GET", "/", headers={"Cookie": "PHPSESSID=c00kie", "X-Api-Key": "k3y-of-all"})
            client.request("GET", "/else?password=0pen", headers={"Authorization": "Basic em9lLTI6c2VzYW1l"})

    with answering(lambda target: b"hello joe@acme") as upstream:
        recording = recorded(tmp_path / "a.jsonl", upstream, talk)

    text = (tmp_path / "a.jsonl").read_text()
    assert len(recording.taken) == 6
    assert "username=demo&password=demo" in text
    assert "hello demo" in text
    assert [
        one
        for one in ("joe", "s3cr", "zoe", "0xygen", "b3arer", "c00kie", "k3y", "0pen", "em9l")
        if one in text
    ] == []


def test_a_number_is_the_same_other_one_wherever_it_stands(tmp_path: Path) -> None:
    def talk(address: str) -> None:
        with HttpClient(address) as client:
            isms = IsmsDriver(client, "demo", "demo")
            isms.send(
                to=["306912345678", "306987654320"], from_="Acme", dlr_url="http://me/hook?to=306912345678"
            )
            isms.query(mid="ID7654321", mobile="6912345678")

    with answering(lambda target: b"00306912345678 and 306987654320; 20260302090000") as upstream:
        recording = recorded(tmp_path / "a.jsonl", upstream, talk)

    first, second = (one.exchange for one in recording.taken)
    assert b"to=306910000001,306980000002" in first.request
    assert b"hook%3Fto%3D306910000001" in first.request
    assert b"mid=ID7654321&mobile=6910000001" in second.request
    assert first.body == b"00306910000001 and 306980000002; 20260302090000"


def test_bodies_say_how_long_they_have_become(tmp_path: Path) -> None:
    def talk(address: str) -> None:
        asked = Request(f"{address}/json/status", json.dumps({"user": "a-very-long-key-indeed"}).encode())
        asked.add_header("Content-Type", "application/json")
        urlopen(asked).read()

    reply = (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
    )
    with saying(reply) as upstream:
        recording = recorded(tmp_path / "a.jsonl", upstream, talk)

    (one,) = recording.taken
    assert b"\r\nContent-Length: 20\r\n" in one.exchange.request
    assert one.exchange.request.endswith(b'{"user": "demo-iro"}')
    assert one.exchange.response == b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"


def test_pdus_are_kept_without_the_login_and_the_numbers(gateway: tuple[str, str], tmp_path: Path) -> None:
    def talk(address: str) -> None:
        host, _, port = address.removeprefix("smpp://").rpartition(":")
        with Link((host, int(port))) as link:
            link.ask(BIND_TRANSCEIVER, bind("empty", "s3cret"))
            link.ask(SUBMIT_SM, Submit(destination="306912345678", message=b"hi").body)

    recording = recorded(tmp_path / "a.jsonl", gateway[1], talk)

    asked, refused, submitted, _ = (one.exchange for one in recording.taken)
    assert asked.request[16:26] == b"demo\0demo\0"
    assert int.from_bytes(asked.request[:4], "big") == len(asked.request)
    assert refused.response[4:8] == b"\x80\0\0\x09"
    assert b"306910000001" in submitted.request
    assert {one.connection for one in recording.taken} == {1}


def test_who_cannot_be_reached_is_told_to_the_client(tmp_path: Path) -> None:
    def talk(address: str) -> None:
        with HttpClient(address) as client:
            assert client.request("GET", "/api/http/credits.php").status == 502

    assert recorded(tmp_path / "a.jsonl", nowhere(), talk).taken == ()


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("POST /api2/ HTTP/1.1\r\n\r\n" + ODD, "HTTP/1.1 200 OK\r\n\r\n"),
        ("GET /v2/batches HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhello"),
        ("POST /json/sms HTTP/1.1\r\n\r\n[", ""),
    ],
)
def test_what_is_broken_is_kept_as_it_is(asked: str, answered: str) -> None:
    """Else it would be lost: whoever records has no second chance."""
    one = Exchange(
        surface="http", base="http://x", request=asked.encode(), response=answered.encode(), took=0.1
    )

    assert Disguise().over(one) == one


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("%2B30+691+234-5678", "%2B30+691+000-0001"),
        ("(0)691.2345678,x", "(0)691.0000001,x"),
        ("23-45678", "23-45678"),
    ],
)
def test_a_number_in_groups_of_digits_is_another_in_the_same_groups(written: str, kept: str) -> None:
    asked = f"GET /api/http/send.php?to={written} HTTP/1.1\r\n\r\n".encode()
    one = Exchange(surface="http", base="http://x", request=asked, response=b"", took=0.1)

    assert Disguise().over(one).request == asked.replace(written.encode(), kept.encode())


def test_what_the_default_world_has_no_name_for_is_called_what_it_is() -> None:
    asked = b"GET /v2/batches?password=0pen HTTP/1.1\r\n\r\n"
    one = Exchange(surface="http", base="http://x", request=asked, response=b"", took=0.1)

    assert Disguise().over(one).request == asked.replace(b"0pen", b"password")


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        (
            "--upstream",
            "gateway.example",
            "--upstream reads http://host:port or smpp://host:port, not gateway",
        ),
        (
            "--upstream",
            "smpp://host:abc",
            "--upstream reads http://host:port or smpp://host:port, not smpp://",
        ),
        ("--upstream", "http://joe:s3cret@host", "--upstream holds no name and no password"),
        ("--listen", "8099", "--listen reads host:port, not 8099"),
    ],
)
def test_wrong_usage_says_what_to_write(tmp_path: Path, option: str, value: str, words: str) -> None:
    given = {"--upstream": "http://gateway.example", "--out": str(tmp_path / "a.jsonl"), option: value}

    result = CliRunner().invoke(record, [word for pair in given.items() for word in pair])

    assert result.exit_code == 2
    assert words in result.stderr


def test_what_is_no_recording_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "hello.jsonl"
    path.write_text('{"line": "hello"}\n')

    with pytest.raises(RecordError, match="line 1 is no line of a recording"):
        read(path)
