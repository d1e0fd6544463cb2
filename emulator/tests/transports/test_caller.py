"""One attempt at a customer's address, whatever the address does to it."""

import socket
import ssl
import time

import pytest
import trustme

from emulator.core.pushes import Push, Result
from emulator.tests.transports.receiver import OK, dripping, receiving, silence
from emulator.tests.transports.receiver import Answer as Reply
from emulator.transports import caller
from emulator.transports.answers import Answer
from emulator.transports.caller import Caller
from emulator.transports.fan import readable

FORM = (("Content-Type", "application/x-www-form-urlencoded"),)

LONG = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
ENDLESS = b"HTTP/1.1 200 OK\r\n\r\n"


def post(url: str, body: str = "mid=1") -> Push:
    return Push(method="POST", url=url, headers=FORM, body=body)


def attempt(push: Push) -> Answer:
    tried = Caller()
    answer = asked(tried, push)
    tried.close()
    return answer


def asked(tried: Caller, push: Push) -> Answer:
    answer = tried.ask(push)
    while answer is None:
        readable([tried.descriptor], 0.05)
        answer = tried.answer()
    return answer


def test_a_push_arrives_as_it_is() -> None:
    with receiving() as receiver:
        attempt(post(receiver.url("/dlr?job=7&b=a%20b"), "mid=1&text=Γεια"))

        (request,) = receiver.got(1)

    assert (request.method, request.target) == ("POST", "/dlr?job=7&b=a%20b")
    assert request.body == "mid=1&text=Γεια".encode()
    assert request.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert request.headers["User-Agent"] == "smslab"


def test_a_get_has_no_body() -> None:
    with receiving() as receiver:
        attempt(Push(method="GET", url=receiver.url("/dlr?mid=1"), headers=(), body=""))

        (request,) = receiver.got(1)

    assert (request.method, request.target, request.body) == ("GET", "/dlr?mid=1", b"")
    assert "Content-Length" not in request.headers


def test_an_address_without_path_means_the_root() -> None:
    with receiving() as receiver:
        attempt(post(receiver.address))
        attempt(post(receiver.address + "?x=1"))

        assert [request.target for request in receiver.got(2)] == ["/", "/?x=1"]


def test_what_an_address_may_not_contain_travels_escaped() -> None:
    """Customers paste addresses with blanks and letters of their own."""
    with receiving() as receiver:
        answer = attempt(post(receiver.url("/ναι?name=a b&done=50%25")))

        assert receiver.got(1)[0].target == "/%CE%BD%CE%B1%CE%B9?name=a%20b&done=50%25"

    assert answer.result is Result.ANSWERED


@pytest.mark.parametrize(
    ("reply", "answer"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nDone", Answer(Result.ANSWERED, 200, "Done")),
        (b"HTTP/1.1 204 No Content\r\n\r\n", Answer(Result.ANSWERED, 204, "")),
        (b"HTTP/1.1 500 No\r\nContent-Length: 2\r\n\r\n\xff!", Answer(Result.ANSWERED, 500, "\ufffd!")),
        (b"HTTP/1.0 200 OK\r\nConnection: close\r\n\r\n", Answer(Result.ANSWERED, 200, "")),
        (CHUNKED + b"2\r\nok\r\n3\r\nay!\r\n0\r\n\r\n", Answer(Result.ANSWERED, 200, "okay!")),
        (LONG + b"x" * 1_000_000, Answer(Result.ANSWERED, 200, "x" * 200)),
    ],
)
def test_status_and_beginning_of_the_answer_are_told(reply: bytes, answer: Answer) -> None:
    with receiving(reply) as receiver:
        assert attempt(post(receiver.url())) == answer


def test_a_redirect_is_an_answer_and_not_followed() -> None:
    with receiving() as elsewhere:
        found = f"HTTP/1.1 302 Found\r\nLocation: {elsewhere.url()}\r\nContent-Length: 0\r\n\r\n"
        with receiving(found.encode()) as receiver:
            answer = attempt(post(receiver.url()))

        assert answer == Answer(Result.ANSWERED, 302, "")
        assert elsewhere.bodies == []


def test_a_port_where_nobody_listens_refuses() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))

        answer = attempt(post(f"http://127.0.0.1:{taken.getsockname()[1]}/dlr"))

    assert answer.result is Result.REFUSED


