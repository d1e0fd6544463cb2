"""JUnit XML: a test case per requirement, a suite per provider and area."""

import re
from collections.abc import Sequence
from itertools import groupby
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from conformance.record import Header, Judged, Run
from conformance.renderings.story import Evidence, story
from conformance.verdict import UNMET, Verdict

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SKIPPED = frozenset({Verdict.BLOCKED, Verdict.DISABLED, Verdict.UNTESTED})
MILD = UNMET - {Verdict.FAILED}


def junit(run: Run) -> str:
    """Only `failed` is a failure and only `error` an error; milder findings pass and stand in system-out."""
    evidence = Evidence(run)
    numbers = _numbers(evidence, run.verdicts)
    del numbers["skipped"]  # which Jenkins's schema does not know here
    root = Element("testsuites", {"name": _clean(f"smslab check {run.header.target}"), **numbers})
    for area, rows in groupby(run.verdicts, key=lambda row: f"{row.provider}.{row.area}"):
        _suite(root, area, run.header, evidence, list(rows))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _suite(root: Element, area: str, header: Header, evidence: Evidence, rows: Sequence[Judged]) -> None:
    stamp = header.date.removesuffix("Z")
    suite = SubElement(root, "testsuite", _numbers(evidence, rows) | {"name": area, "timestamp": stamp})
    properties = SubElement(suite, "properties")
    for name in ("target", "catalogue", "seed", "clock", "smslab"):
        SubElement(properties, "property", {"name": name, "value": _clean(str(getattr(header, name)))})
    for row in rows:
        _case(suite, area, evidence, row)


def _case(suite: Element, area: str, evidence: Evidence, row: Judged) -> None:
    seconds = f"{evidence.seconds([row]):.3f}"
    attributes = {"classname": area, "name": row.id.split("/", 2)[2], "time": seconds}
    case = SubElement(suite, "testcase", attributes)
    message = {"message": _clean(f"{row.verdict}: {row.reason}")}
    told = _clean("\n".join(story(row, evidence.behind(row))))
    if row.verdict == Verdict.FAILED:
        SubElement(case, "failure", message | {"type": row.verdict}).text = told
    elif row.verdict == Verdict.ERROR:
        SubElement(case, "error", message | {"type": row.verdict}).text = told
    elif row.verdict in SKIPPED:
        SubElement(case, "skipped", message)
    worth = f"{row.verdict}: {row.id} ({row.level}, {row.origin}), {_clean(row.at)}"
    SubElement(case, "system-out").text = f"{worth}\n{told}" if row.verdict in MILD else worth


def _numbers(evidence: Evidence, rows: Sequence[Judged]) -> dict[str, str]:
    return {
        "tests": str(len(rows)),
        "failures": str(sum(row.verdict == Verdict.FAILED for row in rows)),
        "errors": str(sum(row.verdict == Verdict.ERROR for row in rows)),
        "skipped": str(sum(row.verdict in SKIPPED for row in rows)),
        "time": f"{evidence.seconds(rows):.3f}",
    }


def _clean(text: str) -> str:
    return NOT_XML.sub("\ufffd", text)
