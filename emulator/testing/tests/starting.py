"""Programs that a test starts, and waits for as long as a busy machine may take."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

LONG = 150.0
"""Seconds."""


def ran(
    *arguments: str, env: Mapping[str, str], cwd: Path | None = None
) -> "subprocess.CompletedProcess[str]":
    """What became of this Python with those arguments."""
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=LONG)
