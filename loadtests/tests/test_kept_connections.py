"""Connections that the other side closes while they are kept, or on which it falls silent."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from loadtests.client import Client
from loadtests.failures import HarnessFailed
from loadtests.scenarios.template import Reply, Request
from loadtests.sending.keepalive import KeepAlive, Unanswered

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK"
OK = Reply(200, "OK")


class Gateway:
    """Answers so many requests a connection, and hangs up: at once, or on whoever asks for more."""

    def __init__(self, answers: int, *, at_once: bool) -> None:
        self._answers, self._at_once = answers, at_once
        self._server = socket.create_server(("127.0.0.1", 0))
        self.heard = 0
        self.hung_up = threading.Event()
        self.address = f"http://127.0.0.1:{self._server.getsockname()[1]}"

    def serve(self) -> None:
        while True:
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            with connection:
                self._talk(connection)
            self.hung_up.set()

    def _talk(self, connection: socket.socket) -> None:
        for _ in range(self._answers):
            if not connection.recv(65_536):
                return
            self.heard += 1
            connection.sendall(ANSWER)
        if not self._at_once and connection.recv(65_536):
            self.heard += 1

    def close(self) -> None:
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()


@contextmanager
def gateway(answers: int = 1, *, at_once: bool = False) -> Iterator[Gateway]:
    server = Gateway(answers, at_once=at_once)
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    yield server
    server.close()
    thread.join()


def test_a_call_on_a_connection_that_was_closed_meanwhile_goes_out_on_another() -> None:
    with gateway(at_once=True) as target, closing(KeepAlive(target.address, patience=5)) as calls:
        assert calls.exchange(Request("/send")) == OK
        assert target.hung_up.wait(5)

        assert calls.exchange(Request("/send")) == OK

    assert target.heard == 2


def test_a_call_that_went_out_is_not_repeated() -> None:
    with gateway() as target, closing(KeepAlive(target.address, patience=5)) as calls:
        calls.exchange(Request("/send"))

        with pytest.raises(Unanswered):
            calls.exchange(Request("/send"))

    assert target.heard == 2


def test_a_kept_connection_is_kept() -> None:
    with gateway(answers=3) as target, closing(KeepAlive(target.address, patience=5)) as calls:
        for _ in range(3):
            calls.exchange(Request("/send"))

        assert not target.hung_up.is_set()


def test_what_must_not_come_twice_is_told_on_a_connection_that_is_open() -> None:
    with gateway(at_once=True) as target, Client(target.address) as client:
        client.ask("POST", "/send", b"x")
        assert target.hung_up.wait(5)

        assert client.ask("POST", "/send", b"x") == (200, b"OK")


def test_a_question_without_an_answer_is_asked_again_and_nothing_else_is() -> None:
    with gateway() as target, Client(target.address) as client:
        assert [client.exchange(Request("/query")) for _ in range(2)] == [OK, OK]
        assert target.heard == 3

        with pytest.raises(HarnessFailed):
            client.ask("POST", "/send", b"x")

    assert target.heard == 4
