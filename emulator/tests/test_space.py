"""A space: one isolated world, begun, reset, remembered, restored and carried elsewhere."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from emulator import settings
from emulator.core import sabotage
from emulator.core.events import Kind
from emulator.core.journal import Exchange
from emulator.core.model import Login
from emulator.core.sabotage import Aim, Effect, Fault
from emulator.provider import Provider
from emulator.providers.isms import ISMS
from emulator.settings import Misconfigured, WorldFile
from emulator.space import Space, Spaces, Start, changed_world, switches
from emulator.store.archive import exported, imported
from emulator.tests.samples import NINE, NUMBER, a_draft, second

DEMO = Login(provider="isms", name="demo", password="demo")

START = Start(seed=7, clock=NINE, rate=0.0)


def nobody(space: Space, at: datetime) -> None:
    """A pump that sleeps."""


def a_space(start: Start = START, poke: Callable[[Space, datetime], None] = nobody) -> Space:
    return Space("test", start, poke)


def reference(space: Space) -> str:
    """The identifier of a send in the words of its provider."""
    from emulator.providers.isms.wire import reference

    return reference(space.gateway.send(DEMO, a_draft(NUMBER)), space.ids)


def state(space: Space) -> tuple[Decimal | None, int, datetime]:
    return space.gateway.credit(DEMO), space.messages, space.clock.now()


def test_a_space_begins_with_its_world_at_its_moment() -> None:
    assert state(a_space()) == (Decimal("3948.47"), 0, NINE)


def test_the_seed_decides_the_identifiers() -> None:
    assert reference(a_space()) == reference(a_space())
    assert reference(a_space()) != reference(a_space(replace(START, seed=8)))


def test_a_space_without_clock_begins_now_on_a_whole_second() -> None:
    space = a_space(replace(START, clock=None))

    assert space.clock.now().microsecond == 0
    assert space.clock.now() == space.begun_at


def test_a_space_tells_its_pump_what_it_waits_for() -> None:
    waits: list[datetime] = []
    space = a_space(poke=lambda _, at: waits.append(at))

    space.gateway.send(DEMO, a_draft(NUMBER))

    assert waits[0] == second(1)


# Reset


def test_a_reset_gives_the_world_as_it_started() -> None:
    space = a_space()
    first = reference(space)
    space.clock.set(now=second(60), rate=60.0)
    space.journal.keep(Exchange(at=NINE, surface="http", method="GET", target="/", headers=(), body=b""))

    space.reset()

    assert state(space) == (Decimal("3948.47"), 0, NINE)
    assert space.journal.since(0, 100) == []
    assert space.clock.rate == 0
    assert space.gateway.agenda.next_due() is None
    assert reference(space) == first


def test_a_reset_of_a_standing_space_goes_back_to_where_it_stood() -> None:
    space = a_space(replace(START, clock=None))
    space.clock.reach(space.begun_at + timedelta(hours=1))

    space.reset()

    assert space.clock.now() == space.begun_at


def test_a_running_space_begins_on_a_whole_second_and_does_so_again_when_it_is_reset() -> None:
    """At a rate too small to be seen, so that the moment can be looked at."""
    space = a_space(Start(seed=7, rate=1e-9))
    first = space.clock.now()

    space.reset()

    assert (first.microsecond, space.clock.now().microsecond) == (0, 0)


def test_listeners_are_told_of_a_reset_and_keep_their_count() -> None:
    space = a_space()
    space.gateway.send(DEMO, a_draft(NUMBER))
    before = space.feed.last

    space.reset()

    (event,) = space.feed.after(before)
    assert (event.id, event.kind, event.detail) == (before + 1, Kind.RESET, {"space": "test"})


# Snapshots and archives


def test_a_snapshot_brings_memory_and_time_back() -> None:
    space = a_space()
    reference(space)
    snapshot = space.remember("before")
    then = state(space)
    after = reference(space)
    space.clock.reach(second(3600))

    space.restore(snapshot)

    assert state(space) == then
    assert space.gateway.agenda.next_due() == second(1)
    assert reference(space) == after


def test_a_restored_space_runs_at_its_present_rate() -> None:
    space = a_space()
    snapshot = space.remember("before")
    space.clock.set(rate=60.0)

    space.restore(snapshot)

    assert space.clock.rate == 60.0


def test_a_restored_space_wakes_its_pump() -> None:
    waits: list[datetime] = []
    space = a_space(poke=lambda _, at: waits.append(at))
    space.gateway.send(DEMO, a_draft(NUMBER))
    snapshot = space.remember("before")
    octets = exported(space.store.snapshot(), seed=7, now=NINE, rate=0.0)
    waits.clear()

    space.restore(snapshot)
    space.become(imported(octets))

    assert waits == [second(1), second(1)]


def test_a_snapshot_of_the_same_name_is_replaced() -> None:
    space = a_space()
    space.remember("it")
    reference(space)

    again = space.remember("it")

    assert space.snapshots == {"it": again}


def test_a_callback_that_was_out_when_the_snapshot_was_taken_is_tried_again() -> None:
    """Its answer belongs to a life that was given up."""
    space = a_space()
    space.gateway.send(DEMO, a_draft(NUMBER, callback="http://127.0.0.1:1/dlr"))
    space.clock.set(now=second(3))
    space.gateway.agenda.fall_due(second(1))
    (out,) = space.gateway.agenda.fall_due(second(3))
    snapshot = space.remember("out")

    space.restore(snapshot)

    assert space.gateway.agenda.fall_due(second(3)) == [out]
    assert space.gateway.agenda.fall_due(second(3600)) == []


def test_an_archive_makes_another_space_the_same() -> None:
    original, copy = a_space(), a_space(Start(seed=8, clock=second(-3600), rate=0.0))
    reference(original)
    original.clock.reach(second(2))
    octets = exported(original.store.snapshot(), seed=original.seed, now=second(2), rate=0.0)

    copy.become(imported(octets))

    assert state(copy) == state(original)
    assert copy.seed == 7
    assert reference(copy) == reference(original)


# Faults on purpose

AIM = Aim(provider="isms", path="/x", account=None, effects=frozenset(Effect))


def put(space: Space, *faults: Fault) -> None:
    for fault in faults:
        space.store.put(sabotage.KIND, (fault.id,), fault)


def test_faults_strike_in_the_order_they_were_put_and_are_counted() -> None:
    space = a_space()
    put(space, Fault(id="once", effect=Effect.EMPTY, times=1), Fault(id="always", effect=Effect.STATUS))

    struck = [[fault.id for fault in space.struck(AIM)] for _ in range(2)]

    assert struck == [["once", "always"], ["always"]]


def test_a_fault_aimed_elsewhere_is_not_counted() -> None:
    space = a_space()
    put(space, Fault(id="f", effect=Effect.EMPTY, path="/y", times=1))

    assert space.struck(AIM) == []
    assert space.store.get(sabotage.KIND, ("f",)) == Fault(
        id="f", effect=Effect.EMPTY, path="/y", times=1, met=0
    )


def test_a_space_without_faults_says_so() -> None:
    space = a_space()
    assert not space.sabotaged

    put(space, Fault(id="f", effect=Effect.EMPTY))

    assert space.sabotaged


# All spaces


def all_spaces(start: Start = START) -> Spaces:
    return Spaces(start, nobody)


def test_a_space_nobody_declared_is_made_on_first_use_and_kept() -> None:
    spaces = all_spaces()

    found = spaces["new"]

    assert found is spaces["new"]
    assert (found.name, found.seed, found.clock.now()) == ("new", 7, NINE)


def test_a_space_is_begun_afresh_by_putting_it() -> None:
    spaces = all_spaces()
    reference(spaces["it"])

    before = spaces["it"]

    again, replaced = spaces.put("it", Start(seed=9, clock=second(60), rate=0.0))

    assert replaced is before
    assert spaces["it"] is again
    assert (again.seed, again.messages, again.clock.now()) == (9, 0, second(60))
    assert spaces.put("other", START)[1] is None


def test_a_dropped_space_begins_anew_when_it_is_used_again() -> None:
    spaces = all_spaces()
    used = spaces["it"]
    reference(used)

    assert spaces.drop("it") is used

    assert spaces.drop("it") is None
    assert spaces["it"].messages == 0


def test_the_default_space_cannot_be_dropped() -> None:
    spaces = all_spaces()

    assert spaces.drop("") is None
    assert [space.name for space in spaces.all()] == [""]


@pytest.mark.parametrize("name", ["-", "a/b", "a b", "α", "x" * 65, "a\n"])
def test_a_name_that_can_be_none_is_refused(name: str) -> None:
    with pytest.raises(Misconfigured, match="is no name for a space"):
        all_spaces()[name]


# Worlds


def test_a_changed_world_keeps_what_is_not_named() -> None:
    world = changed_world(settings.world(), {"isms": {"contact_ok": "ascii"}})

    again = changed_world(world, {"isms": {"zone": "UTC"}})

    assert again.quirks == {"isms": {"contact_ok": "ascii", "zone": "UTC"}}
    assert again.accounts == settings.world().accounts
    assert settings.world().quirks == {}


@pytest.mark.parametrize(
    ("quirks", "profiles"), [({"nowhere": {}}, {}), ({}, {"nowhere": "late"})], ids=["quirks", "profiles"]
)
def test_switches_of_a_provider_that_is_none_are_refused(
    quirks: dict[str, dict[str, str]], profiles: dict[str, str]
) -> None:
    with pytest.raises(Misconfigured, match="nowhere: no such provider"):
        switches(changed_world(settings.world(), quirks, profiles))


PROFILED = replace(ISMS, profiles={"late": {"zone": "UTC", "contact_ok": "ascii"}})


def test_a_profile_puts_switches_and_single_ones_win_over_it() -> None:
    world = changed_world(WorldFile(), {"isms": {"zone": "Europe/Berlin"}}, {"isms": "late"})

    quirks = switches(world, [PROFILED])["isms"]

    assert (quirks.zone, quirks.contact_ok) == ("Europe/Berlin", "ascii")


@pytest.mark.parametrize(
    ("provider", "says"), [(PROFILED, "there are late"), (ISMS, "it has none")], ids=["some", "none"]
)
def test_an_unknown_profile_is_refused_with_those_that_there_are(provider: Provider, says: str) -> None:
    world = changed_world(WorldFile(), {}, {"isms": "early"})

    with pytest.raises(Misconfigured, match=f"profiles.isms: no profile 'early'; {says}"):
        switches(world, [provider])
