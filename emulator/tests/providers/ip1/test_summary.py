"""What all contacts come to."""

import pytest

from emulator.core.kept import Resource
from emulator.providers.ip1.summary import summary
from emulator.tests.providers.ip1.kept import a_card, a_contact


def one(*labels: str, **properties: str) -> Resource:
    return a_contact(fields=a_card(*labels, **properties))


def test_without_contacts_nothing_is_in_use() -> None:
    assert summary([]) == {"totalCount": 0, "labels": [], "properties": []}


def test_labels_stand_by_their_use() -> None:
    said = summary([one("Coworker"), one("Customer"), one("Customer")])

    assert said["labels"] == [
        {"labelName": "all", "usageCount": 3},
        {"labelName": "Customer", "usageCount": 2},
        {"labelName": "Coworker", "usageCount": 1},
    ]


def test_a_property_says_how_long_its_values_are() -> None:
    said = summary([one(firstName="Ada"), one(firstName="Åke", email="a@b.se"), one(email="")])

    assert said["totalCount"] == 3
    assert said["properties"] == [
        {"propertyName": "firstName", "usageCount": 2, "averageLength": 3, "maxLength": 3, "minLength": 3},
        {"propertyName": "email", "usageCount": 2, "averageLength": 3, "maxLength": 6, "minLength": 0},
    ]


@pytest.mark.parametrize(("values", "average"), [(("a", "ab"), 2), (("a", "a", "ab"), 1), (("a", "abcd"), 3)])
def test_halves_of_an_average_are_rounded_up(values: tuple[str, ...], average: int) -> None:
    said = summary([one(note=value) for value in values])

    assert said["properties"][0]["averageLength"] == average  # type: ignore[index]
