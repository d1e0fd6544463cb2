"""The listener keeps what comes and answers as told."""

import threading

import pytest

from conformance.drivers.http import HttpClient, Unanswered
from conformance.receiver import Answer, Receiver
from conformance.tape import By, Tape


def post(receiver: Receiver, body: bytes, timeout: float = 5.0) -> int:
    with HttpClient(receiver.address, timeout=timeout) as client:
        return client.request("POST", "/dlr?job=7", body=body, headers={"X-Id": "1"}).status


def test_a_callback_is_kept_with_its_fields() -> None:
    with Receiver() as receiver:
        post(receiver, b"mid=I7I5R4HTAA&status=Delivered&date=2017-05-11+14%3A40%3A09&empty=")
        callback = receiver.wait()[0]

    assert (callback.method, callback.target, callback.headers["X-Id"]) == ("POST", "/dlr?job=7", "1")
    assert callback.fields["date"] == "2017-05-11 14:40:09"
    assert callback.fields["empty"] == ""


def test_answers_come_in_order_and_then_200() -> None:
    with Receiver() as receiver:
        receiver.answers(Answer(status=500), Answer(status=302, headers={"Location": "http://127.0.0.1:1/"}))
        statuses = [post(receiver, b"") for _ in range(3)]

    assert statuses == [500, 302, 200]


def test_a_wait_ends_as_soon_as_enough_has_come() -> None:
    with Receiver() as receiver:
        caller = threading.Thread(target=lambda: [post(receiver, b"n=1"), post(receiver, b"n=2")])
        caller.start()
        callbacks = receiver.wait(2, timeout=5)
        caller.join()

    assert [one.fields for one in callbacks] == [{"n": "1"}, {"n": "2"}]


def test_a_wait_in_vain_answers_what_there_is() -> None:
    with Receiver() as receiver:
        post(receiver, b"n=1")

        assert len(receiver.wait(2, timeout=0.05)) == 1
        assert len(receiver.callbacks(settle=0.05)) == 1


def test_a_hanging_answer_does_not_outlive_the_receiver() -> None:
    with Receiver() as receiver:
        receiver.answers(Answer(hang=60))
        with pytest.raises(Unanswered):
            post(receiver, b"", timeout=0.1)


def test_a_callback_is_on_the_tape_as_the_subjects_doing() -> None:
    tape = Tape()
    with Receiver(tape=tape) as receiver:
        post(receiver, b"mid=1")

    assert tape.exchanges[0].by is By.SUBJECT
    assert tape.exchanges[0].request.startswith(b"POST /dlr?job=7 HTTP/1.1\r\nHost: ")
    assert tape.exchanges[0].request.endswith(b"X-Id: 1\r\nContent-Length: 5\r\n\r\nmid=1")
    assert (
        tape.exchanges[0].response
        == b"HTTP/1.1 200 Callback\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    )


def test_the_address_given_out_may_be_another_than_the_one_listened_at() -> None:
    with Receiver(address="https://hooks.example") as receiver:
        assert receiver.url("/dlr?job=7") == "https://hooks.example/dlr?job=7"
