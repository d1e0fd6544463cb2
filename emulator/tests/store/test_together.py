"""Processes on one PostgreSQL: what one does the others know, who leads, and what becomes of the dead."""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import cycle, islice

import pytest

from emulator.core.events import Kind
from emulator.core.model import Login
from emulator.core.ports import StoreError
from emulator.core.pushes import Attempt, Callback, Notice, Push, Result
from emulator.space import Spaces, Start, changed_world
from emulator.store import together
from emulator.store.edits import Edit
from emulator.store.together import Together
from emulator.store.vault import opened
from emulator.tests.samples import EARLY, NINE, NUMBER, OTHER, URL, a_draft, second
from emulator.transports import pump as pumping
from emulator.transports.answers import Answer
from emulator.transports.pump import Pump
from emulator.transports.push import Done

DEMO = Login(provider="isms", name="demo", password="demo")
ACCOUNT = "isms", "demo"
LONG = 30.0
DEEDS = "begin", "send", "take away", "send", "begin", "begin", "take away"
AS_BEFORE = """
UPDATE smslab_entries SET body = (body::jsonb - 5)::text WHERE kind = '@standing';
UPDATE smslab_schema SET version = 1
"""
"""Has spaces stand as they did when none said of itself which it is."""

HELLO = Notice(command="deliver_sm", octets=b"hello")


class Process:
    """What a process has of a store; nothing happens in it that the test does not ask for."""

    def __init__(self, url: str, *, seed: int = 1) -> None:
        vault = opened(url)
        assert isinstance(vault, Together)
        self.vault, self.rung, self.poked = vault, list[str](), list[datetime]()
        self.spaces = Spaces(
            Start(seed=seed, clock=NINE, rate=0.0),
            lambda space, at: self.poked.append(at),
            lambda space, provider, account: self.rung.append(account),
            vault,
        )

    def fall(self, seconds: float, space: str = "") -> list[Callback]:
        """Let the clock stand so far after nine, and take what is to be tried."""
        self.spaces[space].clock.reach(second(seconds))
        return self.spaces[space].gateway.agenda.fall_due(second(seconds))

    @property
    def next_due(self) -> datetime | None:
        return self.spaces[""].gateway.agenda.next_due()

    def ask_back(self, *recipients: str) -> None:
        """Send what ends with a callback after three seconds."""
        self.spaces[""].gateway.send(DEMO, a_draft(*recipients, callback=URL))

    def look(self, times: int = 1) -> None:
        for _ in range(times):
            self.vault._look()

    def send(self, *recipients: str, space: str = "") -> int:
        return self.spaces[space].gateway.send(DEMO, a_draft(*recipients)).id

    @property
    def seen(self) -> list[str]:
        with self.spaces[""].store.turn():
            return [message.recipient for message in self.spaces[""].store.messages()]

    def die(self) -> None:
        """End without a word: its connections end with it."""
        self.vault._closing.set()
        self.vault._ledger.close()


@pytest.fixture
def processes(postgres: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Process, Process]]:
    monkeypatch.setattr(together, "PAUSE", 3600.0)
    with ExitStack() as ending:
        made = [Process(postgres) for _ in range(2)]
        for one in made:
            ending.callback(one.die)
        yield made[0], made[1]


def eventually(process: Process, condition: Callable[[], bool]) -> None:
    """Let a process look until it finds what the server noticed."""
    for _ in range(1000):
        process.look()
        if condition():
            return
        threading.Event().wait(0.01)
    raise AssertionError("it never came to be")


def severed(process: Process, name: str) -> None:
    """Let the server end one of its connections."""
    pid = getattr(process.vault._ledger, name).info.backend_pid
    with process.vault._ledger._engine.begin() as other:
        other.exec_driver_sql(f"SELECT pg_terminate_backend({pid}, 5000)")


