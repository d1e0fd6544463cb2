"""Calls drawn from a description: wrong answers can be had again, and real accounts are spared."""

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from types import SimpleNamespace
from typing import Any

import pytest
from werkzeug.wrappers import Response

from conformance.accounts import Login
from conformance.bench import CLOCK, Bench, Place
from conformance.blocked import Blocked
from conformance.checks.ip1 import test_described as checks
from conformance.drivers.ip1 import SURFACE
from conformance.fuzzing import Described, Fuzzing, operations, read
from conformance.tape import Tape
from conformance.target import Dialect, Target, Wrap, emulated
from conformance.tests.shelf.rest import Call
from conformance.tests.spoiling import spoilt
from conformance.verify import Mismatch

SENDERS = Described(name="listSenders", method="get", path="/v2/me/senders")
OWN = "46700000001"


def without_a_date(call: Call) -> Response:
    return call.told(lambda entries: [{"sender": one["sender"]} for one in entries])


@contextmanager
def placed(wrap: Wrap = lambda app: app) -> Iterator[Place]:
    """A place on an emulator."""
    with (
        emulated(seed=1, clock=CLOCK, name="tried", wrap=wrap) as target,
        closing(Bench(target)) as bench,
        bench.place(Tape()) as place,
    ):
        yield place


def fuzzing(place: Place) -> Fuzzing:
    return Fuzzing(place=place, provider="ip1", seed=7, examples=1, surface=SURFACE)


def test_an_answer_that_is_not_described_is_shown_with_its_call_and_how_to_draw_it_again() -> None:
    spoil = spoilt(Call, without_a_date, "*/v2/me/senders")

    with placed(spoil) as place, pytest.raises(Mismatch) as caught:
        fuzzing(place).draw(SENDERS)

    assert '"created" is a required property' in caught.value.actual
    assert "SMSLAB_EXAMPLES=1 smslab check … --provider ip1 --seed 7" in caught.value.accepted[0]
    assert f"curl -sSi -H 'Authorization: Bearer demo-ip1' '{place.http('ip1')}/v2/me/" in str(caught.value)


def test_answers_as_described_leave_a_short_tape() -> None:
    with placed() as place:
        fuzzing(place).draw(SENDERS)

    heard = [one for one in place.tape.exchanges if one.surface == SURFACE]
    assert heard
    assert len(place.tape.exchanges) <= 20 + 2


def test_without_schemathesis_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [one for one in sys.modules if one.partition(".")[0] in ("schemathesis", "hypothesis")]:
        monkeypatch.setitem(sys.modules, name, None)
    read.cache_clear()

    with placed() as place:
        with pytest.raises(Blocked, match="needs Schemathesis"):
            fuzzing(place).draw(SENDERS)
        with pytest.raises(Blocked, match="needs Schemathesis"):
            fuzzing(place).walk(1)


def test_a_real_account_is_read_and_sends_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(Fuzzing, "draw", lambda self, one: drawn.append(one.name))

    with stranger(messages=1) as (bench, place):
        for operation in operations("ip1"):
            with suppress(Blocked):
                checks.test_an_answer_is_one_that_is_described(bench, place, operation)

    assert set(drawn) == {one.name for one in operations("ip1") if one.reads} | {checks.SENDING}


def test_a_real_account_is_not_walked_through() -> None:
    with stranger(messages=1) as (bench, place), pytest.raises(Blocked):
        checks.test_an_answer_is_described_whatever_came_before(bench, place)


def test_a_send_of_a_real_account_goes_to_its_own_number_and_is_counted() -> None:
    case: Any = SimpleNamespace(body={"recipients": ["1", "2"], "sender": "iP1"})

    with stranger(messages=1) as (bench, place):
        checks.fuzzing(bench, place).tamed(case)
        with pytest.raises(Blocked, match="takes 1 of the messages"):
            checks.fuzzing(bench, place).tamed(case)

    assert case.body == {"recipients": [OWN], "sender": "iP1"}


@pytest.mark.parametrize("body", [{"recipients": []}, {"sender": "iP1"}, [], "text", None])
def test_what_sends_nothing_is_left_as_it_is(body: Any) -> None:
    case: Any = SimpleNamespace(body=body)

    with stranger(messages=0) as (bench, place):
        checks.fuzzing(bench, place).tamed(case)

    assert case.body == body


@contextmanager
def stranger(messages: int) -> Iterator[tuple[Bench, Place]]:
    """A place on a target that limits what may be spent; nothing listens there."""
    account = Dialect(http="http://127.0.0.1:9", login=Login(key="k3y"))
    target = Target(name="real", dialects={"ip1": account}, numbers=(OWN,), messages=messages)
    with closing(Bench(target)) as bench, bench.place(Tape()) as place:
        yield bench, place
