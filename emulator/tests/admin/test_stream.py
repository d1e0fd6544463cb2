"""Server-sent events: told in order, to many, resumed, with gaps owned up to."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from emulator.admin import scripts, stream
from emulator.admin.scripts import Scripts
from emulator.app import Emulator, running
from emulator.core.events import Event, Feed, Kind
from emulator.tests.admin.called import Called
from emulator.tests.admin.listening import LONG, Listener, connection, send
from emulator.tests.samples import NINE, second


def a_feed(count: int, bound: int = 100) -> Feed:
    feed = Feed(bound)
    for number in range(1, count + 1):
        feed.tell(second(number), Kind.CONTROL, [number])
    return feed


def write(event: Event) -> bytes:
    return b"%d " % event.id


def heard(feed: Feed, after: int) -> bytes:
    """The first stretch after the greeting."""
    stretches = stream.stretches(feed, after, write)
    assert next(stretches).startswith(b":")
    return next(stretches)


def test_a_listener_hears_what_is_later_than_what_it_heard() -> None:
    assert heard(a_feed(5), 3) == b"4 5 "


def test_what_nobody_remembers_is_owned_up_to() -> None:
    stretches = stream.stretches(a_feed(10, bound=3), 2, write)

    assert [next(stretches) for _ in range(3)][1:] == [b'id: 7\nevent: gap\ndata: {"lost":5}\n\n', b"8 9 10 "]


def test_a_listener_of_an_earlier_life_hears_all_of_this_one() -> None:
    feed = a_feed(2)
    stretches = stream.stretches(feed, 500, write)

    assert [next(stretches) for _ in range(3)][1:] == [b'id: 0\nevent: gap\ndata: {"lost":null}\n\n', b"1 2 "]


def test_a_quiet_stream_shows_that_it_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "PULSE", 0.001)

    assert heard(a_feed(2), 2) == b": still here\n\n"


def test_much_at_once_is_told_in_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "ENOUGH", 4)
    stretches = stream.stretches(a_feed(5), 0, write)

    assert [next(stretches) for _ in range(4)][1:] == [b"1 2 ", b"3 4 ", b"5 "]


def test_the_end_of_a_space_is_the_end_of_its_stream() -> None:
    feed = a_feed(0)
    feed.close()

    assert list(stream.stretches(feed, 0, write)) == [b": events of this space\nretry: 100\n\n"]


@pytest.mark.parametrize("id", ["-1", "x", "1.5", "٣", "1" * 17, ""])
def test_a_last_event_that_is_none_is_refused(control: Called, id: str) -> None:
    assert (
        control.problem("GET", "/events", headers={"Last-Event-ID": id.encode().decode("latin-1")})[0] == 400
    )


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    with running(seed=1, clock=NINE.isoformat(), rate=0) as emulator:
        yield emulator


def test_every_listener_hears_everything_in_order(emulator: Emulator) -> None:
    listeners = [Listener(emulator.http, "accepted", 50) for _ in range(10)]

    send(emulator.http, 50)

    told = [listener.finish() for listener in listeners]
    assert [event["id"] for event in told[0]] == list(range(1, len(told[0]) + 1))
    assert all(events == told[0] for events in told)
    assert listeners[0].answer.headers["Content-Type"] == "text/event-stream"


def test_a_listener_that_comes_back_goes_on_where_it_was(emulator: Emulator) -> None:
    first = Listener(emulator.http, "accepted", 2)
    send(emulator.http, 2)
    last = first.finish()[-1]["id"]
    send(emulator.http, 2)

    second = Listener(emulator.http, "accepted", 2, after=last)

    assert second.finish()[0]["id"] == last + 1


def test_an_event_tells_how_things_stood_then(emulator: Emulator) -> None:
    send(emulator.http, 1)
    emulator.pump.run_until_idle(emulator.spaces[""])

    events = Listener(emulator.http, "step", 2, after=0).finish()

    assert [event["detail"]["status"] for event in events if event["kind"] in ("accepted", "step")] == [
        "queued",
        "submitted",
        "delivered",
    ]


def test_a_listener_that_does_not_read_holds_nobody_up(emulator: Emulator) -> None:
    deaf = connection(emulator.http)
    deaf.request("GET", "/_emulator/events")
    keen = Listener(emulator.http, "accepted", 100)

    send(emulator.http, 100)

    assert len(keen.finish()) >= 100
    deaf.close()


def test_a_listener_that_went_away_frees_its_thread(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = threading.Event()

    def watched(*arguments: Any) -> Iterator[bytes]:
        try:
            yield from stretches(*arguments)
        finally:
            gone.set()

    stretches = stream.stretches
    monkeypatch.setattr(stream, "stretches", watched)
    monkeypatch.setattr(stream, "PULSE", 0.01)
    customer = connection(emulator.http)
    customer.request("GET", "/_emulator/events")
    customer.getresponse().close()

    customer.close()

    assert gone.wait(LONG)


def test_the_end_of_the_emulator_is_the_end_of_every_stream() -> None:
    with running(rate=0) as emulator:
        listener = Listener(emulator.http, "accepted", 1)

    assert listener.finish() == []


def test_control_calls_that_change_something_are_told(control: Called) -> None:
    control.put("/accounts/isms/joe")
    control.get("/accounts")

    (event,) = control.space.feed.after(0)
    assert (event.kind, event.detail) == (
        Kind.CONTROL,
        {"method": "PUT", "path": "/_emulator/accounts/isms/joe", "status": 201},
    )


def test_an_event_is_written_once_for_all() -> None:
    written = []

    def write_down(event: Event) -> bytes:
        written.append(event.id)
        return write(event)

    feed, script = a_feed(3), Scripts().of(a_feed(0))

    assert [script.of(event, write_down) for event in feed.after(0) * 2] == [b"1 ", b"2 ", b"3 "] * 2
    assert written == [1, 2, 3]


def test_what_was_written_is_not_kept_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scripts, "OCTETS", 4)
    written = []

    def write_down(event: Event) -> bytes:
        written.append(event.id)
        return write(event)

    script = Scripts().of(a_feed(0))
    for event in a_feed(3).after(0) * 2:
        script.of(event, write_down)

    assert written == [1, 2, 3, 1, 2, 3]
