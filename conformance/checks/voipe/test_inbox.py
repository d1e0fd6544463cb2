"""ix and sx: what came in for a user, and for nobody."""

import pytest

from conformance.checks.voipe.calls import (
    HIGH,
    accepted,
    every_format,
    ids,
    only,
    placed,
    refused,
    succeeded,
    written_to,
)
from conformance.checks.voipe.conftest import User
from conformance.control import Control
from conformance.drivers.voipe import VoipeDriver, VoipeForm, VoipeJson
from conformance.requirement import requirement
from conformance.verify import verify

KEYS = ["id", "src", "dst", "msg", "dt"]

CAME = [  # from, to, text, seconds until the next
    ("+972521234567", "0771234567", "first", 3600),
    ("0531234567", "0779999999", "שני 'two'", 86400),
    ("972521234567", "0771234567", "third", 0),
    ("Bank", "0771234567", "fourth", 60),
]
ALL = [3, 4, 2, 1]


@pytest.fixture
def dana(user: User, control: Control) -> VoipeDriver:
    """A user who was written to four times."""
    dana = user("dana")
    written_to(control, "dana", CAME)
    return dana


@pytest.fixture
def places(dana: VoipeDriver) -> dict[str, int]:
    return placed(ids(dana.call("ix"), "id"))


def found(dana: VoipeDriver, places: dict[str, int], **filters: str | int) -> list[int]:
    return [places[id] for id in ids(dana.call("ix", **filters), "id")]


@requirement("voipe/ix/operation")
def test_messages_are_told(dana: VoipeDriver, form: VoipeForm, json: VoipeJson) -> None:
    """In each of the three ways."""
    for way in (dana, form.as_user("dana", dana.token), json.as_user("dana", dana.token)):
        verify(len(way.call("ix").entries)).equals(4)


@requirement("voipe/ix/keys")
@every_format
def test_an_entry_has_its_keys(dana: VoipeDriver, format: str) -> None:
    """In their order."""
    verify(list(dana.call("ix", format=format).entries[0])).equals(KEYS)


@requirement("voipe/ix/values")
def test_an_entry_is_of_its_message(dana: VoipeDriver) -> None:
    """The second."""
    row = dana.call("ix").entries[2]

    verify([row[key] for key in KEYS[1:]]).equals(
        ["0531234567", "0779999999", "שני 'two'", "2026-03-02 10:00:00"]
    )


@requirement("voipe/ix/order", "voipe/ix/ids")
def test_the_latest_is_told_first(dana: VoipeDriver, places: dict[str, int]) -> None:
    """Within a second the first, whose identifier is lower."""
    verify(found(dana, places)).equals(ALL)
    verify([row["msg"] for row in dana.call("ix").entries]).equals(["third", "fourth", "שני 'two'", "first"])


ASKED: dict[str, list[tuple[dict[str, str | int], list[int]]]] = {  # rows, and what each way to ask finds
    "voipe/ix/src": [({"src": "0521234567"}, [3, 1]), ({"src": "Bank"}, [4]), ({"src": "0999999999"}, [])],
    "voipe/ix/dst": [({"dst": "0779999999"}, [2]), ({"dst": "771234567"}, [])],
    "voipe/ix/dt": [({"dt": "2026-03-03"}, [3, 4]), ({"dt": "2027"}, [])],
    "voipe/ix/c": [({"c": 1}, [3]), ({"c": 3}, [3, 4, 2])],
    "voipe/ix/last-nought": [({"last": 0}, ALL)],
    "voipe/ix/ignored": [({"queue": "x", "smslog_id": 1, "kwd": "NONE", "id": 1}, ALL)],
    "voipe/ix/last": [({"last": HIGH}, [])],
}


@pytest.mark.parametrize("row", [pytest.param(row, marks=requirement(row)) for row in ASKED])
def test_some_messages_are_told(dana: VoipeDriver, places: dict[str, int], row: str) -> None:
    """Of four, those that fit."""
    for filters, expected in ASKED[row]:
        if expected:
            verify(found(dana, places, **filters)).equals(expected)
        else:
            refused(dana.call("ix", **filters), "501")


@requirement("voipe/ix/last", "voipe/ix/ids")
def test_whoever_asks_again_is_told_what_is_new(dana: VoipeDriver, control: Control) -> None:
    """After the highest identifier, as clients ask."""
    highest = max(map(int, ids(dana.call("ix"), "id")))
    refused(dana.call("ix", last=highest), "501")

    control.inbound(provider="voipe", account="dana", sender="1", to="2", text="new")
    verify(only(dana.call("ix", last=highest))["msg"]).equals("new")


@requirement("voipe/ix/own")
def test_messages_for_others_are_not_told(dana: VoipeDriver, user: User) -> None:
    """To somebody who has none."""
    refused(user("other").call("ix"), "501")


@requirement("voipe/ix/nothing")
def test_nothing_is_told_where_nothing_came(voipe: VoipeDriver) -> None:
    """After the last message that there is."""
    refused(voipe.call("ix", last=HIGH), "501")


@requirement("voipe/ix/internal")
def test_a_message_from_a_user_came_to_no_number(voipe: VoipeDriver, user: User, control: Control) -> None:
    """At the moment it was sent."""
    dana = user("dana", zone="-0500")
    accepted(voipe.pv("@dana"))

    row = only(dana.call("ix"))
    verify((row["src"], row["dst"])).equals((f"@{voipe.username}", ""))


@requirement("voipe/ix/internal-time")
def test_a_message_from_a_user_has_its_moment(voipe: VoipeDriver, user: User) -> None:
    """In UTC."""
    dana = user("dana")
    accepted(voipe.pv("@dana"))

    verify(only(dana.call("ix"))["dt"]).equals("2026-03-02 09:00:00")


def injected(admin: VoipeDriver, msg: str = "for nobody") -> None:
    succeeded(admin.call("inject", from_="0531234567", msg=msg, recvnum="0771234567"))


@requirement("voipe/sx/operation", "voipe/sx/keys")
@every_format
def test_messages_for_nobody_are_told(admin: VoipeDriver, control: Control, format: str) -> None:
    """To an administrator."""
    injected(admin)

    row = only(admin.call("sx", format=format))
    verify(list(row)).equals(KEYS)
    verify((row["src"], row["dst"], row["msg"])).equals(("0531234567", "0771234567", "for nobody"))


@requirement("voipe/sx/admin")
def test_others_are_told_nothing(admin: VoipeDriver, voipe: VoipeDriver, control: Control) -> None:
    """Though there is something."""
    injected(admin)

    refused(voipe.call("sx"), "501")
    only(admin.call("sx"))
