"""What every check may ask for, whichever the provider."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from conformance import tape as tapes
from conformance.address import opened
from conformance.bench import CLOCK, Bench, Place
from conformance.blocked import Blocked
from conformance.clock import Clock
from conformance.control import Control
from conformance.numbers import Numbers
from conformance.plugin import BENCH, TAPE, name, requirements
from conformance.receiver import Receiver
from conformance.tape import Tape
from conformance.target import Target


@pytest.fixture(scope="session")
def bench(pytestconfig: pytest.Config) -> Iterator[Bench]:
    """The run's target; a plain pytest run opens it here."""
    given = pytestconfig.stash.get(BENCH, None)
    if given is not None:
        yield given
        return
    seed = pytestconfig.getoption("--smslab-seed")
    address = pytestconfig.getoption("--smslab-target")
    with opened(address, seed=seed, clock=CLOCK) as target, closing(Bench(target, seed=seed)) as bench:
        pytestconfig.stash[BENCH] = bench
        yield bench


@pytest.fixture(autouse=True)
def tape(request: pytest.FixtureRequest, bench: Bench) -> Iterator[Tape]:
    with tapes.playing(Tape(secrets=bench.target.secrets)) as tape:
        request.node.stash[TAPE] = tape
        yield tape


@pytest.fixture
def place(request: pytest.FixtureRequest, bench: Bench, tape: Tape) -> Iterator[Place]:
    """Where this check happens: a fresh space with a clock that stands still, where there are spaces."""
    bench.admit(requirements(request.node))
    with bench.place(tape, name(request.node)) as place:
        yield place


@pytest.fixture
def target(place: Place) -> Target:
    return place.target


@pytest.fixture
def control(place: Place) -> Control:
    return place.control


@pytest.fixture
def clock(place: Place) -> Clock:
    return place.clock


@pytest.fixture
def numbers(place: Place) -> Numbers:
    return place.numbers


@pytest.fixture
def receiver(place: Place) -> Iterator[Receiver]:
    """A listener that the target can reach."""
    callbacks = place.target.callbacks
    if callbacks is None:
        raise Blocked(
            "needs callbacks; nothing says how the target reaches us ([callbacks] in a target file)"
        )
    with Receiver(
        callbacks.listen, address=callbacks.address, tape=place.tape, prompt=place.target.ours
    ) as receiver:
        yield receiver
