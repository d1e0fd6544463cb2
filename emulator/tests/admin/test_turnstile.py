"""Who waits or listens holds a thread: so many may, and the rest is told to come back."""

import pytest
from werkzeug.test import Client

from emulator.admin.answers import Crowded
from emulator.admin.turnstile import Turnstile
from emulator.app import composed, start_of

STREAM, WAIT = "/_emulator/events", "/_emulator/messages/wait?timeout=0"


def test_one_more_than_there_is_room_for_is_turned_away() -> None:
    turnstile = Turnstile(1)
    turnstile.enter()

    with pytest.raises(Crowded, match="1 callers wait or listen already"):
        turnstile.enter()


def test_who_leaves_twice_makes_room_once() -> None:
    turnstile = Turnstile(2)
    leave = turnstile.enter()
    turnstile.enter()

    leave()
    leave()

    assert turnstile.inside == 1


def test_listeners_keep_others_from_waiting_until_they_leave() -> None:
    client = Client(composed(start_of(), threads=2).wsgi)
    listener = client.get(STREAM, buffered=False)

    turned_away = client.get(WAIT)
    listener.close()

    assert turned_away.status_code == 503
    assert turned_away.mimetype == "application/problem+json"
    assert client.get(WAIT).status_code == 408


def test_who_waits_in_vain_has_left_when_the_answer_comes() -> None:
    client = Client(composed(start_of(), threads=2).wsgi)

    assert [client.get(WAIT).status_code for _ in range(3)] == [408, 408, 408]