@pytest.mark.parametrize(
    "reply",
    [
        silence,
        dripping(LONG, b"x"),
        dripping(CHUNKED, b"1\r\nx\r\n"),
        dripping(ENDLESS, b"x"),
        dripping(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
        dripping(b"", b"H"),
    ],
    ids=["silence", "body drips", "chunks drip", "endless body drips", "headers drip", "status drips"],
)
def test_an_attempt_ends_in_time_however_the_answer_is_drawn_out(
    reply: Reply, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caller, "TIMEOUT", 0.2)
    with receiving(reply) as receiver:
        began = time.monotonic()
        answer = attempt(post(receiver.url()))
        took = time.monotonic() - began

    assert answer == Answer(Result.TIMEOUT)
    assert took < 1


@pytest.mark.parametrize("beginning", [LONG, CHUNKED, ENDLESS], ids=["long", "chunked", "endless"])
def test_a_body_that_never_ends_is_read_no_further_than_needed(
    beginning: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caller, "TIMEOUT", 2.0)
    block = b"x" * 4096
    drop = b"1000\r\n" + block + b"\r\n" if beginning is CHUNKED else block

    with receiving(dripping(beginning, drop)) as receiver:
        began = time.monotonic()
        answer = attempt(post(receiver.url()))
        took = time.monotonic() - began

    assert answer == Answer(Result.ANSWERED, 200, "x" * 200)
    assert took < 1


@pytest.mark.parametrize("reply", [None, b"nonsense\r\n\r\n"], ids=["hangs up", "talks nonsense"])
def test_a_broken_answer_is_a_failure(reply: Reply) -> None:
    with receiving(reply) as receiver:
        answer = attempt(post(receiver.url()))

    assert (answer.result, answer.status) == (Result.FAILED, None)
    assert answer.body


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "/dlr",
        "http://",
        "http://[::1/dlr",
        "http://127.0.0.1:99999/dlr",
        "http://127.0.0.1:port/dlr",
        "http://127.0.0.1:1/a\r\nX-Injected: yes",
    ],
)
def test_no_address_raises(url: str) -> None:
    assert attempt(post(url)).result in {Result.FAILED, Result.REFUSED}


def test_a_header_cannot_be_smuggled_in() -> None:
    with receiving() as receiver:
        attempt(post(receiver.url("/dlr HTTP/1.1\r\nX-Injected: yes\r\n")))

        assert all("X-Injected" not in request.headers for request in receiver.got(0))


def test_a_receiver_with_a_certificate_of_its_own_making_is_called() -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(tls)
    tried = Caller()
    with receiving(tls=tls) as receiver:
        answers = [asked(tried, post(receiver.url(), body)) for body in ("1", "2")]
        tried.close()

        assert answers == [Answer(Result.ANSWERED, 200, "ok")] * 2
        assert [request.connection for request in receiver.got(2)] == [1, 1]


def test_attempts_at_one_receiver_share_a_connection() -> None:
    tried = Caller()
    with receiving() as receiver:
        for body in ("1", "2", "3"):
            asked(tried, post(receiver.url(), body))

        assert [request.connection for request in receiver.got(3)] == [1, 1, 1]
    tried.close()


@pytest.mark.parametrize(
    "reply",
    [
        None,
        b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        LONG + b"x" * 1_000_000,
        OK + b"\n",
        OK + OK[:20],
        CHUNKED + b"2\r\nok\r\n0\r\n\r\n\n",
    ],
    ids=["hung up", "closed", "unread", "a line too much", "half an answer too much", "chunks and more"],
)
def test_a_spent_connection_is_replaced(reply: Reply) -> None:
    tried = Caller()
    with receiving(reply) as receiver:
        asked(tried, post(receiver.url(), "1"))

        assert asked(tried, post(receiver.url(), "2")) == Answer(Result.ANSWERED, 200, "ok")
        assert [request.connection for request in receiver.got(2)] == [1, 2]
    tried.close()


def test_what_fails_on_a_kept_connection_is_not_asked_again_by_itself() -> None:
    """The receiver may have done what it was asked before it broke off."""
    tried = Caller()
    with receiving(OK, None) as receiver:
        asked(tried, post(receiver.url(), "1"))

        assert asked(tried, post(receiver.url(), "2")).result is Result.FAILED
        assert asked(tried, post(receiver.url(), "3")) == Answer(Result.ANSWERED, 200, "ok")
        assert receiver.bodies == ["1", "2", "3"]
    tried.close()


@pytest.mark.parametrize("beginning", [b"HTTP/1.1 200 OK\r\n", LONG], ids=["head drips", "body drips"])
def test_a_drawn_out_answer_ends_in_time_over_a_kept_connection_too(
    beginning: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = Caller()
    with receiving(OK, dripping(beginning, b"x")) as receiver:
        asked(tried, post(receiver.url()))
        monkeypatch.setattr(caller, "TIMEOUT", 0.2)

        assert asked(tried, post(receiver.url())) == Answer(Result.TIMEOUT)
    tried.close()
