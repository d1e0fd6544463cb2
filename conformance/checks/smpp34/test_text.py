"""data_coding: what octets mean, and what is shown at once."""

from typing import Any

import pytest

from conformance.checks.smpp34.calls import Smsc, goes_on
from conformance.checks.smpp34.messages import arrives, shelved, vectors
from conformance.drivers.smpp_operations import DEST_ADDR_SUBUNIT
from conformance.drivers.smpp_pdus import ANSWER, SUBMIT_SM, parameter
from conformance.requirement import requirement
from conformance.verify import verify

TEXTS = [
    pytest.param(row, marks=requirement(row["req"]), id=row["name"])
    for row in vectors("texts")
    if not row.get("flash")
]
FLASHES = [
    pytest.param(row, marks=requirement(row["req"]), id=row["name"])
    for row in vectors("texts")
    if row.get("flash")
]

DISPLAY = 1
"""dest_addr_subunit of a handset's display (5.3.2.1)."""

RESERVED = (0x0B, 0x0C, 0x0F, 0x80, 0xBF)


@pytest.mark.parametrize("row", TEXTS)
def test_a_text_arrives_in_its_alphabet(smsc: Smsc, row: dict[str, Any]) -> None:
    """Letter for letter."""
    link, octets = smsc.bound(), bytes.fromhex(row["octets"])
    name = smsc.submit(link, message=octets, coding=row["data_coding"], registered=1)

    arrives(smsc, link, name, row["text"])


@pytest.mark.parametrize("row", FLASHES)
def test_a_text_of_class_0_is_shown_at_once(smsc: Smsc, row: dict[str, Any]) -> None:
    """And its alphabet is read from the same octet."""
    octets = bytes.fromhex(row["octets"])
    name = smsc.submit(smsc.bound(), message=octets, coding=row["data_coding"])

    found = shelved(smsc, name)
    verify((found["text"], found["flash"])).equals((row["text"], True))


@requirement("smpp34/text/flash-subunit")
def test_the_display_of_a_handset_shows_a_text_at_once(smsc: Smsc) -> None:
    """Without a class in data_coding."""
    display = parameter(DEST_ADDR_SUBUNIT, bytes((DISPLAY,)))
    name = smsc.submit(smsc.bound(), parameters=display)

    verify(shelved(smsc, name)["flash"]).equals(True)


@requirement("smpp34/text/reserved-coding")
@pytest.mark.parametrize("coding", RESERVED, ids=hex)
def test_a_coding_that_means_nothing_is_answered(smsc: Smsc, coding: int) -> None:
    """Refused by whatever status, or taken; and the next message is taken."""
    link = smsc.bound()
    answer = smsc.answer(link, smsc.letter(coding=coding))

    verify(hex(answer.command)).equals(hex(SUBMIT_SM | ANSWER))
    smsc.submit(link)


@requirement("smpp34/text/odd-ucs2")
def test_half_a_letter_does_no_harm(smsc: Smsc) -> None:
    """Taken or refused; and the session goes on."""
    link = smsc.bound()
    answer = smsc.answer(link, smsc.letter(message=b"\x00H\x00", coding=8))

    verify(hex(answer.command)).equals(hex(SUBMIT_SM | ANSWER))
    goes_on(link)
