"""The page and the JSON of a finished run."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from junitparser import JUnitXml

from loadtests.accounting.ledger import Outcome
from loadtests.planning.order import Order
from loadtests.planning.order import planned as planned_for
from loadtests.planning.plan import Login, Plan
from loadtests.planning.shape import Shape, stages
from loadtests.reporting.curves import Curve, chart, round_step, scale
from loadtests.reporting.junit import junit
from loadtests.reporting.page import command, page
from loadtests.reporting.progress import summary
from loadtests.reporting.result import Result, as_json, keep
from loadtests.reporting.steps import Step
from loadtests.reporting.verdict import budgets, judgements
from loadtests.smpp import THROTTLED
from loadtests.tests.rows import PLAN, books, found, ledger, receipt, result, sent

OURS = replace(PLAN, login="me", password="hush")


@pytest.fixture
def passed() -> Result:
    slots = range(20)
    return result(
        ledger([sent(slot) for slot in slots], [receipt(slot) for slot in slots]),
        books(*(found(slot) for slot in slots), charged="20.00"),
        plan=OURS,
    )


@pytest.fixture
def silent(passed: Result) -> Result:
    """The same run in a dialect without reports, but with a bill."""
    measures = replace(passed.measures, receipt_p99_ms=None, early=None, billed_off=2)
    return replace(
        passed,
        parts=[replace(part, receipts=None) for part in passed.parts],
        measures=measures,
        judgements=judgements(measures, budgets("netoxygen", None)),
        checked=replace(passed.checked, billed_off=-2),
    )


@pytest.fixture
def failed() -> Result:
    calls = [sent(0), sent(1), sent(2, outcome=Outcome.REFUSED, reason="Error: <b>no</b>")]
    return result(ledger(calls, [receipt(0)]), books(found(0), found(1), charged="2.50"))


def planned(run: Result, *plans: Plan, whole: Plan | None = None) -> Result:
    """The same run, had these been its plans."""
    (part,) = run.parts
    return replace(run, plan=whole or plans[0], parts=[replace(part, plan=plan) for plan in plans])


def test_a_run_within_its_budgets_passes_and_says_so_everywhere(passed: Result) -> None:
    assert passed.passed
    assert json.loads(as_json(passed))["verdict"] == "pass"
    assert list(summary(passed))[-1] == "pass"
    assert "<title>Passed: isms-http at 10 messages/s</title>" in page(passed)


def test_a_run_beyond_one_budget_fails_and_names_what_was_found(failed: Result) -> None:
    assert not failed.passed
    assert "1 accepted, but no delivery report came, first 306900000001 in A1" in "\n".join(summary(failed))
    assert "credits are off by 0.50" in "\n".join(summary(failed))
    assert "306900000001 in A1" in page(failed)


def test_the_json_counts_findings_and_gives_examples(failed: Result) -> None:
    verdict = json.loads(as_json(failed))

    assert verdict["findings"]["unreported"] == {"count": 1, "examples": [["A1", "306900000001"]]}
    assert verdict["calls"] == {"accepted": 2, "refused": 1, "unanswered": 0, "unsent": 0}
    assert verdict["credits_off"] == "0.50"
    assert {"measure": "lost", "value": 1, "budget": "at most 0", "met": False} in verdict["budgets"]


def test_where_there_are_no_reports_nothing_pretends_there_were(silent: Result) -> None:
    text, verdict = page(silent), json.loads(as_json(silent))

    assert "There are no delivery reports in this dialect, so none were counted" in text
    assert "delivery reports arrived" not in text
    assert ">reported</span>" not in text
    assert '<th class="n">reports</th>' not in text
    assert "Messages under way" not in text
    assert "not measured" in text
    assert verdict["messages"] == {"accepted": 20, "receipts": None}
    assert verdict["measures"]["receipt_p99_ms"] is None
    assert not {"unreported", "reported_twice", "early"} & verdict["findings"].keys()
    assert "no delivery reports, as the dialect has none" in "\n".join(summary(silent))


def test_where_there_are_reports_they_are_counted_and_drawn(passed: Result) -> None:
    text = page(passed)

    assert "20 messages were accepted and 20 delivery reports arrived." in text
    assert ">reported</span>" in text
    assert '<th class="n">reports</th>' in text
    assert "Messages under way" in text
    assert "not measured" in text  # nobody counts messages on a bill
    assert "20 delivery reports" in "\n".join(summary(passed))


def test_a_count_on_the_bill_that_is_off_is_told_everywhere(silent: Result) -> None:
    assert "the count on the bill is off by -2" in "\n".join(summary(silent))
    assert "messages on the bill beside those accepted" in page(silent)
    assert json.loads(as_json(silent))["billed_off"] == -2


def test_no_secret_leaves_the_run(passed: Result) -> None:
    assert "hush" not in page(passed) + as_json(passed).decode() + "\n".join(summary(passed))


def test_the_page_is_one_file_that_loads_nothing(passed: Result) -> None:
    text = page(passed)

    assert re.findall(r'(?:src|href)="', text) == []
    assert "@import" not in text
    assert "url(" not in text
    assert "<script" not in text


def test_the_page_dresses_for_light_and_dark(passed: Result) -> None:
    assert "prefers-color-scheme: dark" in page(passed)


def test_what_the_target_says_cannot_break_the_page(failed: Result) -> None:
    assert "Error: &lt;b&gt;no&lt;/b&gt;" in page(failed)


def test_every_tag_of_the_page_is_closed(failed: Result) -> None:
    class Tags(HTMLParser):
        open_: list[str]

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag not in ("meta", "br"):
                self.open_.append(tag)

        def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            pass

        def handle_endtag(self, tag: str) -> None:
            assert self.open_.pop() == tag

    reader = Tags()
    reader.open_ = []

    reader.feed(page(failed))

    assert reader.open_ == []


def test_the_page_tells_how_to_repeat_the_run(passed: Result) -> None:
    assert (
        "smslab load isms-http --rate 10 --for 2s --users 64 --workers 1 --target http://127.0.0.1:8000"
        in page(passed)
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"scenario": "isms-soap", "recipients": 10}, ""),
        ({"scenario": "isms-soap", "recipients": 1}, "--recipients 1 "),
        ({"recipients": 3}, "--recipients 3 "),
        ({"scenario": "iro-json", "price": Decimal("0.07")}, ""),
        ({"scenario": "iro-json", "price": Decimal("0.05")}, "--price 0.05 "),
    ],
)
def test_only_what_is_not_usual_for_the_scenario_is_said(
    passed: Result, changes: dict[str, Any], said: str
) -> None:
    told = command(planned(passed, replace(passed.plan, **changes)))

    assert f"--for 2s {said}--users 64" in told


@pytest.mark.parametrize(
    ("changes", "plan", "said"),
    [
        ({}, {}, "--users 64 --workers 1 --target"),
        ({}, {"report_every": 5}, "--workers 1 --report-every 5 --target"),
        ({}, {"listen": "10.0.0.1"}, "--workers 1 --listen 10.0.0.1 --target"),
        ({"settle": 5.0}, {}, "--workers 1 --settle 5s --target"),
        ({"limits": Path("our own.toml")}, {}, "--workers 1 --budgets 'our own.toml' --target"),
        (
            {"bind": "10.0.0.2:5557"},
            {"workers": 2},
            "--users 64 --master --bind 10.0.0.2:5557 --expect-workers 2 --target",
        ),
    ],
)
def test_what_was_said_of_reports_budgets_and_hosts_is_said_again(
    passed: Result, changes: dict[str, Any], plan: dict[str, Any], said: str
) -> None:
    run = replace(planned(passed, replace(passed.plan, **plan)), **changes)

    assert said in command(run)


@pytest.mark.parametrize(
    ("names", "every", "said"),
    [
        (("ip1-bulk", "isms-http"), 1, "--report-every 1"),
        (("smpp-700", "isms-http"), 0, "--report-every 0"),
    ],
)
def test_a_mixture_repeats_which_calls_ask_for_reports(
    passed: Result, names: tuple[str, ...], every: int, said: str
) -> None:
    order = Order(scenario="mixed", seconds=2, shares=dict.fromkeys(names, 1), report_every=every)
    whole, plans = planned_for(order)

    assert said in command(planned(passed, *plans, whole=whole))


def test_a_mixture_is_repeated_by_its_shares(passed: Result) -> None:
    plans = [replace(PLAN, scenario=name, rate=rate) for name, rate in (("voipe", 7.5), ("ip1", 2.5))]

    told = command(planned(passed, *plans, whole=replace(PLAN, scenario="mixed")))

    assert "load mixed --rate 10 --for 2s --share voipe=3 --share ip1=1 --users" in told


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        (Shape.STEADY, "isms-http --rate"),
        (Shape.BURST, "isms-http --shape burst --peak 30 --rate"),
        (Shape.SOAK, "isms-http --shape soak --chapter 1s --rate"),
        (Shape.RAMP, "isms-http --shape ramp --rate"),
    ],
)
def test_the_shape_is_repeated_as_well(passed: Result, shape: Shape, said: str) -> None:
    course = stages(shape, rate=10, seconds=2, peak=30)
    plan = replace(PLAN, shape=shape, stages=course, chapter=1.0 if shape is Shape.SOAK else 0.0)

    assert said in command(planned(passed, plan))


def test_the_stages_and_the_knee_of_a_ramp_are_told_everywhere(passed: Result) -> None:
    course = stages(Shape.RAMP, rate=10, seconds=2, peak=0, steps=2)
    kept = [
        Step(stage=stage, begin=begin, pace=passed.measures, held=begin == 0)
        for stage, begin in zip(course, (0.0, 1.0), strict=True)
    ]
    ramp = replace(
        planned(passed, replace(PLAN, shape=Shape.RAMP, stages=course)),
        steps=kept,
        measures=replace(passed.measures, knee=5.0),
    )

    assert "  the knee is at 5 messages/s" in list(summary(ramp))
    assert "Stage by stage" in page(ramp)
    assert "beyond the budgets: achieved 1, error_share 0, p50_ms 10, " in junit(ramp)
    assert [step["held"] for step in json.loads(as_json(ramp))["stages"]] == [True, False]


def test_the_junit_has_a_case_for_each_budget_and_names_what_was_found(failed: Result) -> None:
    (suite,) = JUnitXml.fromstring(junit(failed).encode())

    cases = {case.name: case for case in suite}
    assert list(cases) == [judgement.budget.measure for judgement in failed.judgements]
    assert (suite.tests, suite.failures) == (len(cases), sum(not one.met for one in failed.judgements))
    assert not cases["doubled"].result
    (lost,) = cases["lost"].result
    assert lost.message == "lost is 1, at most 0"
    assert "accepted, but no delivery report came: 306900000001 in A1" in lost.text


def test_of_a_run_of_which_nothing_came_no_times_are_told() -> None:
    run = result(ledger([], []), books(charged="0.00"))

    assert "Failed" in page(run)
    assert "  p50_ms          not measured  at most 25      MISSED" in list(summary(run))
    assert '"p50_ms": null' in as_json(run).decode()
    (suite,) = JUnitXml.fromstring(junit(run).encode())
    (told,) = next(case for case in suite if case.name == "p50_ms").result
    assert told.message == "p50_ms was not measured, at most 25"


def test_what_fell_short_is_called_missed_and_what_went_beyond_exceeded(failed: Result) -> None:
    told = "\n".join(summary(failed))

    assert re.search(r"achieved +\S+  at least 0.98 +MISSED", told)
    assert re.search(r"lost +1  at most 0 +EXCEEDED", told)
    assert '<td class="bad">missed</td>' in page(failed)
    (suite,) = JUnitXml.fromstring(junit(failed).encode())
    assert {told.type for case in suite for told in case.result} == {"missed", "exceeded"}


def test_what_was_accepted_of_a_burst_is_told_apart() -> None:
    plan = replace(PLAN, seconds=1, burst=3, logins=(Login("me", "secret"),))
    calls = [sent(slot) for slot in range(12)]
    throttled = sent(12, outcome=Outcome.REFUSED, reason=THROTTLED, numbers=("306900000012",))
    run = result(ledger([*calls, throttled], []), books(charged="12.00"), plan=plan)

    assert "10 of 10 messages accepted, and 2 of a burst of 3, in 12 calls" in "\n".join(summary(run))


def test_stages_of_a_short_run_begin_at_tenths(passed: Result) -> None:
    course = stages(Shape.BURST, rate=10, seconds=30, peak=20)
    begins = [0.0, 4.0, 6.0, 14.0]
    kept = [
        Step(stage=stage, begin=begin, pace=replace(passed.measures, p50_ms=None), held=True)
        for stage, begin in zip(course, begins, strict=False)
    ]
    run = replace(planned(passed, replace(PLAN, shape=Shape.BURST, stages=course)), steps=kept)

    lines = [line for line in summary(run) if "/s  achieved" in line]

    assert [line.split()[0] for line in lines] == ["0.0s", "4.0s", "6.0s", "14s"]
    assert "p50 -  " in lines[0]
    assert '<td class="n">-</td>' in page(run)


def test_kept_runs_are_three_files(passed: Result, tmp_path: Path) -> None:
    keep(passed, tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "junit.xml",
        "report.html",
        "verdict.json",
    ]


@pytest.mark.parametrize(
    ("at_least", "step"), [(0.3, 0.5), (1.0, 1.0), (1.1, 2.0), (20.1, 50.0), (140.0, 200.0)]
)
def test_axes_have_round_steps(at_least: float, step: float) -> None:
    assert round_step(at_least) == pytest.approx(step)


@pytest.mark.parametrize("largest", [0.0, 0.004, 1.0, 7.0, 699.0, 700.0, 701.0, 1e6])
def test_every_value_fits_on_its_axis(largest: float) -> None:
    axis = scale(largest, 200.0)

    assert largest <= axis.top
    assert axis(axis.top) == 200.0
    assert 1 <= len(axis.ticks) - 1 <= 5


def test_no_place_on_a_chart_is_told_finer_than_in_tenths() -> None:
    drawing = chart("t", "ms", [0, 1, 2, 3], [Curve(name="a", style="due", values=[3.3, 7.7, 2.0, 14.0])])

    assert re.findall(r'"[^"]*\.\d{2,}[^"]*"', drawing) == []


def test_a_gap_in_the_values_is_a_gap_in_the_line() -> None:
    drawing = chart("t", "ms", [0, 1, 2, 3], [Curve(name="a", style="due", values=[1.0, None, 2.0, 2.0])])

    (path,) = re.findall(r' d="([^"]*)"', drawing)
    assert path.count("M") == 2


def test_more_reports_than_messages_do_not_fall_off_the_chart() -> None:
    kept = ledger([sent(0)], [receipt(0), receipt(0)])

    text = page(result(kept, books(found(0), charged="1.00")))

    heights = [
        float(y)
        for path in re.findall(r' d="([^"]*)"', text)
        for y in re.findall(r"[ML]\S+ (\S+?)(?=[ML]|$)", path)
    ]
    assert heights
    assert all(0 <= height <= 260 for height in heights)
