"""Known differences of a target, with reasons; what moved since, both ways."""

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
    """`["isms/send/ok"]` tables with `verdict` and `reason`."""
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
        Movement(row.id, baseline[row.id].verdict if row.id in baseline else Verdict.MET, row.verdict)
        for row in verdicts
        if row.verdict in OBSERVED and not _expected(row, baseline)
    ]


def rewritten(verdicts: Iterable[Judged], baseline: Baseline) -> str:
    """The file that would make this run the expected one; reasons are kept, new ones say what came."""
    found = {row.id: row for row in verdicts}
    kept = {name: known for name, known in baseline.items() if _still(name, found)}
    new = {
        row.id: Known(verdict=row.verdict, reason=row.reason or "unmet")
        for row in found.values()
        if row.verdict in UNMET and not _expected(row, baseline)
    }
    return "\n".join(_table(name, known) for name, known in sorted((kept | new).items()))


def annotated(verdicts: Iterable[Judged], baseline: Baseline) -> tuple[Judged, ...]:
    """The verdicts, each with what the baseline knows about it."""
    from msgspec.structs import replace

    return tuple(replace(row, known=baseline.get(row.id)) for row in verdicts)


def _expected(row: Judged, baseline: Baseline) -> bool:
    return row.verdict == baseline[row.id].verdict if row.id in baseline else row.verdict in FINE


def _still(name: str, found: Mapping[str, Judged]) -> bool:
    return name not in found or found[name].verdict not in FINE & OBSERVED


def _known(file: str, name: str, table: Any, rows: Catalogue) -> Known:
    if name not in rows:
        raise BaselineError(f"{file}: unknown requirement {name!r}")
    if not isinstance(table, dict) or table.keys() != {"verdict", "reason"}:
        raise BaselineError(f"{file}: [{name!r}] holds a verdict and a reason, nothing else")
    if table["verdict"] not in UNMET:
        raise BaselineError(f"{file}: [{name!r}] verdict is one of {', '.join(sorted(UNMET))}")
    if not isinstance(table["reason"], str) or not table["reason"].strip():
        raise BaselineError(f"{file}: [{name!r}] needs a reason")
    return Known(verdict=table["verdict"], reason=table["reason"])


def _table(name: str, known: Known) -> str:
    reason = json.dumps(known.reason, ensure_ascii=False).replace(
        "\x7f", "\\u007f"
    )  # then it is TOML as well
    return f'["{name}"]\nverdict = "{known.verdict}"\nreason = {reason}\n'
