"""Contacts in the perspective of a label."""

from typing import Any

import pytest

from emulator.tests.providers.ip1.called import UNKNOWN, Called


@pytest.fixture
def called() -> Called:
    return Called()


def made(called: Called, *labels: list[str]) -> list[str]:
    """The ids of contacts with these labels."""
    answer = called.ask("POST", "/v2/contacts?sync", [{"properties": {}, "labels": one} for one in labels])
    return [one["id"] for one in answer.json or ()]


def labels(called: Called) -> list[list[str]]:
    return [one["labels"] for one in called.get("/v2/contacts")]


def test_a_label_is_given_to_those_that_are_named(called: Called) -> None:
    one, other, _ = made(called, [], ["Sales"], ["x"])

    answer = called.ask("POST", "/v2/labels/Sales/contacts", [one, other, one, UNKNOWN])

    assert (answer.status_code, answer.json) == (200, {"labelName": "Sales", "usageCount": 2})
    assert labels(called) == [["all", "Sales"], ["Sales", "all"], ["x", "all"]]


def test_the_count_is_of_all_that_have_the_label_now(called: Called) -> None:
    made(called, ["Sales"], ["Sales"])
    (one,) = made(called, [])

    answer = called.ask("POST", "/v2/labels/Sales/contacts", [one])

    assert answer.json == {"labelName": "Sales", "usageCount": 3}


@pytest.mark.parametrize(
    ("sent", "fields"),
    [({}, ["$"]), (None, ["$"]), (UNKNOWN, ["$"]), ([7, UNKNOWN, "x", []], ["[0]", "[2]", "[3]"])],
)
def test_only_an_array_of_ids_names_contacts(sent: object, fields: list[str], called: Called) -> None:
    assert list(called.errors("POST", "/v2/labels/Sales/contacts", sent)) == fields


@pytest.mark.parametrize("path", ["S%C3%B6der%2F%C3%96st", "Söder/Öst"])
def test_a_label_may_have_any_letters(path: str, called: Called) -> None:
    (id,) = made(called, [])

    answer = called.ask("POST", f"/v2/labels/{path}/contacts", [id])

    assert answer.json == {"labelName": "Söder/Öst", "usageCount": 1}
    assert called.ask("DELETE", f"/v2/labels/{path}").json == answer.json


def test_contacts_that_lose_a_label_stay(called: Called) -> None:
    made(called, ["Sales", "x"], ["Sales"], ["x"])

    answer = called.ask("DELETE", "/v2/labels/Sales")

    assert answer.json == {"labelName": "Sales", "usageCount": 2}
    assert labels(called) == [["x", "all"], ["all"], ["x", "all"]]


@pytest.mark.parametrize(("switch", "status"), [(404, 404), (200, 200)])
def test_a_label_that_nobody_has_is_a_matter_of_taste(switch: int, status: int) -> None:
    assert Called(unknown_label=switch).ask("DELETE", "/v2/labels/Sales").status_code == status


def test_the_label_all_stays(called: Called) -> None:
    made(called, ["Sales"])

    errors: dict[str, Any] = called.errors("DELETE", "/v2/labels/all")

    assert list(errors) == ["LabelName"]
    assert labels(called) == [["Sales", "all"]]
