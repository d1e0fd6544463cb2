"""in: what came in for a keyword."""

import pytest

from conformance.checks.voipe.calls import HIGH, every_format, ids, moment, only, placed, refused, written_to
from conformance.checks.voipe.conftest import User
from conformance.control import Control
from conformance.drivers.voipe import VoipeDriver, VoipeForm, VoipeJson
from conformance.requirement import requirement
from conformance.verify import verify

KEYS = ["id", "src", "dst", "kwd", "msg", "dt", "status"]

CAME = [  # from, to, text, seconds until the next
    ("+972521234567", "0771234567", "INFO hello there", 3600),
    ("0531234567", "0779999999", "help second", 86400),
    ("972521234567", "0771234567", "Info third", 0),
    ("Bank", "0771234567", "info fourth", 60),
]
ALL = [3, 4, 2, 1]


@pytest.fixture
def dana(user: User, control: Control) -> VoipeDriver:
    """A user with two keywords, who was written to four times."""
    dana = user("dana", keywords="INFO HELP")
    written_to(control, "dana", CAME)
    return dana


@pytest.fixture
def places(dana: VoipeDriver) -> dict[str, int]:
    return placed(ids(dana.call("in"), "id"))


def found(dana: VoipeDriver, places: dict[str, int], **filters: str | int) -> list[int]:
    """Which of the four are told, in their order."""
    return [places[id] for id in ids(dana.call("in", **filters), "id")]


@requirement("voipe/in/operation", "voipe/in/mandatory")
def test_messages_for_a_keyword_are_told(dana: VoipeDriver, form: VoipeForm, json: VoipeJson) -> None:
    """In each of the three ways, asked for nothing in particular."""
    for way in (dana, form.as_user("dana", dana.token), json.as_user("dana", dana.token)):
        verify(len(way.call("in").entries)).equals(4)


@requirement("voipe/in/keys")
@every_format
def test_an_entry_has_its_keys(dana: VoipeDriver, format: str) -> None:
    """In their order."""
    verify(list(dana.call("in", format=format).entries[0])).equals(KEYS)


@requirement("voipe/in/keyword")
def test_the_keyword_is_no_part_of_the_text(dana: VoipeDriver) -> None:
    """And is told in capitals."""
    rows = dana.call("in").entries

    verify([(row["kwd"], row["msg"], row["status"]) for row in rows]).equals(
        [
            ("INFO", "third", "1"),
            ("INFO", "fourth", "1"),
            ("HELP", "second", "1"),
            ("INFO", "hello there", "1"),
        ]
    )


@requirement("voipe/in/order")
def test_the_latest_is_told_first(dana: VoipeDriver, places: dict[str, int]) -> None:
    """Within a second the first."""
    answer = dana.call("in")

    verify([places[id] for id in ids(answer, "id")]).equals(ALL)
    verify([moment(row["dt"]).hour for row in answer.entries]).equals([10, 10, 10, 9])


ASKED: dict[str, list[tuple[dict[str, str | int], list[int]]]] = {  # rows, and what each way to ask finds
    "voipe/in/src": [({"src": "0521234567"}, [3, 1])],
    "voipe/in/src-ending": [
        ({"src": "0521234567"}, [3, 1]),
        ({"src": "972521234567"}, [3, 1]),
        ({"src": "Bank"}, [4]),
    ],
    "voipe/in/dst": [({"dst": "0779999999"}, [2])],
    "voipe/in/dst-exact": [({"dst": "0771234567"}, [3, 4, 1]), ({"dst": "771234567"}, [])],
    "voipe/in/dt": [({"dt": "2026-03-02"}, [2, 1]), ({"dt": "09:00"}, [1])],
    "voipe/in/kwd": [({"kwd": "HELP"}, [2]), ({"kwd": "info"}, [3, 4, 1]), ({"kwd": "NONE"}, [])],
    "voipe/in/c": [({"c": 2}, [3, 4]), ({"c": 1, "last": 0}, [3])],
    "voipe/in/last": [({"c": 1, "last": 0}, [3]), ({"last": HIGH}, [])],
    "voipe/in/src-or-dt": [({"src": "Bank", "dt": "09:00"}, [4, 1])],
    "voipe/in/outgoing": [({"queue": "x", "smslog_id": 1}, ALL)],
    "voipe/in/nothing": [({"src": "0999999999"}, []), ({"dt": "2027"}, [])],
    "voipe/in/bad-numbers": [({"last": "abc"}, []), ({"c": "abc"}, []), ({"c": -1}, [])],
}


@pytest.mark.parametrize("row", [pytest.param(row, marks=requirement(row)) for row in ASKED])
def test_some_messages_are_told(dana: VoipeDriver, places: dict[str, int], row: str) -> None:
    """Of four, those that fit."""
    for filters, expected in ASKED[row]:
        if expected:
            verify(found(dana, places, **filters)).equals(expected)
        else:
            refused(dana.call("in", **filters), "501")


@requirement("voipe/in/last")
def test_messages_after_one_are_told(dana: VoipeDriver, places: dict[str, int]) -> None:
    """Without that one."""
    third = next(id for id, place in places.items() if place == 3)

    verify([places[id] for id in ids(dana.call("in", last=third), "id")]).equals([4])


@requirement("voipe/in/own")
def test_messages_for_others_are_not_told(dana: VoipeDriver, user: User) -> None:
    """Who have the same keyword, and none of their own messages."""
    refused(user("other", keywords="INFO").call("in"), "501")


@requirement("voipe/in/nothing")
def test_nothing_is_told_where_nothing_came(voipe: VoipeDriver) -> None:
    """After the last message that there is."""
    refused(voipe.call("in", last=HIGH), "501")


@requirement("voipe/in/operation")
def test_messages_without_a_keyword_are_elsewhere(user: User, control: Control) -> None:
    """In the inbox."""
    dana = user("dana", keywords="INFO")
    control.inbound(provider="voipe", account="dana", sender="1", to="2", text="information")

    refused(dana.call("in"), "501")
    verify(only(dana.call("ix"))["msg"]).equals("information")
