"""The whole way: an emulator of our own, a short run with two workers, everything accounted for."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from loadtests.cli import load


def test_a_short_run_loses_and_doubles_nothing(tmp_path: Path) -> None:
    timeless = str(Path(__file__).with_name("correctness.toml"))
    arguments = ["isms-http", "--rate", "60", "--for", "1s", "--workers", "2", "--users", "8"]

    result = CliRunner().invoke(load, [*arguments, "--budgets", timeless, "--out", str(tmp_path)])

    verdict = json.loads((tmp_path / "verdict.json").read_text("utf-8"))
    assert result.exit_code == 0, result.output
    assert verdict["messages"] == {"accepted": 60, "receipts": 60}
    assert {name: found["count"] for name, found in verdict["findings"].items() if found["count"]} == {}
    assert verdict["credits_off"] in ("0", "0.00")
