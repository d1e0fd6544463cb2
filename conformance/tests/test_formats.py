"""Every format is read back by something that is not ours: a schema, or the library of its own people."""

import json
import subprocess
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from lxml import etree
from markdown_it import MarkdownIt

from conformance.record import Run, read
from conformance.renderings.comparison import titled
from conformance.renderings.ctrf import STATUS
from conformance.renderings.summary import counts
from conformance.report import COMPARISONS, RENDERINGS
from conformance.verdict import Verdict

HERE = Path(__file__).parent
NAMES = ("small", "smpp")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(params=NAMES)
def run(request: pytest.FixtureRequest) -> Run:
    return read(HERE / "records" / f"{request.param}.jsonl")


def schema(name: str) -> jsonschema_rs.Validator:
    text = (HERE / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
    return jsonschema_rs.validator_for(json.loads(text), validate_formats=True)


def rendered(run: Run, name: str) -> Any:
    return json.loads(RENDERINGS[name](run))


def test_junit_is_what_jenkins_takes(run: Run) -> None:
    allowed = etree.XMLSchema(etree.parse(HERE / "schemas" / "junit.xsd"))

    allowed.assertValid(etree.fromstring(RENDERINGS["junit.xml"](run).encode()))


def test_junitparser_counts_as_we_do(run: Run, tmp_path: Path) -> None:
    junitparser = pytest.importorskip("junitparser", reason="needs junitparser, of the extra `test`")
    path = tmp_path / "junit.xml"
    path.write_text(RENDERINGS["junit.xml"](run), encoding="utf-8")

    found = junitparser.JUnitXml.fromfile(str(path))

    told = (found.tests, found.failures, found.errors, found.skipped)
    found.update_statistics()
    total = counts(run.verdicts)
    unseen = total.get(Verdict.BLOCKED, 0) + total.get(Verdict.DISABLED, 0) + total.get(Verdict.UNTESTED, 0)
    assert (found.tests, found.failures, found.errors, found.skipped) == (
        len(run.verdicts),
        total.get(Verdict.FAILED, 0),
        total.get(Verdict.ERROR, 0),
        unseen,
    )
    assert told[:3] == (found.tests, found.failures, found.errors)


def test_ctrf_is_of_its_schema(run: Run) -> None:
    schema("ctrf").validate(rendered(run, "ctrf.json"))


def test_ctrf_counts_what_it_lists(run: Run) -> None:
    results = rendered(run, "ctrf.json")["results"]

    statuses = [test["status"] for test in results["tests"]]
    assert results["summary"]["tests"] == len(statuses) == len(run.verdicts)
    assert {status: results["summary"][status] for status in set(STATUS.values())} == {
        status: statuses.count(status) for status in set(STATUS.values())
    }


def test_a_fault_of_the_harness_fails_nothing_in_ctrf() -> None:
    assert [verdict for verdict in Verdict if STATUS[verdict] == "failed"] == [Verdict.FAILED]


def test_the_badge_is_of_its_schema(run: Run) -> None:
    schema("badge").validate(rendered(run, "badge.json"))


def test_the_badge_is_a_drawing_that_can_be_read_aloud(run: Run) -> None:
    message = rendered(run, "badge.json")["message"]

    drawn = etree.fromstring(RENDERINGS["badge.svg"](run).encode())

    assert drawn.get("aria-label") == f"conformance: {message}"
    assert [text.text for text in drawn.iter(f"{SVG}text")] == ["conformance", message]
    assert sum(float(one.get("width")) for one in drawn.iterfind(f"{SVG}g/{SVG}rect")) == float(
        drawn.get("width")
    )


def test_the_libraries_of_ctrf_and_shields_take_both(tmp_path: Path) -> None:
    run = read(HERE / "records" / "small.jsonl")
    paths = [tmp_path / name for name in ("ctrf.json", "badge.json")]
    for path in paths:
        path.write_text(RENDERINGS[path.name](run), encoding="utf-8")

    found = read_by_their_libraries(*paths)

    assert (found["valid"], found["errors"]) == (True, [])
    assert found["summary"]["tests"] == len(run.verdicts)
    assert rendered(run, "badge.json")["message"] in found["drawn"]


def read_by_their_libraries(*paths: Path) -> Any:
    needs = "needs Node.js and `npm install --no-save ctrf badge-maker`; .ci/run installs them where it may"
    try:
        script = HERE / "consumers" / "formats.js"
        done = subprocess.run(["node", script, *paths], capture_output=True, check=False, timeout=60)
    except FileNotFoundError:
        pytest.skip(needs)
    if b"Cannot find module" in done.stderr:
        pytest.skip(needs)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_markdown_tables_are_tables(run: Run) -> None:
    texts = [
        RENDERINGS["report.md"](run),
        RENDERINGS["smpp34-pics.md"](run),
        COMPARISONS["comparison.md"](titled([run, run], ["a", "b"])),
    ]

    for text in texts:
        tokens = MarkdownIt("commonmark").enable("table").parse(text)
        rows = [line for line in text.splitlines() if line.startswith("| ")]
        assert sum(token.type == "tr_open" for token in tokens) == len(
            [row for row in rows if "| --- |" not in row]
        )


def test_markdown_fits_a_job_summary() -> None:
    run = read(HERE / "records" / "small.jsonl")
    failed = next(row for row in run.verdicts if row.verdict == Verdict.FAILED)
    many = type(run)(header=run.header, checks=run.checks, verdicts=(failed,) * 2000)

    assert len(RENDERINGS["report.md"](many).encode()) < 1024 * 1024
