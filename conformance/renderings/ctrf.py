"""CTRF, the Common Test Report Format (ctrf.io, version 0.0.0): a test per requirement."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from conformance.record import Check, Judged, Run
from conformance.renderings.story import Evidence, story
from conformance.verdict import UNMET, Verdict

STATUS: Mapping[Verdict, str] = {
    Verdict.MET: "passed",
    Verdict.SUPPORTED: "passed",
    Verdict.UNTESTED: "pending",
    Verdict.DISABLED: "skipped",
    Verdict.BLOCKED: "skipped",
    Verdict.UNSUPPORTED: "other",
    Verdict.DIFFERS: "other",
    Verdict.WARNED: "other",
    Verdict.FAILED: "failed",
    Verdict.ERROR: "other",
}
"""`other` is what is neither right nor the fault of the target: our own faults among them."""

COUNTED = ("passed", "failed", "skipped", "pending", "other")


def ctrf(run: Run) -> str:
    evidence = Evidence(run)
    tests = [_test(row, evidence) for row in run.verdicts]
    document = {
        "reportFormat": "CTRF",
        "specVersion": "0.0.0",
        "timestamp": run.header.date,
        "generatedBy": f"smslab {run.header.smslab}",
        "results": {
            "tool": {"name": "smslab", "version": run.header.smslab},
            "summary": _summary(run, tests, evidence.seconds(run.verdicts)),
            "tests": tests,
            "environment": {"testEnvironment": run.header.target, "extra": _circumstances(run)},
        },
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=1).decode() + "\n"


def _test(row: Judged, evidence: Evidence) -> dict[str, Any]:
    checks = evidence.behind(row)
    found: dict[str, Any] = {
        "testId": row.id,
        "name": f"{row.id}: {row.means}",
        "suite": [row.provider, row.area],
        "status": STATUS[Verdict(row.verdict)],
        "rawStatus": row.verdict,
        "duration": round(evidence.seconds([row]) * 1000),
        "tags": [row.level, row.origin],
        "labels": {"document": row.at},
    }
    if row.reason:
        found["message"] = row.reason
    if row.verdict in UNMET | {Verdict.ERROR}:
        found["trace"] = "\n".join(story(row, checks))
    if row.flaky:
        found["flaky"] = True
    return found | _place(checks)


def _place(checks: Sequence[Check]) -> dict[str, str]:
    return {"filePath": checks[0].id.partition("::")[0]} if checks else {}


def _summary(run: Run, tests: Sequence[Mapping[str, Any]], seconds: float) -> dict[str, int]:
    """Times are milliseconds since 1970; the record knows when the run ended and how long answers took."""
    counted = Counter(test["status"] for test in tests)
    stop = round(datetime.fromisoformat(run.header.date).timestamp() * 1000)
    duration = round(seconds * 1000)
    return {
        "tests": len(tests),
        **{status: counted[status] for status in COUNTED},
        "flaky": sum(row.flaky for row in run.verdicts),
        "suites": len({(row.provider, row.area) for row in run.verdicts}),
        "start": stop - duration,
        "stop": stop,
        "duration": duration,
    }


def _circumstances(run: Run) -> dict[str, str | int]:
    return {name: getattr(run.header, name) for name in ("base", "catalogue", "seed", "clock")}
