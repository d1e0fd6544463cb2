"""What the checks of iSMS.gr may ask for."""

from collections.abc import Iterator
from contextlib import ExitStack
from decimal import Decimal

import pytest

from conformance.bench import Account, Place
from conformance.blocked import Blocked
from conformance.checks.offered import offered
from conformance.checks.smpp34.calls import Smsc
from conformance.drivers.http import HttpClient
from conformance.drivers.isms import IsmsDriver
from conformance.drivers.isms_soap import IsmsSoapDriver


@pytest.fixture
def http(place: Place) -> Iterator[HttpClient]:
    """A bare connection to the place, for octets that no driver would send."""
    offered(place, "isms/http")
    with place.connection("isms", "isms-http") as client:
        yield client


@pytest.fixture
def isms(place: Place, http: HttpClient) -> IsmsDriver:
    """Speaks as the account that has credit."""
    login = place.login("isms")
    return IsmsDriver(http, login.username, login.password, place.spend)


@pytest.fixture
def soap(place: Place) -> Iterator[IsmsSoapDriver]:
    """Speaks over SOAP as the account that has credit."""
    offered(place, "isms/soap")
    login = place.login("isms")
    with place.connection("isms", "isms-soap") as client:
        yield IsmsSoapDriver(client, login.username, login.password, place.spend)


@pytest.fixture
def smsc(place: Place) -> Iterator[Smsc]:
    """The same gateway over SMPP, to which nobody is connected yet."""
    with ExitStack() as links:
        yield Smsc(place, links, "isms")


@pytest.fixture
def account(place: Place, isms: IsmsDriver) -> Account:
    """The account `isms` speaks as, with its credit at the start."""
    login = place.login("isms")
    return Account(username=login.username, password=login.password, credit=_credit(place, isms))


@pytest.fixture
def empty_account(place: Place) -> Account:
    """An account whose credit is nought."""
    login = place.login("isms", "empty")
    return Account(username=login.username, password=login.password, credit=Decimal(0))


def _credit(place: Place, isms: IsmsDriver) -> Decimal:
    if place.remote is not None:
        return place.remote.credit("isms", isms.username)
    balance = isms.balance()
    if balance is None:
        raise Blocked("needs the balance, and credits.php did not tell it")
    return balance
