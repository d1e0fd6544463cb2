"""What the checks of NetOxygen may ask for."""

from collections.abc import Iterator

import pytest

from conformance.bench import Place
from conformance.drivers.http import HttpClient
from conformance.drivers.netoxygen import PATH, NetOxygenDriver
from conformance.drivers.xmlrpc import XmlRpcClient


@pytest.fixture
def http(place: Place) -> Iterator[HttpClient]:
    """A bare connection to the place, for octets that no driver would send."""
    with place.connection("netoxygen", "netoxygen-xmlrpc") as client:
        yield client


@pytest.fixture
def rpc(http: HttpClient) -> XmlRpcClient:
    """Speaks XML-RPC, for calls that no driver would make."""
    return XmlRpcClient(http, PATH)


@pytest.fixture
def netoxygen(place: Place, rpc: XmlRpcClient) -> NetOxygenDriver:
    """Speaks as the account that has credit."""
    login = place.login("netoxygen")
    return NetOxygenDriver(rpc, login.username, login.password, place.spend)


@pytest.fixture
def poor(place: Place, netoxygen: NetOxygenDriver) -> NetOxygenDriver:
    """Speaks as an account whose credit is nought."""
    login = place.login("netoxygen", "empty")
    return netoxygen.as_user(login.username, login.password)


@pytest.fixture
def free(place: Place, netoxygen: NetOxygenDriver) -> NetOxygenDriver:
    """Speaks as an account that may not choose its sender."""
    login = place.login("netoxygen", "free")
    return netoxygen.as_user(login.username, login.password)


@pytest.fixture
def stranger(netoxygen: NetOxygenDriver) -> NetOxygenDriver:
    """Knows the name of the account that has credit, and not its password."""
    return netoxygen.as_user(netoxygen.username, "nobody-has-this")
