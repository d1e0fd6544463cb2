"""What the checks of Voipe may ask for."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import count
from typing import TypeVar
from urllib.parse import urlsplit

import pytest

from conformance.bench import Place
from conformance.blocked import Blocked
from conformance.checks.voipe.calls import NOBODYS, cost
from conformance.control import Control
from conformance.drivers.voipe import VoipeDriver, VoipeForm, VoipeJson
from conformance.numbers import Numbers

Kind = TypeVar("Kind", bound=VoipeDriver)

User = Callable[..., VoipeDriver]
Parts = Callable[..., int]


@pytest.fixture
def voipe(place: Place) -> Iterator[VoipeDriver]:
    """Speaks as the ordinary user, by queries."""
    yield from _speaking(VoipeDriver, place)


@pytest.fixture
def form(place: Place) -> Iterator[VoipeForm]:
    yield from _speaking(VoipeForm, place)


@pytest.fixture
def json(place: Place) -> Iterator[VoipeJson]:
    yield from _speaking(VoipeJson, place)


@pytest.fixture
def poor(place: Place, voipe: VoipeDriver) -> VoipeDriver:
    """Speaks as a user whose credit is nought."""
    return _as_role(place, voipe, "empty")


@pytest.fixture
def admin(place: Place, voipe: VoipeDriver) -> VoipeDriver:
    """Speaks as an administrator."""
    return _as_role(place, voipe, "admin")


@pytest.fixture
def stranger(voipe: VoipeDriver) -> VoipeDriver:
    """Knows the name of the ordinary user, and not the token."""
    return voipe.as_user(voipe.username, NOBODYS)


@pytest.fixture
def user(control: Control, voipe: VoipeDriver) -> User:
    """Makes users: `user("dana", credit=5, senders=["Dana"], level="4", …)`, the rest being attributes."""
    tokens = (f"{number:032x}" for number in count(10**30))

    def make(
        login: str, /, *, credit: float = 1000, senders: list[str] | None = None, **attributes: str
    ) -> VoipeDriver:
        token = attributes.pop("token", next(tokens))
        fields = {
            "password": f"{login}pw",
            "credit": credit,
            "senders": senders or [],
            "attributes": attributes,
        }
        control.put_account("voipe", login, **fields, **({"key": token} if token else {}))
        return voipe.as_user(login, token, f"{login}pw")

    return make


@pytest.fixture
def parts(place: Place, numbers: Numbers) -> Parts:
    """How many parts a message is charged for: `parts(voipe, "text", footer="…", …)`."""

    def charged(voipe: VoipeDriver, msg: str, **more: str | int) -> Decimal:
        return cost(voipe, place.clock, lambda: voipe.pv(numbers()[0], msg, **more))

    def counted(voipe: VoipeDriver, msg: str, **more: str | int) -> int:
        one = Decimal(1) if place.target.ours else charged(voipe, "a", nofooter=1)
        if not one:
            raise Blocked("needs messages that cost something")
        return int(charged(voipe, msg, **more) / one)

    return counted


@pytest.fixture
def here(place: Place) -> str:
    """The address that calls come from."""
    host = urlsplit(place.http("voipe")).hostname
    if host != "127.0.0.1":
        raise Blocked("needs to know the address it calls from; the target is not at 127.0.0.1")
    return host


def _as_role(place: Place, voipe: VoipeDriver, role: str) -> VoipeDriver:
    login = place.login("voipe", role)
    return voipe.as_user(login.username, login.key, login.password)


def _speaking(kind: type[Kind], place: Place) -> Iterator[Kind]:
    login = place.login("voipe")
    with place.connection("voipe", kind.surface) as client:
        yield kind(client, login.username, login.password, login.key, place.spend)
