"""What the checks of Iro may ask for."""

from collections.abc import Iterator
from typing import TypeVar

import pytest

from conformance.bench import Place
from conformance.checks.offered import offered
from conformance.control import Control
from conformance.drivers.iro import IroDriver
from conformance.drivers.iro_json import IroJson, IroJsonp
from conformance.drivers.iro_soap import IroSoap
from conformance.drivers.iro_xmlrpc import IroXmlRpc

Kind = TypeVar("Kind", bound=IroDriver)

TYPED: tuple[type[IroDriver], ...] = (IroXmlRpc, IroSoap, IroJson)
"""The interfaces that can say a list is empty, or that something is no text."""

SECOND = "second-iro"


@pytest.fixture(params=[*TYPED, IroJsonp], ids=lambda kind: kind.surface)
def iro(request: pytest.FixtureRequest, place: Place) -> Iterator[IroDriver]:
    """Speaks as the ordinary user, over each of the four interfaces."""
    yield from _speaking(request.param, place)


@pytest.fixture(params=TYPED, ids=lambda kind: kind.surface)
def typed(request: pytest.FixtureRequest, place: Place) -> Iterator[IroDriver]:
    """Speaks as the ordinary user, over each interface that tells types apart."""
    yield from _speaking(request.param, place)


@pytest.fixture
def xmlrpc(place: Place) -> Iterator[IroXmlRpc]:
    yield from _speaking(IroXmlRpc, place)


@pytest.fixture
def soap(place: Place) -> Iterator[IroSoap]:
    yield from _speaking(IroSoap, place)


@pytest.fixture
def json(place: Place) -> Iterator[IroJson]:
    yield from _speaking(IroJson, place)


@pytest.fixture
def jsonp(place: Place) -> Iterator[IroJsonp]:
    yield from _speaking(IroJsonp, place)


@pytest.fixture
def every(xmlrpc: IroXmlRpc, soap: IroSoap, json: IroJson, jsonp: IroJsonp) -> dict[str, IroDriver]:
    """All four, by the names they have in the catalogue."""
    return {"xmlrpc": xmlrpc, "soap": soap, "json": json, "jsonp": jsonp}


@pytest.fixture
def login(place: Place) -> str:
    """Under what name the control API knows the ordinary user."""
    return place.login("iro").username


@pytest.fixture
def second(control: Control) -> str:
    """The apikey of another user, with offers for sms alone, the default of them last in the alphabet."""
    control.put_account(
        "iro",
        "second",
        key=SECOND,
        credit=None,
        attributes={"sms": "zebra sipgate_basic smstrade", "sms.default": "zebra smstrade"},
    )
    return SECOND


def _speaking(kind: type[Kind], place: Place) -> Iterator[Kind]:
    offered(place, kind.surface.replace("-", "/"))
    with place.connection("iro", kind.surface) as client:
        yield kind(client, place.login("iro").key, place.spend)
