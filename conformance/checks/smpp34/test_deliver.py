"""deliver_sm: what somebody writes to the account."""

import pytest

from conformance.checks.smpp34.calls import RX, Smsc
from conformance.drivers.smpp import Link
from conformance.drivers.smpp_frames import Delivered, delivered
from conformance.drivers.smpp_pdus import DELIVER_SM
from conformance.requirement import requirement
from conformance.verify import verify

LETTERS = {0x00: "ascii", 0x01: "ascii", 0x03: "latin-1", 0x08: "utf-16-be"}
"""Alphabets by data_coding (5.2.19), as far as they matter here."""


def received(link: Link) -> list[Delivered]:
    """What has come by now, answered."""
    found = [delivered(frame) for frame in link.said() if frame.command == DELIVER_SM]
    for one in found:
        link.accept(one)
    return found


def text(found: Delivered) -> str:
    """What somebody wrote, in the alphabet that data_coding names."""
    verify(found.coding).is_one_of(*LETTERS)
    return found.text.decode(LETTERS[found.coding], "replace")


@requirement("smpp34/deliver/inbound")
def test_a_message_from_a_handset_is_no_receipt(smsc: Smsc) -> None:
    """By its esm_class."""
    link = smsc.bound()
    smsc.inbound()

    verify([one.is_inbound for one in received(link)]).equals([True])


@requirement("smpp34/deliver/addresses")
def test_a_message_comes_from_the_handset(smsc: Smsc) -> None:
    """And goes to the number that it was written to."""
    link = smsc.bound()
    sender = smsc.inbound(to="54321")

    verify([(one.source, one.destination) for one in received(link)]).equals([(sender, "54321")])


@requirement("smpp34/deliver/text")
@pytest.mark.parametrize(
    "written",
    ["Hello back", "Καλημέρα σε όλους", "Доброе утро", "صباح الخير", "All work and no play. " * 18],
    ids=["english", "greek", "russian", "arabic", "long"],
)
def test_a_text_is_in_the_alphabet_it_says(smsc: Smsc, written: str) -> None:
    """As short_message or as message_payload."""
    link = smsc.bound()
    smsc.inbound(written)

    verify("".join(text(one) for one in received(link))).equals(written)


@requirement("smpp34/deliver/kept")
def test_a_message_waits_for_somebody_to_be_bound(smsc: Smsc) -> None:
    """It comes at the next bind, once."""
    smsc.inbound("Anybody there")

    verify([text(one) for one in received(smsc.bound(RX))]).equals(["Anybody there"])
    verify(received(smsc.bound(RX))).equals([])


@requirement("smpp34/deliver/turns")
def test_receivers_are_served_in_turn(smsc: Smsc) -> None:
    """Two of them have two each of four messages."""
    links = [smsc.bound(), smsc.bound(RX)]
    for _ in range(4):
        smsc.inbound()

    verify([len(received(link)) for link in links]).equals([2, 2])
