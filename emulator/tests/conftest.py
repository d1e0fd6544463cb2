"""What every test of the emulator runs under."""

import logging
from collections.abc import Iterator

import hypothesis
import pytest

hypothesis.settings.register_profile(
    "emulator",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=60,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],  # how quick the machine is proves nothing
)
hypothesis.settings.load_profile("emulator")


class Defects(logging.Handler):
    """Keeps what the emulator logs as its own mistakes."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@pytest.fixture(autouse=True)
def defects() -> Iterator[list[str]]:
    """A defect fails the test it happens in; a test that provokes one takes it off this list."""
    handler, log = Defects(), logging.getLogger("smslab")
    log.addHandler(handler)
    yield handler.lines
    log.removeHandler(handler)

    assert handler.lines == []
