"""What the checks of iP.1 may ask for."""

from collections.abc import Callable, Iterator

import pytest

from conformance.bench import Place
from conformance.blocked import Blocked
from conformance.checks.ip1.book import Book, Pages, unused
from conformance.checks.ip1.calls import CALLBACK, setting_of
from conformance.drivers.ip1 import BLACKLIST, SENDERS, SETTINGS, SURFACE, Answer, Ip1Driver

Put = Callable[[str], Answer]
Afterwards = Callable[[Ip1Driver, str], None]


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


@pytest.fixture
def afterwards(ip1: Ip1Driver) -> Iterator[Afterwards]:
    """Deletes what a check has put somewhere, however it ends: a stranger keeps it for the next one."""
    left: list[tuple[Ip1Driver, str]] = []
    yield lambda whose, path: left.append((whose, path))
    for whose, path in left:
        whose.delete(path)


@pytest.fixture
def register(ip1: Ip1Driver, afterwards: Afterwards) -> Put:
    """Registers senders for as long as the check takes."""
    return _putting(ip1, SENDERS, afterwards)


@pytest.fixture
def block(ip1: Ip1Driver, afterwards: Afterwards) -> Put:
    """Puts numbers on the blacklist for as long as the check takes."""
    return _putting(ip1, BLACKLIST, afterwards)


@pytest.fixture
def setting(ip1: Ip1Driver) -> Iterator[str]:
    """Where the address for incoming messages is set; a stranger's own is there again in the end."""
    path = f"{SETTINGS}/{CALLBACK}"
    before = ip1.get(path)
    kept = setting_of(before) if before.status == 200 else None
    yield path
    if kept:
        ip1.put(path, kept)
    else:
        ip1.delete(path)


@pytest.fixture
def book(ip1: Ip1Driver, place: Place) -> Iterator[Book]:
    """Contacts for a check; a stranger's account is left as it was."""
    book = Book(ip1=ip1, mark=unused(place.clock))
    yield book
    if not place.target.ours:
        book.clear()


@pytest.fixture
def pages(ip1: Ip1Driver, place: Place) -> Iterator[Pages]:
    """Landing pages for a check; a stranger's account is left as it was."""
    pages = Pages(ip1=ip1)
    yield pages
    if not place.target.ours:
        pages.clear()


@pytest.fixture
def makes_children(place: Place) -> None:
    """Nothing takes a sub-account away again."""
    if not place.target.ours:
        raise Blocked("makes a sub-account, which no call takes away again")


def _putting(ip1: Ip1Driver, root: str, afterwards: Afterwards) -> Put:
    def put(name: str) -> Answer:
        afterwards(ip1, f"{root}/{name}")
        return ip1.put(f"{root}/{name}")

    return put
