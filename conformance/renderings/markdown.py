"""Markdown, for job summaries and pull requests."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from conformance.record import Check, Judged, Run
from conformance.renderings.comparison import Line, Side, lines, moved, once
from conformance.renderings.story import Evidence, asked
from conformance.renderings.summary import counts, headline, sentence, worst_first
from conformance.verdict import MEANING, UNMET, Verdict

LONGEST = 1500  # characters of a request as a line
MOST = 100  # findings told whole, rows of a table: a job summary ends at a megabyte
MARKS = {ord(mark): f"&#{ord(mark)};" for mark in "|*_`["}
FINDINGS = UNMET | {Verdict.ERROR}
SEEN = FINDINGS | {Verdict.MET, Verdict.SUPPORTED}


def markdown(run: Run) -> str:
    return "\n".join(_lines(run))


def compared(sides: Sequence[Side]) -> str:
    """What is not the same in all of the runs."""
    return "\n".join(_compared(sides))


def _lines(run: Run) -> Iterator[str]:
    header, found = run.header, counts(run.verdicts)
    yield from (f"# Conformance of {plain(header.target)}: {headline(found)}", "")
    yield f"{header.date}, smslab {header.smslab}, catalogue {header.catalogue},"
    yield from (f"seed {header.seed}, clock {header.clock}.", "")
    summary = ((verdict, str(count), MEANING[verdict]) for verdict, count in found.items())
    yield from table(("verdict", "requirements", "meaning"), summary)
    yield from table(("provider", *found), _providers(run, list(found)))
    findings = [row for row in worst_first(run.verdicts) if row.verdict in FINDINGS]
    if findings:
        yield "## Findings\n"
    evidence = Evidence(run)
    for row in findings[:MOST]:
        yield from _finding(row, evidence.behind(row))
    yield from _others(findings[MOST:], "more")
    yield from _unseen([row for row in run.verdicts if row.verdict not in SEEN])


def _providers(run: Run, verdicts: Sequence[Verdict]) -> Iterator[tuple[str, ...]]:
    for provider in dict.fromkeys(row.provider for row in run.verdicts):
        own = counts(row for row in run.verdicts if row.provider == provider)
        yield (provider, *(str(own.get(verdict, "")) for verdict in verdicts))


def _others(rows: Sequence[Judged], which: str) -> Iterator[str]:
    if rows:
        listed = ", ".join(code(row.id) for row in rows)
        yield from (f"<details><summary>{len(rows)} {which}</summary>", "", listed, "", "</details>", "")


def _unseen(rows: Iterable[Judged]) -> Iterator[str]:
    """One line for all rows that want the same."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        grouped.setdefault((row.verdict, row.reason), []).append(row.id)
    if grouped:
        yield "## Not observed\n"
        cells = ((verdict, _named(ids), plain(reason)) for (verdict, reason), ids in grouped.items())
        yield from table(("verdict", "requirements", "reason"), cells)


def _named(ids: Sequence[str]) -> str:
    listed = ", ".join(map(code, ids[:3]))
    return listed if len(ids) <= 3 else f"{len(ids)}: {listed} …"


def _finding(row: Judged, checks: Iterable[Check]) -> Iterator[str]:
    flaky = ", flaky" if row.flaky else ""
    yield from (f"### {row.verdict}{flaky}: {code(row.id)}", "", marked(row.means), "")
    yield from (f"*{row.level}, {row.origin}: {plain(row.at)}*", "")
    if row.known is not None:
        yield from (f"Known, {row.known.verdict}: {plain(row.known.reason)}", "")
    for check in checks:
        yield from _evidence(check)


def _evidence(check: Check) -> Iterator[str]:
    yield f"- {check.outcome}: {code(check.id)}"
    for accepted in check.accepted:
        yield f"  - accepted: {code(accepted)}"
    if check.reason:
        yield f"  - {code(check.reason)}"
    if line := asked(check, LONGEST):
        yield f"  - request: {code(line)}"
    yield ""


def _compared(sides: Sequence[Side]) -> Iterator[str]:
    every = lines(sides)
    groups = moved(every)
    yield from (f"# {sum(map(len, groups.values()))} of {len(every)} requirements moved", "")
    for side in sides:
        header = side.run.header
        yield f"- **{plain(side.title)}**: {header.date}, {sentence(side.run.verdicts)}"
    yield ""
    for direction, group in groups.items():
        yield from (f"## {direction.capitalize()}: {len(group)}", "")
        yield from table(("requirement", "says", *(plain(side.title) for side in sides)), _moved(group))
        yield from _others([line.row for line in group[MOST:]], "more")
    yield from _others([line.row for line in once(every)], "observed in some of the runs only")


def _moved(group: Sequence[Line]) -> Iterator[tuple[str, ...]]:
    for line in group[:MOST]:
        verdicts = (verdict or "not known" for verdict in line.verdicts)
        yield (code(line.row.id), marked(line.row.means), *verdicts)


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """A table whose cells are Markdown already, and a blank line."""
    for line in (head, ("---",) * len(head), *rows):
        yield f"| {' | '.join(line)} |"
    yield ""


def code(text: str) -> str:
    """Any text as inline code, in a table as well."""
    line = text.replace("\n", " ")
    return f"<code>{plain(line)}</code>" if set(line) & set("`|") or line != line.strip() else f"`{line}`"


def marked(text: str) -> str:
    """Words between backticks as code."""
    return "".join(code(part) if n % 2 else plain(part) for n, part in enumerate(text.split("`")))


def plain(text: str) -> str:
    return escape(text.replace("\n", " "), quote=False).translate(MARKS)
