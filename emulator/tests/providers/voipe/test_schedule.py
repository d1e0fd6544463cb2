"""When a message of Voipe is sent."""

from datetime import UTC, datetime

import pytest

from emulator.core.model import Account
from emulator.providers.voipe.quirks import Quirks
from emulator.providers.voipe.schedule import moment

NOW = datetime(2026, 11, 21, 20, 28, 44, tzinfo=UTC)
ABROAD = Quirks(system_zone="Asia/Jerusalem")


def due(text: str, quirks: Quirks, zone: str = "") -> str:
    found = moment(text, Account(provider="voipe", login="demo", attributes={"zone": zone}), NOW, quirks)
    return f"{found:%Y-%m-%d %H:%M:%S}" if found else "now"


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2031-05-06 07:08:09", "2031-05-06 07:08:09"),
        ("2031-05-06T07:08:09Z", "2031-05-06 07:08:09"),
        ("tomorrow", "2026-11-22 00:00:00"),
        ("+1 hour", "2026-11-21 21:28:44"),
        ("0", "now"),
        ("garbage", "now"),
    ],
)
def test_a_moment_is_utc_where_nobody_says_otherwise(text: str, at: str) -> None:
    assert due(text, Quirks()) == at


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2031-05-06 07:08:09", "2031-05-06 05:08:09"),
        ("2031-05-06T07:08:09Z", "2031-05-06 08:08:09"),
        ("@1935740889", "2031-05-05 10:48:09"),
        ("2031-02-30 10:00:00", "2031-03-02 08:00:00"),
        ("tomorrow", "2026-11-21 22:00:00"),
        ("+1 hour", "2026-11-21 21:28:44"),
    ],
)
def test_a_server_elsewhere_takes_its_clock_for_one_without_summers(text: str, at: str) -> None:
    assert due(text, ABROAD) == at


def test_an_account_has_its_own_zone() -> None:
    assert due("2031-05-06 07:08:09", Quirks(), "-0500") == "2031-05-06 12:08:09"
    assert due("2031-05-06 07:08:09", ABROAD, "-0500") == "2031-05-06 12:08:09"
