"""Ledgers against books: each way in which a message can go astray is found, and nothing else is."""

from __future__ import annotations

from decimal import Decimal

import pytest

from loadtests.accounting.ledger import Key, Ledger, Outcome
from loadtests.accounting.reconciliation import Books, Reconciliation, Terms, joined
from loadtests.tests.rows import Held, bill, books, found, ledger, receipt, reconciled, sent

FIRST, SECOND = Key("A0", "306900000000"), Key("A1", "306900000001")


def checked(
    kept: Ledger, held: Held, receipt_after: float | None = 3.0, steps: tuple[str, ...] = ()
) -> Reconciliation:
    return reconciled(kept, held, Terms(receipt_after=receipt_after, steps=steps))


def flaws(result: Reconciliation) -> dict[str, object]:
    names = [name for name in Reconciliation.__slots__ if name not in ("accepted", "owed")]
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
    held = books(found(0), charged="1.00", asked=(FIRST,))

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


def test_one_reference_for_two_calls_is_doubled_though_the_numbers_differ() -> None:
    kept = ledger([sent(0), sent(1, reference="A0")], [receipt(0), receipt(1, reference="A0")])

    result = checked(kept, books(found(0), found(1, reference="A0"), charged="2.00"))

    assert flaws(result) == {"stored_twice": (FIRST, Key("A0", SECOND.number))}


def test_calls_that_were_refused_have_no_reference_in_common() -> None:
    refused = [sent(slot, references=("",), outcome=Outcome.REFUSED) for slot in (0, 1)]

    assert flaws(checked(ledger(refused, []), books(charged="0.00"))) == {}


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
    held = books(found(0), charged="1.00", asked=(FIRST,), answered=(found(0, delivered=None),))

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


def test_a_call_without_an_answer_that_was_taken_twice_is_doubled_and_owed_once() -> None:
    kept = ledger([sent(0, outcome=Outcome.UNANSWERED)], [receipt(0), receipt(0, reference="A1")])
    again = Key("A1", FIRST.number)

    result = checked(kept, books(found(0), found(0, reference="A1"), charged="2.00"))

    assert flaws(result) == {"stored_twice": (FIRST, again), "credits_off": Decimal("1.00")}
    assert result.doubled == 2


def test_where_nothing_is_listed_its_reports_tell_that_it_was_taken_twice() -> None:
    kept = ledger([sent(0, outcome=Outcome.UNANSWERED)], [receipt(0), receipt(0, reference="A1")])

    result = checked(kept, books(charged="1.00", complete=False))

    assert flaws(result) == {"stored_twice": (FIRST, Key("A1", FIRST.number))}


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


def test_what_the_dialect_answers_twice_is_doubled() -> None:
    kept = ledger([sent(0)], [receipt(0)])
    held = books(found(0), charged="1.00", asked=(FIRST,), answered=(found(0), found(0)))

    assert flaws(checked(kept, held)) == {"stored_twice": (FIRST,)}


def test_an_answer_about_another_number_is_stray_and_the_message_missing() -> None:
    kept = ledger([sent(0)], [receipt(0)])
    other = found(5, reference="A0")
    held = books(found(0), charged="1.00", asked=(FIRST,), answered=(other,))

    assert flaws(checked(kept, held)) == {"missing": (FIRST,), "stray": (other.key,)}


def test_messages_of_a_call_may_have_references_of_their_own() -> None:
    both = ("306900000000", "306900000001")
    kept = ledger([sent(0, numbers=both, references=("A0", "A1"))], [receipt(0), receipt(1)])

    assert flaws(checked(kept, books(found(0), found(1), charged="2.00"))) == {}


def test_of_a_call_refused_in_part_the_rest_is_charged_and_looked_for() -> None:
    both = ("306900000000", "306900000001")
    partly = sent(0, numbers=both, references=("A0", ""), outcome=Outcome.REFUSED)

    result = checked(ledger([partly], [receipt(0)]), books(found(0), charged="1.00"))

    assert result.accepted == 1
    assert flaws(result) == {}


def test_without_reports_in_the_dialect_none_is_missed() -> None:
    kept = ledger([sent(0), sent(1)], [])

    result = checked(kept, books(found(0), found(1, delivered=None), charged="2.00"), receipt_after=None)

    assert flaws(result) == {"unfinished": (SECOND,)}


