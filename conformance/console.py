"""What the command line shows of a run: progress, findings first, then the summary."""

from collections import Counter
from collections.abc import Iterator

from conformance.baseline import Baseline, Movement, rewritten
from conformance.counting import many
from conformance.drivers.http import Unreachable
from conformance.observation import Outcome
from conformance.record import Check, Judged, Run
from conformance.renderings.story import asked
from conformance.renderings.summary import sentence, worst_first
from conformance.verdict import UNMET, Verdict

LONGEST = 2000  # characters of a request on a terminal; the record has it whole
GONE = f"{Unreachable.__name__}:"
SHOWN = 3  # checks of a requirement on a terminal; the record has them all
MARKS = {
    Outcome.MET: ".",
    Outcome.UNMET: "F",
    Outcome.BLOCKED: "b",
    Outcome.ERROR: "E",
}


class Progress:
    """A letter per check that is not disabled, a line per file of checks, as text pieces to print."""

    def __init__(self) -> None:
        self._file = ""

    def heard(self, check: Check) -> str:
        if check.outcome == Outcome.DISABLED:
            return ""
        file = check.id.partition("::")[0]
        start = "" if file == self._file else f"\n{file.removesuffix('.py'):<28} "
        self._file = file
        return start + MARKS[Outcome(check.outcome)]


def findings(run: Run) -> Iterator[str]:
    """Everything that is not as it should be, worst first; what is merely unsupported takes one line."""
    for row in worst_first(run.verdicts):
        if row.verdict == Verdict.UNSUPPORTED:
            yield f"{row.verdict.upper()}  {row.id}: {row.means}"
        elif row.verdict in UNMET | {Verdict.ERROR}:
            yield from _finding(run, row)


def summary(run: Run) -> Iterator[str]:
    """How the verdicts are spread, and why some requirements could not be observed."""
    yield sentence(run.verdicts)
    unseen = [row for row in run.verdicts if row.verdict in (Verdict.BLOCKED, Verdict.DISABLED)]
    reasons = Counter(_obstacle(run, row) for row in unseen)
    for (verdict, reason), count in reasons.most_common():
        yield f"  {verdict} ({count}): {reason}"


def broken(run: Run) -> Iterator[str]:
    """Why nothing is said of some requirements: the target was gone, or it was our own fault."""
    errors = [number for number, check in enumerate(run.checks) if check.outcome == Outcome.ERROR]
    gone = [number for number in errors if run.checks[number].reason.startswith(GONE)]
    if gone:
        since = f"after {run.checks[gone[0] - 1].id}" if gone[0] else "from the first check on"
        yield f"the target was gone {since}; {many(len(gone), 'check')} could not be made"
    if own := len(errors) - len(gone):
        yield f"the harness broke on {many(own, 'check')}; nothing is said about the target there"


def movements(run: Run, baseline: Baseline, moved: list[Movement]) -> Iterator[str]:
    """What is not as the baseline expects, and the baseline that would expect it."""
    yield "moved against the baseline:"
    for one in moved:
        yield f"  {one.id}: {one.found}, expected {one.expected}"
    yield "the baseline that would expect this run:"
    yield ""
    yield rewritten(run.verdicts, baseline)


def _obstacle(run: Run, row: Judged) -> tuple[str, str]:
    """A verdict and the first reason behind it, the same for rows that want the same."""
    reasons = (check.reason for check in run.evidence(row) if check.outcome == row.verdict)
    return row.verdict, next(reasons, row.reason)


def _finding(run: Run, row: Judged) -> Iterator[str]:
    yield f"{row.verdict.upper()}  {row.id}  ({row.level}, {row.origin}{', flaky' if row.flaky else ''})"
    yield f"  document  {row.at}"
    yield f"  says      {row.means}"
    if row.known is not None:
        yield f"  known     {row.known.reason}"
    unmet = [check for check in run.evidence(row) if check.outcome in (Outcome.UNMET, Outcome.ERROR)]
    for check in unmet[:SHOWN]:
        yield from _evidence(check)
    if more := unmet[SHOWN:]:
        yield f"  and {many(len(more), 'check')} more; `--out` keeps them all"
    yield ""


def _evidence(check: Check) -> Iterator[str]:
    yield f"  check     {check.title}"
    yield f"            {check.id}"
    for number, accepted in enumerate(check.accepted):
        yield f"  {'or' if number else 'accepted':<8}  {accepted}"
    yield f"  came      {check.reason if check.actual is None else check.actual}"
    if line := asked(check, LONGEST):
        yield f"  request   {line}"
    if check.flaky:
        yield "  again     it was as it should be"
