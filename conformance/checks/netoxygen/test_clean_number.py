"""clean_number: how numbers are understood."""

import pytest

from conformance.checks.netoxygen.calls import cost
from conformance.drivers.netoxygen import NetOxygenDriver
from conformance.requirement import requirement
from conformance.verify import verify

EXAMPLE, CLEAN = "022/364 8000", "41223648000"


@requirement("netoxygen/clean-number/example")
def test_the_example_of_the_document(netoxygen: NetOxygenDriver) -> None:
    """A national number with a slash and a blank."""
    verify(netoxygen.clean_number(EXAMPLE)).equals(CLEAN)


@requirement("netoxygen/clean-number/digits")
def test_a_number_is_a_string_of_digits(netoxygen: NetOxygenDriver) -> None:
    """By type and by content."""
    verify(netoxygen.clean_number("+41 22 364 80 00")).holds(
        lambda number: isinstance(number, str) and number.isdecimal(), "a string of digits"
    )


@requirement("netoxygen/clean-number/international")
@pytest.mark.parametrize(
    ("number", "clean"),
    [
        ("+41223648000", CLEAN),
        ("0041223648000", CLEAN),
        ("+49 30 90180", "493090180"),
        ("004930 90180", "493090180"),
    ],
)
def test_signs_of_an_international_number_are_dropped(
    netoxygen: NetOxygenDriver, number: str, clean: str
) -> None:
    """Of Switzerland and of another country."""
    verify(netoxygen.clean_number(number)).equals(clean)


@requirement("netoxygen/clean-number/national")
@pytest.mark.parametrize("number", ["0223648000", "022 364 80 00"])
def test_a_leading_nought_is_swiss(netoxygen: NetOxygenDriver, number: str) -> None:
    """As it is dialled."""
    verify(netoxygen.clean_number(number)).equals(CLEAN)


@requirement("netoxygen/clean-number/unchanged")
@pytest.mark.parametrize("number", [CLEAN, "306900000000", "22364800"])
def test_other_digits_stay_as_they_are(netoxygen: NetOxygenDriver, number: str) -> None:
    """With a country, or without anything."""
    verify(netoxygen.clean_number(number)).equals(number)


@requirement("netoxygen/clean-number/signs")
@pytest.mark.parametrize(
    "number",
    ["+41 (22) 364-80-00", "41.22.364.80.00", " 41223648000 ", "tel:+41-22-364-8000", "022\t3648000"],
)
def test_what_stands_between_the_digits_is_dropped(netoxygen: NetOxygenDriver, number: str) -> None:
    """Brackets, dashes, points, letters."""
    verify(netoxygen.clean_number(number)).equals(CLEAN)


@requirement("netoxygen/clean-number/length")
@pytest.mark.parametrize("number", ["12345678", "123456789012345"])
def test_eight_to_fifteen_digits_are_a_number(netoxygen: NetOxygenDriver, number: str) -> None:
    """The shortest and the longest."""
    verify(netoxygen.clean_number(number)).equals(number)


@requirement("netoxygen/clean-number/length")
@pytest.mark.parametrize("number", ["1234567", "1234567890123456", "+1234567", "012345"])
def test_fewer_or_more_are_none(netoxygen: NetOxygenDriver, number: str) -> None:
    """One too few, one too many, counted after the country is there."""
    verify(netoxygen.clean_number(number)).equals(False)


@requirement("netoxygen/clean-number/false")
@pytest.mark.parametrize("number", ["", " ", "nobody", "+", "12", "00", "١٢٣٤٥٦٧٨٩"])
def test_what_is_no_number_is_false(netoxygen: NetOxygenDriver, number: str) -> None:
    """Nothing, words, fragments, digits of another script."""
    verify(netoxygen.clean_number(number)).equals(False)


@requirement("netoxygen/clean-number/free")
def test_to_have_a_number_cleaned_costs_nothing(netoxygen: NetOxygenDriver) -> None:
    """The example again."""
    verify(cost(netoxygen, lambda: netoxygen.clean_number(EXAMPLE))).equals(0)
