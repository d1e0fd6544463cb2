"""Answers of receivers, seen at a glance: only those that cannot be mistaken."""

from socket import socket

import pytest

from emulator.core.pushes import Push, Result
from emulator.tests.transports.receiver import Receiver, receiving
from emulator.transports.answers import READ, Answer, plain
from emulator.transports.caller import Caller
from emulator.transports.fan import readable

HEAD = b"HTTP/1.1 200 OK\r\nServer: x\r\nContent-Length: 4\r\n"


@pytest.mark.parametrize(
    ("octets", "answer"),
    [
        (HEAD + b"\r\ndone", Answer(Result.ANSWERED, 200, "done")),
        (HEAD + b"CONNECTION:  Keep-Alive\r\n\r\ndone", Answer(Result.ANSWERED, 200, "done")),
        (b"HTTP/1.1 503\r\ncontent-length: 0\r\n\r\n", Answer(Result.ANSWERED, 503, "")),
        (b"HTTP/1.1 404 No\r\nContent-Length: 2\r\n\r\n\xff!", Answer(Result.ANSWERED, 404, "\ufffd!")),
        (HEAD.replace(b"4", b"300") + b"\r\n" + b"x" * 300, Answer(Result.ANSWERED, 200, "x" * 200)),
    ],
)
def test_a_plain_answer_is_read_at_a_glance(octets: bytes, answer: Answer) -> None:
    assert plain(octets) == answer


def test_of_an_answer_that_is_not_all_there_the_rest_is_missing() -> None:
    assert plain(HEAD + b"\r\ndo") == 2


def test_a_head_that_may_become_a_plain_one_is_awaited_as_far_as_anybody_looks_at_it() -> None:
    assert plain(HEAD) == 1
    assert plain(HEAD + b"X: " + b"x" * READ) is None


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"220 hello\r\n",
        HEAD + b"\r\ndone and more",
        HEAD + b"Connection: close\r\n\r\ndone",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\ndone",
        HEAD.replace(b"1.1", b"1.0") + b"\r\ndone",
        HEAD.replace(b"200", b"100") + b"\r\ndone",
        HEAD.replace(b"200", b"204") + b"\r\ndone",
        HEAD.replace(b" 4", b" 99999") + b"\r\ndone",
        HEAD.replace(b" 4", b" -4") + b"\r\ndone",
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"nonsense\r\n\r\n",
    ],
)
def test_any_other_is_read_with_care(octets: bytes) -> None:
    assert plain(octets) is None


def post(caller: Caller, receiver: Receiver, body: str) -> Answer:
    push = Push(method="POST", url=receiver.url(), headers=(), body=body)
    answer = caller.ask(push)
    while answer is None:
        readable([caller.descriptor], 0.05)
        answer = caller.answer()
    return answer


def test_an_answer_may_come_in_pieces_and_the_connection_stays() -> None:
    caller = Caller()

    def slowly(receiver: Receiver, connection: socket) -> None:
        connection.sendall(HEAD + b"\r\ndo")
        receiver.another(2, seconds=0.05)
        connection.sendall(b"ne")

    with receiving(slowly) as receiver:
        answers = [post(caller, receiver, body) for body in ("1", "2")]
        caller.close()

        assert answers == [Answer(Result.ANSWERED, 200, "done"), Answer(Result.ANSWERED, 200, "ok")]
        assert [request.connection for request in receiver.got(2)] == [1, 1]


def test_what_comes_before_the_answer_is_passed_over() -> None:
    caller = Caller()
    with receiving(b"HTTP/1.1 100 Continue\r\n\r\n" + HEAD + b"\r\ndone") as receiver:
        assert post(caller, receiver, "1") == Answer(Result.ANSWERED, 200, "done")
    caller.close()


def test_an_answer_that_breaks_off_is_told_as_far_as_it_came() -> None:
    caller = Caller()
    with receiving(HEAD + b"Connection: close\r\n\r\ndo") as receiver:
        answer = post(caller, receiver, "1")
        caller.close()

    assert answer == Answer(Result.ANSWERED, 200, "do")
