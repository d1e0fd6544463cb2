"""Pages: read from a query, cut from a list, linked to one another."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.core.pages import Window
from emulator.wire.paging import BadWindow, links, window

ADDRESS = "https://example.test/list"


def relations(field: str) -> dict[str, str]:
    return {found[2]: found[1] for found in re.finditer(r'<([^>]*)>; rel="(\w+)"', field)}


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ([], Window(0, 50, False)),
        ([("start", "100"), ("limit", "25")], Window(100, 25, False)),
        ([("order", "desc")], Window(0, 50, True)),
        ([("order", "Asc")], Window(0, 50, False)),
        ([("limit", "2147483647")], Window(0, 2147483647, False)),
        ([("label", "a"), ("label", "b")], Window(0, 50, False)),
    ],
)
def test_a_query_asks_for_a_window(query: list[tuple[str, str]], asked: Window) -> None:
    assert window(query) == asked


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("start", ["-1"]), ("start", ["2147483648"]), ("start", ["1.0"]), ("start", [""]),
        ("start", ["٣"]), ("start", ["1_0"]), ("start", ["9" * 5000]), ("limit", ["0"]),
        ("limit", ["ten"]), ("order", ["up"]), ("order", [""]), ("limit", ["5", "5"]),
    ],
)  # fmt: skip
def test_a_window_that_cannot_be_says_which_parameter_is_to_blame(name: str, values: list[str]) -> None:
    with pytest.raises(BadWindow) as raised:
        window([(name, value) for value in values])

    assert raised.value.parameter == name


def test_a_cap_cuts_the_limit() -> None:
    assert window([("limit", "500")], cap=200).limit == 200
    assert window([], cap=10).limit == 10


def test_entries_may_be_counted_from_one() -> None:
    assert window([("start", "101")], first_index=1).start == 100
    assert window([], first_index=1).start == 0
    with pytest.raises(BadWindow, match="from 1 to"):
        window([("start", "0")], first_index=1)


def test_newest_first_turns_the_list_around_before_it_is_cut() -> None:
    assert Window(1, 2, True).of("abcde") == (["d", "c"], 5)


def test_links_lead_to_every_page_that_there_is() -> None:
    found = relations(links(ADDRESS, [], Window(100, 50), 201))

    assert found == {
        "self": f"{ADDRESS}?start=100&limit=50&order=ASC",
        "first": f"{ADDRESS}?start=0&limit=50&order=ASC",
        "prev": f"{ADDRESS}?start=50&limit=50&order=ASC",
        "next": f"{ADDRESS}?start=150&limit=50&order=ASC",
        "last": f"{ADDRESS}?start=200&limit=50&order=ASC",
    }


def test_an_empty_list_has_one_page() -> None:
    assert relations(links(ADDRESS, [], Window(), 0)).keys() == {"self", "first", "last"}


def test_the_way_back_never_leads_before_the_first_entry() -> None:
    assert "start=0&" in relations(links(ADDRESS, [], Window(3, 50), 4))["prev"]


def test_links_keep_what_else_was_asked_for() -> None:
    asked = [("label", "å b"), ("start", "7"), ("label", "c")]

    found = relations(links(ADDRESS, asked, Window(7, 5, True), 8, first_index=1))

    assert found["self"] == f"{ADDRESS}?label=%C3%A5+b&label=c&start=8&limit=5&order=DESC"


@given(st.integers(0, 60), st.integers(1, 20), st.booleans())
def test_following_next_shows_every_entry_once(total: int, limit: int, newest_first: bool) -> None:
    seen, start = list[int](), 0
    while True:
        shown = Window(start, limit, newest_first)
        seen += shown.of(range(total)).items
        further = relations(links(ADDRESS, [], shown, total)).get("next")
        if further is None:
            break
        start = int(further.partition("start=")[2].partition("&")[0])

    assert seen == sorted(range(total), reverse=newest_first)
