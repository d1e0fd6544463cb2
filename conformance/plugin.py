"""pytest plugin: marks checks with requirements, selects them, and hands what came of them to a recorder.

Loaded into every pytest run on a machine that has smslab installed, so nothing is imported before it is
needed and nothing happens to suites without our marks.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conformance.bench import Bench
    from conformance.observation import Finding
    from conformance.record import Check
    from conformance.tape import Tape

CHECKS = Path(__file__).parent / "checks"

BENCH: pytest.StashKey[Bench] = pytest.StashKey()
ROOT: pytest.StashKey[Path] = pytest.StashKey()
OBSERVER: pytest.StashKey[Callable[[Check], None]] = pytest.StashKey()
TAPE: pytest.StashKey[Tape] = pytest.StashKey()
FINDINGS: pytest.StashKey[list[Finding]] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("smslab", "smslab conformance checks")
    group.addoption(
        "--smslab-target",
        default="self",
        metavar="TARGET",
        help="self (default), an http address or a target file",
    )
    group.addoption("--smslab-record", metavar="FILE", help="write the run as JSON lines")
    group.addoption("--smslab-provider", metavar="NAME", help="only this provider's requirements")
    group.addoption(
        "--smslab-only", action="append", default=[], metavar="GLOB", help="only requirements like this"
    )
    group.addoption("--smslab-seed", type=int, default=1, metavar="N", help="seed of every space")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "requirement(*ids): the sentences of a document that a check observes")
    if path := config.getoption("--smslab-record"):
        from conformance.recorder import Recorder

        config.pluginmanager.register(Recorder(config, Path(path)), "smslab-recorder")


def requirements(item: pytest.Item) -> tuple[str, ...]:
    """The ids a check is marked with, in the order they stand."""
    marks = reversed(list(item.iter_markers("requirement")))
    return tuple(dict.fromkeys(one for mark in marks for one in mark.args))


def is_check(item: pytest.Item) -> bool:
    return item.config.stash.get(ROOT, CHECKS) in item.path.parents


def name(item: pytest.Item) -> str:
    """The check as the record calls it, wherever pytest was started."""
    root = item.config.stash.get(ROOT, CHECKS)
    return item.path.relative_to(root).as_posix() + item.nodeid[item.nodeid.index("::") :]


def wanted(requirement: str, provider: str | None, only: list[str]) -> bool:
    inside = provider is None or requirement.startswith(f"{provider}/")
    return inside and (not only or any(fnmatchcase(requirement, pattern) for pattern in only))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    marked = {item: ids for item in items if (ids := requirements(item))}
    if not marked:
        return
    for item, ids in marked.items():
        _refuse_unknown(item, ids)
        item.user_properties += [("requirement", one) for one in ids]
    provider, only = config.getoption("--smslab-provider"), config.getoption("--smslab-only")
    left = {item for item in items if is_check(item) and not _chosen(marked.get(item, ()), provider, only)}
    if left:
        config.hook.pytest_deselected(items=[item for item in items if item in left])
        items[:] = [item for item in items if item not in left]


def _chosen(ids: tuple[str, ...], provider: str | None, only: list[str]) -> bool:
    return (provider is None and not only) or any(wanted(one, provider, only) for one in ids)


def _refuse_unknown(item: pytest.Item, ids: tuple[str, ...]) -> None:
    """An id of another suite's making is none of our business, unless it starts like one of ours."""
    from conformance.catalogue import CatalogueError, catalogue

    try:
        known = catalogue()
    except CatalogueError as fault:
        raise pytest.UsageError(str(fault)) from None
    for one in ids:
        if one not in known and (is_check(item) or str(one).partition("/")[0] in known.providers):
            raise pytest.UsageError(f"{item.nodeid}: unknown requirement {one!r}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if not is_check(item):
        return report
    from conformance import observation

    finding = observation.finding(call.when, call.excinfo.value if call.excinfo else None)
    if finding.outcome in observation.SKIPPED:
        report.outcome = "skipped"
        report.longrepr = (str(item.path), item.location[1] or 0, f"{finding.outcome}: {finding.reason}")
    findings = item.stash.setdefault(FINDINGS, [])
    findings.append(finding)
    observer = item.config.stash.get(OBSERVER, None)
    if call.when == "teardown" and observer is not None:
        observer(
            observation.check(item, name(item), requirements(item), findings, item.stash.get(TAPE, None))
        )
    return report
