"""When messages may go out."""

from datetime import timedelta
from typing import Any

import pytest

from emulator.core.timetable import FARTHEST
from emulator.providers.ip1 import windows
from emulator.providers.ip1.flaws import Wrong
from emulator.providers.ip1.quirks import Quirks
from emulator.providers.ip1.windows import LIFE, Term, Window
from emulator.tests.samples import NINE, second

HOUR = timedelta(hours=1)


def window(given: Any) -> Window:
    return windows.window(given, 0, NINE, Quirks())


@pytest.mark.parametrize(
    ("given", "opens", "closes"),
    [
        ({}, NINE, NINE + LIFE),
        ({"opens": None, "closes": None}, NINE, NINE + LIFE),
        ({"opens": "2026-03-02T10:00:00Z"}, NINE + HOUR, NINE + HOUR + LIFE),
        ({"CLOSES": "2026-03-02T10:00:00Z"}, NINE, NINE + HOUR),
    ],
)
def test_a_window_is_open_from_now_for_seven_days_unless_it_says_otherwise(
    given: object, opens: object, closes: object
) -> None:
    assert window(given) == (opens, closes)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (None, "must be an object"),
        ([], "must be an object"),
        ({"opens": 5}, "opens must be a moment"),
        ({"closes": "soon"}, "closes must be a moment"),
        ({"opens": "2026-03-02T10:00:00Z", "closes": "2026-03-02T10:00:00Z"}, "must close after"),
        ({"closes": "2026-03-02T08:00:00Z"}, "must close after"),
        ({"opens": "9999-12-31T23:59:59Z"}, "must close after"),
    ],
)
def test_a_window_that_cannot_be_says_what_of_it_is_wrong(given: object, why: str) -> None:
    with pytest.raises(Wrong, match=f"Window 0:? {why}"):
        window(given)


def test_without_windows_messages_go_out_at_once() -> None:
    assert windows.term([], NINE) == Term(None, LIFE)


def test_messages_wait_for_the_first_window_and_end_with_the_last() -> None:
    past, first, last = (
        Window(second(-20), second(-10)), Window(second(60), second(120)), Window(second(300), second(400)),
    )  # fmt: skip

    assert windows.term([last, past, first], NINE) == Term(second(60), timedelta(seconds=340))


def test_in_an_open_window_messages_go_out_at_once() -> None:
    assert windows.term([Window(second(-5), second(5))], NINE) == Term(None, timedelta(seconds=5))


def test_windows_that_have_closed_mean_nothing() -> None:
    assert windows.term([Window(second(-5), second(0))], NINE) is None


def test_a_window_at_the_end_of_the_calendar_is_within_it() -> None:
    far = FARTHEST + timedelta(days=36_000)

    term = windows.term([Window(far, far + HOUR)], NINE)

    assert term is not None
    assert term.opens == FARTHEST
    assert term.validity <= LIFE
