"""Octets of SMPP as people read them."""

import pytest

from conformance.renderings.octets import dumped, headline, lined, pdus, readable

ENQUIRE = bytes.fromhex("00000010000000150000000000000007")


@pytest.mark.parametrize(
    ("octets", "line"),
    [
        ("00000010000000150000000000000007", "enquire_link, sequence 7, 16 octets"),
        ("00000010800000150000000000000007", "enquire_link_resp, ROK, sequence 7, 16 octets"),
        ("00000010800000000000000300000000", "generic_nack, RINVCMDID, sequence 0, 16 octets"),
        ("00000010000000ff0000000000000001", "command 0x000000ff, sequence 1, 16 octets"),
        ("00000010000000150000000800000001", "enquire_link, RSYSERR, sequence 1, 16 octets"),
        ("0000ffff000000150000000000000001", "enquire_link, sequence 1, 16 octets, says it has 65535"),
        (
            "00000001800000040000040000000001",
            "submit_sm_resp, 0x00000400, sequence 1, 16 octets, says it has 1",
        ),
        ("00", "no PDU, 1 octet"),
    ],
)
def test_a_header_is_read(octets: str, line: str) -> None:
    assert headline(bytes.fromhex(octets)) == line


def test_several_pdus_in_one_write_are_parted() -> None:
    assert list(pdus(ENQUIRE * 2 + b"\0\0")) == [ENQUIRE, ENQUIRE, b"\0\0"]


def test_a_dump_has_octets_and_what_of_them_can_be_printed() -> None:
    octets = bytes.fromhex("0000001880000004000000000000000241424300ff7e7f20")

    assert dumped(octets).splitlines() == [
        "submit_sm_resp, ROK, sequence 2, 24 octets",
        "0000  00 00 00 18 80 00 00 04  00 00 00 00 00 00 00 02  ................",
        "0010  41 42 43 00 ff 7e 7f 20                           ABC..~. ",
    ]


def test_a_line_has_every_octet() -> None:
    assert lined(ENQUIRE) == f"enquire_link, sequence 7, 16 octets: {ENQUIRE.hex()}"


@pytest.mark.parametrize("surface", ["smpp", "isms-http"])
def test_what_is_too_long_says_how_long_it_is(surface: str) -> None:
    text = readable(ENQUIRE * 100, surface, 50)

    assert text.endswith("\n… 1600 octets in all; the record has the rest")
    assert len(text) < 110


def test_other_octets_are_text_with_their_line_ends() -> None:
    assert readable(b"GET / HTTP/1.1\r\n\r\n\xff", "isms-http", 100) == "GET / HTTP/1.1\n\n\\xff"
