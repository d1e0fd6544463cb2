"""JUnit XML: a test case per requirement, a suite per provider and area."""

import re
from itertools import groupby
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from conformance.drivers.curl import command
from conformance.record import Judged, Run, exchange
from conformance.verdict import UNMET, Verdict

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SKIPPED = frozenset({Verdict.BLOCKED, Verdict.DISABLED, Verdict.UNTESTED})


def junit(run: Run) -> str:
    """Only `failed` is a failure and only `error` an error; milder findings pass and stand in system-out."""
    root = Element("testsuites", _numbers(run, run.verdicts) | {"name": f"smslab check {run.header.target}"})
    for area, rows in groupby(run.verdicts, key=lambda row: f"{row.provider}.{row.area}"):
        _suite(root, area, run, list(rows))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _suite(root: Element, area: str, run: Run, rows: list[Judged]) -> None:
    stamp = run.header.date.removesuffix("Z")
    suite = SubElement(root, "testsuite", _numbers(run, rows) | {"name": area, "timestamp": stamp})
    properties = SubElement(suite, "properties")
    for name in ("target", "catalogue", "seed", "clock", "smslab"):
        SubElement(properties, "property", {"name": name, "value": _clean(str(getattr(run.header, name)))})
    for row in rows:
        _case(suite, area, run, row)


def _case(suite: Element, area: str, run: Run, row: Judged) -> None:
    attributes = {"classname": area, "name": row.id.split("/", 2)[2], "time": _seconds(run, [row])}
    case = SubElement(suite, "testcase", attributes)
    properties = SubElement(case, "properties")
    for name in ("id", "origin", "level", "at", "verdict"):
        SubElement(properties, "property", {"name": name, "value": _clean(getattr(row, name))})
    message = {"message": _clean(f"{row.verdict}: {row.reason}")}
    if row.verdict == Verdict.FAILED:
        SubElement(case, "failure", message | {"type": row.verdict}).text = _story(run, row)
    elif row.verdict == Verdict.ERROR:
        SubElement(case, "error", message | {"type": row.verdict}).text = _story(run, row)
    elif row.verdict in SKIPPED:
        SubElement(case, "skipped", message)
    elif row.verdict in UNMET:
        SubElement(case, "system-out").text = _story(run, row)


def _story(run: Run, row: Judged) -> str:
    lines = [f"{row.id}: {row.means}", f"document: {row.at}"]
    for check in run.evidence(row):
        lines += ["", f"check: {check.id} ({check.outcome})"]
        lines += [f"  accepted: {accepted}" for accepted in check.accepted]
        lines += [f"  {check.reason}"] if check.reason else []
        if check.guilty is not None:
            lines.append(f"  request: {command(exchange(check.exchanges[check.guilty]))}")
    return _clean("\n".join(lines))


def _numbers(run: Run, rows: list[Judged] | tuple[Judged, ...]) -> dict[str, str]:
    return {
        "tests": str(len(rows)),
        "failures": str(sum(row.verdict == Verdict.FAILED for row in rows)),
        "errors": str(sum(row.verdict == Verdict.ERROR for row in rows)),
        "skipped": str(sum(row.verdict in SKIPPED for row in rows)),
        "time": _seconds(run, rows),
    }


def _seconds(run: Run, rows: list[Judged] | tuple[Judged, ...]) -> str:
    """Time spent waiting for answers; a check with two requirements counts for both."""
    checks = {check.id: sum(said.took for said in check.exchanges) for check in run.checks}
    return f"{sum(checks.get(name, 0.0) for row in rows for name in row.checks):.3f}"


def _clean(text: str) -> str:
    return NOT_XML.sub("\ufffd", text)
