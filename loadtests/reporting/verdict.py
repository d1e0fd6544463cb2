"""Budgets and what a run makes of them."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import click

from loadtests.accounting.tally import Pace
from loadtests.reporting.measures import Measures
from loadtests.scenarios import NAMES, SCENARIOS

KNOWN = tuple(field.name for field in fields(Measures))
OF_ANSWERS = {"p50_ms", "p95_ms", "p99_ms", "max_ms"}  # a target that answers nothing is not within them
OF_REPORTS = {"receipt_p99_ms", "early"}  # not measured where the dialect has no reports
DEFAULT = files("loadtests") / "budgets.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    measure: str
    at_least: float | None = None
    at_most: float | None = None

    def __str__(self) -> str:
        low = [] if self.at_least is None else [f"at least {self.at_least:g}"]
        high = [] if self.at_most is None else [f"at most {self.at_most:g}"]
        return ", ".join(low + high)


class Standing(StrEnum):
    """Of a value beside its bounds."""

    MET = "met"
    MISSED = "missed"  # it fell short, or was not there at all
    EXCEEDED = "exceeded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    budget: Budget
    value: float | None  # None: nothing was there to measure

    @property
    def standing(self) -> Standing:
        low, high = self.budget.at_least, self.budget.at_most
        if self.value is None or (low is not None and self.value < low):
            return Standing.MISSED
        return Standing.EXCEEDED if high is not None and self.value > high else Standing.MET

    @property
    def met(self) -> bool:
        return self.standing is Standing.MET


def judgements(measured: Pace, budgets: list[Budget]) -> list[Judgement]:
    """Of what was measured: a budget for all scenarios may name what one of them does not have."""
    return [
        Judgement(budget=budget, value=value)
        for budget in budgets
        if (value := getattr(measured, budget.measure, None)) is not None or budget.measure in OF_ANSWERS
    ]


def budgets(scenario: str, path: Path | None) -> list[Budget]:
    """The built-in ones, and those of `path` over them. Raises click.UsageError."""
    try:
        chosen = laid(DEFAULT, scenario) | (laid(path, scenario) if path else {})
    except (OSError, ValueError) as wrong:
        raise click.UsageError(f"{path or DEFAULT}: {wrong}") from None
    judged = [row for row in chosen.values() if row]
    if not judged:
        raise click.UsageError(f"{path}: it leaves no budget for {scenario} to be judged by")
    return sorted(judged, key=lambda row: KNOWN.index(row.measure))


def laid(file: Path | Traversable, scenario: str) -> dict[str, Budget | None]:
    """Those for all scenarios with the scenario's own over them; None for what is not to be judged."""
    tables = tomllib.loads(file.read_text("utf-8"))
    if strays := sorted(tables.keys() - {"default", *NAMES}):
        raise ValueError(f"{strays[0]} is no scenario; these are: {', '.join(NAMES)}")
    own = table(tables, scenario)
    silent = scenario in SCENARIOS and not SCENARIOS[scenario].reports
    if silent and (idle := sorted(own.keys() & OF_REPORTS)):
        raise ValueError(f"{idle[0]} is not measured by {scenario}, which has no delivery reports")
    rows = table(tables, "default") | own
    return {measure: budget(measure, bounds) for measure, bounds in rows.items()}


def table(tables: Mapping[str, object], name: str) -> dict[str, object]:
    found = tables.get(name, {})
    if not isinstance(found, dict):
        raise ValueError(f"{name} must be a table of budgets")
    return found


def budget(measure: str, bounds: object) -> Budget | None:
    """None for `false`: not judged."""
    if measure not in KNOWN:
        raise ValueError(f"{measure} is not measured; these are: {', '.join(KNOWN)}")
    if bounds is False:
        return None
    if not isinstance(bounds, dict) or not bounds or not bounds.keys() <= {"at_least", "at_most"}:
        raise ValueError(f"{measure} needs at_least or at_most, as in {{ at_most = 0 }}, or false")
    if not all(is_number(bound) for bound in bounds.values()):
        raise ValueError(f"{measure} needs numbers, as in {{ at_most = 0 }}")
    return Budget(measure=measure, **bounds)


def is_number(bound: object) -> bool:
    """One that something can lie beyond."""
    return isinstance(bound, int | float) and not isinstance(bound, bool) and math.isfinite(bound)
