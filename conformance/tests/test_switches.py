"""Assumptions on trial: a switch that is turned has to be noticed by the rows that name it."""

from dataclasses import fields

import pytest

from conformance.catalogue import catalogue
from conformance.miniature import Miniature, unmet
from conformance.tests.spoiling import switched
from emulator.providers.isms.quirks import Quirks

TURNED: dict[str, object] = {
    "accept_post": False,
    "error_status": 400,
    "content_type": "text/plain; charset=UTF-8",
    "repeated_name": "first",
    "tolerant_numbers": False,
    "fewest_digits": 9,
    "most_digits": 14,
    "duplicates": "each",
    "decode_twice": True,
    "sender_check": False,
    "unknown_coding": "utf-8",
    "utf8_counts_as": "shortest",
    "greek_transliteration": False,
    "zone": "UTC",
    "past_schedule": "refuse",
    "report_method": "GET",
    "report_fields": ["id", "to", "state", "time"],
    "report_retries": [2],
    "validity_hours": 24,
    "id_prefix": True,
    "contact_ok": "ascii",
    "delete_unknown": "ok",
}


def rows(switch: str) -> set[str]:
    """The requirements that a switch can decide otherwise."""
    return {row.id for row in catalogue() if f"isms.{switch}" in (row.setting or "").split()}


@pytest.mark.parametrize("switch", TURNED)
def test_a_turned_switch_is_noticed_by_the_rows_that_name_it(switch: str) -> None:
    settled = rows(switch)
    app = switched(**{switch: TURNED[switch]})

    found = unmet(
        Miniature(name=switch, breaks=min(settled), says=f"{switch} is turned", app=app), only=sorted(settled)
    )

    assert found == settled


def test_switches_and_rows_name_each_other() -> None:
    switches = {f"isms.{field.name}" for field in fields(Quirks)}
    named = {one for row in catalogue() for one in (row.setting or "").split() if one.startswith("isms.")}

    assert switches == named
    assert set(TURNED) == {field.name for field in fields(Quirks)}
