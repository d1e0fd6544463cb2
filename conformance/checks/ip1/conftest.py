"""What the checks of iP.1 may ask for."""

from collections.abc import Iterator

import pytest

from conformance.bench import Place
from conformance.drivers.ip1 import SURFACE, Ip1Driver


@pytest.fixture
def ip1(place: Place) -> Iterator[Ip1Driver]:
    """Speaks as the ordinary account."""
    with place.connection("ip1", SURFACE) as client:
        yield Ip1Driver(client, place.login("ip1").key, place.spend)


@pytest.fixture
def empty(ip1: Ip1Driver, place: Place) -> Ip1Driver:
    """Speaks as another account, which has no credit."""
    return ip1.as_key(place.login("ip1", "empty").key)


@pytest.fixture
def nobody(ip1: Ip1Driver) -> Ip1Driver:
    """Speaks without a word of who calls."""
    return ip1.as_key(None)


@pytest.fixture
def login(place: Place) -> str:
    """Under what name the control API knows the ordinary account."""
    return place.login("ip1").username
