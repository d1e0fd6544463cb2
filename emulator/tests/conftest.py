"""What every test of the emulator runs under."""

import logging
import signal
from collections.abc import Callable, Iterator

import hypothesis
import pytest

Taking = Callable[[signal.Signals, signal.Handlers], None]

hypothesis.settings.register_profile(
    "emulator",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=60,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],  # how quick the machine is proves nothing
)
hypothesis.settings.load_profile("emulator")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--recordings", help="replay these recorded exchanges of a playSMS instead of ours")


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


@pytest.fixture
def taking() -> Iterator[Taking]:
    """Say how a program started here takes a signal at first, whatever this suite was started under."""
    before: dict[signal.Signals, signal.Handlers] = {}

    def take(number: signal.Signals, how: signal.Handlers) -> None:
        before[number] = signal.signal(number, how)  # type: ignore[assignment]

    yield take
    for number, handler in before.items():
        signal.signal(number, handler)
