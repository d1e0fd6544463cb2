"""Asking a target in its dialect: all, or a sample; once, or until it has no more to tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest

from loadtests.accounting import books as module
from loadtests.accounting import enquirer
from loadtests.accounting.books import Listing, answers, books, sampled
from loadtests.accounting.ledger import Key, Receipt
from loadtests.accounting.reconciliation import Found
from loadtests.accounting.statement import of_balance
from loadtests.failures import HarnessFailed
from loadtests.planning.plan import Login, Plan
from loadtests.scenarios import OVER_HTTP
from loadtests.scenarios.scenario import HttpScenario
from loadtests.scenarios.smpp import ONE
from loadtests.scenarios.template import Exchange, Refused
from loadtests.smpp import ANSWER, QUERY, Frame
from loadtests.tests.rows import ledger, sent

PLAN = Plan(scenario="netoxygen", rate=1, seconds=1, base="http://127.0.0.1:9")
KEYS = [Key(f"A{slot}", f"30690000000{slot}") for slot in range(3)]
LEDGER = ledger([sent(slot) for slot in range(3)], [])


class Target:
    """Tells of each message what is next on its list, and keeps what it was asked for."""

    def __init__(self, **told: list[bool | Refused | None]) -> None:
        self.told = told
        self.asked: list[list[str]] = []

    def states(self, _plan: Plan, _exchange: Exchange, keys: Sequence[Key]) -> Iterator[Found]:
        self.asked.append([key.reference for key in keys])
        for key in keys:
            if told := self.told.get(key.reference):
                if isinstance(state := told.pop(0), Refused):
                    raise state
                yield Found(reference=key.reference, number=key.number, delivered=state)

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


def test_a_question_that_fails_is_asked_again_with_all_that_was_not_told(hasty: None) -> None:
    target = Target(A0=[True], A1=[Refused("HTTP 429"), Refused("HTTP 429"), False], A2=[True])

    told = answers(PLAN, target.scenario(), KEYS, settle=10, once=True)

    assert target.asked == [["A0", "A1", "A2"], ["A1", "A2"], ["A1", "A2"]]
    assert [(message.reference, message.delivered) for message in told] == [
        ("A0", True),
        ("A1", False),
        ("A2", True),
    ]


def test_a_question_that_fails_for_good_ends_without_a_verdict(hasty: None) -> None:
    target = Target(A0=[True], A1=[Refused("HTTP 500")] * 1000)

    with pytest.raises(HarnessFailed, match="does not tell what became of its messages: HTTP 500"):
        answers(PLAN, target.scenario(), KEYS, settle=0.05, once=True)


class Sessions:
    """Answer a query with the status of the day."""

    def __init__(self, status: int) -> None:
        self._status = status

    def __call__(self, *_: object) -> Sessions:
        return self

    def __enter__(self) -> Sessions:
        return self

    def __exit__(self, *_: object) -> None: ...

    def query(self, reference: str) -> Frame:
        return Frame(QUERY | ANSWER, self._status, 2, f"{reference}\0\0\2\0".encode())


def test_an_smsc_denies_a_message_or_fails_to_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = Plan(scenario="smpp-700", rate=1, seconds=1, logins=(Login("me", "secret"),))

    def told(status: int) -> list[bool | None]:
        monkeypatch.setattr(enquirer, "Transmitter", Sessions(status))
        with enquirer.Enquirer(plan, ONE) as asking:
            return [found.delivered for found in asking.states(KEYS[:1])]

    assert [told(0x00), told(0x0C), told(0x67)] == [[True], [], []]
    with pytest.raises(Refused, match="ESME_RTHROTTLED"):
        told(0x58)


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


@pytest.mark.parametrize(("recipients", "accounts"), [(1, 1), (10, 1), (100, 1), (1, 7)])
def test_a_sample_has_recipients_of_each_place_and_messages_of_each_account(
    recipients: int, accounts: int
) -> None:
    plan = replace(PLAN, recipients=recipients, accounts=accounts)
    accepted = [Key("A", str(place)) for place in range(29_400)]

    asked = sampled(plan, accepted, 70)

    assert 0.9 * 70 <= len(asked) <= 70
    every = recipients * accounts
    assert len({int(key.number) % every for key in asked}) == min(every, len(asked))


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
