"""What clients of SMPP that others wrote see of the SMSC, with all there is between bind and unbind."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from emulator.tests.clients.conftest import Space
from emulator.tests.clients.smpp import Connect, Heard, Peer, by_node, by_smpplib
from emulator.tests.serving import Serving, serving

RECEIPT, PLAIN = 0x04, 0x00
DELIVERED, UNDELIVERABLE, ENROUTE = 2, 5, 1

every_client = pytest.mark.parametrize("connect", [by_smpplib, by_node])


@pytest.fixture(params=[by_smpplib, by_node])
def peer(request: pytest.FixtureRequest, space: Space) -> Iterator[Peer]:
    with request.param(space.smsc) as peer:
        assert peer.bind(f"demo@{space.name}", "demo") == 0
        yield peer


@pytest.mark.parametrize(
    "text",
    ["Hello, it is 5 o'clock", "Καλημέρα, αύριο βρέχει;", "مرحبا كيف حالك", "Привет, как дела?"],
    ids=["latin", "greek", "arabic", "russian"],
)
def test_a_text_arrives_as_written_and_its_receipt_names_it(space: Space, peer: Peer, text: str) -> None:
    identifiers = peer.submit("306912345678", text)
    space.advance(60)

    assert [(one["to"], one["text"], one["status"]) for one in space.messages()] == [
        ("306912345678", text, "delivered")
    ]
    (receipt,) = peer.heard(1)
    assert (receipt.kind, receipt.sender) == (RECEIPT, "306912345678")
    assert [receipt.id] == identifiers == [one["reference"] for one in space.messages()]
    assert receipt.state == DELIVERED
    assert receipt.text.startswith(f"id:{identifiers[0]} sub:001 dlvrd:001 ")
    assert " stat:DELIVRD err:000 " in receipt.text


def test_a_long_text_in_pieces_is_read_as_one_and_each_has_a_receipt(space: Space, peer: Peer) -> None:
    text = "Θα αργήσω λίγο, μην περιμένετε. " * 6

    identifiers = peer.submit("306912345678", text)
    space.advance(60)

    assert len(identifiers) == 3
    assert [one["text"] for one in space.messages()][-1] == text
    assert {receipt.id for receipt in peer.heard(3)} == set(identifiers)


def test_a_receipt_tells_what_became_of_a_message_that_did_not_arrive(space: Space, peer: Peer) -> None:
    identifiers = peer.submit("306912349001", "Hello")
    space.advance(10 * 24 * 3600)

    (receipt,) = peer.heard(1)

    assert [receipt.id] == identifiers
    assert " stat:UNDELIV " in receipt.text
    assert receipt.state == UNDELIVERABLE


def test_a_query_follows_a_message(space: Space, peer: Peer) -> None:
    (identifier,) = peer.submit("306912345678", "Hello")

    before = peer.query(identifier)
    space.advance(60)
    peer.heard(1)

    assert (before, peer.query(identifier)) == (ENROUTE, DELIVERED)


@pytest.mark.parametrize("text", ["Yes", "Ναι, έρχομαι", "نعم"], ids=["latin", "greek", "arabic"])
def test_what_a_handset_writes_is_heard(space: Space, peer: Peer, text: str) -> None:
    space.receive("306998765432", text)

    assert peer.heard(1) == [Heard(kind=PLAIN, sender="306998765432", text=text, id=None, state=None)]


@every_client
@pytest.mark.parametrize(
    ("login", "password", "status"),
    [("demo", "wrong", 0x0E), ("nobody", "demo", 0x0F)],
    ids=["password", "name"],
)
def test_a_refused_bind_says_why(
    space: Space, connect: Connect, login: str, password: str, status: int
) -> None:
    with connect(space.smsc, None) as peer:
        assert peer.bind(f"{login}@{space.name}", password) == status


def test_a_session_ends_when_both_say_so(peer: Peer) -> None:
    peer.unbind()


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Serving, Path]]:
    """An emulator that speaks TLS only, and the authority that vouches for it."""
    folder = tmp_path_factory.mktemp("secure")
    with serving(folder, "--tls", "--tls-dir", str(folder), "--rate", "100") as served:
        yield served, folder / "ca.pem"


@every_client
def test_everything_is_the_same_over_tls(secure: tuple[Serving, Path], connect: Connect) -> None:
    served, authority = secure

    with connect(served.ready["smpp"], authority) as peer:
        bound = peer.bind("demo", "demo")
        identifiers = peer.submit("306912345678", "Καλημέρα")
        (receipt,) = peer.heard(1)

    assert bound == 0
    assert [receipt.id] == identifiers
