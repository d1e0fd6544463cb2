"""What listens to pytest while it runs the checks: why it could not, what it found, what there is."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Literal, cast

import pytest

from conformance.bench import Bench
from conformance.observation import Outcome
from conformance.plugin import BENCH, FINDINGS, OBSERVER, ROOT, name, requirements
from conformance.record import Check


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How checks are made: in the order of a seed, unmet ones once `more`, only one of so many `share`s.

    `names` are those that alone are made, where they are known.
    """

    shuffle: int | None = None
    more: bool = False
    share: tuple[int, int] = (0, 1)
    names: frozenset[str] | None = None

    def ordered(self, items: Sequence[pytest.Item]) -> list[pytest.Item]:
        """All of them as they shall go, whichever share is ours."""
        order = [item for item in items if self.names is None or name(item) in self.names]
        if self.shuffle is not None:
            Random(self.shuffle).shuffle(order)
        return order


class Faults:
    """Keeps what pytest would have printed about a run that could not start."""

    def __init__(self) -> None:
        self.fault: str | None = None

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed and self.fault is None:
            last = str(report.longrepr).splitlines()[-1]
            self.fault = f"{report.nodeid}: {last.removeprefix('E').strip()}"

    @pytest.hookimpl(wrapper=True)
    def pytest_collection_modifyitems(self) -> Generator[None, None, None]:
        """Ends the session without the words that pytest would print."""
        try:
            yield
        except pytest.UsageError as fault:
            self.fault = str(fault)
            raise pytest.exit.Exception(str(fault), returncode=pytest.ExitCode.USAGE_ERROR) from None

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> bool:
        """True: pytest prints nothing of it."""
        self.fault = f"{excinfo.typename}: {excinfo.value}"
        return True


class Judge(Faults):
    """Has the checks made on a bench; `observer` hears of each, with its place in the order, as it ends.

    What is unmet is made again when all is done, so that only money which is left is spent on it.
    """

    def __init__(
        self, bench: Bench, observer: Callable[[int, Check], None], checks: Path, manner: Manner
    ) -> None:
        super().__init__()
        self._bench, self._observer, self._checks, self._manner = bench, observer, checks, manner
        self._places: dict[str, int] = {}
        self._unmet: list[str] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        config.stash[BENCH] = self._bench
        config.stash[OBSERVER] = self._hear
        config.stash[ROOT] = self._checks

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        order = self._manner.ordered(session.items)
        self._places = {name(item): place for place, item in enumerate(order)}
        part, parts = self._manner.share
        session.items[:] = order[part::parts]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Generator[None, object, object]:
        done = yield
        if self._manner.more:
            again = [item for item in session.items if name(item) in self._unmet]
            for item, following in pairwise([*again, None]):
                assert item is not None
                del item.stash[FINDINGS]
                item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
        return done

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport:
        """Without a picture of the traceback, which would take most of a run and which nobody sees."""
        outcome: Literal["passed", "failed"] = "failed" if call.excinfo else "passed"
        when = cast(Literal["setup", "call", "teardown"], call.when)
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, None, when)

    def _hear(self, check: Check) -> None:
        if check.outcome == Outcome.UNMET:
            self._unmet.append(check.id)
        self._observer(self._places[check.id], check)


class Census(Faults):
    """Which checks observe which requirement."""

    def __init__(self) -> None:
        super().__init__()
        self.checks: dict[str, list[str]] = {}

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        for item in session.items:
            for one in requirements(item):
                self.checks.setdefault(one, []).append(name(item))
