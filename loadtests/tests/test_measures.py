"""Percentiles, shares and the course of a run."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from loadtests.accounting.histogram import Histogram
from loadtests.accounting.ledger import BEHIND, Outcome
from loadtests.accounting.reconciliation import Terms
from loadtests.accounting.tally import Tally, pace
from loadtests.planning.plan import Login
from loadtests.reporting.verdict import Budget, judgements
from loadtests.smpp import THROTTLED
from loadtests.tests.rows import PLAN, books, course, found, ledger, measures, receipt, reconciled, sent

TERMS = Terms(receipt_after=3.0)


@pytest.mark.parametrize(
    ("share", "value"), [(0.0, 10.0), (0.5, 20.0), (0.51, 30.0), (0.75, 30.0), (0.99, 40.0), (1.0, 40.0)]
)
def test_a_percentile_is_a_value_that_occurred(share: float, value: float) -> None:
    assert Histogram([30.0, 10.0, 40.0, 20.0]).percentile(share) == value


def test_a_percentile_of_a_hundred_values_is_not_off_by_one() -> None:
    values = [float(n) for n in range(1, 101)]

    assert [Histogram(values).percentile(share) for share in (0.5, 0.95, 0.99)] == [50.0, 95.0, 99.0]


def test_a_spread_takes_no_more_room_for_more_of_the_same_three_digits() -> None:
    histogram = Histogram(10 + n / 1_000_000 for n in range(1000))

    assert (len(histogram), histogram.percentile(0.5), histogram.percentile(1.0)) == (1000, 10.0, 10.0)


def test_there_is_no_percentile_of_nothing() -> None:
    assert Histogram().percentile(0.99) is None


def test_latency_runs_from_the_due_moment_even_when_the_call_left_late() -> None:
    late = sent(0, took=1.5)

    assert late.latency == pytest.approx(1.5)


def test_the_measures_of_a_run_in_order() -> None:
    calls = [sent(slot) for slot in range(10)]
    receipts = [receipt(slot) for slot in range(10)]
    kept = ledger(calls, receipts)
    held = books(*(found(slot) for slot in range(10)), charged="10.00")
    checked = reconciled(kept, held, Terms(receipt_after=3.0))

    told = measures(kept, checked)

    assert told.achieved == 0.5
    assert told.error_share == 0.5
    assert (told.p50_ms, told.p99_ms, told.max_ms) == (10.0, 10.0, 10.0)
    assert told.receipt_p99_ms == 50.0
    assert (told.lost, told.doubled, told.credits_off) == (0, 0, 0)


def test_without_reports_in_the_dialect_nothing_is_said_of_their_time() -> None:
    kept = ledger([sent(0)], [])
    checked = reconciled(kept, books(found(0), charged="1.00"), Terms(receipt_after=None))

    told = measures(kept, checked, receipt_after=None)

    assert (told.receipt_p99_ms, told.early, told.billed_off) == (None, None, None)
    assert (told.lost, told.credits_off) == (0, 0.0)


def test_too_few_on_the_bill_is_as_far_off_as_too_many() -> None:
    checked = reconciled(ledger([], []), books(charged="0.00"), Terms(receipt_after=None))

    few = replace(checked, billed_off=-3, credits_off=Decimal("-0.21"))

    told = measures(ledger([], []), few, receipt_after=None)
    assert (told.billed_off, told.credits_off) == (3, 0.21)


def test_of_a_call_refused_in_part_each_message_counts_as_what_it_is() -> None:
    partly = sent(0, numbers=("1", "2", "3"), references=("A0", "", "A2"), outcome=Outcome.REFUSED)

    (second,) = course(PLAN, ledger([partly], []))

    assert (second.intended, second.accepted, second.failed) == (3, 2, 1)


def test_one_error_among_ten_million_is_one_too_many() -> None:
    told = pace(Tally(accepted=9_999_999), messages=10_000_000, begin=0, seconds=10)

    (judged,) = judgements(told, [Budget(measure="error_share", at_most=0)])

    assert not judged.met
    assert f"{judged.value:g}" == "1e-07"


def test_what_was_kept_up_with_is_achieved_to_the_last_digit() -> None:
    assert {pace(Tally(accepted=n), messages=n, begin=0, seconds=n / 7).achieved for n in range(1, 99)} == {1}


def test_a_target_that_takes_twice_the_time_achieves_half_the_rate() -> None:
    calls = [sent(slot, took=2 + slot / 10) for slot in range(20)]
    kept = ledger(calls, [])
    checked = reconciled(kept, books(charged="0.00"), Terms(receipt_after=3.0))

    told = measures(kept, checked)

    assert told.achieved == pytest.approx(2 / 5.8, abs=1e-3)


def limited(*moments: tuple[float, float], burst: int = 0) -> list[int | None]:
    """What is over the limit of two a second, and throttled, of submits that left and were answered then."""
    plan = replace(PLAN, rate=1, seconds=1, most=2, burst=burst, logins=(Login("me", "secret"),))
    calls = [replace(sent(slot), begun=begun, ended=ended) for slot, (begun, ended) in enumerate(moments)]
    refused = [replace(sent(8, outcome=Outcome.REFUSED, reason=reason)) for reason in (THROTTLED, "other")]
    kept = ledger([*calls, *refused], [])
    told = measures(kept, reconciled(kept, books(charged="0"), TERMS), plan=plan)
    return [told.over_limit, told.throttled]


def test_three_in_a_second_are_one_too_many_where_two_may_be() -> None:
    assert limited((0.0, 0.1), (0.2, 0.3), (0.9, 0.95)) == [1, None]
    assert limited((0.0, 0.1), (0.2, 0.3), (0.9, 1.1)) == [0, None]  # perhaps the target counted it later


def test_an_answer_that_others_overtook_is_no_proof_against_them() -> None:
    assert limited((0.0, 0.1), (0.2, 1.3), (0.3, 0.4)) == [0, None]


def test_of_the_burst_those_count_that_were_too_many() -> None:
    assert limited((0.0, 0.1), burst=3) == [0, 1]


def test_the_burst_is_no_part_of_the_pace() -> None:
    plan = replace(PLAN, rate=1, seconds=2, burst=2)
    calls = [sent(0), sent(1), sent(2, took=9.0), sent(3, outcome=Outcome.REFUSED, reason=THROTTLED)]
    kept = ledger(calls, [])
    checked = reconciled(kept, books(charged="3.00"), TERMS)

    told = measures(kept, checked, plan=plan)

    assert (told.achieved, told.error_share, told.max_ms) == (1.0, 0.0, 10.0)
    assert told.throttled == 1


def test_the_course_counts_each_thing_in_the_second_in_which_it_was_due_or_happened() -> None:
    calls = [sent(0), sent(5, took=0.9), sent(12, outcome=Outcome.REFUSED, reason="no")]
    kept = ledger(calls, [receipt(0, arrived=3.2), receipt(5, arrived=3.9)])

    seconds = course(PLAN, kept)

    assert [(i.at, i.intended, i.accepted, i.failed, i.receipts, i.open) for i in seconds] == [
        (0.0, 2, 1, 0, 0, 1),
        (1.0, 1, 1, 1, 0, 2),
        (2.0, 0, 0, 0, 0, 2),
        (3.0, 0, 0, 0, 2, 0),
    ]
    assert seconds[0].p99 == pytest.approx(900.0)
    assert seconds[2].p99 is None


def test_a_call_that_was_dropped_for_its_lag_has_the_worst_latency() -> None:
    calls = [*map(sent, range(9)), sent(9, outcome=Outcome.UNSENT, took=10.5, reason=BEHIND)]
    kept = ledger(calls, [])

    told = measures(kept, reconciled(kept, books(charged="0"), TERMS))

    assert (told.p50_ms, told.p99_ms, told.max_ms) == (10.0, 10_500.0, 10_500.0)
    assert course(PLAN, kept)[0].p99 == 10_500.0


def test_a_call_that_could_not_be_sent_at_all_says_nothing_of_waiting() -> None:
    kept = ledger([sent(0, outcome=Outcome.UNSENT, took=0.001, reason="Connection refused")], [])

    assert measures(kept, reconciled(kept, books(charged="0"), TERMS)).p50_ms is None
    assert course(PLAN, kept)[0].p50 is None


def test_the_course_of_an_empty_run_is_empty() -> None:
    assert course(PLAN, ledger([], [])) == []
