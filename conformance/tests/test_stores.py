"""Judging every store: what differs is told, and what is not met on one of them is no success."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from conformance.tests import stores


def test_a_requirement_that_one_store_does_otherwise_is_told() -> None:
    found = {"memory": {"a": "met", "b": "met"}, "sqlite": {"a": "met", "b": "failed"}}

    assert stores.differences(found) == ["b: met, failed"]


def test_a_requirement_that_was_not_judged_on_one_is_told() -> None:
    assert stores.differences({"memory": {"a": "met"}, "sqlite": {}}) == ["a: met, not judged"]


@pytest.mark.parametrize(
    ("verdicts", "code"),
    [({"a": "met", "b": "untested"}, 0), ({"a": "failed"}, 1), ({"a": "error"}, 1), ({}, 1)],
)
def test_stores_that_are_alike_must_also_do_what_is_asked(
    verdicts: dict[str, str], code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(stores, "judged", lambda url, out, arguments: verdicts)
    monkeypatch.setattr(stores, "stores", lambda place, ending: [("memory", ""), ("sqlite", "")])

    assert stores.compared([]) == code
    assert f"sqlite: {len(verdicts)} requirements" in capsys.readouterr().out


def test_a_store_is_judged_by_what_a_run_on_it_keeps(tmp_path: Path) -> None:
    verdicts = stores.judged(
        f"sqlite:///{tmp_path}/store", tmp_path / "out", ["--only", "netoxygen/xmlrpc/address"]
    )

    assert verdicts["netoxygen/xmlrpc/address"] == "met"


def test_the_help_is_that_of_the_comparison_and_judges_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(stores, "compared")

    result = CliRunner().invoke(stores.main, ["--help"])

    assert result.exit_code == 0
    assert "memory, SQLite and PostgreSQL" in result.stdout


def test_what_else_is_said_is_for_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "compared", len)

    result = CliRunner().invoke(stores.main, ["--only", "voipe", "-v"])

    assert result.exit_code == 3
