"""The promise holds on every store: the recorded scripts get the recorded bytes."""

from pathlib import Path

import pytest

from emulator.tests.test_determinism import SCRIPTS, every_script, recorded, replies

FEW = [script for script in SCRIPTS if script.stem in ("isms", "ip1")]
"""Each call waits for the server: the longest of the old dialects, and the one that keeps the most kinds."""


@every_script
def test_a_file_changes_no_byte_of_what_is_answered(script: Path, sqlite: str) -> None:
    expected = recorded(script).read_text("utf-8").splitlines()

    assert replies(script, sqlite) == expected


@pytest.mark.parametrize("script", FEW, ids=lambda script: script.stem)
def test_a_server_changes_no_byte_of_what_is_answered(script: Path, postgres: str) -> None:
    expected = recorded(script).read_text("utf-8").splitlines()

    assert replies(script, postgres) == expected
