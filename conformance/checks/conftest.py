"""What every check may ask for."""

from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal

import pytest

from conformance import tape as tapes
from conformance.bench import CLOCK, Account, Bench, Place
from conformance.blocked import Blocked
from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.http import HttpClient
from conformance.drivers.isms import IsmsDriver
from conformance.numbers import Numbers
from conformance.plugin import BENCH, TAPE, requirements
from conformance.receiver import Receiver
from conformance.tape import Tape
from conformance.target import Target, opened


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
def tape(request: pytest.FixtureRequest) -> Iterator[Tape]:
    with tapes.playing(Tape()) as tape:
        request.node.stash[TAPE] = tape
        yield tape


@pytest.fixture
def place(request: pytest.FixtureRequest, bench: Bench, tape: Tape) -> Iterator[Place]:
    """Where this check happens: a fresh space with a clock that stands still, where there are spaces."""
    bench.admit(requirements(request.node))
    with bench.place(tape) as place:
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
    with Receiver(callbacks.listen, address=callbacks.address, tape=place.tape) as receiver:
        yield receiver


@pytest.fixture
def http(place: Place) -> Iterator[HttpClient]:
    """A bare connection to the place, for octets that no driver would send."""
    with HttpClient(
        place.http("isms"), tape=place.tape, surface="isms-http", timeout=place.target.answer
    ) as client:
        yield client


@pytest.fixture
def isms(place: Place, http: HttpClient) -> IsmsDriver:
    """Speaks as the account that has credit."""
    login = place.dialect("isms").login
    return IsmsDriver(http, login.username, login.password, place.spend)


@pytest.fixture
def account(place: Place, isms: IsmsDriver) -> Account:
    """The account `isms` speaks as, with its credit at the start."""
    login = place.dialect("isms").login
    return Account(username=login.username, password=login.password, credit=_credit(place, isms))


@pytest.fixture
def empty_account(place: Place) -> Account:
    """An account whose credit is nought."""
    login = place.dialect("isms").empty
    if login is None:
        raise Blocked("needs an account without credit ([isms.empty] in the target file)")
    return Account(username=login.username, password=login.password, credit=Decimal(0))


def _credit(place: Place, isms: IsmsDriver) -> Decimal:
    if place.remote is not None:
        found = place.remote.account("isms", place.dialect("isms").login.username)["credit"]
        return Decimal(str(found))
    balance = isms.balance()
    if balance is None:
        raise Blocked("needs the balance, and credits.php did not tell it")
    return balance
