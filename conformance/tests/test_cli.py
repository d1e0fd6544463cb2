"""The lists of what is demanded, and the renderings of what was found, as commands."""

import json
from pathlib import Path

from click.testing import CliRunner

from conformance.catalogue import catalogue
from conformance.cli import report, requirements
from conformance.record import read
from conformance.report import rendered

SMALL = Path(__file__).parent / "records" / "small.jsonl"


def test_requirements_are_listed_with_their_checks() -> None:
    result = CliRunner().invoke(requirements, [])

    first = next(iter(catalogue()))
    assert result.exit_code == 0
    assert result.stdout.startswith(
        f"{first.id}  ({first.level}, {first.origin})\n  {first.means}\n  {first.at}\n"
    )
    assert "  check: isms/test_" in result.stdout


def test_requirements_come_as_json_too() -> None:
    result = CliRunner().invoke(requirements, ["--json", "--provider", "isms"])

    rows = json.loads(result.stdout)
    assert [row["id"] for row in rows] == [row.id for row in catalogue() if row.provider == "isms"]
    assert set(rows[0]) == {
        "id",
        "provider",
        "origin",
        "level",
        "at",
        "means",
        "setting",
        "untestable",
        "checks",
    }


def test_a_finished_run_is_rendered(tmp_path: Path) -> None:
    result = CliRunner().invoke(report, [str(SMALL), "--out", str(tmp_path)])

    assert result.exit_code == 0
    assert result.stdout.splitlines() == [str(path) for path in rendered(read(SMALL), tmp_path)]


def test_several_runs_are_rendered_side_by_side(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        report, [str(SMALL), str(SMALL.with_name("smpp.jsonl")), "--out", str(tmp_path)]
    )

    assert result.exit_code == 0
    assert result.stdout.splitlines() == [str(tmp_path / f"comparison.{kind}") for kind in ("html", "md")]


def test_what_is_no_run_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "hello.jsonl"
    path.write_text("hello\n")

    result = CliRunner().invoke(report, [str(path)])

    assert result.exit_code == 2
    assert "line 1 is no line of a run" in result.stderr
