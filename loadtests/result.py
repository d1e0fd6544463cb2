"""A finished run: everything its verdict and its page are made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

import msgspec

from loadtests.ledger import Key, Ledger, Outcome, Sent
from loadtests.measures import Interval, Measures
from loadtests.plan import Plan
from loadtests.reconciliation import Reconciliation
from loadtests.verdict import Judgement

EXAMPLES = 10

FINDINGS: Mapping[str, str] = {
    "missing": "accepted, but the target does not know it",
    "unfinished": "known to the target, but without a final state",
    "unreported": "accepted, but no delivery report came",
    "stored_twice": "answered or stored more than once",
    "reported_twice": "more than one delivery report came",
    "early": "reported before it can have been delivered",
    "stray": "held or reported by the target, but never sent",
    "contradicted": "of which the target tells two different things",
}
SECRET = ("login", "logins", "password")  # of a plan
OF_REPORTS = ("unreported", "reported_twice", "early")  # findings where there are reports


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    plan: Plan
    target: str
    began: datetime
    calls: Mapping[Outcome, int]
    receipts: int | None  # None: the dialect has no delivery reports
    measures: Measures
    judgements: Sequence[Judgement]
    checked: Reconciliation
    course: Sequence[Interval]
    reasons: Mapping[str, int] = field(default_factory=dict)  # why calls were not accepted, and how many

    @property
    def passed(self) -> bool:
        return all(judgement.met for judgement in self.judgements)

    @property
    def findings(self) -> Mapping[str, Sequence[Key]]:
        """What was looked for."""
        names = [name for name in FINDINGS if self.receipts is not None or name not in OF_REPORTS]
        return {name: getattr(self.checked, name) for name in names}


def outcomes(calls: Sequence[Sent]) -> dict[Outcome, int]:
    counted = Counter(call.outcome for call in calls)
    return {outcome: counted[outcome] for outcome in Outcome}


def reasons(ledger: Ledger) -> dict[str, int]:
    counted = Counter(call.reason for call in ledger.sent if call.reason)
    return dict(counted.most_common(EXAMPLES))


def as_json(result: Result) -> bytes:
    """The verdict for machines; examples stand for the full lists of findings."""
    plan = {name: value for name, value in asdict(result.plan).items() if name not in SECRET}
    value = {
        "verdict": "pass" if result.passed else "fail",
        "began": result.began.isoformat(),
        "target": result.target,
        "plan": plan | {"calls": result.plan.calls, "messages": result.plan.messages},
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
        "course": result.course,
    }
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def keep(result: Result, folder: Path) -> None:
    """verdict.json for machines, report.html for people."""
    from loadtests.page import page  # Jinja takes a while to import, and most runs end without a page

    (folder / "verdict.json").write_bytes(as_json(result))
    (folder / "report.html").write_text(page(result), "utf-8")
