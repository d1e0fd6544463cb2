"""What waited when a process died waits afterwards: callbacks for their next try, notices for sessions."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from emulator.core import callbacks
from emulator.core.model import Login
from emulator.core.pushes import Attempt, Callback, Notice, Result
from emulator.space import Space, Spaces, Start
from emulator.store.vault import opened
from emulator.tests.samples import NINE, NUMBER, URL, a_draft, second

DEMO = Login(provider="isms", name="demo", password="demo")
ACCOUNT = "isms", "demo"

Afterwards = Callable[[], Space]


@pytest.fixture
def lives(tmp_path: Path) -> Iterator[tuple[Space, Afterwards]]:
    """A space, and what is found of it once its process is no more: the files as they lay there."""
    with ExitStack() as ending:

        def begun(place: Path) -> Space:
            vault = opened(f"sqlite:///{place}/store")
            spaces = Spaces(Start(seed=1, clock=NINE, rate=0.0), lambda space, at: None, vault=vault)
            ending.callback(spaces.close)
            return spaces[""]

        def afterwards() -> Space:
            return begun(Path(shutil.copytree(tmp_path / "before", tmp_path / "after")))

        (tmp_path / "before").mkdir()
        yield begun(tmp_path / "before"), afterwards


def tried(space: Space, until: float) -> list[Callback]:
    """The callbacks that are to be tried by then."""
    found = list[Callback]()
    while (due := space.gateway.agenda.next_due()) is not None and due <= second(until):
        space.clock.reach(due)
        found += space.gateway.agenda.fall_due(due)
    return found


def reported(space: Space) -> Callback:
    """The first callback of a message that was sent at nine, taken off the agenda to be tried."""
    space.gateway.send(DEMO, a_draft(NUMBER, callback=URL))
    return tried(space, 10)[0]


def test_a_callback_that_failed_is_tried_again_when_it_was_to_be(lives: tuple[Space, Afterwards]) -> None:
    space, afterwards = lives
    callback = reported(space)
    attempt = Attempt(at=space.clock.now(), result=Result.REFUSED)
    space.gateway.agenda.attempted([(callback, attempt)])

    after = afterwards()

    assert tried(after, 60) == []
    (again,) = tried(after, 70)
    assert (again.id, again.attempts, after.clock.now()) == (callback.id, (attempt,), again.next_at)


def test_a_callback_whose_answer_was_still_out_is_tried_again(lives: tuple[Space, Afterwards]) -> None:
    space, afterwards = lives
    callback = reported(space)

    after = afterwards()

    assert tried(after, 10) == [callback]


def test_a_callback_that_arrived_is_not_tried_again(lives: tuple[Space, Afterwards]) -> None:
    space, afterwards = lives
    callback = reported(space)
    answer = Attempt(at=space.clock.now(), result=Result.ANSWERED, status=200)
    space.gateway.agenda.attempted([(callback, answer)])

    after = afterwards()

    assert tried(after, 10_000) == []
    assert [one.id for one in after.store.values(callbacks.FINISHED) if isinstance(one, Callback)] == [1]


def test_notices_wait_in_their_order_but_for_what_was_taken_or_put_off(
    lives: tuple[Space, Afterwards],
) -> None:
    space, afterwards = lives
    notices = space.gateway.notices
    notices.add(*ACCOUNT, [(None, Notice(command="deliver_sm", octets=bytes([n]))) for n in range(5)], NINE)
    taken, out, put_off = notices.handed(*ACCOUNT, 3)
    notices.taken([taken])
    space.gateway.agenda.put_off(put_off, second(30))

    after = afterwards()

    waiting = after.gateway.notices.handed(*ACCOUNT, 9)
    assert [one.notice.octets for one in waiting] == [b"\1", b"\3", b"\4"]
    tried(after, 30)
    assert [one.notice.octets for one in after.gateway.notices.handed(*ACCOUNT, 9)] == [b"\2"]
    assert out == waiting[0]
