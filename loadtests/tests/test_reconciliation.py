"""Ledgers against books: each way in which a message can go astray is found, and nothing else is."""

from __future__ import annotations

from decimal import Decimal

import pytest

from loadtests.ledger import Key, Ledger, Outcome
from loadtests.reconciliation import Books, Reconciliation, reconciled
from loadtests.tests.rows import books, found, ledger, receipt, sent

PRICE = Decimal("1.00")
FIRST, SECOND = Key("A0", "306900000000"), Key("A1", "306900000001")


def checked(kept: Ledger, held: Books, receipt_after: float = 3.0) -> Reconciliation:
    return reconciled(kept, held, price=PRICE, receipt_after=receipt_after)


def flaws(result: Reconciliation) -> dict[str, object]:
    names = [name for name in Reconciliation.__slots__ if name != "accepted"]
    return {name: value for name in names if (value := getattr(result, name))}


def test_a_run_in_order_leaves_nothing_to_say() -> None:
    kept = ledger([sent(0), sent(1)], [receipt(0), receipt(1)])

    result = checked(kept, books(found(0), found(1), charged="2.00"))

    assert result.accepted == 2
    assert flaws(result) == {}
    assert (result.lost, result.doubled) == (0, 0)


def test_a_call_to_many_is_as_many_messages_under_one_reference() -> None:
    both = ("306900000000", "306900000001")
    kept = ledger([sent(0, numbers=both)], [receipt(0), receipt(1, reference="A0")])

    result = checked(kept, books(found(0), found(1, reference="A0"), charged="2.00"))

    assert result.accepted == 2
    assert flaws(result) == {}


def test_an_accepted_message_that_the_target_does_not_know_is_missing() -> None:
    kept = ledger([sent(0), sent(1)], [receipt(0), receipt(1)])

    result = checked(kept, books(found(0), charged="2.00"))

    assert flaws(result) == {"missing": (SECOND,)}
    assert result.lost == 1


def test_a_message_that_only_the_dialect_denies_is_missing_all_the_same() -> None:
    kept = ledger([sent(0)], [receipt(0)])
    held = Books(
        found=[found(0)],
        complete=True,
        before=Decimal("1.00"),
        after=Decimal("0.00"),
        asked={FIRST: None},
    )

    assert flaws(checked(kept, held)) == {"missing": (FIRST,)}


def test_a_message_without_a_final_state_is_unfinished() -> None:
    kept = ledger([sent(0), sent(1)], [receipt(0)])

    result = checked(kept, books(found(0), found(1, delivered=None), charged="2.00"))

    assert flaws(result) == {"unfinished": (SECOND,), "unreported": (SECOND,)}
    assert result.lost == 1


def test_a_message_without_a_report_is_unreported() -> None:
    kept = ledger([sent(0), sent(1)], [receipt(0)])

    result = checked(kept, books(found(0), found(1), charged="2.00"))

    assert flaws(result) == {"unreported": (SECOND,)}


def test_a_report_that_comes_twice_is_doubled() -> None:
    kept = ledger([sent(0)], [receipt(0), receipt(0, arrived=6.0)])

    result = checked(kept, books(found(0), charged="1.00"))

    assert flaws(result) == {"reported_twice": (FIRST,)}
    assert result.doubled == 1


def test_a_message_that_is_stored_twice_is_doubled() -> None:
    kept = ledger([sent(0)], [receipt(0)])

    result = checked(kept, books(found(0), found(0), charged="1.00"))

    assert flaws(result) == {"stored_twice": (FIRST,)}


def test_one_reference_for_two_calls_to_one_number_is_doubled() -> None:
    again = sent(1, reference="A0", numbers=("306900000000",))
    kept = ledger([sent(0), again], [receipt(0)])

    result = checked(kept, books(found(0), charged="2.00"))

    assert result.stored_twice == (FIRST,)


def test_a_report_before_its_time_is_early() -> None:
    kept = ledger([sent(0), sent(1)], [receipt(0, arrived=2.9), receipt(1, arrived=3.1)])

    result = checked(kept, books(found(0), found(1), charged="2.00"))

    assert flaws(result) == {"early": (FIRST,)}


def test_without_a_timetable_no_report_after_the_call_is_early() -> None:
    kept = ledger([sent(0)], [receipt(0, arrived=0.005)])

    assert flaws(checked(kept, books(found(0), charged="1.00"), receipt_after=0.0)) == {}


def test_what_nobody_sent_is_stray_whether_held_or_reported() -> None:
    kept = ledger([sent(0)], [receipt(0), receipt(7)])

    result = checked(kept, books(found(0), found(8), charged="1.00"))

    assert result.stray == (Key("A7", "306900000007"), Key("A8", "306900000008"))


def test_a_report_that_contradicts_the_state_is_found() -> None:
    kept = ledger([sent(0), sent(1)], [receipt(0, delivered=False), receipt(1)])

    result = checked(kept, books(found(0), found(1), charged="2.00"))

    assert flaws(result) == {"contradicted": (FIRST,)}


def test_the_dialect_and_the_control_api_must_tell_the_same_state() -> None:
    kept = ledger([sent(0)], [receipt(0)])
    held = Books(
        found=[found(0)],
        complete=True,
        before=Decimal("1.00"),
        after=Decimal("0.00"),
        asked={FIRST: found(0, delivered=None)},
    )

    assert flaws(checked(kept, held)) == {"contradicted": (FIRST,)}


@pytest.mark.parametrize(
    ("charged", "off"), [("1.99", "-0.01"), ("2.00", "0.00"), ("2.01", "0.01"), ("4.00", "2.00")]
)
def test_credits_are_counted_to_the_cent(charged: str, off: str) -> None:
    kept = ledger([sent(0), sent(1)], [receipt(0), receipt(1)])

    result = checked(kept, books(found(0), found(1), charged=charged))

    assert result.credits_off == Decimal(off)


def test_a_refused_call_must_not_cost_anything() -> None:
    kept = ledger([sent(0), sent(1, outcome=Outcome.REFUSED)], [receipt(0)])

    assert flaws(checked(kept, books(found(0), charged="2.00"))) == {"credits_off": Decimal("1.00")}


def test_a_call_without_an_answer_may_have_been_taken_and_is_then_charged_and_reported() -> None:
    kept = ledger([sent(0), sent(1, outcome=Outcome.UNANSWERED)], [receipt(0), receipt(1)])

    assert flaws(checked(kept, books(found(0), found(1), charged="2.00"))) == {}


def test_a_call_without_an_answer_that_was_taken_needs_its_report_too() -> None:
    kept = ledger([sent(0), sent(1, outcome=Outcome.UNANSWERED)], [receipt(0)])

    assert flaws(checked(kept, books(found(0), found(1), charged="2.00"))) == {"unreported": (SECOND,)}


def test_a_call_without_an_answer_that_was_not_taken_is_free() -> None:
    kept = ledger([sent(0), sent(1, outcome=Outcome.UNANSWERED)], [receipt(0)])

    assert flaws(checked(kept, books(found(0), charged="2.00"))) == {"credits_off": Decimal("1.00")}


@pytest.mark.parametrize(
    ("charged", "off"), [("0.50", "-0.50"), ("1.00", "0"), ("2.00", "0"), ("2.50", "0.50")]
)
def test_where_the_target_cannot_list_its_messages_an_unanswered_call_may_or_may_not_be_charged(
    charged: str, off: str
) -> None:
    kept = ledger([sent(0), sent(1, outcome=Outcome.UNANSWERED)], [receipt(0)])

    result = checked(kept, books(found(0), charged=charged, complete=False))

    assert result.credits_off == Decimal(off)
