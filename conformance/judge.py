"""Runs the checks against a target, in this process and apart from whatever pytest runs around it."""

import os
import warnings
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, cast

import pytest

from conformance.bench import Bench
from conformance.catalogue import catalogue
from conformance.places import CHECKS
from conformance.plugin import BENCH, OBSERVER, ROOT, name, requirements
from conformance.record import Check, Run
from conformance.recorder import finished, selected

QUIET = ("terminal", "cacheprovider", "logging", "doctest", "junitxml", "pastebin", "debugging")
WATCHERS = ("unraisableexception", "threadexception", "faulthandler")  # they replace hooks of the interpreter
FOREIGN = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS")  # meant for the user's own suite


class HarnessFault(Exception):
    """The checks could not be run at all; one line."""


def judged(
    bench: Bench,
    *,
    provider: str | None = None,
    only: Sequence[str] = (),
    observer: Callable[[Check], None] = lambda check: None,
    checks: Path = CHECKS,
    files: Sequence[str] = (),
) -> Run:
    """A finished run; `observer` hears of every check as it ends. HarnessFault when nothing could be run.

    `files` are those below `checks` that alone need to be read, where that is known.
    """
    seen: list[Check] = []

    def hear(check: Check) -> None:
        seen.append(check)
        observer(check)

    _pytest(_Judge(bench, hear, checks), checks, provider, only, files=files)
    return finished(bench, selected(catalogue(), provider, only), seen)


def listed(provider: str | None = None) -> dict[str, list[str]]:
    """Requirement id -> the checks that observe it, as pytest collects them."""
    census = _Census()
    _pytest(census, CHECKS, provider, (), "--collect-only")
    return census.checks


class _Faults:
    """Keeps what pytest would have printed about a run that could not start."""

    def __init__(self) -> None:
        self.fault: str | None = None

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed and self.fault is None:
            self.fault = f"{report.nodeid}: {str(report.longrepr).splitlines()[-1]}"

    @pytest.hookimpl(wrapper=True)
    def pytest_collection_modifyitems(self) -> Generator[None, None, None]:
        """Ends the session without the words that pytest would print."""
        try:
            yield
        except pytest.UsageError as fault:
            self.fault = str(fault)
            raise pytest.exit.Exception(str(fault), returncode=pytest.ExitCode.USAGE_ERROR) from None

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        self.fault = f"{excinfo.typename}: {excinfo.value}"


class _Judge(_Faults):
    def __init__(self, bench: Bench, observer: Callable[[Check], None], checks: Path) -> None:
        super().__init__()
        self._bench = bench
        self._observer = observer
        self._checks = checks

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        config.stash[BENCH] = self._bench
        config.stash[OBSERVER] = self._observer
        config.stash[ROOT] = self._checks

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport:
        """Without a picture of the traceback, which would take most of a run and which nobody sees."""
        outcome: Literal["passed", "failed"] = "failed" if call.excinfo else "passed"
        when = cast(Literal["setup", "call", "teardown"], call.when)
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, None, when)


class _Census(_Faults):
    def __init__(self) -> None:
        super().__init__()
        self.checks: dict[str, list[str]] = {}

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        for item in session.items:
            for one in requirements(item):
                self.checks.setdefault(one, []).append(name(item))


def _pytest(
    listener: _Faults,
    checks: Path,
    provider: str | None,
    only: Sequence[str],
    *options: str,
    files: Sequence[str] = (),
) -> None:
    arguments = [
        *map(str, [checks / file for file in files] or _folders(checks, provider, only)),
        f"--rootdir={checks}",
        f"--config-file={CHECKS / 'checks.ini'}",
        "--disable-plugin-autoload",
        "--capture=sys",
        *(f"-pno:{plugin}" for plugin in (*QUIET, *WATCHERS)),
        "-pconformance.plugin",
        *([f"--smslab-provider={provider}"] if provider else []),
        *(f"--smslab-only={pattern}" for pattern in only),
        *options,
    ]
    with warnings.catch_warnings(), _without(FOREIGN):
        code = pytest.ExitCode(pytest.main(arguments, plugins=[listener]))
    if code == pytest.ExitCode.INTERRUPTED and listener.fault is None:
        raise KeyboardInterrupt
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED):
        raise HarnessFault(f"the checks could not be run: {listener.fault or code.name.lower()}")


def _folders(checks: Path, provider: str | None, only: Sequence[str]) -> list[Path]:
    """What has to be read for a provider, or for ids that say whose they are; else everything."""
    names = [provider] if provider else [pattern.partition("/")[0] for pattern in only]
    folders = [checks / name for name in dict.fromkeys(names)]
    return folders if folders and all(folder.is_dir() for folder in folders) else [checks]


@contextmanager
def _without(variables: Sequence[str]) -> Iterator[None]:
    """Within, the environment lacks these variables."""
    kept = {name: os.environ.pop(name) for name in variables if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(kept)
