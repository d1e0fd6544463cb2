"""Collects the checks of a pytest run and turns them into a finished run."""

import os
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

from conformance.bench import Bench
from conformance.catalogue import Catalogue, Requirement, catalogue
from conformance.fuzzing import DRAWN
from conformance.masking import Mask
from conformance.plugin import BENCH, OBSERVER, wanted
from conformance.record import FORMAT, Check, Header, Judged, Run, masked, written
from conformance.verdict import judged


class Recorder:
    """A pytest plugin that writes the record when the session ends; without checks it writes nothing."""

    def __init__(self, config: pytest.Config, path: Path) -> None:
        self._config = config
        self._path = path
        self._checks: list[Check] = []
        config.stash[OBSERVER] = self._checks.append

    def pytest_sessionfinish(self) -> None:
        bench = self._config.stash.get(BENCH, None)
        if bench is None:
            return
        provider, only = self._config.getoption("--smslab-provider"), self._config.getoption("--smslab-only")
        run = finished(bench, selected(catalogue(), provider, only), self._checks)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_bytes(written(run.lines()))


def selected(rows: Catalogue, provider: str | None, only: Sequence[str]) -> list[Requirement]:
    return [row for row in rows if wanted(row.id, provider, list(only))]


def finished(bench: Bench, rows: Sequence[Requirement], checks: Sequence[Check]) -> Run:
    """Header and verdicts around what was observed; secrets of the target are masked."""
    mask = Mask(bench.target.secrets)
    clean = tuple(masked(check, mask) for check in checks)
    return Run(header=header(bench, rows), checks=clean, verdicts=tuple(_verdicts(bench, rows, clean)))


def header(bench: Bench, rows: Iterable[Requirement]) -> Header:
    return Header(
        format=FORMAT,
        smslab=smslab_version(),
        target=bench.target.name,
        base=bench.target.base,
        address=bench.target.address,
        smpp=bench.target.smpp,
        ours=bench.target.ours,
        catalogue=catalogue().version,
        providers=tuple(dict.fromkeys(row.provider for row in rows)),
        seed=bench.seed,
        clock=bench.clock,
        date=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        drawn={name: os.environ[name] for name in DRAWN if name in os.environ},
    )


def _verdicts(bench: Bench, rows: Iterable[Requirement], checks: Sequence[Check]) -> Iterable[Judged]:
    for row in rows:
        observing = [check for check in checks if row.id in check.requirements]
        yield judged(row, observing, ours=bench.target.ours, disabled=bench.disabled(row.id))


def smslab_version() -> str:
    try:
        return version("smslab")
    except PackageNotFoundError:
        return "from source"
