"""A space on a database does what one in memory does: whatever is done, wherever, and after any death."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from emulator.core.model import Enquiry, Login
from emulator.core.ports import StoreError
from emulator.core.pushes import Notice
from emulator.core.refusals import Refused
from emulator.settings import Misconfigured
from emulator.space import Space, Spaces, Start
from emulator.store import together
from emulator.store.archive import exported
from emulator.store.engines import engine_at
from emulator.store.together import Together
from emulator.store.vault import Lasting, opened
from emulator.tests.samples import ANSWERS, FAILS, NINE, NUMBER, a_draft
from emulator.tests.store.fragile import Fragile

DEMO = Login(provider="isms", name="demo", password="demo")
NAME = "s"
KEEP = 4
START = Start(seed=1, clock=NINE, rate=0.0)

numbers = st.sampled_from([NUMBER, FAILS, ANSWERS])


def begun(url: str) -> Spaces:
    return Spaces(START, lambda space, at: None, vault=opened(url), keep=KEEP)


def send(spaces: Spaces) -> None:
    spaces[NAME].gateway.send(DEMO, a_draft(NUMBER))


def begin_afresh(spaces: Spaces) -> None:
    spaces.put(NAME, Start(seed=2, clock=NINE, rate=0.0))


Deed = Callable[[Spaces], object]
DEEDS: Sequence[Deed] = (send, begin_afresh, lambda spaces: spaces[NAME].reset())
"""What is done while a disk is full, and counts all the same."""


class Lives(RuleBasedStateMachine):
    """Two spaces that begin alike: one in memory, one on a database."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.mortal, self.lasting = begun("memory"), begun(url)

    @property
    def both(self) -> tuple[Space, Space]:
        return self.mortal[NAME], self.lasting[NAME]

    @rule(recipients=st.lists(numbers, min_size=1, max_size=3, unique=True), later=st.integers(0, 2))
    def send(self, recipients: list[str], later: int) -> None:
        for space in self.both:
            moment = space.clock.now() + timedelta(hours=later) if later else None
            space.gateway.send(DEMO, a_draft(*recipients, scheduled_at=moment))

    @rule(seconds=st.sampled_from([1, 3, 100, 7200]))
    def advance(self, seconds: int) -> None:
        for space in self.both:
            until = space.clock.now() + timedelta(seconds=seconds)
            while (due := space.gateway.agenda.next_due()) is not None and due <= until:
                space.clock.reach(due)
                space.gateway.agenda.fall_due(due)
            space.clock.reach(until)

    @rule(id=st.integers(1, 9))
    def cancel(self, id: int) -> None:
        refusals = []
        for space in self.both:
            try:
                space.gateway.cancel(DEMO, Enquiry(id=id))
            except Refused as refused:
                refusals.append(refused.reasons)
        assert len(refusals) != 1

    @rule()
    def tell(self) -> None:
        for space in self.both:
            notice = Notice(command="deliver_sm", octets=b"hello")
            space.gateway.notices.add("isms", "demo", [(None, notice)], space.clock.now())

    @rule(most=st.integers(1, 2))
    def take(self, most: int) -> None:
        taken = []
        for space in self.both:
            handed = space.gateway.notices.handed("isms", "demo", most)
            space.gateway.notices.taken(handed)
            taken.append(handed)
        assert [(one.id, one.notice) for one in taken[0]] == [(one.id, one.notice) for one in taken[1]]

    @rule()
    def reset(self) -> None:
        for space in self.both:
            space.reset()

    @rule()
    def remember(self) -> None:
        for space in self.both:
            space.remember("x")

    @precondition(lambda self: "x" in self.mortal[NAME].snapshots)
    @rule()
    def restore(self) -> None:
        for space in self.both:
            space.restore(space.snapshots["x"])

    @rule()
    def let_go(self) -> None:
        for space in self.both:
            space.let_go("x")

    @rule()
    def forget(self) -> None:
        for space in self.both:
            with space.store.turn():
                space.store.forget_messages()

    @rule()
    def begin_afresh(self) -> None:
        for spaces in (self.mortal, self.lasting):
            begin_afresh(spaces)

    @invariant()
    def they_are_alike(self) -> None:
        one, other = map(whole, self.both)
        assert one == other


class Deaths(Lives):
    """The process of the one on a database dies now and then, and its disk is full at times."""

    def __init__(self) -> None:
        self.place = TemporaryDirectory()
        super().__init__(f"sqlite:///{self.place.name}/store")
        self.die()

    @rule()
    def die(self) -> None:
        self.lasting.close()
        self.ledger = Fragile(engine_at(self.url))
        self.lasting = Spaces(START, lambda space, at: None, vault=Lasting(self.ledger), keep=KEEP)

    @rule(deeds=st.lists(st.sampled_from(DEEDS), min_size=1, max_size=3))
    def fill_the_disk(self, deeds: Sequence[Deed]) -> None:
        for deed in deeds:
            deed(self.mortal)
            with self.full():
                deed(self.lasting)
        with self.lasting[""].store.turn():
            """There is room again: with it all is written that was done meanwhile."""

    @rule()
    def take_away_while_the_disk_is_full(self) -> None:
        self.mortal.drop(NAME)
        with self.full():
            self.lasting.drop(NAME)
        with self.full():
            self.lasting[NAME]

    @contextmanager
    def full(self) -> Iterator[None]:
        self.ledger.broken = True
        with pytest.raises(StoreError):
            yield
        self.ledger.broken = False

    def teardown(self) -> None:
        self.lasting.close()
        self.place.cleanup()


