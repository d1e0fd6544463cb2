"""The client keeps every octet and tells the subject's faults from ours."""

import threading

import pytest

from conformance.drivers.http import HttpClient, Unanswered, Unreachable
from conformance.tape import Tape
from conformance.tests.subjects import answering, nowhere, saying, silence


def test_both_halves_of_an_exchange_are_kept_exactly() -> None:
    reply = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nX-Odd:  two  \r\n\r\nID:7"
    tape = Tape()

    with saying(reply) as base, HttpClient(base, tape=tape) as client:
        answer = client.request("POST", "/a?b=c", body=b"x=1", headers={"X-Mine": "yes"})

    host = base.removeprefix("http://")
    assert answer.text == "ID:7"
    assert answer.headers["x-odd"] == "two  "
    assert tape.exchanges[0].response == reply
    lines = [f"Host: {host}", "User-Agent: smslab", "X-Mine: yes", "Content-Length: 3"]
    assert tape.exchanges[0].request.decode() == "\r\n".join(["POST /a?b=c HTTP/1.1", *lines, "", "x=1"])


def test_chunks_are_read_and_kept_as_they_came() -> None:
    reply = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nID\r\n2\r\n:7\r\n0\r\n\r\n"
    tape = Tape()

    with saying(reply) as base, HttpClient(base, tape=tape) as client:
        answer = client.request("GET", "/")

    assert answer.text == "ID:7"
    assert tape.exchanges[0].response == reply


def test_one_connection_serves_several_requests() -> None:
    with answering(lambda target: target.encode()) as base, HttpClient(base) as client:
        assert [client.request("GET", path).text for path in ("/a", "/b")] == ["/a", "/b"]


def test_a_connection_closed_meanwhile_is_opened_again() -> None:
    reply = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1"
    hung_up = threading.Event()

    with saying(reply, reply, after_each=hung_up.set) as base, HttpClient(base) as client:
        first = client.request("GET", "/").text
        hung_up.wait(5)
        second = client.request("GET", "/").text

    assert (first, second) == ("1", "1")


def test_a_path_in_the_base_stands_before_every_target() -> None:
    with answering(lambda target: target.encode()) as base, HttpClient(f"{base}/~space") as client:
        assert client.request("GET", "/a").text == "/~space/a"


@pytest.mark.parametrize(
    "reply", [b"", b"garbage\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort"]
)
def test_what_is_no_answer_counts_against_the_subject(reply: bytes) -> None:
    tape = Tape()

    with saying(reply) as base, HttpClient(base, tape=tape) as client, pytest.raises(Unanswered):
        client.request("GET", "/")

    assert tape.exchanges[0].response == reply
    assert tape.exchanges[0].fault is not None


def test_silence_ends_after_the_timeout() -> None:
    with (
        silence() as base,
        HttpClient(base, timeout=0.1) as client,
        pytest.raises(Unanswered, match=r"no complete answer within 0\.1 s"),
    ):
        client.request("GET", "/")


def test_a_closed_port_says_nothing_about_the_subject() -> None:
    address = nowhere()

    with HttpClient(address) as client, pytest.raises(Unreachable, match=f"nothing answers at {address}"):
        client.request("GET", "/")
