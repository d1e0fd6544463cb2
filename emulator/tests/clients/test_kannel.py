"""Kannel as a client of the SMSC: what it sends, the receipts it is told, the letters it passes on."""

from collections.abc import Iterator
from typing import Any

import pytest

from emulator.tests.clients.conftest import Space
from emulator.tests.clients.kannel import Kannel, awaited, is_here, kannel

pytestmark = pytest.mark.skipif(
    not is_here(), reason="needs Kannel's bearerbox (Debian: kannel); .ci/run installs it where it may"
)

UCS2 = {"coding": "2"}
DELIVERED, FAILED = "1", "2"
"""Kinds of receipts, as a dlr-mask has them."""


@pytest.fixture(scope="module")
def space(server: str) -> Space:
    return Space(server, "kannel")


@pytest.fixture(scope="module")
def box(space: Space, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kannel]:
    with kannel(tmp_path_factory.mktemp("kannel"), space.smsc, "demo@kannel", "demo") as box:
        yield box


def arrived(space: Space, to: str, count: int = 1) -> list[dict[str, Any]]:
    """The messages to a number, once there are so many: Kannel sends when it has said that it will."""

    def found() -> list[dict[str, Any]]:
        messages = [one for one in space.messages() if one["to"] == to]
        return messages if len(messages) == count else []

    return awaited(found, f"{count} messages to {to}")


@pytest.mark.parametrize(
    ("to", "text", "coding"),
    [
        ("306912345601", "Hello @ home, 5 €", {}),
        ("306912345602", "ΓΔΘΛΞΠΣΦΨΩ", {}),
        ("306912345603", "Καλημέρα, αύριο βρέχει;", UCS2),
        ("306912345604", "مرحبا كيف حالك", UCS2),
    ],
    ids=["latin", "capitals", "greek", "arabic"],
)
def test_a_text_arrives_as_written_and_kannel_knows_its_receipt(
    space: Space, box: Kannel, to: str, text: str, coding: dict[str, str]
) -> None:
    box.send(to, text, **coding)
    (message,) = arrived(space, to)
    space.advance(60)

    receipt = box.receipt()
    assert message["text"] == text
    assert (receipt["to"], receipt["kind"]) == (to, DELIVERED)
    assert receipt["words"].startswith(f"id:{message['reference']} ")


def test_a_message_that_fails_is_told_as_such(space: Space, box: Kannel) -> None:
    box.send("306912349001", "Hello")
    arrived(space, "306912349001")
    space.advance(10 * 24 * 3600)

    receipt = box.receipt()

    assert (receipt["to"], receipt["kind"]) == ("306912349001", FAILED)


def test_a_long_text_that_kannel_cuts_is_read_as_one(space: Space, box: Kannel) -> None:
    text = "Θα αργήσω λίγο, μην περιμένετε. " * 6

    box.send("306912345605", text, **UCS2)
    pieces = arrived(space, "306912345605", 3)
    space.advance(60)

    assert pieces[-1]["text"] == text
    assert box.receipt()["kind"] == DELIVERED


@pytest.mark.parametrize("text", ["Yes @ 5", "Ναι, έρχομαι", "نعم"], ids=["latin", "greek", "arabic"])
def test_what_a_handset_writes_is_passed_on(space: Space, box: Kannel, text: str) -> None:
    space.receive("306998765432", text)

    letter = box.letter()

    assert letter["from"] == "+306998765432"
    assert letter["text"].encode("latin-1").decode(letter["charset"]) == text
