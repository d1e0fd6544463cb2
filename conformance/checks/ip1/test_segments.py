"""Lista Meddelanden: how many segments a text makes."""

import pytest

from conformance.checks.ip1.calls import message, sent
from conformance.drivers.ip1 import Ip1Driver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify


def segments(ip1: Ip1Driver, numbers: Numbers, texts: list[str]) -> list[object]:
    """Of messages with these texts."""
    to = numbers()
    return [message(ip1, sent(ip1, to, body=text)).get("segments") for text in texts]


@requirement("ip1/segments/one")
@pytest.mark.parametrize(
    ("sign", "most"), [("a", 160), ("Ö", 160), ("你", 70)], ids=["a", "umlaut", "unicode"]
)
def test_a_text_fits_one_segment(ip1: Ip1Driver, numbers: Numbers, sign: str, most: int) -> None:
    """Up to its length, and no further."""
    first, second = segments(ip1, numbers, [sign * most, sign * (most + 1)])

    verify(first).equals(1)
    verify(second).holds(lambda n: isinstance(n, int) and n > 1, "more than one")


@requirement("ip1/segments/several")
@pytest.mark.parametrize(("sign", "each"), [("a", 153), ("你", 67)], ids=["gsm", "unicode"])
def test_a_longer_text_is_cut(ip1: Ip1Driver, numbers: Numbers, sign: str, each: int) -> None:
    """Two segments, three, and four."""
    texts = [sign * n for n in (2 * each, 2 * each + 1, 3 * each, 3 * each + 1)]

    verify(segments(ip1, numbers, texts)).equals([2, 3, 3, 4])


@requirement("ip1/segments/extension")
@pytest.mark.parametrize(
    ("sign", "half"), [("€", 80), ("[", 80), ("😀", 35)], ids=["euro", "bracket", "emoji"]
)
def test_some_signs_count_twice(ip1: Ip1Driver, numbers: Numbers, sign: str, half: int) -> None:
    """Half as many fit."""
    verify(segments(ip1, numbers, [sign * half, sign * (half + 1)])).equals([1, 2])
