"""Known differences of a target, with reasons; what moved since, both ways.

["isms/send/ok"]
verdict = "failed"
reason = "ticket 17"
flaky = true          # where it comes and goes: then neither has moved
"""

import json
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from conformance.catalogue import Catalogue
from conformance.record import Judged, Known
from conformance.verdict import FINE, OBSERVED, UNMET, Verdict

Baseline = Mapping[str, Known]


class BaselineError(ValueError):
    """A baseline that cannot be used; one line."""


class Movement(NamedTuple):
    id: str
    expected: str
    found: str


def load(path: Path, rows: Catalogue) -> Baseline:
    """What the file knows, by requirement; BaselineError where it is not of the form above."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise BaselineError(f"{path}: {fault.strerror}") from None
    except ValueError as fault:
        raise BaselineError(f"{path.name}: {fault}") from None
    return {name: _known(path.name, name, table, rows) for name, table in document.items()}


def moved(verdicts: Iterable[Judged], baseline: Baseline) -> list[Movement]:
    """Rows that were observed and are not as expected; what nobody could observe has not moved."""
    return [
        Movement(row.id, _named(baseline.get(row.id) or Known(verdict=Verdict.MET, reason="")), _named(row))
        for row in verdicts
        if row.verdict in OBSERVED and not _expected(row, baseline)
    ]


def rewritten(verdicts: Iterable[Judged], baseline: Baseline) -> str:
    """The file that would make this run the expected one; reasons are kept, new ones say what came."""
    found = {row.id: row for row in verdicts}
    kept = {name: known for name, known in baseline.items() if _still(name, found, known)}
    new = {
        row.id: Known(verdict=row.verdict, reason=row.reason or "unmet", flaky=row.flaky)
        for row in found.values()
        if row.verdict in UNMET and not _expected(row, baseline)
    }
    return "\n".join(_table(name, known) for name, known in sorted((kept | new).items()))


def annotated(verdicts: Iterable[Judged], baseline: Baseline) -> tuple[Judged, ...]:
    """The verdicts, each with what the baseline knows about it."""
    from msgspec.structs import replace

    return tuple(replace(row, known=baseline.get(row.id)) for row in verdicts)


def _expected(row: Judged, baseline: Baseline) -> bool:
    known = baseline.get(row.id)
    if known is None:
        return row.verdict in FINE
    if known.flaky:
        return row.verdict == known.verdict or row.verdict in FINE
    return (row.verdict, row.flaky) == (known.verdict, False)


def _still(name: str, found: Mapping[str, Judged], known: Known) -> bool:
    return known.flaky or name not in found or found[name].verdict not in FINE & OBSERVED


def _named(one: Judged | Known) -> str:
    return f"{one.verdict} (flaky)" if one.flaky else one.verdict


def _known(file: str, name: str, table: Any, rows: Catalogue) -> Known:
    if name not in rows:
        raise BaselineError(f"{file}: unknown requirement {name!r}")
    if not isinstance(table, dict) or table.keys() - {"flaky"} != {"verdict", "reason"}:
        raise BaselineError(f"{file}: [{name!r}] holds a verdict, a reason and maybe flaky, nothing else")
    if table["verdict"] not in UNMET:
        raise BaselineError(f"{file}: [{name!r}] verdict is one of {', '.join(sorted(UNMET))}")
    if not isinstance(table["reason"], str) or not table["reason"].strip():
        raise BaselineError(f"{file}: [{name!r}] needs a reason")
    if not isinstance(table.get("flaky", False), bool):
        raise BaselineError(f"{file}: [{name!r}] flaky is true or false")
    return Known(**table)


def _table(name: str, known: Known) -> str:
    reason = json.dumps(known.reason, ensure_ascii=False).replace(
        "\x7f", "\\u007f"
    )  # then it is TOML as well
    flaky = "flaky = true\n" if known.flaky else ""
    return f'["{name}"]\nverdict = "{known.verdict}"\nreason = {reason}\n{flaky}'
