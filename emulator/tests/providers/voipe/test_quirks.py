"""The switches: what values they take, what the profiles are, and where an answer has no test beside it."""

from dataclasses import asdict
from typing import Any

import pytest

from emulator import settings
from emulator.providers.voipe.quirks import PROFILES, Quirks
from emulator.settings import Misconfigured
from emulator.tests.providers.voipe.called import Called


@pytest.mark.parametrize(
    ("name", "value"), [("max_parts", 0), ("max_parts", 256), ("system_zone", "Nowhere"), ("system_zone", "")]
)
def test_a_switch_is_checked(name: str, value: Any) -> None:
    with pytest.raises(ValueError, match=name):
        Quirks(**{name: value})


@pytest.mark.parametrize("name", PROFILES)
def test_a_profile_is_made_of_switches_that_it_changes(name: str) -> None:
    defaults = asdict(Quirks())

    switched = asdict(settings.switched(Quirks(), PROFILES[name], "voipe"))

    assert {switch for switch in defaults if switched[switch] != defaults[switch]} == set(PROFILES[name])


def test_an_unknown_word_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(Misconfigured, match="gaps, once"):
        settings.switched(Quirks(), {"duplicates": "never"}, "voipe")


@pytest.mark.parametrize(
    ("quirks", "written"), [({}, "<msg>R&amp;D</msg>"), ({"ampersands": "raw"}, "<msg/>")]
)
def test_an_ampersand_is_escaped_unless_the_server_forgets_it(quirks: dict[str, Any], written: str) -> None:
    called = Called(**quirks)
    called.send(msg="R&D")
    called.advance(1)

    assert written in called.get("ds", format="xml").text


@pytest.mark.parametrize(
    ("charged", "balances"), [("accepted", [999, 999, 999]), ("delivered", [1000, 1000, 999])]
)
def test_a_message_is_paid_when_it_is_taken_or_delivered(charged: str, balances: list[int]) -> None:
    called = Called(charged=charged)
    called.send()
    found = []

    for seconds in (0, 1, 2):
        called.advance(seconds)
        found.append(called.account().credit)

    assert found == balances


def test_a_message_that_nobody_can_pay_any_more_fails_when_it_is_handed_over() -> None:
    called = Called(charged="delivered")
    called.said("creditadd", "admin", data_username="empty", data_amount="1.5")
    called.advance(30)
    for schedule in ("", "+10 seconds"):
        called.send(user="empty", schedule=schedule)

    called.advance(12)

    assert [row["status"] for row in called.rows("ds", "empty")] == ["2", "3"]
    assert called.rows("ds", "empty")[0]["update"] == "0000-00-00 00:00:00"


@pytest.mark.parametrize(("quirks", "due"), [({}, 10), ({"system_zone": "Asia/Jerusalem"}, 8)])
def test_the_zone_of_the_system_is_that_of_accounts_without_one(quirks: dict[str, Any], due: int) -> None:
    called = Called(**quirks)

    called.send(schedule="2026-03-03 10:00")

    assert called.messages[0].order.scheduled_at is not None
    assert called.messages[0].order.scheduled_at.hour == due
