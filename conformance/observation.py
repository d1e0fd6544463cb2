"""What one check saw, read off the way it ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from inspect import getdoc
from pathlib import Path
from traceback import extract_tb

import pytest

from conformance import record
from conformance.blocked import Blocked, Disabled
from conformance.drivers.http import Unanswered
from conformance.tape import Exchange, Tape
from conformance.verify import Mismatch

SUBJECTS_FAULT = (AssertionError, Unanswered, pytest.fail.Exception)


class Outcome(StrEnum):
    """Worst last."""

    MET = "met"
    DISABLED = "disabled"
    BLOCKED = "blocked"
    UNMET = "unmet"
    ERROR = "error"


SKIPPED = frozenset({Outcome.BLOCKED, Outcome.DISABLED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One phase of one check; `reason` is one line."""

    outcome: Outcome
    reason: str = ""
    accepted: tuple[str, ...] = ()
    actual: str | None = None
    exchange: Exchange | None = None


def finding(when: str, fault: BaseException | None) -> Finding:
    """What ended the phase `when` (setup, call, teardown). Only the subject's own doing counts against it."""
    match fault:
        case None:
            return Finding(outcome=Outcome.MET)
        case Blocked() | pytest.skip.Exception():
            return Finding(outcome=Outcome.BLOCKED, reason=str(fault))
        case Disabled():
            return Finding(outcome=Outcome.DISABLED, reason=str(fault))
        case Mismatch():
            return Finding(
                outcome=Outcome.UNMET,
                reason=f"came {fault.actual}",
                accepted=fault.accepted,
                actual=fault.actual,
                exchange=fault.exchange,
            )
        case Unanswered():
            return Finding(
                outcome=Outcome.UNMET, reason=str(fault), accepted=("an answer",), actual=str(fault)
            )
        case _ if when == "call" and isinstance(fault, SUBJECTS_FAULT):
            return Finding(outcome=Outcome.UNMET, reason=_first_line(fault), actual=str(fault))
        case _:
            reason = f"{type(fault).__name__}: {_first_line(fault)}{_place(fault)}"
            return Finding(outcome=Outcome.ERROR, reason=reason)


def check(
    item: pytest.Item,
    name: str,
    requirements: tuple[str, ...],
    findings: Sequence[Finding],
    tape: Tape | None,
) -> record.Check:
    """The worst phase decides; the exchange that shows it is the one named, else the last."""
    worst = max(findings, key=lambda one: list(Outcome).index(one.outcome))
    exchanges = tape.exchanges if tape else []
    guilty = worst.exchange or (tape.behind("") if tape and worst.outcome is Outcome.UNMET else None)
    return record.Check(
        id=name,
        title=_title(item),
        requirements=requirements,
        outcome=worst.outcome,
        reason=worst.reason,
        accepted=worst.accepted,
        actual=worst.actual,
        guilty=next((n for n, one in enumerate(exchanges) if one is guilty), None),
        exchanges=tuple(map(record.said, exchanges)),
    )


def _first_line(fault: BaseException) -> str:
    return (str(fault).splitlines() or [""])[0]


def _place(fault: BaseException) -> str:
    """Where in which file the harness broke."""
    frames = extract_tb(fault.__traceback__)
    return f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})" if frames else ""


def _title(item: pytest.Item) -> str:
    """The name of the check as a sentence, then what its docstring adds."""
    name, _, case = item.name.removeprefix("test_").partition("[")
    sentence = name.replace("_", " ")
    described = (getdoc(getattr(item, "obj", None)) or "").partition("\n")[0]
    return " · ".join(part for part in (sentence, case.removesuffix("]"), described) if part)
