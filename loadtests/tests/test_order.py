"""What is wanted of a run, as plans."""

from __future__ import annotations

import click
import pytest

from loadtests.planning.order import Order, planned
from loadtests.planning.plan import Plan
from loadtests.planning.shape import Shape
from loadtests.scenarios import DIALECTS


def test_a_mixture_has_a_plan_for_each_dialect_that_together_make_its_rate() -> None:
    whole, plans = planned(Order(scenario="mixed", seconds=60))

    assert tuple(plan.scenario for plan in plans) == DIALECTS
    assert sum(plan.rate for plan in plans) == pytest.approx(whole.rate) == pytest.approx(700)
    assert {plan.seconds for plan in plans} == {60}


def test_the_shares_of_a_mixture_are_those_that_were_asked_for() -> None:
    _, plans = planned(Order(scenario="mixed", seconds=1, rate=400, shares={"voipe": 1, "smpp-700": 3}))

    assert {plan.scenario: plan.rate for plan in plans} == {"voipe": 100, "smpp-700": 300}


def test_the_plans_of_a_mixture_do_not_all_send_at_once() -> None:
    _, plans = planned(Order(scenario="mixed", seconds=1, rate=90))

    first = [plan.moment(0) for plan in plans]
    assert first == pytest.approx([place / 90 for place in range(9)])


def test_every_stage_of_a_mixture_is_shared() -> None:
    order = Order(
        scenario="mixed", seconds=10, rate=20, peak=40, shape=Shape.BURST, shares={"ip1": 1, "voipe": 1}
    )

    whole, plans = planned(order)

    assert [stage.rate for stage in whole.course] == [20, 40, 20]
    for plan in plans:
        assert [stage.rate for stage in plan.course] == [10, 20, 10]


def test_seven_accounts_in_a_mixture_have_a_session_each_at_every_worker() -> None:
    order = Order(scenario="mixed", seconds=1, rate=80, workers=2, shares={"smpp-7x700": 7, "voipe": 1})

    _, (smpp, voipe) = planned(order)

    assert (smpp.accounts, smpp.users, smpp.limit) == (7, 14, 13)
    assert voipe.users == 8


@pytest.mark.parametrize(("wanted", "asked"), [(None, [10, 1]), (0, [0, 0])])
def test_scenarios_ask_for_reports_as_they_do_unless_the_run_says_otherwise(
    wanted: int | None, asked: list[int]
) -> None:
    shares = {"ip1-bulk": 1, "isms-http": 1}

    _, plans = planned(Order(scenario="mixed", seconds=1, shares=shares, report_every=wanted))

    assert [plan.report_every for plan in plans] == asked


def test_in_a_mixture_every_submit_asks_for_a_receipt_whatever_the_calls_do() -> None:
    shares = {"smpp-700": 1, "isms-http": 1}

    _, plans = planned(Order(scenario="mixed", seconds=1, shares=shares, report_every=0))

    assert [plan.report_every for plan in plans] == [1, 0]


def refusal(order: Order) -> str:
    with pytest.raises(click.UsageError) as refused:
        planned(order)
    return refused.value.message


def test_reports_are_chosen_only_where_calls_may_ask_for_them_or_not() -> None:
    def refused(scenario: str, **shares: int) -> str:
        return refusal(Order(scenario=scenario, seconds=1, shares=shares or None, report_every=1))

    assert "every submit of smpp-700 asks for a receipt: leave out --report-every" in refused("smpp-700")
    assert "netoxygen has no delivery reports: leave out --report-every" in refused("netoxygen")
    assert "none of these scenarios" in refused("mixed", voipe=1, **{"smpp-700": 1})


@pytest.mark.parametrize(
    "order",
    [
        Order(scenario="smpp-700", seconds=1, listen="127.0.0.1"),
        Order(scenario="netoxygen", seconds=1, listen="127.0.0.1"),
        Order(scenario="isms-http", seconds=1, listen="127.0.0.1", report_every=0),
        Order(scenario="mixed", seconds=1, listen="127.0.0.1", shares={"smpp-700": 1}),
    ],
)
def test_nobody_listens_for_reports_that_do_not_come(order: Order) -> None:
    assert "--listen is where reports arrive over HTTP, and none will" in refusal(order)


