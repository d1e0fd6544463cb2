"""The run as one HTML file that needs nothing else."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from fractions import Fraction
from importlib.resources import files
from math import lcm
from urllib.parse import urlsplit

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from loadtests.accounting.reconciliation import FINDINGS
from loadtests.planning.order import SETTLE
from loadtests.planning.plan import Plan
from loadtests.planning.shape import Shape
from loadtests.planning.values import LOOPBACK
from loadtests.reporting.curves import Curve, chart
from loadtests.reporting.progress import pace
from loadtests.reporting.result import EXAMPLES, Result
from loadtests.reporting.verdict import Judgement
from loadtests.scenarios import SCENARIOS
from loadtests.scenarios.scenario import HttpScenario

TEMPLATE = files("loadtests.reporting") / "page.html"

MEANING = {
    "achieved": "messages accepted a second, as a share of the intended rate",
    "error_share": "messages not accepted, as a share of all",
    "p50_ms": "half of the calls were answered within so many milliseconds of being due",
    "p95_ms": "19 of 20 calls were answered within so many milliseconds of being due",
    "p99_ms": "99 of 100 calls were answered within so many milliseconds of being due",
    "max_ms": "the slowest answer, in milliseconds from the moment the call was due",
    "receipt_p99_ms": "99 of 100 delivery reports came within so many milliseconds of being due",
    "lost": "accepted messages that the target does not know, did not finish or left without its report",
    "doubled": "messages stored or reported more than once",
    "early": "messages reported before they can have been delivered",
    "stray": "messages that the target has or reports, and that were not sent",
    "contradicted": "messages of which the target tells two different things",
    "credits_off": "credits charged beside price times messages",
    "billed_off": "messages on the bill beside those accepted",
    "over_limit": "messages accepted in one second with as many of their account as it may send",
    "throttled": "messages of the burst that were refused because they were too many",
    "knee": "messages a second up to which every step of the ramp kept to its pace",
}


def page(result: Result) -> str:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(TEMPLATE.read_text("utf-8")).render(
        result=result,
        plan=result.plan,
        pace=pace(result),
        planned=result.planned,
        measures=measures(result),
        findings=[(FINDINGS[name], len(keys), keys[:EXAMPLES]) for name, keys in result.findings.items()],
        charts=charts(result),
        command=command(result),
    )


def measures(result: Result) -> list[tuple[str, float | None, Judgement | None, str]]:
    """Every measure with its judgement, if it has a budget, and what it means."""
    judged = {judgement.budget.measure: judgement for judgement in result.judgements}
    return [(name, getattr(result.measures, name), judged.get(name), text) for name, text in MEANING.items()]


def charts(result: Result) -> list[tuple[str, str, Markup]]:
    """Heading, what there is to see, drawing."""
    course = result.course
    moments = [interval.at for interval in course]
    rates = [
        Curve(name="due", style="due", values=[i.intended / i.seconds for i in course]),
        Curve(name="accepted", style="accepted", values=[i.accepted / i.seconds for i in course]),
    ]
    if result.receipts is not None:
        rates.append(
            Curve(name="reported", style="reported", values=[i.receipts / i.seconds for i in course])
        )
    if any(i.failed for i in course):
        rates.append(
            Curve(name="not accepted", style="failed", values=[i.failed / i.seconds for i in course])
        )
    waits = [
        Curve(name="median", style="accepted", values=[i.p50 for i in course]),
        Curve(name="95 %", style="reported", values=[i.p95 for i in course]),
        Curve(name="99 %", style="failed", values=[i.p99 for i in course]),
    ]
    open_ = [
        Curve(name="accepted, not reported yet", style="accepted", values=[max(0, i.open) for i in course])
    ]
    drawn = [
        (
            "Messages a second",
            "Accepted should lie on due."
            + ("" if result.receipts is None else " Reports follow later, at the same pace."),
            "per s",
            rates,
        ),
        (
            "Time to the answer",
            "From the moment a call was due, not from the moment it left: "
            "when the target stalls, every call that had to wait shows it.",
            "ms",
            waits,
        ),
    ]
    if result.receipts is not None:
        drawn.append(
            ("Messages under way", "Should rise, stay level and fall back to nothing.", "messages", open_)
        )
    return [(title, text, Markup(chart(title, unit, moments, curves))) for title, text, unit, curves in drawn]


def command(result: Result) -> str:
    """What repeats the run, without any secret."""
    plan, parts = result.plan, [part.plan for part in result.parts]
    words = ["smslab", "load", plan.scenario, *shaped(plan)]
    words += ["--rate", f"{plan.rate:g}", "--for", f"{plan.seconds:g}s"]
    words += usual(plan) if len(parts) == 1 else shares(parts)
    words += ["--window", str(parts[0].window)] if any(part.logins for part in parts) else []
    words += ["--users", str(plan.users), *senders(result), *reported(parts)]
    words += ["--settle", f"{result.settle:g}s"] if result.settle != SETTLE else []
    words += ["--budgets", str(result.limits)] if result.limits else []
    words += ["--target", result.target] if urlsplit(result.target).scheme else []
    return shlex.join(words)


def shaped(plan: Plan) -> list[str]:
    match plan.shape:
        case Shape.STEADY:
            return []
        case Shape.BURST:
            return ["--shape", plan.shape, "--peak", f"{max(stage.rate for stage in plan.course):g}"]
        case Shape.SOAK:
            return ["--shape", plan.shape, "--chapter", f"{plan.chapter:g}s"]
    return ["--shape", plan.shape]


def usual(plan: Plan) -> list[str]:
    """Only what is not usual for the scenario."""
    scenario = SCENARIOS[plan.scenario]
    recipients = ["--recipients", str(plan.recipients)] if plan.recipients != scenario.recipients else []
    return recipients + (["--price", str(plan.price)] if plan.price != scenario.price else [])


def senders(result: Result) -> list[str]:
    """Processes of this host, or of others."""
    workers = str(result.plan.workers)
    if result.bind:
        return ["--master", "--bind", result.bind, "--expect-workers", workers]
    listen = ["--listen", result.plan.listen] if result.plan.listen != LOOPBACK else []
    return ["--workers", workers, *listen]


def reported(parts: Sequence[Plan]) -> list[str]:
    """Which calls ask for reports, where that is not usual; submits always do."""
    chosen = {
        part.report_every
        for part in parts
        if isinstance(scenario := SCENARIOS[part.scenario], HttpScenario)
        and part.report_every != scenario.report_every
    }
    return ["--report-every", str(chosen.pop())] if chosen else []


def shares(parts: Sequence[Plan]) -> list[str]:
    """In the smallest whole numbers that say the same."""
    least = min(part.rate for part in parts)
    exact = [Fraction(part.rate / least).limit_denominator(1000) for part in parts]
    whole = lcm(*(fraction.denominator for fraction in exact))
    told = zip(parts, exact, strict=True)
    return [word for part, own in told for word in ("--share", f"{part.scenario}={own * whole}")]
