"""Every dialect of the emulator understands its scenario; the whole way, with reports and without."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from werkzeug.test import Client

from emulator.app import composed, start_of
from loadtests.accounting import audit
from loadtests.accounting.ledger import Key
from loadtests.accounting.statement import charged
from loadtests.cli import load
from loadtests.planning.plan import Plan
from loadtests.scenarios import OVER_HTTP
from loadtests.scenarios.scenario import HttpScenario
from loadtests.scenarios.template import Reply, Request

PLAN = Plan(scenario="any", rate=1, seconds=1, login="load", password="hush", recipients=10)


class Emulator:
    """In this process, with a clock that stands and an account as a run makes it."""

    def __init__(self, scenario: HttpScenario) -> None:
        self._client = Client(composed(start_of(seed=7, clock="2026-03-02T09:00:00Z", rate=0.0)).wsgi)
        settings = {**scenario.account("hush"), "credit": 1000}
        self.control("PUT", f"/accounts/{scenario.provider}/load", settings)

    def exchange(self, request: Request) -> Reply:
        path, body, kind, token = request
        answer = self._client.open(
            path,
            method="POST" if body else "GET",
            data=body or None,
            content_type=kind or None,
            headers={"Authorization": f"Bearer {token}"} if token else {},
        )
        return Reply(answer.status_code, answer.get_data(as_text=True))

    def control(self, method: str, path: str, value: object = None) -> Any:
        answer = self._client.open(f"/_emulator{path}", method=method, json=value)
        assert answer.status_code < 300, answer.get_data(as_text=True)
        return answer.get_json()


@pytest.fixture(params=list(OVER_HTTP))
def scenario(request: pytest.FixtureRequest) -> HttpScenario:
    return OVER_HTTP[request.param]


@pytest.fixture
def emulator(scenario: HttpScenario) -> Emulator:
    return Emulator(scenario)


def sent(scenario: HttpScenario, emulator: Emulator, slots: int) -> Iterator[Key]:
    template = scenario.template(PLAN, "")
    for slot in range(slots):
        to = scenario.numbers(slot, PLAN.recipients)
        references = scenario.references(emulator.exchange(template.request(to)), to)
        yield from map(Key, references, to)


def test_what_was_accepted_is_known_by_its_reference_and_number(
    scenario: HttpScenario, emulator: Emulator
) -> None:
    accepted = list(sent(scenario, emulator, 3))

    listed = emulator.control("GET", "/messages?limit=100")["messages"]

    assert len(set(accepted)) == 30
    assert [Key(message["reference"], message["to"]) for message in listed] == accepted


def test_its_state_is_final_when_the_timetable_says_so_and_not_before(
    scenario: HttpScenario, emulator: Emulator
) -> None:
    accepted = list(sent(scenario, emulator, 2))

    emulator.control("POST", "/clock/advance", {"seconds": scenario.final_after - 0.1})
    under_way = list(scenario.states(PLAN, emulator.exchange, accepted))
    emulator.control("POST", "/clock/advance", {"seconds": 0.1})
    final = list(scenario.states(PLAN, emulator.exchange, accepted))

    assert [message.key for message in under_way] == [message.key for message in final] == accepted
    assert {message.delivered for message in under_way} == {None}
    assert {message.delivered for message in final} == {True}


def test_what_it_costs_is_told_wherever_it_should_be(scenario: HttpScenario, emulator: Emulator) -> None:
    before = scenario.statement(PLAN, emulator.exchange)

    accepted = list(sent(scenario, emulator, 3))
    emulator.control("POST", "/clock/advance", {"seconds": scenario.final_after})

    for charge in charged(before, scenario.statement(PLAN, emulator.exchange)):
        assert charge.price == scenario.price * len(accepted)
        assert charge.messages in (None, len(accepted))


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes once too often comes at once, but is told every half second only."""
    monkeypatch.setattr(audit, "LINGER", 0.8)


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize(
    ("name", "order", "accepted", "receipts"),
    [
        ("mixed", ("--rate", "90", "--workers", "2", "--users", "18"), 90, 30),
        ("smpp-700", ("--rate", "60"), 120, 120),
    ],
)
def test_a_short_run_loses_and_doubles_nothing(
    tmp_path: Path, name: str, order: tuple[str, ...], accepted: int, receipts: int
) -> None:
    """A tenth of each dialect; and SMPP with 75 of the burst of 76."""
    timeless = str(Path(__file__).with_name("correctness.toml"))

    result = CliRunner().invoke(
        load, [name, *order, "--for", "1s", "--budgets", timeless, "--out", str(tmp_path)]
    )

    verdict = json.loads((tmp_path / "verdict.json").read_text("utf-8"))
    assert result.exit_code == 0, result.output
    assert verdict["messages"] == {"accepted": accepted, "receipts": receipts}
    assert verdict["measures"]["throttled"] == (1 if name == "smpp-700" else None)
    assert {name: found["count"] for name, found in verdict["findings"].items() if found["count"]} == {}
    assert float(verdict["credits_off"]) == 0