def test_ids_and_credits_are_those_of_one_world(processes: tuple[Process, Process]) -> None:
    one, two = processes

    ids = [one.send(NUMBER), two.send(OTHER), one.send(NUMBER)]

    assert ids == [1, 2, 3]
    assert one.spaces[""].gateway.credit(DEMO) == two.spaces[""].gateway.credit(DEMO)
    assert one.seen == two.seen == [NUMBER, OTHER, NUMBER]


def test_a_clock_that_one_moves_has_moved_for_all(processes: tuple[Process, Process]) -> None:
    one, two = processes

    one.spaces[""].clock.set(now=second(60))
    two.look()

    assert two.spaces[""].clock.now() == second(60)


def test_who_moves_the_clock_last_has_moved_it_for_all(processes: tuple[Process, Process]) -> None:
    one, two = processes

    one.spaces[""].clock.set(now=second(600))
    two.spaces[""].clock.set(now=second(60))
    one.look()

    assert [each.spaces[""].clock.now() for each in processes] == [second(60)] * 2


def test_a_clock_that_another_moved_further_does_not_go_back(processes: tuple[Process, Process]) -> None:
    one, two = processes

    one.spaces[""].clock.set(now=second(600))
    two.spaces[""].clock.reach(second(60))
    one.look()

    assert [each.spaces[""].clock.now() for each in processes] == [second(600)] * 2


def test_a_space_that_one_begins_afresh_is_a_new_one_for_all(processes: tuple[Process, Process]) -> None:
    one, two = processes
    one.send(NUMBER, space="s")
    before = two.spaces["s"]
    assert two.send(NUMBER, space="s") == 2

    one.spaces.put("s", Start(seed=2, clock=NINE, rate=0.0))
    two.look()

    assert two.spaces["s"] is not before
    assert two.spaces["s"].seed == 2
    assert two.send(NUMBER, space="s") == 1


def test_who_is_still_in_a_space_that_another_took_away_is_told_so(
    processes: tuple[Process, Process],
) -> None:
    one, two = processes
    one.send(NUMBER, space="s")
    ghost = two.spaces["s"]
    one.spaces.drop("s")

    with pytest.raises(StoreError, match="the space was taken away meanwhile") as told:
        ghost.gateway.send(DEMO, a_draft(NUMBER))

    assert told.value.undone
    assert "s" not in one.vault.spaces()
    assert two.send(NUMBER, space="s") == 1


def test_in_a_space_that_is_gone_nothing_falls_due(processes: tuple[Process, Process]) -> None:
    one, two = processes
    one.send(NUMBER, space="s")
    ghost = two.spaces["s"]
    one.spaces.drop("s")

    assert ghost.gateway.agenda.next_due() is None


def test_who_leads_learns_of_spaces_that_others_begin(processes: tuple[Process, Process]) -> None:
    leader, other = processes

    other.send(NUMBER, space="s")
    leader.look()

    assert "s" in [space.name for space in leader.spaces.all()]


def test_a_space_that_only_a_newer_smslab_can_read_keeps_nobody_from_the_others(
    processes: tuple[Process, Process], defects: list[str]
) -> None:
    leader, newer = processes
    space = newer.spaces["a"]
    newer.spaces["b"]
    space.start = replace(space.start, world=changed_world(space.start.world, {"isms": {"coming": True}}))
    space.stand()

    leader.look()
    leader.look()

    assert [space.name for space in leader.spaces.all()] == ["", "b"]
    assert len(defects) == 1
    assert "space 'a' cannot be read: quirks.isms: no switch 'coming'" in defects[0]
    defects.clear()


def test_who_follows_the_others_survives_a_defect(
    processes: tuple[Process, Process], monkeypatch: pytest.MonkeyPatch, defects: list[str]
) -> None:
    vault, looks = processes[0].vault, list[str]()

    def fail() -> None:
        looks.append("look")
        if len(looks) == 2:
            vault._closing.set()
        raise ZeroDivisionError

    monkeypatch.setattr(together, "PAUSE", 0.0)
    monkeypatch.setattr(vault, "_look", fail)

    vault._follow()

    assert len(looks) == 2
    defects.clear()


