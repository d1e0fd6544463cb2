"""Alphabets, septets and parts, against an independent codec and a plain way to cut."""

from time import process_time

import gsm0338
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.core.model import Coding
from emulator.core.text import BASIC, EXTENSION, alphabet, fits_gsm7, parts, segments, units

GSM7, UCS2 = Coding.GSM7, Coding.UCS2

CODEC = gsm0338.Codec()
ESCAPE = "\x1b"

letters = st.sampled_from("aZ1 \n€^[αΩ中😀")
texts = st.lists(st.tuples(letters, st.integers(1, 160)), max_size=6).map(
    lambda runs: "".join(letter * count for letter, count in runs)
)
gsm_texts = texts.map(lambda text: "".join(letter for letter in text if fits_gsm7(letter)))


def septets(text: str) -> int | None:
    """How many the independent codec makes of it; None if it cannot."""
    try:
        return len(CODEC.encode(text)[0])
    except UnicodeEncodeError:
        return None


def cut(text: str, room: int, coding: Coding) -> list[str]:
    """The plain way: as much as goes in, then the rest."""
    if not text:
        return []
    most = max(n for n in range(len(text) + 1) if n <= room and cost(text[:n], coding) <= room)
    return [text[:most], *cut(text[most:], room, coding)]


def cost(text: str, coding: Coding) -> int:
    if coding is UCS2:
        return len(text.encode("utf-16-be")) // 2
    return sum(2 if letter in "\f^{}\\[~]|€" else 1 for letter in text)


def test_the_alphabet_has_all_characters_of_the_standard() -> None:
    """128 septets: one is the escape, and ten more characters lie behind it."""
    assert (len(BASIC), len(set(BASIC))) == (127, 127)
    assert (len(EXTENSION), len(set(EXTENSION))) == (10, 10)


def test_the_alphabet_is_the_same_as_an_independent_codec_has() -> None:
    """Over the whole basic plane; the codec alone takes the escape itself for a character."""
    plane = [chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000 and chr(code) != ESCAPE]

    assert [letter for letter in plane if fits_gsm7(letter) != (septets(letter) is not None)] == []
    assert [letter for letter in BASIC + EXTENSION if units(letter, GSM7) != septets(letter)] == []


@pytest.mark.parametrize("text", ["ΓΔΘΛΞΠΣΦΨΩ", "@£$¥èéùìòÇ", "ÄÖÑÜ§¿äöñüà", "€^{}\\[~]|\f", "\r\n", ""])
def test_these_texts_fit_the_gsm_alphabet(text: str) -> None:
    assert fits_gsm7(text)


@pytest.mark.parametrize("text", ["ΓΕΙΑ", "ç", "`", "γ", "\t", "\x1b", "’", "你", "😀", "á"])
def test_these_texts_do_not_fit_the_gsm_alphabet(text: str) -> None:
    assert not fits_gsm7(text)


def test_one_foreign_letter_makes_the_smallest_alphabet_a_large_one() -> None:
    assert [alphabet(text) for text in ("", "€", "Γεια", "a" * 200 + "ç")] == [GSM7, GSM7, UCS2, UCS2]


@pytest.mark.parametrize(
    ("text", "coding", "count"),
    [
        ("", GSM7, 0),
        ("Hello", GSM7, 5),
        ("10 €", GSM7, 5),
        ("[x]", GSM7, 5),
        ("", UCS2, 0),
        ("Hello", UCS2, 5),
        ("10 €", UCS2, 4),
        ("你好", UCS2, 2),
        ("😀", UCS2, 2),
        ("a😀b", UCS2, 4),
    ],
)
def test_the_units_of_a_text(text: str, coding: Coding, count: int) -> None:
    assert units(text, coding) == count


@pytest.mark.parametrize(
    ("text", "coding", "count"),
    [
        ("", GSM7, 1),
        ("a" * 160, GSM7, 1),
        ("a" * 161, GSM7, 2),
        ("a" * 306, GSM7, 2),
        ("a" * 307, GSM7, 3),
        ("€" * 80, GSM7, 1),
        ("€" * 81, GSM7, 2),
        ("", UCS2, 1),
        ("α" * 70, UCS2, 1),
        ("α" * 71, UCS2, 2),
        ("α" * 134, UCS2, 2),
        ("α" * 135, UCS2, 3),
        ("😀" * 35, UCS2, 1),
        ("😀" * 36, UCS2, 2),
    ],
)
def test_the_parts_of_a_text(text: str, coding: Coding, count: int) -> None:
    assert parts(text, coding) == count


def test_an_escape_pair_that_does_not_fit_moves_to_the_next_part() -> None:
    """The odd place at the end of the first part stays empty, so that 306 septets take three parts."""
    text = "a" * 152 + "€" + "b" * 152

    assert list(segments(text, GSM7)) == ["a" * 152, "€" + "b" * 151, "b"]


def test_a_surrogate_pair_that_does_not_fit_moves_to_the_next_part() -> None:
    text = "α" * 66 + "😀" + "β" * 66

    assert list(segments(text, UCS2)) == ["α" * 66, "😀" + "β" * 65, "β"]


def test_a_text_that_fits_is_not_cut() -> None:
    assert list(segments("a" * 160, GSM7)) == ["a" * 160]
    assert list(segments("", UCS2)) == [""]


@given(text=gsm_texts)
def test_gsm_segments_are_those_of_the_plain_way(text: str) -> None:
    expected = [text] if cost(text, GSM7) <= 160 else cut(text, 153, GSM7)

    assert list(segments(text, GSM7)) == expected
    assert parts(text, GSM7) == len(expected)


@given(text=texts)
def test_ucs2_segments_are_those_of_the_plain_way(text: str) -> None:
    expected = [text] if cost(text, UCS2) <= 70 else cut(text, 67, UCS2)

    assert list(segments(text, UCS2)) == expected
    assert parts(text, UCS2) == len(expected)


@given(text=texts, coding=st.sampled_from(Coding))
def test_segments_join_to_the_text_and_all_of_them_fit(text: str, coding: Coding) -> None:
    found = list(segments(text, coding))

    assert "".join(found) == text
    assert max(units(segment, coding) for segment in found) <= {GSM7: 160, UCS2: 70}[coding]


@pytest.mark.parametrize(
    ("text", "coding", "count"),
    [("a" * 8_000_000, UCS2, 119_403), ("{" * 8_000_000, GSM7, 105_264), ("😀" * 2_000_000, UCS2, 60_607)],
    ids=["letters", "extension", "pairs"],
)
def test_the_longest_texts_are_counted_at_once(text: str, coding: Coding, count: int) -> None:
    started = process_time()

    assert parts(text, coding) == count
    assert process_time() - started < 2.5
