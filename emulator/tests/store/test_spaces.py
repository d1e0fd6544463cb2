"""A space on a database does what one in memory does, whatever is done to it, and after every death."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from emulator.core.model import Enquiry, Login
from emulator.core.pushes import Notice
from emulator.core.refusals import Refused
from emulator.space import Space, Spaces, Start
from emulator.store.archive import exported
from emulator.store.vault import opened
from emulator.tests.samples import ANSWERS, FAILS, NINE, NUMBER, a_draft

DEMO = Login(provider="isms", name="demo", password="demo")
NAME = "s"
KEEP = 4

numbers = st.sampled_from([NUMBER, FAILS, ANSWERS])


class Lives(RuleBasedStateMachine):
    """Two spaces that begin alike: one in memory, one on a database whose process dies now and then."""

    def __init__(self) -> None:
        super().__init__()
        self.place = TemporaryDirectory()
        self.mortal, self.lasting = self.begun("memory"), self.begun(self.url)

    @property
    def url(self) -> str:
        return f"sqlite:///{Path(self.place.name)}/store"

    def begun(self, url: str) -> Spaces:
        return Spaces(
            Start(seed=1, clock=NINE, rate=0.0), lambda space, at: None, vault=opened(url), keep=KEEP
        )

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
        assert taken[0] == taken[1]

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
            spaces.put(NAME, Start(seed=2, clock=NINE, rate=0.0))

    @rule()
    def die(self) -> None:
        self.lasting.close()
        self.lasting = self.begun(self.url)

    @invariant()
    def they_are_alike(self) -> None:
        one, other = (
            exported(space.store.snapshot(), seed=space.seed, now=space.clock.now(), rate=space.clock.rate)
            for space in self.both
        )
        assert one == other
        assert self.mortal[NAME].snapshots.keys() == self.lasting[NAME].snapshots.keys()

    def teardown(self) -> None:
        self.lasting.close()
        self.place.cleanup()


def test_who_is_still_in_a_space_that_is_gone_or_began_afresh_leaves_nothing_there(sqlite: str) -> None:
    start = Start(seed=1, clock=NINE, rate=0.0)
    before = Spaces(start, lambda space, at: None, vault=opened(sqlite))
    gone, renewed = before["gone"], before["renewed"]
    before.drop("gone")
    before.put("renewed", start)
    for space in (gone, renewed):
        space.gateway.send(DEMO, a_draft(NUMBER))
    before.close()

    after = Spaces(start, lambda space, at: None, vault=opened(sqlite))

    assert {space.name: space.messages for space in after.all()} == {"": 0, "renewed": 0}
    after.close()


def test_a_snapshot_that_was_taken_away_stays_away(sqlite: str) -> None:
    start = Start(seed=1, clock=NINE, rate=0.0)
    before = Spaces(start, lambda space, at: None, vault=opened(sqlite))
    before[NAME].remember("x")
    before[NAME].let_go("x")
    before.close()

    after = Spaces(start, lambda space, at: None, vault=opened(sqlite))

    assert not after[NAME].snapshots
    after.close()


TestLives = Lives.TestCase
TestLives.settings = settings(max_examples=10, stateful_step_count=25, deadline=None)
