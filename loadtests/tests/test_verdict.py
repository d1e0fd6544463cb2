"""Budgets: read, checked, applied."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click
import pytest

from loadtests.reporting.measures import Measures
from loadtests.reporting.verdict import KNOWN, Budget, Judgement, budgets, judgements

GOOD = Measures(
    achieved=1.0,
    error_share=0.0,
    p50_ms=3.0,
    p95_ms=8.0,
    p99_ms=20.0,
    max_ms=40.0,
    receipt_p99_ms=30.0,
    lost=0,
    doubled=0,
    early=0,
    stray=0,
    contradicted=0,
    credits_off=0.0,
    billed_off=0,
)


@pytest.mark.parametrize(
    ("value", "met"), [(0.97, False), (0.98, True), (1.0, True), (1.01, True), (1.02, False)]
)
def test_a_value_on_the_bound_is_within_it(value: float, met: bool) -> None:
    budget = Budget(measure="achieved", at_least=0.98, at_most=1.01)

    assert Judgement(budget=budget, value=value).met is met


@pytest.mark.parametrize(
    ("value", "word"), [(0.97, "missed"), (0.98, "met"), (1.02, "exceeded"), (None, "missed")]
)
def test_a_value_falls_short_of_a_bound_or_exceeds_it(value: float | None, word: str) -> None:
    judged = Judgement(budget=Budget(measure="achieved", at_least=0.98, at_most=1.01), value=value)

    assert judged.standing == word


def test_where_nothing_was_answered_no_percentile_is_within_its_budget() -> None:
    (judged,) = judgements(replace(GOOD, p99_ms=None), [Budget(measure="p99_ms", at_most=100)])

    assert not judged.met


def test_the_built_in_budgets_allow_no_message_to_go_astray() -> None:
    by_name = {budget.measure: budget for budget in budgets("isms-http", None)}

    for measure in ("lost", "doubled", "early", "stray", "contradicted", "credits_off", "error_share"):
        assert by_name[measure].at_most == 0


def test_a_good_run_is_within_the_built_in_budgets() -> None:
    assert all(judgement.met for judgement in judgements(GOOD, budgets("isms-http", None)))


def limits(file: Path, scenario: str = "ip1-bulk") -> dict[str, Budget]:
    return {budget.measure: budget for budget in budgets(scenario, file)}


def test_a_scenario_overrides_what_is_for_all_and_a_file_what_is_built_in(tmp_path: Path) -> None:
    file = tmp_path / "budgets.toml"
    file.write_text(
        "[default]\np95_ms = {at_most = 7}\np99_ms = {at_most = 9}\n[ip1-bulk]\np99_ms = {at_most = 30}\n"
    )

    chosen = limits(file)

    assert chosen["p95_ms"] == Budget(measure="p95_ms", at_most=7)
    assert chosen["p99_ms"] == Budget(measure="p99_ms", at_most=30)
    assert chosen.keys() == {budget.measure for budget in budgets("ip1-bulk", None)}


def test_a_file_for_another_scenario_leaves_the_built_in_budgets(tmp_path: Path) -> None:
    file = tmp_path / "budgets.toml"
    file.write_text("[voipe]\np99_ms = {at_most = 9}\n")

    assert budgets("isms-http", file) == budgets("isms-http", None)


def test_what_is_false_is_not_judged(tmp_path: Path) -> None:
    file = tmp_path / "budgets.toml"
    file.write_text("[default]\np50_ms = false\np99_ms = false\n[ip1-bulk]\np99_ms = {at_most = 5}\n")

    chosen = limits(file)

    assert "p50_ms" not in chosen
    assert chosen["p99_ms"].at_most == 5


def test_a_file_that_leaves_nothing_to_judge_by_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "budgets.toml"
    file.write_text("[default]\n" + "".join(f"{name} = false\n" for name in KNOWN))

    with pytest.raises(click.UsageError, match="leaves no budget for isms-http"):
        budgets("isms-http", file)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[default]\nspeed = {at_most = 1}", "speed is not measured"),
        ("[default]\nlost = {at_most = 'none'}", "lost needs numbers"),
        ("[default]\nlost = {at_most = nan}", "lost needs numbers"),
        ("[default]\nlost = {at_most = inf}", "lost needs numbers"),
        ("[default]\nlost = {at_most = true}", "lost needs numbers"),
        ("[default]\nlost = true", "lost needs at_least or at_most"),
        ("[default]\nlost = {}", "lost needs at_least or at_most"),
        ("[default]\nlost = {below = 1}", "lost needs at_least or at_most"),
        ("[default]\nlost = 0", "lost needs at_least or at_most"),
        ("default = 3", "default must be a table"),
        (
            "[isms-htp]\nlost = {at_most = 0}",
            "isms-htp is no scenario; these are: isms-http, isms-soap, netoxygen, iro-xmlrpc",
        ),
        ("[default", "toml"),
    ],
)
def test_a_budget_file_with_a_mistake_is_a_usage_error_that_names_it(
    tmp_path: Path, text: str, complaint: str
) -> None:
    file = tmp_path / "my.toml"
    file.write_text(text)

    with pytest.raises(click.UsageError, match=complaint) as refusal:
        budgets("isms-http", file)

    assert "\n" not in refusal.value.message


def test_a_budget_for_all_scenarios_is_not_held_against_one_that_has_no_reports() -> None:
    silent = replace(GOOD, receipt_p99_ms=None, early=None, billed_off=None)
    names = ("receipt_p99_ms", "early", "billed_off", "lost")

    judged = judgements(silent, [Budget(measure=name, at_most=0) for name in names])

    assert [judgement.budget.measure for judgement in judged] == ["lost"]


@pytest.mark.parametrize("measure", ["receipt_p99_ms", "early"])
def test_a_budget_for_reports_that_a_scenario_does_not_have_is_a_usage_error(
    tmp_path: Path, measure: str
) -> None:
    file = tmp_path / "my.toml"
    file.write_text(f"[netoxygen]\n{measure} = {{at_most = 9}}\n[isms-http]\n{measure} = {{at_most = 9}}\n")

    with pytest.raises(click.UsageError, match=f"{measure} is not measured by netoxygen"):
        budgets("netoxygen", file)
    assert limits(file, "isms-http")[measure] == Budget(measure=measure, at_most=9)


def test_every_measure_has_a_meaning_on_the_page() -> None:
    from loadtests.reporting.page import MEANING

    assert tuple(MEANING) == KNOWN
