"""The filters of the contact list."""

import pytest

from emulator.providers.ip1.filters import Filters, filters, passing
from emulator.tests.providers.ip1.kept import a_card, a_contact

ADA, BO, CY = "ada", "bo", "cy"

CONTACTS = [
    a_contact(ADA, a_card("Coworker", phoneNumber="+46701234567", firstName="Ada")),
    a_contact(BO, a_card("Coworker", "VIP", phoneNumber="070-123 45 68", firstName="Bo")),
    a_contact(CY, a_card(email="cy@example.com")),
]
BLOCKED = {"46701234568"}


def found(*query: tuple[str, str], plus: bool = True) -> list[str]:
    return [one.name for one in passing(CONTACTS, filters(query, plus=plus), BLOCKED)]


@pytest.mark.parametrize(
    ("name", "value", "names"),
    [
        ("labels", "Coworker", [ADA, BO]),
        ("labels", "coworker", []),
        ("labels", "all", [ADA, BO, CY]),
        ("properties[firstName]", "Ada", [ADA]),
        ("properties[firstName]", "Ad", []),
        ("properties[lastName]", "", []),
        ("metadata[phoneNumber.isBlocked]", "true", [BO]),
        ("metadata[phoneNumber.isBlocked]", "false", [ADA]),
        ("metadata[phoneNumber.isBlocked]", "no", []),
        ("metadata[email.isBlocked]", "false", []),
        ("metadata[phoneNumber.phoneNumberType]", "MOBILE", [ADA, BO]),
        ("metadata[phoneNumber.parsedMSISDN]", "46701234568", [BO]),
        ("metadata[phoneNumber]", "", []),
        ("property[firstName]", "Ada", [ADA, BO, CY]),
        ("properties", "Ada", [ADA, BO, CY]),
    ],
)
def test_a_value_must_be_the_same_to_the_letter(name: str, value: str, names: list[str]) -> None:
    assert found((name, value)) == names


def test_of_several_filters_all_must_hold() -> None:
    assert found(("labels", "Coworker"), ("labels", "VIP")) == [BO]
    assert found(("labels", "Coworker"), ("properties[firstName]", "Ada")) == [ADA]
    assert found(("properties[firstName]", "Ada"), ("properties[firstName]", "Bo")) == []


def test_a_name_may_have_brackets_and_dots_of_its_own() -> None:
    asked = filters([("properties[a[0]]", "x"), ("metadata[a.b.isBlocked]", "true")], plus=True)

    assert asked.properties == {("a[0]", "x")}
    assert asked.metadata == {("a.b", "isBlocked", "true")}


def test_a_blank_that_begins_a_value_is_a_plus_sign() -> None:
    assert found(("properties[phoneNumber]", " 46701234567")) == [ADA]


def test_a_blank_can_be_left_alone() -> None:
    assert found(("properties[phoneNumber]", " 46701234567"), plus=False) == []


def test_without_filters_all_pass() -> None:
    assert filters([("start", "1"), ("meta", "")], plus=True) == Filters()
    assert found() == [ADA, BO, CY]
