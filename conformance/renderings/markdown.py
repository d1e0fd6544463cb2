"""Markdown, for job summaries and pull requests."""

from collections.abc import Iterable, Iterator
from html import escape

from conformance.drivers.curl import command
from conformance.record import Check, Judged, Run, exchange
from conformance.renderings.summary import counts, worst_first
from conformance.verdict import MEANING, UNMET, Verdict

LONGEST = 1500  # characters of a curl line; job summaries are limited
MARKS = {ord(mark): f"&#{ord(mark)};" for mark in "|*_`["}
FINDINGS = UNMET | {Verdict.ERROR}
SEEN = FINDINGS | {Verdict.MET, Verdict.SUPPORTED}


def markdown(run: Run) -> str:
    return "\n".join(_lines(run))


def _lines(run: Run) -> Iterator[str]:
    header = run.header
    yield from (f"# Conformance of {_plain(header.target)}", "")
    yield f"{header.date}, smslab {header.smslab}, catalogue {header.catalogue},"
    yield from (f"seed {header.seed}, clock {header.clock}.", "")
    summary = ((verdict, str(count), MEANING[verdict]) for verdict, count in counts(run.verdicts).items())
    yield from table(("verdict", "requirements", "meaning"), summary)
    findings = [row for row in worst_first(run.verdicts) if row.verdict in FINDINGS]
    if findings:
        yield "## Findings\n"
    for row in findings:
        yield from _finding(run, row)
    unseen = [row for row in run.verdicts if row.verdict not in SEEN]
    if unseen:
        yield "## Not observed\n"
        rows = ((code(row.id), row.verdict, _plain(row.reason)) for row in unseen)
        yield from table(("requirement", "verdict", "reason"), rows)


def _finding(run: Run, row: Judged) -> Iterator[str]:
    yield from (f"### {row.verdict}: {code(row.id)}", "", marked(row.means), "")
    yield from (f"*{row.level}, {row.origin}: {_plain(row.at)}*", "")
    if row.known is not None:
        yield from (f"Known, {row.known.verdict}: {_plain(row.known.reason)}", "")
    for check in run.evidence(row):
        yield from _evidence(check)


def _evidence(check: Check) -> Iterator[str]:
    yield f"- {check.outcome}: {code(check.id)}"
    for accepted in check.accepted:
        yield f"  - accepted: {code(accepted)}"
    if check.reason:
        yield f"  - {code(check.reason)}"
    if check.guilty is not None:
        yield f"  - request: {code(_shortened(command(exchange(check.exchanges[check.guilty]))))}"
    yield ""


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """A table whose cells are Markdown already, and a blank line."""
    for line in (head, ("---",) * len(head), *rows):
        yield f"| {' | '.join(line)} |"
    yield ""


def code(text: str) -> str:
    """Any text as inline code, in a table as well."""
    line = text.replace("\n", " ")
    return f"<code>{_plain(line)}</code>" if set(line) & set("`|") or line != line.strip() else f"`{line}`"


def marked(text: str) -> str:
    """Words between backticks as code."""
    return "".join(code(part) if n % 2 else _plain(part) for n, part in enumerate(text.split("`")))


def _plain(text: str) -> str:
    return escape(text.replace("\n", " "), quote=False).translate(MARKS)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}… (whole in the record)"
