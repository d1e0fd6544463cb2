"""Which recording is replayed, and what is told of it at the end."""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from emulator import settings
from emulator.tests.providers.voipe.recorded.reading import recorded
from emulator.tests.providers.voipe.recorded.replay import Replay, Result

OURS = settings.fixtures() / "recordings" / "voipe.jsonl"
VARIABLE, TOLD = "SMSLAB_RECORDINGS", "recordings"


@pytest.fixture(scope="session")
def recording(request: pytest.FixtureRequest) -> Path:
    """The file that --recordings or SMSLAB_RECORDINGS names, else the one that is kept here."""
    return Path(request.config.getoption("--recordings", None) or os.environ.get(VARIABLE) or OURS)


@pytest.fixture(scope="session")
def results(recording: Path) -> Sequence[Result]:
    """Every exchange, asked once more."""
    return list(Replay(recorded(recording)).results())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how much was equal, in what the rest differs, and which words nobody understood."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, line in report.user_properties:
            if name == TOLD:
                terminalreporter.write_line(str(line))
