"""Several connections to one receiver: what is slow on one of them delays no other."""

import fcntl
import socket
import threading
from typing import NamedTuple

import pytest

from emulator.core.pushes import Push, Result
from emulator.tests.transports.receiver import OK, Receiver, receiving, silence
from emulator.transports import caller
from emulator.transports.answers import Answer
from emulator.transports.fan import Fan, readable

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"


class Errand(NamedTuple):
    push: Push


def errands(receiver: Receiver, count: int) -> list[Errand]:
    return [
        Errand(Push(method="POST", url=receiver.url(), headers=(), body=str(number)))
        for number in range(count)
    ]


def answers(fan: Fan[Errand]) -> dict[str, Answer]:
    """All that are to come, by what was asked."""
    found = list[tuple[Errand, Answer]]()
    while fan:
        found += fan.answers()
    return {errand.push.body: answer for errand, answer in found}


def test_a_connection_that_proved_itself_makes_room_for_another() -> None:
    fan = Fan[Errand]()
    with receiving() as receiver:
        for width in (1, 2, 3):
            assert fan.room() == width
            fan.ask(errands(receiver, width))
            answers(fan)

        assert {request.connection for request in receiver.got(6)} == {1, 2, 3}
    fan.close()


def test_answers_that_have_to_be_read_with_care_make_no_room() -> None:
    fan = Fan[Errand]()
    with receiving(CHUNKED, CHUNKED) as receiver:
        for _ in range(2):
            fan.ask(errands(receiver, 1))

            assert answers(fan) == {"0": Answer(Result.ANSWERED, 200, "ok")}
            assert fan.room() == 1
        assert [request.connection for request in receiver.got(2)] == [1, 1]
    fan.close()


def test_one_that_is_silent_holds_up_no_other_and_is_given_up_in_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fan = Fan[Errand]()
    with receiving(OK, silence) as receiver:
        fan.ask(errands(receiver, 1))
        answers(fan)
        monkeypatch.setattr(caller, "TIMEOUT", 0.1)
        fan.ask(errands(receiver, 2))
        first = fan.answers()
        last = answers(fan)

        assert [answer.result for _, answer in first] == [Result.ANSWERED]
        assert [answer.result for answer in last.values()] == [Result.TIMEOUT]
        assert fan.room() == 2
    fan.close()


@pytest.mark.parametrize("part", [OK[:20], OK[:-1]], ids=["head", "body"])
def test_half_an_answer_holds_up_no_other(part: bytes) -> None:
    gate = threading.Event()

    def halting(receiver: Receiver, connection: socket.socket) -> None:
        connection.sendall(part)
        gate.wait(10)
        connection.sendall(OK.removeprefix(part))

    fan = Fan[Errand]()
    with receiving(OK, OK, OK, halting) as receiver:
        for width in (1, 2):
            fan.ask(errands(receiver, width))
            answers(fan)
        fan.ask(errands(receiver, 2))
        first = list[tuple[Errand, Answer]]()
        while not first:
            first = fan.answers()
        gate.set()
        last = answers(fan)

        assert [answer for _, answer in first] == [Answer(Result.ANSWERED, 200, "ok")]
        assert [*last.values()] == [Answer(Result.ANSWERED, 200, "ok")]
        assert fan.room() == 3
    fan.close()


def test_what_hung_up_meanwhile_is_not_asked_again() -> None:
    fan = Fan[Errand]()

    def leaving(receiver: Receiver, connection: socket.socket) -> None:
        connection.sendall(OK)
        connection.shutdown(socket.SHUT_RDWR)

    with receiving(leaving) as receiver:
        fan.ask(errands(receiver, 1))
        answers(fan)
        hung_up = readable([flight.descriptor for flight in fan._idle], 10)
        room = fan.room()
        fan.ask(errands(receiver, 1))

        assert hung_up
        assert room == 1
        assert answers(fan) == {"0": Answer(Result.ANSWERED, 200, "ok")}
        assert [request.connection for request in receiver.got(2)] == [1, 2]
    fan.close()


def test_what_cannot_be_asked_is_told_like_an_answer() -> None:
    fan = Fan[Errand]()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/dlr"
        fan.ask([Errand(Push(method="POST", url=url, headers=(), body="x"))])

        assert answers(fan) == {"x": Answer(Result.REFUSED)}


def test_a_connection_may_have_any_descriptor() -> None:
    """A server with a thousand clients has none below 1024 left."""
    near, far = socket.socketpair()
    with near, far:
        try:
            high = socket.socket(fileno=fcntl.fcntl(near, fcntl.F_DUPFD, 2000))
        except OSError:
            pytest.skip("the limit of open files is too low here: ulimit -n 4096")
        with high:
            assert readable([high.fileno()]) == set()
            far.sendall(b"unasked")
            assert readable([high.fileno()]) == {high.fileno()}
