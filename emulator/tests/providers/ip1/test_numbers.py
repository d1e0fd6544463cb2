"""Senders and numbers, by their spelling."""

import pytest

from emulator.core.numbering import described
from emulator.providers.ip1 import numbers
from emulator.providers.ip1.quirks import Quirks


@pytest.mark.parametrize("text", ["iP1", "TestNOS", "abcdefghijk", "123", "0701234567", "123456789012345"])
def test_a_sender_is_a_number_or_a_short_word(text: str) -> None:
    assert numbers.sender(text, Quirks()) == text


@pytest.mark.parametrize(
    "given",
    [
        "", "ab", "abcdefghijkl", "1234567890123456", "012345678901", "iP.1", "å12", "a b", "+abc", "++123",
        "+12", "+0701234567", "+", "٣٤٥", "abc\n", None, 123, ["iP1"],
    ],
)  # fmt: skip
def test_anything_else_is_no_sender(given: object) -> None:
    assert numbers.sender(given, Quirks()) is None


def test_a_plus_sign_is_taken_off_or_refused() -> None:
    strict = Quirks(leading_plus="refuse")

    assert (numbers.sender("+46701", Quirks()), numbers.sender("+46701", strict)) == ("46701", None)
    assert (numbers.msisdn("+46701", Quirks()), numbers.msisdn("+46701", strict)) == ("46701", None)


@pytest.mark.parametrize(
    "text", ["46701234567", "456189040623", "175368927054", "392094880589", "3581234567"]
)
def test_a_number_of_a_country_is_reachable(text: str) -> None:
    assert numbers.is_reachable(text)


@pytest.mark.parametrize("text", ["0701234567", "467012", "2101234567", "9991234567", "0"])
def test_a_number_of_no_country_or_too_short_is_not(text: str) -> None:
    assert not numbers.is_reachable(text)


def test_the_countries_are_those_of_the_numbering_plan() -> None:
    given_out = [code for code in range(1, 1000) if described(f"+{code}12345678", "SE").msisdn]

    assert [code for code in range(1, 1000) if numbers.is_reachable(f"{code}12345678")] == given_out