def test_a_window_is_for_sessions_a_chapter_for_a_soak() -> None:
    http = {"voipe": 1}

    assert "--window belongs to SMPP" in refusal(Order(scenario="isms-http", seconds=1, window=5))
    assert "--window belongs to SMPP" in refusal(Order(scenario="mixed", seconds=1, window=5, shares=http))
    assert "--chapter belongs to --shape soak" in refusal(Order(scenario="voipe", seconds=1, chapter=5))


@pytest.mark.parametrize(
    ("scenario", "workers", "least"),
    [("smpp-7x700", 2, 14), ("smpp-700", 1, 1), ("isms-http", 3, 3), ("mixed", 2, 2)],
)
def test_users_that_are_too_few_are_refused_not_raised(scenario: str, workers: int, least: int) -> None:
    def users(count: int) -> Order:
        return Order(scenario=scenario, seconds=1, workers=workers, users=count)

    assert planned(users(least))[0].users == least
    if least > 1:
        assert f"workers: give {least} or more" in refusal(users(least - 1))


def test_reports_arrive_where_the_target_reaches_us_unless_another_address_is_named() -> None:
    def listen(**named: str) -> str:
        whole, _ = planned(Order(scenario="isms-http", seconds=1, home="10.0.0.2", **named))  # type: ignore[arg-type]
        return whole.listen

    assert (listen(), listen(listen="10.0.0.3")) == ("10.0.0.2", "10.0.0.3")


def test_no_peak_lies_below_the_rate() -> None:
    def bursting(peak: float) -> Plan:
        whole, _ = planned(Order(scenario="voipe", seconds=1, rate=50, peak=peak, shape=Shape.BURST))
        return whole

    assert bursting(50).course
    with pytest.raises(click.UsageError, match="the peak of 20 messages/s lies below the rate of 50"):
        bursting(20)


@pytest.mark.parametrize("shape", [Shape.STEADY, Shape.BURST])
def test_a_mixture_has_no_more_messages_than_its_rate_and_none_is_due_after_its_end(shape: Shape) -> None:
    single = {name: 1 for name in DIALECTS if name != "isms-soap"}  # which sends ten at once
    order = Order(scenario="mixed", seconds=3, rate=50, shape=shape, shares=single)

    whole, plans = planned(order)

    assert sum(plan.messages for plan in plans) == pytest.approx(whole.messages, abs=1)
    assert max(plan.moment(plan.calls - 1) for plan in plans) < 3


def test_each_scenario_of_a_short_mixture_sends_something() -> None:
    _, plans = planned(Order(scenario="mixed", seconds=1, rate=1))

    assert {plan.calls for plan in plans} == {1}


@pytest.mark.parametrize(
    ("shape", "beyond"), [(Shape.STEADY, 701), (Shape.BURST, 0), (Shape.RAMP, 0), (Shape.SOAK, 0)]
)
def test_only_a_steady_run_ends_with_one_more_than_the_limit(shape: Shape, beyond: int) -> None:
    _, (plan,) = planned(Order(scenario="smpp-700", seconds=60, shape=shape))

    assert plan.burst == beyond


def test_an_account_has_room_above_its_peak_unless_its_limit_is_said() -> None:
    def limit(said: int | None) -> int:
        order = Order(scenario="smpp-700", seconds=10, rate=100, shape=Shape.BURST, limit=said)
        _, (plan,) = planned(order)
        return plan.limit

    assert (limit(None), limit(301)) == (375, 301)


def test_a_steady_account_is_at_its_limit_and_can_have_none_below() -> None:
    _, (plan,) = planned(Order(scenario="smpp-700", seconds=10))

    assert (plan.limit, plan.at_limit) == (700, True)
    assert "does not keep up 700: give --rate 699" in refusal(
        Order(scenario="smpp-700", seconds=1, limit=699)
    )


def test_only_a_soak_has_chapters() -> None:
    for shape in Shape:
        _, (plan,) = planned(Order(scenario="voipe", seconds=300, rate=10, shape=shape))

        assert plan.chapters == ((600,) * 5 if shape is Shape.SOAK else (plan.calls,))


def test_the_last_chapter_has_what_is_left() -> None:
    _, (plan,) = planned(Order(scenario="voipe", seconds=10, rate=1, chapter=3, shape=Shape.SOAK))

    assert plan.chapters == (3, 3, 4)
