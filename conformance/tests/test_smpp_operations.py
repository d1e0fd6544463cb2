"""What is asked of messages is written as section 4 has it, and what is said of them is read."""

from datetime import UTC, datetime

import pytest

from conformance.drivers.smpp_frames import framed
from conformance.drivers.smpp_operations import (
    Whose,
    address,
    cancel,
    data,
    destinations,
    distribution_list,
    header,
    many,
    queried,
    query,
    replace,
    segment,
    wide_header,
)
from conformance.drivers.smpp_pdus import ANSWER, QUERY_SM, SUBMIT_MULTI, pdu
from conformance.drivers.smpp_statuses import Status
from conformance.drivers.smpp_times import absolute, moment, relative

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SHOP = Whose(ton=5, npi=0, address="shop")


@pytest.mark.parametrize(
    ("written", "octets"),
    [
        (query("7F", SHOP), "374600 0500 73686f7000"),
        (cancel("7F", "30", SHOP, service_type="CMT"), "434d5400 374600 0500 73686f7000 0101 333000"),
        (replace("7F", b"new", SHOP, registered=1), "374600 0500 73686f7000 00 00 01 00 03 6e6577"),
        (data("30", b"hi", SHOP, registered=1), "00 0500 73686f7000 0101 333000 00 01 00 0424 0002 6869"),
        (data("30", None, SHOP), "00 0500 73686f7000 0101 333000 00 00 00"),
        (address("30"), "0101 333000"),
        (destinations("30", "31"), "02 01 0101 333000 01 0101 333100"),
        (destinations("30", count=9, flag=3), "09 03 0101 333000"),
        (distribution_list("all"), "01 02 616c6c00"),
        (header(0x5A, 3, 1), "05 00 03 5a 03 01"),
        (wide_header(0x1234, 3, 1), "06 08 04 1234 03 01"),
        (segment(0x1234, 3, 1), "020c 0002 1234 020e 0001 03 020f 0001 01"),
    ],
)
def test_what_is_asked_stands_in_the_order_of_the_specification(written: bytes, octets: str) -> None:
    assert written == bytes.fromhex(octets)


def test_an_answer_tells_what_became_of_a_message() -> None:
    body = bytes.fromhex("374600") + b"260302120000000+\0" + bytes((2, 9))

    found = queried(framed(pdu(QUERY_SM | ANSWER, body)))

    assert (found.message_id, moment(found.final_date), found.state, found.error) == ("7F", NOON, 2, 9)


def test_an_answer_tells_whom_a_message_did_not_reach() -> None:
    body = bytes.fromhex("374600 02 0101 333000 0000000b 0101 333100 00000400")

    found = many(framed(pdu(SUBMIT_MULTI | ANSWER, body)))

    assert (found.message_id, found.missed) == ("7F", {"30": Status.RINVDSTADR, "31": Status(0x400)})


def test_an_answer_that_ends_too_early_is_none() -> None:
    with pytest.raises(AssertionError, match="too early"):
        many(framed(pdu(SUBMIT_MULTI | ANSWER, b"7F\0\1")))


@pytest.mark.parametrize(
    ("quarters", "written"),
    [(0, "260302120000000+"), (8, "260302140000008+"), (-14, "260302083000014-")],
)
def test_a_moment_is_written_by_any_clock(quarters: int, written: str) -> None:
    assert absolute(NOON, quarters) == written
    assert moment(written) == NOON


def test_seconds_are_written_as_days_and_hours() -> None:
    assert relative(90_061) == "000001010101000R"


def test_what_counts_from_now_is_no_moment() -> None:
    with pytest.raises(AssertionError, match="no absolute time"):
        moment("000001010101000R")
