"""SMPP as octets: what is sent, and what is read from answers and receipts."""

from __future__ import annotations

import pytest

from conformance.drivers.smpp_frames import Delivered, Frame, delivered
from conformance.drivers.smpp_statuses import Status
from loadtests import smpp
from loadtests.planning.plan import Login

ADDRESSES = b"CMT\0\1\1+306900000007\0\5\0smslab\0"
WORDS = b"id:0A1 sub:001 dlvrd:001 submit date:2603020900 done date:2603020900 stat:%s err:000 text:Your"


def deliver(esm_class: int, message: bytes, options: bytes = b"") -> bytes:
    tail = b"\0" + b"2603020900\0" + bytes((0, 0, 0, 0, len(message)))
    return ADDRESSES + bytes((esm_class, 0, 0)) + tail + message + options


def option(tag: int, value: bytes) -> bytes:
    return tag.to_bytes(2, "big") + len(value).to_bytes(2, "big") + value


def as_the_judge_reads(octets: bytes) -> Delivered:
    """A submit_sm has the fields of a deliver_sm."""
    length, command, status, sequence = smpp.HEADER.unpack_from(octets)
    assert (length, command, sequence) == (len(octets), smpp.SUBMIT, 9)
    body = octets[smpp.HEADER.size :]
    return delivered(
        Frame(length=length, command=command, status=Status(status), sequence=sequence, body=body)
    )


def test_a_submit_goes_to_its_number_and_wants_a_receipt() -> None:
    read = as_the_judge_reads(smpp.submit(9, "306900000007"))

    assert (read.source, read.destination) == ("smslab", "306900000007")
    assert (read.registered, read.esm_class, read.coding) == (1, 0, 0)
    assert read.message == smpp.TEXT
    assert read.parameters == {}


def test_octets_cut_anywhere_give_the_same_frames() -> None:
    octets = smpp.pdu(smpp.SUBMIT | smpp.ANSWER, 2, b"A1\0") + smpp.pdu(smpp.ENQUIRE, 3)
    whole, _ = smpp.frames(octets)

    for cut in range(len(octets) + 1):
        first, rest = smpp.frames(octets[:cut])
        second, rest = smpp.frames(rest + octets[cut:])
        assert (first + second, rest) == (whole, b"")


@pytest.mark.parametrize("length", [0, 15, smpp.LONGEST + 1])
def test_a_length_that_no_pdu_has_ends_the_reading(length: int) -> None:
    with pytest.raises(smpp.Unreadable, match=f"{length} octets"):
        smpp.frames(length.to_bytes(4, "big") + bytes(12))


def test_a_bind_names_itself_its_password_and_the_version() -> None:
    octets = smpp.bind(smpp.BIND_TRANSCEIVER, Login("me@here", "secret"))

    assert octets[smpp.HEADER.size :] == b"me@here\0secret\0\0\x34\0\0\0"


@pytest.mark.parametrize(
    ("message", "options", "told"),
    [
        (b"", option(0x1E, b"0A1\0") + option(0x427, b"\2"), ("0A1", "306900000007", True)),
        (b"", option(0x427, b"\5") + option(0x1E, b"0A1\0"), ("0A1", "306900000007", False)),
        (WORDS % b"DELIVRD", b"", ("0A1", "306900000007", True)),
        (WORDS % b"EXPIRED", option(0x204, b"\0\1"), ("0A1", "306900000007", False)),
        (b"on its way", b"", ("", "306900000007", False)),
    ],
    ids=["parameters", "failed", "words", "expired in words", "neither"],
)
def test_a_receipt_names_message_number_and_state(
    message: bytes, options: bytes, told: tuple[str, str, bool]
) -> None:
    assert smpp.told(deliver(0x04, message, options)) == told


@pytest.mark.parametrize("esm_class", [0x00, 0x20, 0x40])
def test_what_is_no_receipt_tells_nothing_of_a_message(esm_class: int) -> None:
    assert smpp.told(deliver(esm_class, WORDS % b"DELIVRD")) is None


def test_a_deliver_that_ends_too_early_is_no_smpp() -> None:
    body = deliver(0x04, b"", option(0x1E, b"0A1\0"))

    for cut in (0, 5, len(ADDRESSES), len(ADDRESSES) + 4, len(body) - 7):
        with pytest.raises(smpp.Unreadable):
            smpp.told(body[:cut])


@pytest.mark.parametrize(
    ("value", "delivered"), [(1, None), (6, None), (2, True), (3, False), (5, False), (8, False)]
)
def test_a_query_is_answered_with_a_state(value: int, delivered: bool | None) -> None:
    assert smpp.state(b"0A1\x00260302090000000+\0" + bytes((value, 0))) is delivered


def test_a_refusal_is_named_where_its_name_is_known() -> None:
    named = [smpp.Frame(smpp.SUBMIT | smpp.ANSWER, status, 1, b"").refusal for status in (0x58, 0x401)]

    assert named == ["ESME_RTHROTTLED", "command_status 0x00000401"]
