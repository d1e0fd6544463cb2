"""A finished run: everything its verdict and its page are made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from loadtests.accounting.audit import Part
from loadtests.accounting.ledger import Key, Outcome
from loadtests.accounting.reconciliation import FINDINGS, Reconciliation
from loadtests.failures import HarnessFailed
from loadtests.planning.order import SETTLE
from loadtests.planning.plan import Plan
from loadtests.reporting.course import Interval
from loadtests.reporting.measures import Measures, measured
from loadtests.reporting.shared import Work
from loadtests.reporting.steps import Step
from loadtests.reporting.verdict import Judgement

EXAMPLES = 10

SECRET = ("login", "logins", "password")  # of a plan
OF_REPORTS = ("unreported", "reported_twice", "early")  # findings where there are reports


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    plan: Plan  # of the whole
    parts: Sequence[Part]  # by scenario
    target: str
    began: datetime
    measures: Measures
    judgements: Sequence[Judgement]
    checked: Reconciliation
    course: Sequence[Interval]
    steps: Sequence[Step]
    workers: Sequence[Work] = ()
    settle: float = SETTLE  # how long late reports were waited for, in seconds
    bind: str | None = None  # where workers of other hosts joined
    limits: Path | None = None  # the file that was laid over the built-in budgets

    @property
    def passed(self) -> bool:
        return all(judgement.met for judgement in self.judgements)

    @property
    def calls(self) -> Mapping[Outcome, int]:
        return {outcome: sum(part.calls[outcome] for part in self.parts) for outcome in Outcome}

    @property
    def receipts(self) -> int | None:
        """None: no dialect of the run has delivery reports."""
        told = [part.receipts for part in self.parts if part.receipts is not None]
        return sum(told) if told else None

    @property
    def reasons(self) -> Mapping[str, int]:
        """Why calls were not accepted, and how many."""
        counted = sum((Counter(part.reasons) for part in self.parts), Counter[str]())
        return dict(counted.most_common(EXAMPLES))

    @property
    def planned(self) -> tuple[int, int]:
        """Calls and messages."""
        plans = [part.plan for part in self.parts]
        return sum(plan.calls for plan in plans), sum(plan.messages for plan in plans)

    @property
    def findings(self) -> Mapping[str, Sequence[Key]]:
        """What was looked for."""
        names = [name for name in FINDINGS if self.receipts is not None or name not in OF_REPORTS]
        return {name: getattr(self.checked, name) for name in names}

    @property
    def by_scenario(self) -> Mapping[str, Measures]:
        """Of a run of several scenarios."""
        if len(self.parts) == 1:
            return {}
        return {
            part.plan.scenario: measured(self.plan.seconds, [part], part.checked, None) for part in self.parts
        }


def as_json(result: Result) -> bytes:
    """The verdict for machines; examples stand for the full lists of findings."""
    calls, messages = result.planned
    value = {
        "verdict": "pass" if result.passed else "fail",
        "began": result.began.isoformat(),
        "target": result.target,
        "plan": public(result.plan) | {"calls": calls, "messages": messages},
        "calls": result.calls,
        "messages": {"accepted": result.checked.accepted, "receipts": result.receipts},
        "measures": result.measures,
        "budgets": [
            {"measure": j.budget.measure, "value": j.value, "budget": str(j.budget), "met": j.met}
            for j in result.judgements
        ],
        "findings": {
            name: {"count": len(keys), "examples": [list(key) for key in keys[:EXAMPLES]]}
            for name, keys in result.findings.items()
        },
        "credits_off": None if result.checked.credits_off is None else str(result.checked.credits_off),
        "billed_off": result.checked.billed_off,
        "reasons": result.reasons,
        "stages": [
            {"begin": s.begin, **s.stage._asdict(), "held": s.held, **asdict(s.pace)} for s in result.steps
        ],
        "scenarios": result.by_scenario,
        "workers": [work._asdict() for work in result.workers],
        "course": result.course,
    }
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def public(plan: Plan) -> dict[str, Any]:
    return {name: value for name, value in asdict(plan).items() if name not in SECRET}


def keep(result: Result, folder: Path) -> None:
    """verdict.json and junit.xml for machines, report.html for people. Raises HarnessFailed."""
    from loadtests.reporting.junit import junit
    from loadtests.reporting.page import (
        page,  # Jinja takes a while to import, and most runs end without a page
    )

    try:
        (folder / "verdict.json").write_bytes(as_json(result))
        (folder / "junit.xml").write_text(junit(result), "utf-8")
        (folder / "report.html").write_text(page(result), "utf-8")
    except OSError as error:
        raise HarnessFailed(f"{error.filename or folder} cannot be written: {error.strerror}") from None
