"""Identifiers: counters that look drawn by lot, and can be read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.core.ids import HEXADECIMAL, Ids, Spelling

BITS = Spelling("01", 4)
SMALL = Spelling("abc", 4)
LONG = Spelling("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 10)


@pytest.mark.parametrize(
    ("spelling", "value", "text"),
    [
        (BITS, 0, "0000"),
        (BITS, 5, "0101"),
        (BITS, 15, "1111"),
        (Spelling(HEXADECIMAL, 3), 0, "000"),
        (Spelling(HEXADECIMAL, 3), 0xAF, "0af"),
        (Spelling(HEXADECIMAL, 3), 0xFFF, "fff"),
    ],
)
def test_a_number_is_written_with_all_its_places(spelling: Spelling, value: int, text: str) -> None:
    assert spelling.write(value) == text
    assert spelling.read(text) == value


@pytest.mark.parametrize("text", ["", "010", "01010", "0102", "０101", "010\n"])
def test_text_of_another_alphabet_or_length_is_no_number(text: str) -> None:
    assert BITS.read(text) is None


def test_identifiers_are_compared_letter_by_letter() -> None:
    written = Ids(1).spelled(1, "order", LONG)

    assert Ids(1).read(written.lower(), "order", LONG) is None


@given(seed=st.integers(), number=st.integers(0, 36**10 - 1))
def test_what_was_spelled_can_be_read_back(seed: int, number: int) -> None:
    ids = Ids(seed)

    assert ids.read(ids.spelled(number, "order", LONG), "order", LONG) == number


@given(seed=st.integers())
def test_no_two_numbers_are_spelled_alike(seed: int) -> None:
    spelled = {Ids(seed).spelled(number, "order", SMALL) for number in range(81)}

    assert len(spelled) == 81


@given(seed=st.integers(), number=st.integers(1, 10**6))
def test_neighbours_are_spelled_far_apart(seed: int, number: int) -> None:
    """Who sees one identifier must not read the next one off it."""
    one, next_one = (Ids(seed).spelled(count, "order", LONG) for count in (number, number + 1))

    assert sum(here != there for here, there in zip(one, next_one, strict=True)) >= 5


def test_the_same_seed_spells_the_same_everywhere() -> None:
    """The promise of determinism: these letters are the same on every machine and every run."""
    assert [Ids(0).spelled(number, "order", LONG) for number in (1, 2, 3)] == [
        "HN4MGCZZB2",
        "HNET8R99SJ",
        "HMO10D038T",
    ]


def test_seed_and_kind_decide_the_spelling() -> None:
    spelled = {Ids(seed).spelled(1, kind, LONG) for seed in (0, 1, -1, 2**70) for kind in ("order", "lookup")}

    assert len(spelled) == 8


def test_an_identifier_of_another_kind_means_another_number() -> None:
    ids = Ids(1)

    assert ids.read(ids.spelled(7, "order", LONG), "lookup", LONG) != 7


def test_a_share_is_drawn_from_nothing_but_seed_kind_and_count() -> None:
    drawn = [Ids(1).share("fault", number) for number in range(4)]

    assert drawn == [Ids(1).share("fault", number) for number in range(4)]
    assert len({*drawn, Ids(2).share("fault", 0), Ids(1).share("other", 0)}) == 6


@given(seed=st.integers(), kind=st.text(max_size=20), number=st.integers(0))
def test_a_share_is_at_least_nought_and_less_than_one(seed: int, kind: str, number: int) -> None:
    assert 0 <= Ids(seed).share(kind, number) < 1
