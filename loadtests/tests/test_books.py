"""Asking a target in its dialect: all, or a sample; once, or until it has no more to tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from loadtests import books as module
from loadtests.books import answers, books
from loadtests.ledger import Key, Receipt
from loadtests.plan import Plan
from loadtests.reconciliation import Found
from loadtests.scenarios import OVER_HTTP
from loadtests.scenarios.scenario import HttpScenario
from loadtests.scenarios.template import Exchange
from loadtests.statement import of_balance
from loadtests.tests.rows import ledger, sent

PLAN = Plan(scenario="netoxygen", rate=1, seconds=1, base="http://127.0.0.1:9")
KEYS = [Key(f"A{slot}", f"30690000000{slot}") for slot in range(3)]
LEDGER = ledger([sent(slot) for slot in range(3)], [])


class Target:
    """Tells of each message what is next on its list, and keeps what it was asked for."""

    def __init__(self, **told: list[bool | None]) -> None:
        self.told = told
        self.asked: list[list[str]] = []

    def states(self, _plan: Plan, _exchange: Exchange, keys: Sequence[Key]) -> Iterator[Found]:
        self.asked.append([key.reference for key in keys])
        for key in keys:
            if told := self.told.get(key.reference):
                yield Found(reference=key.reference, number=key.number, delivered=told.pop(0))

    def scenario(self, *, reports: bool = False, sample: int | None = None) -> HttpScenario:
        return replace(
            OVER_HTTP["netoxygen"],
            states=self.states,
            statement=lambda _plan, _exchange: of_balance(Decimal(7)),
            receipt=receipt if reports else None,
            sample=sample,
        )


def receipt(_body: bytes, _arrived: float) -> Receipt:
    raise AssertionError("nobody reports here")


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PAUSE", 0.001)


def test_what_is_final_is_asked_for_once_and_the_rest_again(hasty: None) -> None:
    target = Target(A0=[True], A1=[None, None, False], A2=[None, True])

    told = answers(PLAN, target.scenario(), KEYS, settle=10)

    assert target.asked == [["A0", "A1", "A2"], ["A1", "A2"], ["A1"]]
    assert {message.reference: message.delivered for message in told} == {"A0": True, "A1": False, "A2": True}
    assert len(told) == 3


def test_what_never_becomes_final_is_given_up(hasty: None) -> None:
    target = Target(A0=[None] * 1000)

    told = answers(PLAN, target.scenario(), KEYS[:1], settle=0.05)

    assert [message.delivered for message in told] == [None]
    assert 2 <= len(target.asked) < 20  # pauses grow


def test_what_the_target_denies_is_not_asked_for_again(hasty: None) -> None:
    target = Target(A0=[None, True])

    told = answers(PLAN, target.scenario(), KEYS[:2], settle=10)

    assert target.asked == [["A0", "A1"], ["A0"]]
    assert [message.reference for message in told] == ["A0"]


@pytest.mark.parametrize(("reports", "times"), [(True, 1), (False, 2)])
def test_where_reports_tell_the_end_one_question_is_enough(hasty: None, reports: bool, times: int) -> None:
    target = Target(A0=[None, True], A1=[True], A2=[True])
    scenario = target.scenario(reports=reports)

    books(PLAN, scenario, LEDGER, of_balance(Decimal(9)), control=False, settle=10)

    assert len(target.asked) == times


@pytest.mark.parametrize(
    ("control", "sample", "asked"),
    [
        (True, 1, ["A0"]),
        (True, 2, ["A0", "A1", "A2"]),
        (True, None, ["A0", "A1", "A2"]),
        (False, 1, ["A0", "A1", "A2"]),
    ],
)
def test_a_sample_is_enough_only_where_the_control_api_lists_all(
    monkeypatch: pytest.MonkeyPatch, control: bool, sample: int | None, asked: list[str]
) -> None:
    listed = [Found(reference="A9", number="9", delivered=True)]
    monkeypatch.setattr(module, "listed", lambda _plan, _scenario: listed)
    target = Target(A0=[True], A1=[True], A2=[True])
    scenario = target.scenario(sample=sample)

    told = books(PLAN, scenario, LEDGER, of_balance(Decimal(9)), control=control, settle=0)

    assert target.asked == [asked]
    assert [key.reference for key in told.asked] == asked
    assert [message.reference for message in told.answered] == asked
    assert told.found == (listed if control else told.answered)
    assert told.complete is control
    assert (told.before, told.after) == (of_balance(Decimal(9)), of_balance(Decimal(7)))
