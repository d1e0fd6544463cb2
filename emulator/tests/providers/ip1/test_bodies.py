"""Members of a body, and what has none."""

import pytest

from emulator.providers.ip1.bodies import members, names
from emulator.providers.ip1.faults import Declined
from emulator.providers.ip1.quirks import Quirks


def test_members_are_known_in_any_letter_case_and_strangers_passed_over() -> None:
    given = {"SENDER": 1, "Sender": 2, "deliverywindows": 3, "x": 4}

    found = members(given, names("sender", "deliveryWindows"), Quirks())

    assert found == {"sender": 2, "deliveryWindows": 3}


def test_members_may_have_to_be_spelled_exactly() -> None:
    found = members({"SENDER": 1, "body": 2}, names("sender", "body"), Quirks(property_case="exact"))

    assert found == {"body": 2}


@pytest.mark.parametrize("value", [None, [], "text", 5, True])
def test_what_is_no_object_has_no_members(value: object) -> None:
    with pytest.raises(Declined):
        members(value, names("sender"), Quirks())