def billed(
    *later: tuple[str, int], free_failures: bool = False, delivered: bool | None = True
) -> dict[str, object]:
    """What two messages at 0.07 leave to say when the bill, empty before, tells this in three places."""
    kept = ledger([sent(0), sent(1)], [])
    held = Held(
        books=Books(found=[found(0), found(1, delivered=delivered)], complete=True),
        before=bill(("1.40", 20), ("1.40", 20), ("0", 0)),
        after=bill(*later),
    )
    terms = Terms(free_failures=free_failures, receipt_after=None)
    return flaws(reconciled(kept, held, terms, price=Decimal("0.07")))


def test_a_bill_that_grew_by_what_was_sent_is_right() -> None:
    assert billed(("1.54", 22), ("1.54", 22), ("0.14", 2)) == {}


@pytest.mark.parametrize("place", range(3))
def test_every_place_of_a_bill_must_be_right(place: int) -> None:
    right = [("1.54", 22), ("1.54", 22), ("0.14", 2)]
    price, count = right[place]
    dear, many = list(right), list(right)
    dear[place] = (str(Decimal(price) + Decimal("0.07")), count)
    many[place] = (price, count - 1)

    assert billed(*dear) == {"credits_off": Decimal("0.07")}
    assert billed(*many) == {"billed_off": -1}


def test_errors_of_a_bill_do_not_make_up_for_each_other() -> None:
    assert billed(("1.61", 23), ("1.47", 21), ("0.14", 2)).keys() == {"credits_off", "billed_off"}


def test_where_failures_are_free_a_failed_message_may_be_on_the_bill_or_not() -> None:
    with_it = [("1.54", 22), ("1.54", 22), ("0.14", 2)]
    without = [("1.47", 21), ("1.47", 21), ("0.07", 1)]

    assert billed(*without, delivered=False, free_failures=True) == {}
    assert billed(*with_it, delivered=False, free_failures=True) == {}
    assert billed(*without, delivered=False) == {"credits_off": Decimal("-0.07"), "billed_off": -1}
    assert billed(*without, free_failures=True) == {"credits_off": Decimal("-0.07"), "billed_off": -1}
    assert billed(*without, delivered=None, free_failures=True)["billed_off"] == -1


ON_THE_WAY = ("101", "102")


def test_every_state_on_the_way_is_reported_and_then_the_end() -> None:
    kept = ledger([sent(0)], [receipt(0, step="101"), receipt(0, step="102"), receipt(0)])

    assert flaws(checked(kept, books(found(0), charged="1.00"), steps=ON_THE_WAY)) == {}


def test_a_state_on_the_way_that_nobody_reported_is_unreported() -> None:
    kept = ledger([sent(0)], [receipt(0, step="101"), receipt(0)])

    result = checked(kept, books(found(0), charged="1.00"), steps=ON_THE_WAY)

    assert flaws(result) == {"unreported": (FIRST,)}


def test_a_state_on_the_way_that_is_reported_again_is_doubled() -> None:
    kept = ledger([sent(0)], [receipt(0, step="101"), receipt(0, step="101"), receipt(0)])

    result = checked(kept, books(found(0), charged="1.00"), steps=("101",))

    assert flaws(result) == {"reported_twice": (FIRST,)}


def test_a_state_of_a_message_that_was_never_sent_is_stray() -> None:
    kept = ledger([sent(0)], [receipt(0), receipt(1, step="101")])

    result = checked(kept, books(found(0), charged="1.00"))

    assert flaws(result) == {"stray": (SECOND,)}


def test_where_no_reports_were_asked_for_none_is_missed() -> None:
    kept = ledger([sent(0), sent(1, reported=False)], [receipt(0)])

    assert flaws(checked(kept, books(found(0), found(1), charged="2.00"))) == {}


def test_several_accounts_together_have_all_findings_and_the_charge_that_is_farthest_off() -> None:
    lost = checked(ledger([sent(0)], [receipt(0)]), books(charged="1.00"))
    dear = checked(ledger([sent(1)], [receipt(1)]), books(found(1), charged="3.00"))
    cheap = checked(ledger([sent(2)], [receipt(2)]), books(found(2), charged="0.50"))

    whole = joined([cheap, lost, dear])

    assert whole.accepted == 3
    assert flaws(whole) == {"missing": (FIRST,), "credits_off": Decimal("2.00")}


def test_where_nobody_tells_money_nothing_is_said_of_it() -> None:
    silent = joined([Reconciliation(accepted=1), Reconciliation(accepted=2)])

    assert (silent.accepted, silent.credits_off, silent.billed_off) == (3, None, None)