class Company(Lives):
    """The one on a database is asked in one of two processes, which see of each other what they look at."""

    url: str

    def __init__(self) -> None:
        super().__init__(self.url)
        self.other = begun(self.url)
        self.lasting.put(NAME, START)
        self.look()

    @rule()
    def ask_the_other(self) -> None:
        self.lasting, self.other = self.other, self.lasting

    @rule()
    def die(self) -> None:
        self.lasting.close()
        self.lasting = begun(self.url)

    @invariant()
    def the_other_learns_of_it(self) -> None:
        self.look()
        assert whole(self.other[NAME]) == whole(self.mortal[NAME])

    def look(self) -> None:
        vault = self.other._vault
        assert isinstance(vault, Together)
        vault._look()

    def teardown(self) -> None:
        self.lasting.close()
        self.other.close()


def whole(space: Space) -> tuple[bytes, set[str]]:
    """All that a space remembers, and the names of its snapshots."""
    space.meet()
    state, now = space.store.snapshot(), space.clock.now()
    return exported(state, seed=space.seed, now=now, rate=space.clock.rate), {*space.snapshots}


def test_who_is_still_in_a_space_that_is_gone_or_began_afresh_leaves_nothing_there(sqlite: str) -> None:
    before = Spaces(START, lambda space, at: None, vault=opened(sqlite))
    gone, renewed = before["gone"], before["renewed"]
    before.drop("gone")
    before.put("renewed", START)
    for space in (gone, renewed):
        space.gateway.send(DEMO, a_draft(NUMBER))
    before.close()

    after = Spaces(START, lambda space, at: None, vault=opened(sqlite))

    assert {space.name: space.messages for space in after.all()} == {"": 0, "renewed": 0}
    after.close()


def test_a_space_that_was_taken_away_while_the_disk_was_full_begins_afresh(
    sqlite: str, defects: list[str]
) -> None:
    ledger = Fragile(engine_at(sqlite))
    before = Spaces(START, lambda space, at: None, vault=Lasting(ledger))
    before[NAME].gateway.send(DEMO, a_draft(NUMBER))
    ledger.broken = True
    with pytest.raises(StoreError):
        before.drop(NAME)
    with pytest.raises(StoreError):
        before[NAME]
    ledger.broken = False
    sent = before[NAME].gateway.send(DEMO, a_draft(NUMBER))
    accounts = before[NAME].store.accounts()
    before.close()

    after = Spaces(START, lambda space, at: None, vault=opened(sqlite))

    assert (sent.id, after[NAME].messages) == (1, 1)
    assert after[NAME].store.accounts() == accounts
    after.close()
    defects.clear()


def test_a_space_that_began_afresh_while_the_disk_was_full_is_the_one_that_is_kept(
    sqlite: str, defects: list[str]
) -> None:
    ledger = Fragile(engine_at(sqlite))
    before = Spaces(START, lambda space, at: None, vault=Lasting(ledger))
    old = before[NAME]
    old.gateway.send(DEMO, a_draft(NUMBER))
    ledger.broken = True
    with pytest.raises(StoreError):
        before[""].gateway.send(DEMO, a_draft(NUMBER))
    with pytest.raises(StoreError):
        before.put(NAME, START)
    ledger.broken = False
    sent = before[NAME].gateway.send(DEMO, a_draft(NUMBER))
    before.close()

    after = Spaces(START, lambda space, at: None, vault=opened(sqlite))

    assert (sent.id, after[NAME].messages, after[""].messages) == (1, 1, 1)
    assert old.feed.closed
    assert old.gateway.agenda.next_due() is None
    after.close()
    defects.clear()


def test_all_spaces_are_found_again_however_many_several_processes_began(
    sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Spaces(START, lambda space, at: None, vault=opened(sqlite))
    for name in ("a", "b"):
        before[name]
    before.close()
    monkeypatch.setattr("emulator.space.spaces.MOST_SPACES", 2)

    after = Spaces(START, lambda space, at: None, vault=opened(sqlite))

    assert {space.name for space in after.all()} == {"", "a", "b"}
    with pytest.raises(Misconfigured, match="there are 2 spaces already"):
        after["c"]
    after.close()


def test_a_snapshot_that_was_taken_away_stays_away(sqlite: str) -> None:
    before = Spaces(START, lambda space, at: None, vault=opened(sqlite))
    before[NAME].remember("x")
    before[NAME].let_go("x")
    before.close()

    after = Spaces(START, lambda space, at: None, vault=opened(sqlite))

    assert not after[NAME].snapshots
    after.close()


def test_two_processes_do_what_one_memory_does(postgres: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "PAUSE", 3600.0)
    monkeypatch.setattr(Company, "url", postgres, raising=False)

    run_state_machine_as_test(Company, settings=settings(max_examples=5, stateful_step_count=20))


def test_deaths_and_full_disks_change_nothing(defects: list[str]) -> None:
    run_state_machine_as_test(Deaths, settings=settings(max_examples=10, stateful_step_count=25))

    assert set(defects) == {"the store does not work: no space left; what is asked meanwhile fails"}
    defects.clear()