def test_spaces_that_several_begin_and_take_away_at_once_are_the_same_for_all(
    processes: tuple[Process, Process],
) -> None:
    failed = list[BaseException]()

    def busy(process: Process, deeds: Sequence[str]) -> None:
        try:
            for deed in deeds:
                if deed == "begin":
                    process.spaces.put("s", Start(seed=1, clock=NINE, rate=0.0))
                elif deed == "take away":
                    process.spaces.drop("s")
                else:
                    send(process)
        except BaseException as error:
            failed.append(error)

    def send(process: Process) -> None:
        try:
            process.send(NUMBER, space="s")
        except StoreError as error:  # another was quicker to take it away
            if not error.undone:
                raise

    threads = [
        threading.Thread(target=busy, args=(one, [*islice(cycle(DEEDS), start, start + 25)]))
        for start, one in enumerate(processes * 2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONG)
    for one in processes:
        one.look()

    one, other = processes
    assert failed == []
    assert not any(thread.is_alive() for thread in threads)
    known = [sorted(space.name for space in each.spaces.all()) for each in processes]
    assert known == [sorted(one.vault.spaces())] * 2
    assert one.send(NUMBER, space="s") == other.send(NUMBER, space="s") - 1


def test_a_snapshot_that_one_takes_all_can_go_back_to(processes: tuple[Process, Process]) -> None:
    one, two = processes
    one.send(NUMBER)
    one.spaces[""].remember("x")
    one.send(OTHER)
    two.look()

    two.spaces[""].restore(two.spaces[""].snapshots["x"])

    assert one.seen == two.seen == [NUMBER]


def test_one_leads_and_after_its_death_another(processes: tuple[Process, Process]) -> None:
    one, two = processes
    before = one.spaces.leads(), two.spaces.leads()

    one.die()

    assert before == (True, False)
    eventually(two, two.spaces.leads)


def test_a_notice_is_handed_to_sessions_of_one_process(processes: tuple[Process, Process]) -> None:
    one, two = processes
    one.spaces[""].gateway.notices.add(*ACCOUNT, [(None, HELLO)], NINE)
    two.look()

    taken = [each.spaces[""].gateway.notices.handed(*ACCOUNT, 5) for each in (two, one)]

    assert [len(notices) for notices in taken] == [1, 0]
    assert "demo" in two.rung


def test_what_the_dead_had_in_hand_is_handed_out_again(processes: tuple[Process, Process]) -> None:
    leader, other = processes
    other.spaces[""].gateway.notices.add(*ACCOUNT, [(None, HELLO)], NINE)
    other.spaces[""].gateway.notices.handed(*ACCOUNT, 1)
    leader.look(3 * together.PATIENCE)
    while_it_lives = leader.spaces[""].gateway.notices.handed(*ACCOUNT, 1)

    other.die()

    assert while_it_lives == []
    eventually(leader, lambda: leader.spaces[""].gateway.notices.handed(*ACCOUNT, 1) != [])


def test_what_the_dead_were_trying_is_tried_again(processes: tuple[Process, Process]) -> None:
    leader, other = processes
    other.ask_back(NUMBER)
    (trying,) = other.fall(3)
    leader.look(3 * together.PATIENCE)
    while_it_lives = leader.next_due

    other.die()

    assert while_it_lives is None
    eventually(leader, lambda: leader.next_due is not None)
    assert [one.id for one in leader.fall(3)] == [trying.id]


def test_what_the_living_are_trying_is_theirs_whoever_leads(
    processes: tuple[Process, Process], defects: list[str]
) -> None:
    one, two = processes
    one.ask_back(NUMBER)
    trying = one.fall(3)
    severed(one, "_watching")
    one.vault._leads = False  # as who follows has it after a look that failed
    with pytest.raises(StoreError):
        one.look()

    eventually(two, two.spaces.leads)
    one.look()

    assert [one.next_due, two.next_due] == [None, None]
    one.spaces[""].gateway.agenda.attempted(
        [(callback, Attempt(at=second(3), result=Result.ANSWERED, status=200)) for callback in trying]
    )
    assert two.spaces[""].gateway.agenda.elsewhere() == []


class Sky:
    """Takes every push, and answers none before it is asked to."""

    def __init__(self) -> None:
        self.urls, self._answers, self.full = list[str](), list[Callable[[], None]](), threading.Event()

    def deliver(self, pushes: Iterable[Push], done: Done, *, in_order: bool) -> None:
        for place, push in enumerate(pushes):
            self.urls.append(push.url)
            self._answers.append(partial(done, [(place, Answer(Result.ANSWERED, 200))]))
            self.full.set()

    def answer(self) -> None:
        for tell in self._answers:
            tell()


def pumped() -> tuple[Pump, Sky]:
    sky = Sky()
    return Pump(sky), sky  # type: ignore[arg-type]


@pytest.mark.parametrize("kept", [True, False])
def test_what_fell_due_is_told_once_whether_it_was_committed_or_not(
    processes: tuple[Process, Process], monkeypatch: pytest.MonkeyPatch, defects: list[str], kept: bool
) -> None:
    one, _ = processes
    (pump, sky), space, leave = pumped(), one.spaces[""], one.vault._ledger.leave
    one.ask_back(NUMBER)
    space.clock.reach(second(3))

    def lost(edits: Sequence[Edit]) -> None:
        if kept:
            leave(edits)
        raise StoreError("the answer is lost", undone=True)

    with monkeypatch.context() as broken:
        broken.setattr(one.vault._ledger, "leave", lost)
        with pytest.raises(StoreError):
            pump._fall(space, second(3))
    pump.catch_up(space)
    pump.catch_up(space)

    assert len(sky.urls) == 1
    assert len(defects) == 1
    defects.clear()


@contextmanager
def beginning(deed: Callable[[], None]) -> Iterator[threading.Event]:
    """Do something in a thread; what is set when it is done."""
    done = threading.Event()

    def doing() -> None:
        deed()
        done.set()

    thread = threading.Thread(target=doing)
    thread.start()
    yield done
    thread.join(LONG)


def test_who_reads_finds_done_what_another_process_is_trying(processes: tuple[Process, Process]) -> None:
    (leader, other), (pump, sky), (reading, _) = processes, pumped(), pumped()
    other.ask_back(EARLY)
    pump.catch_up(leader.spaces[""])

    with beginning(lambda: reading.settle(other.spaces[""])) as settled:
        before = settled.wait(0.2)
        sky.answer()
        after = settled.wait(LONG)

    assert [before, after] == [False, True]


def test_an_advance_waits_for_what_another_process_is_trying(processes: tuple[Process, Process]) -> None:
    (leader, other), (pump, sky), (moving, _) = processes, pumped(), pumped()
    other.ask_back(EARLY)
    pump.catch_up(leader.spaces[""])

    with beginning(lambda: moving.advance(other.spaces[""], timedelta(seconds=1))) as advanced:
        before = advanced.wait(0.2), leader.spaces[""].clock.now()
        sky.answer()
        after = advanced.wait(LONG)

    assert before == (False, NINE)
    assert after


def test_a_receiver_that_asks_another_process_does_not_wait_for_its_own_answer(
    processes: tuple[Process, Process],
) -> None:
    (one, other), (pump, sky), (reading, _) = processes, pumped(), pumped()
    one.ask_back(NUMBER)

    with beginning(lambda: pump.advance(one.spaces[""], timedelta(seconds=3))) as advanced:
        assert sky.full.wait(LONG)
        with beginning(lambda: reading.settle(other.spaces[""])) as settled:
            asked = settled.wait(LONG / 3)
            sky.answer()
        assert advanced.wait(LONG)

    assert asked


def test_who_gets_no_further_with_trying_is_not_waited_for(
    processes: tuple[Process, Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    (one, other), (pump, _), (reading, _) = processes, pumped(), pumped()
    monkeypatch.setattr(pumping, "HUNG", 0.1)
    one.ask_back(EARLY)
    pump.catch_up(one.spaces[""])

    with beginning(lambda: reading.settle(other.spaces[""])) as settled:
        assert settled.wait(LONG)


def test_who_leads_lets_pass_what_others_plan_unless_the_clock_stands(
    processes: tuple[Process, Process],
) -> None:
    leader, other = processes
    other.send(EARLY)
    leader.look()
    while_it_stands = list(leader.poked)

    other.spaces[""].clock.set(rate=1.0)
    leader.look()

    assert while_it_stands == []
    assert leader.poked == [NINE]


def test_what_an_older_smslab_was_trying_when_it_died_is_tried_again(
    processes: tuple[Process, Process], postgres: str
) -> None:
    one, _ = processes
    one.ask_back(NUMBER)
    (trying,) = one.fall(3)
    with one.vault._ledger._engine.begin() as database:
        written = "(body::jsonb - 'holder' - 'driven')::text"
        database.exec_driver_sql(f"UPDATE smslab_entries SET body = {written} WHERE kind = 'callback'")
    for before in processes:
        before.die()

    heir = Process(postgres)
    eventually(heir, heir.spaces.leads)
    again = heir.fall(3)
    heir.die()

    assert [one.id for one in again] == [trying.id]


def test_what_a_process_takes_along_to_a_past_is_in_nobodys_hands(
    processes: tuple[Process, Process],
) -> None:
    one, two = processes
    one.ask_back(NUMBER)
    one.spaces[""].gateway.notices.add(*ACCOUNT, [(None, HELLO)], NINE)
    one.spaces[""].gateway.notices.handed(*ACCOUNT, 1)
    (trying,) = one.fall(3)

    one.spaces[""].remember("x")
    one.spaces[""].restore(one.spaces[""].snapshots["x"])

    assert [again.id for again in two.fall(3)] == [trying.id]
    assert len(two.spaces[""].gateway.notices.handed(*ACCOUNT, 1)) == 1


def test_a_turn_whose_connection_ends_is_undone_and_the_next_one_goes_on(
    processes: tuple[Process, Process], defects: list[str]
) -> None:
    one, two = processes
    one.send(NUMBER)

    def interrupted() -> None:
        with one.spaces[""].store.turn():
            one.send(OTHER)
            severed(one, "_turning")

    with pytest.raises(StoreError) as told:
        interrupted()

    assert told.value.undone
    assert two.send(OTHER) == 2
    assert one.seen == [NUMBER, OTHER]
    assert len(defects) == 1
    defects.clear()


def test_processes_that_would_begin_otherwise_are_in_one_world_also_after_an_outage(
    processes: tuple[Process, Process], postgres: str, defects: list[str]
) -> None:
    one, _ = processes
    space, other = one.spaces[""], Process(postgres, seed=2)
    severed(one, "_turning")
    with pytest.raises(StoreError):
        one.send(NUMBER)

    one.send(OTHER)

    assert one.spaces[""] is space
    assert one.seen == other.seen == [OTHER]
    other.die()
    defects.clear()


def test_a_world_of_an_older_smslab_is_one_world(processes: tuple[Process, Process], postgres: str) -> None:
    one, other = processes
    for each in processes:
        each.die()
    with one.vault._ledger._engine.begin() as connection:
        connection.exec_driver_sql(AS_BEFORE)
    one, other = Process(postgres), Process(postgres)
    one.send(NUMBER)
    with one.vault._ledger._engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM smslab_log")

    assert other.send(NUMBER) == 2
    assert one.seen == other.seen == [NUMBER, NUMBER]
    for each in (one, other):
        each.die()


def test_nobody_hears_of_what_is_undone_and_of_what_is_kept_in_its_order(
    processes: tuple[Process, Process], monkeypatch: pytest.MonkeyPatch, defects: list[str]
) -> None:
    one, _ = processes
    space = one.spaces[""]

    def lost(edits: object) -> None:
        raise StoreError("the connection is lost", undone=True)

    with monkeypatch.context() as broken:
        broken.setattr(one.vault._ledger, "leave", lost)
        with pytest.raises(StoreError):
            one.send(NUMBER)
    with space.store.turn():
        one.send(NUMBER)
        one.fall(1)
        before = space.feed.last
    space.feed.tell(NINE, Kind.CONTROL, ["now"])

    assert before == 0
    assert [event.kind for event in space.feed.after(0)] == [Kind.ACCEPTED, Kind.STEP, Kind.CONTROL]
    assert len(defects) == 1
    defects.clear()


def test_a_space_that_could_not_be_taken_away_is_kept_as_ever(
    processes: tuple[Process, Process], monkeypatch: pytest.MonkeyPatch, defects: list[str]
) -> None:
    one, other = processes
    space = one.spaces["s"]

    def lost(edits: object) -> None:
        raise StoreError("the connection is lost", undone=True)

    with monkeypatch.context() as broken:
        broken.setattr(one.vault._ledger, "leave", lost)
        with pytest.raises(StoreError):
            one.spaces.drop("s")
    one.send(NUMBER, space="s")
    other.look()

    assert one.spaces["s"] is space
    assert other.spaces["s"].messages == 1
    defects.clear()


def test_a_space_that_could_not_begin_afresh_goes_on_as_it_was(
    processes: tuple[Process, Process], monkeypatch: pytest.MonkeyPatch, defects: list[str]
) -> None:
    one, other = processes
    before = one.spaces["s"]
    one.send(NUMBER, space="s")
    enter = one.vault._ledger.enter

    def lost(edits: object = ()) -> None:
        raise StoreError("the connection is lost", undone=True)

    def last() -> list[Edit]:
        broken.setattr(one.vault._ledger, "enter", lost)
        return enter()

    with monkeypatch.context() as broken:
        broken.setattr(one.vault._ledger, "enter", last)
        broken.setattr(one.vault._ledger, "leave", lost)
        with pytest.raises(StoreError):
            one.spaces.put("s", Start(seed=2, clock=NINE, rate=0.0))

    assert one.send(OTHER, space="s") == 2
    assert other.send(NUMBER, space="s") == 3
    assert before.feed.closed
    with pytest.raises(StoreError):
        before.gateway.send(DEMO, a_draft(NUMBER))
    defects.clear()


def test_what_was_handed_out_can_be_taken_after_everything_was_read_anew(
    processes: tuple[Process, Process], defects: list[str]
) -> None:
    one, two = processes
    notices = one.spaces[""].gateway.notices
    notices.add(*ACCOUNT, [(None, HELLO)], NINE)
    handed = notices.handed(*ACCOUNT, 1)
    severed(one, "_turning")
    with pytest.raises(StoreError):
        one.send(NUMBER)

    notices.taken(handed)

    assert two.spaces[""].gateway.notices.kept(*ACCOUNT) == 0
    defects.clear()


def test_who_is_cut_off_leads_no_longer_and_comes_back(
    processes: tuple[Process, Process], defects: list[str]
) -> None:
    one, two = processes
    severed(one, "_watching")
    with pytest.raises(StoreError):
        one.look()

    two.look()
    one.look()

    assert two.spaces.leads()
    assert two.vault._ledger.is_present(one.vault._ledger.me)


def test_who_looks_after_too_long_reads_everything_anew(
    processes: tuple[Process, Process], postgres: str
) -> None:
    one, two = processes
    one.send(NUMBER)
    one.spaces[""].remember("x")
    with one.vault._ledger._engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM smslab_log")

    assert two.seen == [NUMBER]
    assert list(two.spaces[""].snapshots) == ["x"]
