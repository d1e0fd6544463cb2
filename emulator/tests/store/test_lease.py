"""Terms with a shared database: one for all turns that overlap, begun, ended and failed for all alike."""

import threading
from collections.abc import Callable, Sequence

import pytest

from emulator.core.ports import StoreError
from emulator.store.changes import Changes
from emulator.store.edits import Edit
from emulator.store.lease import Lease
from emulator.store.outage import Outage
from emulator.store.shared import Missed

LONG = 10.0


class Shared:
    """A database that does as it is told, and notes what it is asked for."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.missed: list[Edit] = []
        self.on_enter: Callable[[], None] = lambda: None
        self.on_leave: Callable[[], None] = lambda: None

    def enter(self) -> list[Edit]:
        self.said.append("enter")
        self.on_enter()
        missed, self.missed = self.missed, []
        return missed

    def leave(self, edits: Sequence[Edit]) -> None:
        self.said.append(f"leave {' '.join(sorted(edit.space for edit in edits))}".strip())
        self.on_leave()

    def abandon(self) -> None:
        self.said.append("abandon")


class Desk:
    """A lease of that database, and what it told."""

    def __init__(self) -> None:
        self.shared, self.learnt, self.reloads = Shared(), list[str](), 0
        self.lease = Lease(
            self.shared,  # type: ignore[arg-type]
            lambda edit: self.learnt.append(edit.space),
            self._reload,
            Outage(),
        )

    def _reload(self) -> None:
        self.reloads += 1

    def turn(self, space: str = "s", during: Callable[[], object] = lambda: None) -> None:
        changes = Changes()
        changes.put("contact", (1,), 1)
        self.lease.enter()
        try:
            during()
            self.lease.note(space, changes)
        finally:
            self.lease.leave()


def raising(error: Exception) -> Callable[[], None]:
    def fail() -> None:
        raise error

    return fail


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_turn_within_a_turn_is_of_the_same_term(desk: Desk) -> None:
    desk.turn("s", during=lambda: desk.turn("t"))

    assert desk.shared.said == ["enter", "leave s t"]


def test_others_are_learnt_from_before_the_turn_begins(desk: Desk) -> None:
    desk.shared.missed = [Edit(space="t", cleared=(), gone=(), come=())]
    seen: list[str] = []

    desk.turn(during=lambda: seen.extend(desk.learnt))

    assert seen == ["t"]


def test_turns_that_overlap_are_committed_together(desk: Desk) -> None:
    inside, go = threading.Event(), threading.Event()

    def overlapping() -> None:
        inside.set()
        go.wait(LONG)

    thread = threading.Thread(target=desk.turn, args=("t", overlapping))
    thread.start()
    inside.wait(LONG)
    second = threading.Thread(target=desk.turn)

    second.start()
    go.set()
    thread.join(LONG)
    second.join(LONG)

    assert desk.shared.said in (["enter", "leave s t"], ["enter", "leave t", "enter", "leave s"])


def test_turns_that_come_while_others_commit_wait_for_a_term_of_their_own(desk: Desk) -> None:
    committing, go = threading.Event(), threading.Event()

    def slowly() -> None:
        committing.set()
        go.wait(LONG)

    desk.shared.on_leave = slowly
    first = threading.Thread(target=desk.turn)
    first.start()
    committing.wait(LONG)
    second = threading.Thread(target=desk.turn, args=("t",))

    second.start()
    go.set()
    for thread in (first, second):
        thread.join(LONG)

    assert desk.shared.said == ["enter", "leave s", "enter", "leave t"]


def test_nobody_who_waited_for_a_term_that_did_not_begin_has_a_turn(desk: Desk, defects: list[str]) -> None:
    began, go, turns = threading.Event(), threading.Event(), list[str]()
    errors: list[bool] = []

    def slowly() -> None:
        began.set()
        go.wait(LONG)
        raise StoreError("gone")

    def turn() -> None:
        try:
            desk.turn(during=lambda: turns.append("turn"))
        except StoreError as error:
            errors.append(error.undone)

    desk.shared.on_enter = slowly
    threads = [threading.Thread(target=turn) for _ in range(3)]
    threads[0].start()
    began.wait(LONG)
    for thread in threads[1:]:
        thread.start()

    go.set()
    for thread in threads:
        thread.join(LONG)

    assert (errors, turns) == ([True] * 3, [])
    defects.clear()


def test_a_term_that_is_not_kept_fails_for_all_of_its_turns(desk: Desk, defects: list[str]) -> None:
    desk.shared.on_leave = raising(StoreError("gone"))
    errors: list[bool] = []
    inside, go = threading.Event(), threading.Event()

    def turn(during: Callable[[], object]) -> None:
        try:
            desk.turn(during=during)
        except StoreError as error:
            errors.append(error.undone)

    def overlapping() -> None:
        inside.set()
        go.wait(LONG)

    threads = [threading.Thread(target=turn, args=(overlapping,))]
    threads[0].start()
    inside.wait(LONG)
    threads.append(threading.Thread(target=turn, args=(go.set,)))
    threads[1].start()
    for thread in threads:
        thread.join(LONG)

    assert errors == [True, True]
    assert desk.shared.said == ["enter", "leave s", "abandon"]
    defects.clear()


@pytest.mark.parametrize("when", ["on_enter", "on_leave"])
def test_after_a_failure_everything_is_read_anew(desk: Desk, when: str, defects: list[str]) -> None:
    setattr(desk.shared, when, raising(StoreError("gone")))
    with pytest.raises(StoreError):
        desk.turn()
    setattr(desk.shared, when, lambda: None)

    desk.turn()
    desk.turn()

    assert desk.reloads == 1
    assert defects == ["the store does not work: gone; what is asked meanwhile fails"]
    defects.clear()


def test_who_missed_too_much_reads_everything_anew(desk: Desk) -> None:
    desk.shared.on_enter = raising(Missed())

    desk.turn()

    assert (desk.reloads, desk.learnt) == (1, [])


def test_a_defect_while_it_learns_lets_others_in(desk: Desk) -> None:
    desk.shared.on_enter = raising(ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        desk.turn()
    desk.shared.on_enter = lambda: None

    desk.turn()

    assert desk.shared.said == ["enter", "abandon", "enter", "leave s"]
    assert desk.reloads == 1


def test_what_cannot_be_written_down_lets_others_in(desk: Desk) -> None:
    desk.shared.on_leave = raising(TypeError("no JSON"))
    with pytest.raises(TypeError):
        desk.turn()
    desk.shared.on_leave = lambda: None

    desk.turn()

    assert desk.shared.said[-2:] == ["enter", "leave s"]
