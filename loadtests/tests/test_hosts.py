"""Two hosts that share nothing but a wire send together, and one reconciliation adds up."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "namespaces.sh"
TIMELESS = Path(__file__).with_name("correctness.toml")
PROBE = "ip netns add smslab-probe && ip netns delete smslab-probe"


@pytest.fixture
def network() -> None:
    if os.geteuid() or subprocess.run(["sh", "-c", PROBE], capture_output=True, check=False).returncode:
        pytest.skip("network namespaces need root, and ip of iproute2")


@pytest.mark.usefixtures("network")
def test_two_hosts_send_their_shares_and_each_has_its_own_reports(tmp_path: Path) -> None:
    smslab = str(Path(sys.executable).with_name("smslab"))
    order = ("isms-http", "--rate", "60", "--for", "1s", "--budgets", str(TIMELESS), "--out", str(tmp_path))

    ended = subprocess.run(
        [SCRIPT, *order], env={**os.environ, "SMSLAB": smslab}, capture_output=True, text=True, check=False
    )

    assert ended.returncode == 0, ended.stdout + ended.stderr
    verdict = json.loads((tmp_path / "verdict.json").read_text("utf-8"))
    assert verdict["messages"] == {"accepted": 60, "receipts": 60}
    assert verdict["workers"] == [{"calls": 30, "receipts": 30}] * 2
    assert {name: found["count"] for name, found in verdict["findings"].items() if found["count"]} == {}
