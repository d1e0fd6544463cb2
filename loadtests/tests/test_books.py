"""Asking a target in its dialect: all, or a sample; once, or until it has no more to tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest

from loadtests import books as module
from loadtests.books import Listing, answers, books
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

    books(PLAN, scenario, LEDGER, None, settle=10)

    assert len(target.asked) == times


@pytest.mark.parametrize(
    ("control", "sample", "asked"),
    [
        (True, 1, ["A0"]),
        (True, 2, ["A0", "A2"]),
        (True, None, ["A0", "A1", "A2"]),
        (False, 1, ["A0", "A1", "A2"]),
    ],
)
def test_a_sample_is_enough_only_where_the_control_api_lists_all(
    control: bool, sample: int | None, asked: list[str]
) -> None:
    listed = [Found(reference="A9", number="9", delivered=True)]
    target = Target(A0=[True], A1=[True], A2=[True])
    scenario = target.scenario(sample=sample)

    told = books(PLAN, scenario, LEDGER, listed if control else None, settle=0)

    assert target.asked == [asked]
    assert [key.reference for key in told.asked] == asked
    assert [message.reference for message in told.answered] == asked
    assert told.found == (listed if control else told.answered)
    assert told.complete is control


class Pages:
    """The control API's list of an account, in pages of two."""

    def __init__(self) -> None:
        self.rows: list[dict[str, object]] = []
        self.asked: list[int] = []

    def put(self, *numbers: str) -> None:
        for number in numbers:
            row = {"id": len(self.rows) + 1, "reference": f"R{number}", "to": number}
            self.rows.append({**row, "status": "delivered", "final": True})

    def __call__(self, _base: str) -> Pages:
        return self

    def __enter__(self) -> Pages:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def call(self, _method: str, path: str) -> dict[str, object]:
        since = int(parse_qs(urlsplit(path).query)["since"][0])
        self.asked.append(since)
        return {"messages": [row for row in self.rows if int(str(row["id"])) > since][:2]}


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> Pages:
    pages = Pages()
    monkeypatch.setattr(module, "Control", pages)
    return pages


def test_every_message_is_listed_once_however_chapters_overlap(pages: Pages) -> None:
    listing = Listing(replace(PLAN, login="me"), OVER_HTTP["netoxygen"])
    pages.put("1", "2", "11", "3", "12")

    first = [found.number for found in listing.read(lambda number: len(number) == 1)]
    pages.put("13", "4")
    second = [found.number for found in listing.read(lambda number: True)]

    assert (first, second) == (["1", "2", "3"], ["11", "12", "13", "4"])


def test_what_is_settled_is_not_read_again(pages: Pages) -> None:
    listing = Listing(replace(PLAN, login="me"), OVER_HTTP["netoxygen"])
    pages.put("1", "2", "3", "11")
    listing.read(lambda number: len(number) == 1)
    pages.asked.clear()

    listing.read(lambda number: True)

    assert pages.asked[0] == 3
