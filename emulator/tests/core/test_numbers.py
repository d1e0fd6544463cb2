"""One way to write a number."""

import pytest

from emulator.core.numbers import msisdn


@pytest.mark.parametrize("text", ["306912345678", "+306912345678", "00306912345678"])
def test_a_number_is_its_digits_without_prefix(text: str) -> None:
    assert msisdn(text) == "306912345678"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "+",
        "00",
        "0306912345678",
        "000306912345678",
        "+00306912345678",
        "++306912345678",
        "+0306912345678",
        "30 6912345678",
        "306912345678 ",
        "306912345678\n",
        "30-6912345678",
        "３０６９１２３４５６７８",
        "306912345678,306998765432",
        "smslab",
    ],
)
def test_anything_else_is_no_number(text: str) -> None:
    assert msisdn(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1234567", None),
        ("12345678", "12345678"),
        ("123456789012345", "123456789012345"),
        ("1234567890123456", None),
        ("+1234567", None),
        ("00123456789012345", "123456789012345"),
    ],
)
def test_a_number_has_eight_to_fifteen_digits_the_prefix_not_counted(text: str, found: str | None) -> None:
    assert msisdn(text) == found


def test_the_bounds_can_be_moved() -> None:
    assert msisdn("9", fewest=1) == "9"
    assert msisdn("12345678", fewest=9) is None
    assert msisdn("12345678", most=7) is None
