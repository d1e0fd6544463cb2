"""How a landing page is laid out."""

from typing import Any

import pytest

from emulator.providers.ip1.faults import Declined
from emulator.providers.ip1.layout import LARGEST, LOOKS, element, flaws, laid_out, spelled, with_one
from emulator.providers.ip1.quirks import Quirks

QUIRKS = Quirks()


def types(elements: Any) -> list[str]:
    return [one["type"] for one in elements]


def test_members_are_known_in_any_letter_case() -> None:
    sent = {"TYPE": "Title", "TextAlignment": "Left", "Speed": 1, "ID": "mine"}

    assert spelled(sent, QUIRKS) == {"type": "Title", "textAlignment": "Left", "Speed": 1}


def test_a_whole_number_may_be_written_with_a_point() -> None:
    sent = {"type": "x", "order": 2.0, "level": 1.5, "Speed": 3.0}

    found = spelled(sent, QUIRKS)

    assert [type(value) for value in found.values()] == [str, int, float, float]
    assert [field for field, _ in flaws(found)] == ["level"]


def test_letter_case_can_count() -> None:
    assert spelled({"Type": "x", "type": "y"}, Quirks(property_case="exact")) == {"Type": "x", "type": "y"}


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"type": "Anything", "slides": [{"alt": None}]}, []),
        ({}, ["type"]),
        ({"type": ""}, ["type"]),
        ({"type": None}, ["type"]),
        ({"type": "x", "order": "1"}, ["order"]),
        ({"type": "x", "order": True}, ["order"]),
        ({"type": "x", "order": LARGEST}, []),
        ({"type": "x", "order": LARGEST + 1}, ["order"]),
        ({"type": "x", "bold": 1, "content": None}, ["content", "bold"]),
        ({"type": "x", "textAlignment": "left"}, ["textAlignment"]),
        ({"type": "x", "textAlignment": "Justified"}, []),
    ],
)
def test_known_members_are_of_their_kind(given: dict[str, Any], fields: list[str]) -> None:
    assert list(dict.fromkeys(field for field, _ in flaws(given))) == fields


@pytest.mark.parametrize("body", [None, [], "Title", 7])
def test_an_element_is_an_object(body: object) -> None:
    with pytest.raises(Declined) as caught:
        element(body, QUIRKS)

    assert list(caught.value.errors) == ["$"]


def test_those_without_an_order_come_last() -> None:
    found = laid_out(
        [("a", {"type": "last"}), ("b", {"type": "2", "order": 2}), ("c", {"type": "very last"}),
         ("d", {"type": "-1", "order": -1})]
    )  # fmt: skip

    assert types(found) == ["-1", "2", "last", "very last"]


def test_one_that_is_new_without_an_order_comes_after_all() -> None:
    page = laid_out([("a", {"type": "a", "order": LARGEST}), ("b", {"type": "b"})])

    assert types(with_one(page, "c", {"type": "c"})) == ["a", "b", "c"]


def test_the_first_has_the_order_nought() -> None:
    assert with_one([], "a", {"type": "a"}) == [{"type": "a", "id": "a", "order": 0}]


def test_one_that_is_changed_keeps_its_place_among_equals() -> None:
    page = laid_out([(id, {"type": id, "order": 1}) for id in "abc"])

    assert types(with_one(page, "b", {"type": "new", "order": 1})) == ["a", "new", "c"]


def test_a_title_has_all_that_a_title_has() -> None:
    (title,) = laid_out([("a", {"type": "Title", "content": "Hello", "level": 2})])

    assert title == {"type": "Title", "id": "a", "order": 0, **LOOKS, "content": "Hello", "level": 2}
