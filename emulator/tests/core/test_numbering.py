"""Telephone numbers as people write them, against the numbering plans."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.core.numbering import UNKNOWN, Number, described

MOBILE = Number(possible=True, valid=True, kind="MOBILE", msisdn="46701234567")


@pytest.mark.parametrize("text", ["+46701234567", "46701234567", "0046701234567", "070-123 45 67"])
def test_a_number_is_the_same_however_it_is_spelled(text: str) -> None:
    assert described(text, "SE") == MOBILE


@pytest.mark.parametrize(
    ("text", "kind"),
    [("+468123456", "FIXED_LINE"), ("+12015550123", "FIXED_LINE_OR_MOBILE"), ("+80012345678", "TOLL_FREE")],
)
def test_the_kind_is_a_word_of_libphonenumber(text: str, kind: str) -> None:
    assert described(text, "SE").kind == kind


def test_a_number_that_is_too_long_is_neither_possible_nor_valid() -> None:
    found = described("+4670123456789012", "SE")

    assert found == Number(possible=False, valid=False, kind="UNKNOWN", msisdn="4670123456789012")


@pytest.mark.parametrize("text", ["", "ada", "+", "1" * 300])
def test_of_what_is_no_number_nothing_is_known(text: str) -> None:
    assert described(text, "SE") == UNKNOWN


@given(st.text(alphabet=st.sampled_from("+0123456789 ()-/.;=ext#*tel:ÅÅ٠１\u2028"), max_size=20))
def test_whatever_is_written_there_is_an_answer(text: str) -> None:
    found = described(text, "SE")

    assert found.msisdn.isascii()
    assert found.possible >= found.valid
