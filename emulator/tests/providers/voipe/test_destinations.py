"""Numbers as they are cleaned and counted, whatever clients write."""

import re
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from emulator.core.gateway import Gateway
from emulator.core.model import Account
from emulator.providers.voipe import numbers
from emulator.providers.voipe.quirks import PROFILES, Quirks
from emulator.tests.standing import Standing

ACCOUNT = Account(provider="voipe", login="demo")
ONCE, GAPS = Quirks(), Quirks(**PROFILES["upstream"])  # type: ignore[arg-type]

SPELLINGS = st.sampled_from(["0521", "052-1", "(0521)", "+0521", "0531", "0541", "abc", ""])
LISTS = st.lists(SPELLINGS, min_size=1, max_size=6)


@cache
def gateway() -> Gateway:
    """One for all examples, which change nothing there."""
    return Standing("voipe").space.gateway


def named(places: list[str], quirks: Quirks) -> list[str | None]:
    return list(numbers.named(",".join(places), ACCOUNT, gateway(), quirks).numbers)


def cleaned(places: list[str]) -> list[str]:
    found = (re.sub(r"[^0-9+]", "", place) for place in places)
    return [number for number in found if number]


def unique(values: list[str]) -> dict[int, str]:
    """PHP's array_unique: the first of each keeps its key, the keys of the others are gone."""
    return {key: value for key, value in enumerate(values) if value not in values[:key]}


@given(st.text(max_size=40))
def test_a_number_is_digits_and_plus_signs_and_not_too_long(text: str) -> None:
    number = numbers.number(text, ACCOUNT)

    assert re.fullmatch(r"[0-9+]{0,20}", number)
    assert numbers.number(number, ACCOUNT) == number


@given(LISTS)
def test_every_number_is_written_to_once(places: list[str]) -> None:
    if not places[0]:
        places = ["1", *places]

    assert named(places, ONCE) == list(dict.fromkeys(cleaned(places)))


@given(LISTS)
def test_a_server_that_counts_on_over_gaps_loses_what_stands_behind_them(places: list[str]) -> None:
    if not places[0]:
        places = ["1", *places]
    first = unique([place for place in places if place])
    second = unique(cleaned([first.get(key, "") for key in range(len(first))]))

    assert named(places, GAPS) == [second.get(key) for key in range(len(second))]
