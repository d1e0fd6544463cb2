"""Contacts as clients write them."""

import pytest

from emulator.providers.ip1.cards import card
from emulator.providers.ip1.faults import Declined
from emulator.providers.ip1.flaws import MOST_TOLD
from emulator.providers.ip1.quirks import Quirks
from emulator.providers.ip1.written import Written, change, contacts, replacement

QUIRKS = Quirks()
ID = "606312a5d233ab8484e18404"
ADA = card({"firstName": "Ada", "email": "ada@example.com"}, ["Coworker"], all_label=True)


def objections(read: object, *given: object) -> list[str]:
    """The fields that a body is refused for."""
    with pytest.raises(Declined) as caught:
        read(*given, QUIRKS)  # type: ignore[operator]
    assert caught.value.status == 400
    return list(caught.value.errors)


def test_an_array_is_read_contact_by_contact() -> None:
    body = [{"properties": {"firstName": "Ada"}, "labels": ["a"], "metadata": 7, "x": 1}, {"Properties": {}}]

    assert contacts(body, QUIRKS) == [Written({"firstName": "Ada"}, ["a"]), Written({}, [])]


@pytest.mark.parametrize("body", [None, {}, "x", 7, {"properties": {}}])
def test_what_is_no_array_is_refused(body: object) -> None:
    assert objections(contacts, body) == ["$"]


def test_every_contact_at_fault_is_named() -> None:
    body = [
        {"properties": {"a": 1, "b": "x", "c": None}},
        {"properties": {}},
        {"labels": [7]},
        7,
        {"properties": [], "labels": None},
    ]

    assert objections(contacts, body) == [
        "[0].properties.a",
        "[0].properties.c",
        "[2].properties",
        "[2].labels",
        "[3]",
        "[4].properties",
        "[4].labels",
    ]


def test_not_more_is_told_than_anybody_reads() -> None:
    assert len(objections(contacts, [7] * (2 * MOST_TOLD))) == MOST_TOLD


def test_a_replacement_may_say_its_id() -> None:
    body = {"id": ID, "properties": {"firstName": "Bo"}}

    assert replacement(body, ID, QUIRKS) == Written({"firstName": "Bo"}, [])


@pytest.mark.parametrize("id", ["606312a5d233ab8484e18405", "", None, 7])
def test_a_replacement_with_another_id_is_refused(id: object) -> None:
    assert objections(replacement, {"id": id, "properties": {}}, ID) == ["id"]


def test_a_change_leaves_what_it_does_not_name() -> None:
    asked = change({"properties": {"email": "ada@example.org"}}, QUIRKS)

    assert asked.of(ADA) == Written({"firstName": "Ada", "email": "ada@example.org"}, ["Coworker", "all"])


def test_null_takes_a_property_away() -> None:
    asked = change({"properties": {"email": None, "nobody": None}}, QUIRKS)

    assert asked.of(ADA) == Written({"firstName": "Ada"}, ["Coworker", "all"])


@pytest.mark.parametrize(("labels", "kept"), [(["x"], ["x"]), ([], []), (None, [])])
def test_labels_of_a_change_replace_those_there_were(labels: object, kept: list[str]) -> None:
    assert change({"labels": labels}, QUIRKS).of(ADA).labels == kept


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ([], ["$"]),
        ({"properties": None}, ["properties"]),
        ({"properties": {"a": 7}, "labels": "x"}, ["properties.a", "labels"]),
    ],
)
def test_a_change_of_wrong_types_is_refused(body: object, fields: list[str]) -> None:
    assert objections(change, body) == fields


def test_letter_case_can_count() -> None:
    exact = Quirks(property_case="exact")

    with pytest.raises(Declined):
        contacts([{"Properties": {}}], exact)
    assert change({"Labels": ["x"]}, exact).labels is None
