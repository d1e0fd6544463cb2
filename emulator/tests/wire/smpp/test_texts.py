"""Alphabets, headers, moments and receipts."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.core import text
from emulator.core.model import Coding
from emulator.wire.smpp import receipts, times
from emulator.wire.smpp.fields import Malformed
from emulator.wire.smpp.receipts import MessageState, Receipt
from emulator.wire.smpp.texts import (
    BASIC,
    EXTENSION,
    Alphabet,
    Piece,
    Scheme,
    decoded,
    encoded,
    parted,
    piece,
    scheme,
)

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)

VECTORS = Path(__file__).parents[4] / "fixtures/vectors"


def vectors(name: str) -> list[dict[str, Any]]:
    return list(json.loads((VECTORS / f"smpp34-{name}.json").read_text(encoding="utf-8"))[name])


@pytest.mark.parametrize("row", vectors("texts"), ids=lambda row: row["name"])
def test_octets_mean_what_everybody_else_reads_in_them(row: dict[str, Any]) -> None:
    meant = scheme(row["data_coding"])

    assert meant is not None
    assert decoded(bytes.fromhex(row["octets"]), meant.alphabet) == row["text"]
    assert meant.flash is row.get("flash", False)


def test_the_alphabet_is_the_one_that_parts_are_counted_in() -> None:
    assert set(BASIC) - {"\x1b"} == set(text.BASIC)
    assert set(EXTENSION.values()) == set(text.EXTENSION)


@given(st.text(sorted(text.ALPHABET)))
def test_a_text_of_the_alphabet_comes_back(written: str) -> None:
    octets = encoded(written, Alphabet.GSM)

    assert decoded(octets, Alphabet.GSM) == written
    assert len(octets) == text.units(written, Coding.GSM7)


@given(st.binary())
def test_any_octets_are_some_text(octets: bytes) -> None:
    for alphabet in Alphabet:
        decoded(octets, alphabet)


@pytest.mark.parametrize(
    ("coding", "meant"),
    [
        (0x00, Scheme(Alphabet.GSM)),
        (0x03, Scheme(Alphabet.LATIN1)),
        (0x08, Scheme(Alphabet.UCS2)),
        (0x10, Scheme(Alphabet.GSM, flash=True)),
        (0x11, Scheme(Alphabet.GSM)),
        (0x18, Scheme(Alphabet.UCS2, flash=True)),
        (0xF0, Scheme(Alphabet.GSM, flash=True)),
        (0xF4, Scheme(Alphabet.OCTETS, flash=True)),
        (0xF1, Scheme(Alphabet.GSM)),
        (0x0F, None),
        (0x80, None),
    ],
)
def test_a_coding_says_alphabet_and_class(coding: int, meant: Scheme | None) -> None:
    assert scheme(coding) == meant


def test_a_header_says_which_piece_it_is() -> None:
    elements, rest = parted(bytes.fromhex("050003CC0201") + b"text")

    assert (piece(elements), rest) == (Piece(0xCC, 2, 1), b"text")


def test_a_long_reference_is_read_too() -> None:
    assert piece(parted(bytes.fromhex("060804ABCD0302"))[0]) == Piece(0xABCD, 3, 2)


@pytest.mark.parametrize("octets", ["", "05", "0500", "02000401"])
def test_a_header_that_lies_is_malformed(octets: str) -> None:
    with pytest.raises(Malformed):
        parted(bytes.fromhex(octets))


@pytest.mark.parametrize("header", ["050003CC0203", "050003CC0200", "0402020102"])
def test_an_impossible_piece_is_none(header: str) -> None:
    assert piece(parted(bytes.fromhex(header))[0]) is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("", None),
        ("000000020000000R", NOW + timedelta(hours=2)),
        ("000100000000000R", datetime(2026, 2, 28, 12, tzinfo=UTC)),
        ("260302093000008+", datetime(2026, 3, 2, 7, 30, tzinfo=UTC)),
        ("260302093000504-", datetime(2026, 3, 2, 10, 30, 0, 500_000, tzinfo=UTC)),
    ],
)
def test_a_moment_is_absolute_or_counted_from_now(written: str, meant: datetime | None) -> None:
    assert times.moment(written, NOW) == meant


@pytest.mark.parametrize("row", vectors("times"), ids=lambda row: row["name"])
def test_what_is_no_moment_is_refused(row: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        times.moment(row["written"], NOW)


def test_a_moment_is_written_in_utc() -> None:
    assert times.written(NOW) == "260131120000000+"


def test_a_receipt_says_what_became_of_a_message() -> None:
    receipt = Receipt(
        id="I7I5R4HTAA",
        state=MessageState.DELIVERED,
        submitted="2601311200",
        done="2601311200",
        excerpt="a text of more than twenty",
    )

    assert str(receipt) == (
        "id:I7I5R4HTAA sub:001 dlvrd:001 submit date:2601311200 done date:2601311200"
        " stat:DELIVRD err:000 text:a text of more than "
    )
    assert receipts.read(str(receipt))["stat"] == "DELIVRD"
