"""The grid of moments."""

from __future__ import annotations

from decimal import Decimal

import pytest

from loadtests.planning.plan import Plan


def test_the_grid_is_even_and_known_before_anything_is_sent() -> None:
    plan = Plan(scenario="isms-http", rate=700, seconds=60)

    assert plan.calls == 42_000
    assert plan.moment(0) == 0.0
    assert plan.moment(7) == pytest.approx(0.01)
    assert plan.moment(41_999) == pytest.approx(59.99857, abs=1e-5)


def test_the_rate_counts_messages_not_calls() -> None:
    plan = Plan(scenario="isms-http", rate=1000, seconds=3, recipients=100)

    assert (plan.calls, plan.messages) == (30, 3000)
    assert plan.moment(1) == pytest.approx(0.1)


def test_a_last_call_that_would_not_be_full_is_sent_full() -> None:
    plan = Plan(scenario="isms-http", rate=10, seconds=1, recipients=4)

    assert (plan.calls, plan.messages) == (3, 12)


def test_a_rate_that_binary_fractions_cannot_hold_makes_no_call_too_many() -> None:
    assert Plan(scenario="isms-http", rate=0.1, seconds=30).calls == 3


def test_workers_share_every_slot_once_and_keep_the_even_pace() -> None:
    plan = Plan(scenario="isms-http", rate=10, seconds=1, workers=3)

    shares = [list(plan.share(worker)) for worker in range(3)]

    assert shares == [[0, 3, 6, 9], [1, 4, 7], [2, 5, 8]]


def test_a_worker_too_many_has_no_share() -> None:
    with pytest.raises(ValueError, match="no worker 2 of 2"):
        Plan(scenario="isms-http", rate=10, seconds=1, workers=2).share(2)


def test_the_cost_is_exact_to_the_cent() -> None:
    plan = Plan(scenario="isms-http", rate=3, seconds=1, price=Decimal("0.10"))

    assert plan.cost == Decimal("0.30")


def test_a_password_does_not_show_in_a_printed_plan() -> None:
    assert "hush" not in repr(Plan(scenario="isms-http", rate=1, seconds=1, password="hush"))
