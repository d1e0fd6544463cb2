"""pytest plugin: fixtures for suites that test an application against the emulator.

Loaded into every pytest run on a machine that has smslab installed, so nothing is imported before a test
asks for a fixture, and every name begins with `smslab`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from emulator.testing.accounts import Accounts
    from emulator.testing.boxes import Inbox, Outbox
    from emulator.testing.clock import Clock
    from emulator.testing.emulator import Emulator
    from emulator.testing.faults import Faults
    from emulator.testing.space import Space

SPACE: pytest.StashKey[Space] = pytest.StashKey()

SETTINGS = ("seed", "clock", "rate", "profiles", "quirks")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "smslab(seed=0, clock='2026-03-02T09:00:00Z', rate=0, profiles={}, quirks={}): "
        "how the space of a test begins",
    )


@pytest.fixture(scope="session")
def smslab_world() -> Path | None:
    """The world file that spaces begin with; None is the default world. Override it in your conftest.py."""
    return None


@pytest.fixture(scope="session")
def smslab_emulator(smslab_world: Path | None) -> Iterator[Emulator]:
    """The emulator of this run (with xdist: of this worker), in process, on free ports of the loopback.

    `url` and `smpp` (host, port) say where; `with smslab_emulator.space() as space:` is a space of any scope.
    """
    from emulator.testing.emulator import running

    with running(smslab_world) as emulator:
        yield emulator


@pytest.fixture
def smslab_space(request: pytest.FixtureRequest, smslab_emulator: Emulator) -> Iterator[Space]:
    """A space for this test alone: `address("isms")`, `smpp`, `system_id("demo")`, and all that follows.

    Its clock stands still at 2026-03-02T09:00:00Z until the test moves it, so that every run has the same
    identifiers, moments and receipts. `@pytest.mark.smslab(clock="now", rate=1)`, on a test, a class or a
    module, begins it otherwise. `callbacks`, `journal`, `decide(number, outcome)` and `reset()` are here too.
    """
    with smslab_emulator.space(_name(request.node.nodeid), **_settings(request.node)) as space:
        request.node.stash[SPACE] = space
        yield space


@pytest.fixture
def smslab_clock(smslab_space: Space) -> Clock:
    """Time in the test's space: `advance(seconds)`, `run_until_idle()`, `now`, `rate = 60`."""
    return smslab_space.clock


@pytest.fixture
def smslab_outbox(smslab_space: Space) -> Outbox:
    """What the application sent: `one(to=…)`, `find(status=…)`, `wait(count=2, timeout=5)`, `len`, `for`."""
    return smslab_space.outbox


@pytest.fixture
def smslab_inbox(smslab_space: Space) -> Inbox:
    """What handsets write: `receive("STOP", provider=…, account=…, sender=…, to=…)`."""
    return smslab_space.inbox


@pytest.fixture
def smslab_accounts(smslab_space: Space) -> Accounts:
    """Who may send: `credit("isms")`, `change("isms", credit=0)`, `put(provider, login, credit=10)`."""
    return smslab_space.accounts


@pytest.fixture
def smslab_faults(smslab_space: Space) -> Faults:
    """A provider in trouble: `status(503, times=2)`, `delay(1.5)`, `empty()`, `refuse("no-credit")`."""
    return smslab_space.faults


@pytest.fixture
def smslab_env(smslab_space: Space, monkeypatch: pytest.MonkeyPatch) -> Mapping[str, str]:
    """The variables of `smslab exec`, set for this test: SMSLAB_URL, SMSLAB_SMPP, SMSLAB_ISMS_URL, others."""
    variables = smslab_space.environment
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return variables


@pytest.fixture(scope="session")
def smslab_wait() -> Callable[..., Any]:
    """Wait for anything: `smslab_wait(lambda: app.is_done(), timeout=5)` gives back what became true."""
    from emulator.testing.waiting import until

    return until


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failure shows what went on in its space."""
    report = yield
    space = item.stash.get(SPACE, None)
    if space is not None and call.when == "call" and report.failed:
        from emulator.testing.story import story

        report.sections.append((f"smslab space {space.name}", story(space)))
    return report


def _settings(node: pytest.Item) -> dict[str, Any]:
    """What the marks say, the nearest last."""
    marks = reversed(list(node.iter_markers("smslab")))
    settings = {name: value for mark in marks for name, value in mark.kwargs.items()}
    if strange := sorted(settings.keys() - set(SETTINGS)):
        pytest.fail(f"mark smslab: no {strange[0]!r}; there are {', '.join(SETTINGS)}", pytrace=False)
    return settings


def _name(test: str) -> str:
    """Eight letters for a test, the same in every run: a system_id has room for no more than ten."""
    from hashlib import sha256

    return sha256(test.encode()).hexdigest()[:8]
