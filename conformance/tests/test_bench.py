"""What a check gets, and what it is refused, by the kind of target."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from conformance.accounts import Login
from conformance.address import opened
from conformance.bench import CLOCK, Bench, Spending
from conformance.blocked import Blocked, Disabled
from conformance.clock import WallClock
from conformance.drivers.smpp_pdus import BIND_TRANSCEIVER, bind
from conformance.drivers.smpp_statuses import Status
from conformance.numbers import Invented, Owned
from conformance.tape import Tape
from conformance.target import Dialect, Target

STRANGER = Target(
    name="stranger",
    dialects={"isms": Dialect(http="http://127.0.0.1:1", login=Login(username="joe", password="x"))},
    numbers=("306900000001",),
    messages=3,
    lookups=0,
    disabled={"isms/hlr*/*": "not bought"},
)


@pytest.fixture
def stranger() -> Iterator[Bench]:
    with closing(Bench(STRANGER)) as bench:
        yield bench


def test_every_check_on_our_emulator_has_a_space_of_its_own() -> None:
    with opened("self", seed=1, clock=CLOCK) as target, closing(Bench(target)) as bench:
        with bench.place(Tape()) as first:
            first.clock.advance(60)
            moved = first.clock.now()
        with bench.place(Tape()) as second:
            fresh = second.clock.now()

    assert (first.http("isms"), second.http("isms")) == (f"{target.base}/~check1", f"{target.base}/~check2")
    assert moved == datetime(2026, 3, 2, 9, 1, tzinfo=UTC)
    assert fresh == datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_a_session_belongs_to_the_space_of_its_check() -> None:
    with (
        opened("self", seed=1, clock=CLOCK) as target,
        closing(Bench(target)) as bench,
        bench.place(Tape()) as place,
        place.link() as link,
    ):
        answer = link.ask(BIND_TRANSCEIVER, bind(place.system_id(), "demo"))
        surfaces = [entry["surface"] for entry in place.control.journal()]

    assert place.system_id(role="empty") == "empty@check1"
    assert answer.status == Status.ROK
    assert surfaces == ["smpp"]


@pytest.mark.parametrize("name", ["self", "http://127.0.0.1:8000"])
def test_the_name_of_a_space_leaves_room_in_a_system_id(name: str) -> None:
    with (
        opened("self", seed=1, clock=CLOCK) as target,
        closing(Bench(replace(target, name=name))) as bench,
        bench.place(Tape()) as place,
    ):
        shortest = place.system_id(role="empty")

    assert len(shortest) + len("999") <= 15


def test_a_stranger_has_no_control(stranger: Bench) -> None:
    with stranger.place(Tape()) as place, pytest.raises(Blocked, match="needs a control API"):
        assert place.control


def test_a_role_that_the_target_file_gives_nobody_blocks(stranger: Bench) -> None:
    with stranger.place(Tape()) as place, pytest.raises(Blocked) as blocked:
        place.login("isms", "empty")

    assert place.login("isms").username == "joe"
    assert str(blocked.value) == "needs an account without credit ([isms.empty] in the target file)"


def test_a_stranger_is_waited_for_within_limits() -> None:
    WallClock(0.01).advance(0.001)

    with pytest.raises(Blocked, match=r"needs 60 s of real time; the target allows 30 \(\[wait\] longest\)"):
        WallClock(30).advance(60)


def test_real_time_may_be_spent_otherwise_than_asleep() -> None:
    spent = list[float]()

    WallClock(30).advance(20, meanwhile=spent.append)

    assert spent == [20]


def test_spending_stops_before_the_limit_is_passed() -> None:
    spend = Spending(3, 0)
    spend(2, 0)

    with pytest.raises(Blocked, match="takes 2 of the messages to spend; the target file leaves 1"):
        spend(2, 0)
    with pytest.raises(Blocked, match="takes 1 of the lookups to spend; the target file leaves 0"):
        spend(0, 1)
    spend(1, 0)


def test_what_was_refused_may_be_spent_again() -> None:
    spend = Spending(3, 0)
    spend(3, 0)
    spend(-2, 0)
    spend(1, 0)

    assert (spend.spent["messages"], spend.asked["messages"]) == (2, 4)


def test_a_call_that_costs_too_much_of_one_takes_nothing_of_the_other() -> None:
    spend = Spending(3, 0)

    with pytest.raises(Blocked):
        spend(2, 1)

    assert spend.spent["messages"] == 0


def test_a_run_shares_one_purse(stranger: Bench) -> None:
    with stranger.place(Tape()) as first, stranger.place(Tape()) as second:
        first.spend(2, 0)

        with pytest.raises(Blocked):
            second.spend(2, 0)


def test_what_the_target_does_not_offer_is_disabled(stranger: Bench) -> None:
    stranger.admit(("isms/send/ok", "isms/hlr/ok"))

    assert stranger.disabled("isms/hlrquery/ok") == "not bought"
    assert stranger.disabled("ip1/send/ok") == "the target has no address for this provider"
    with pytest.raises(Disabled, match="not bought"):
        stranger.admit(("isms/hlr/ok",))


def test_a_provider_is_judged_by_the_ways_there_are_to_it() -> None:
    login = Login(username="joe", password="x")
    centre, both = ("127.0.0.1", 1), Dialect(http="http://127.0.0.1:1", smpp=("127.0.0.1", 1), login=login)
    ways = {
        "http": STRANGER.dialects["isms"],
        "smpp": Dialect(smpp=centre, login=login),
        "both": both,
    }
    found = {}
    for way, dialect in ways.items():
        with closing(Bench(replace(STRANGER, dialects={"isms": dialect}))) as bench:
            found[way] = (bench.disabled("isms/send/ok"), bench.disabled("isms/smpp/rate"))

    assert found == {
        "http": (None, "the target has no address for SMPP"),
        "smpp": ("the target has no address for HTTP", None),
        "both": (None, None),
    }


def test_what_there_is_no_way_to_blocks(stranger: Bench) -> None:
    with stranger.place(Tape()) as place, pytest.raises(Blocked) as blocked:
        place.link("isms")

    assert str(blocked.value) == "needs an address for SMPP ([isms] smpp in the target file)"


def test_invented_numbers_are_never_alike_and_mean_no_outcome() -> None:
    numbers = Invented()

    many = numbers(20_000) + numbers() + numbers(3, ending="9001")

    assert len(set(many)) == len(many)
    assert {len(one) for one in many} == {12}
    assert [one for one in many if one[-4:] >= "9000"] == many[-3:]
    assert all(one.endswith("9001") for one in many[-3:])


def test_own_numbers_are_all_there_is() -> None:
    numbers = Owned(("306900000001", "306900000002"))

    assert numbers(2) == ["306900000001", "306900000002"]
    with pytest.raises(Blocked, match="needs 3 own numbers; the target file lists 2"):
        numbers(3)
    with pytest.raises(Blocked, match="behaves as 9001 does in an emulator"):
        numbers(1, ending="9001")


def test_checks_that_share_a_world_never_share_a_number() -> None:
    with closing(Bench(replace(STRANGER, numbers=None))) as bench:
        with bench.place(Tape()) as first:
            before = first.numbers(2)
        with bench.place(Tape()) as second:
            after = second.numbers(2)

    assert not set(before) & set(after)
