"""ds: what is asked for."""

import pytest

from conformance.checks.voipe.calls import HIGH, SOON, ids, placed, refused, sent, taken
from conformance.checks.voipe.conftest import User
from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.voipe import VoipeDriver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

TO = ("0521234567", "+972521234567", "972521234567", "0541112222")
SENT = ("2026-03-02 09:00:01", "2026-03-02 10:00:01", "2026-03-03 10:00:01", "2026-03-03 10:00:01")


@pytest.fixture
def dana(user: User, control: Control) -> VoipeDriver:
    """A user who sent four messages: the first to a local number, the last two at the same time."""
    dana = user("dana", senders=["VipCo", "Demo"], sender="Demo")
    for number, from_, pause in zip(
        TO, ("VipCo", "Demo", "Demo", "VipCo"), (3600, 86400, 0, SOON), strict=True
    ):
        taken(dana.pv(number, from_=from_))
        control.advance(pause)
    return dana


@pytest.fixture
def places(dana: VoipeDriver) -> dict[str, int]:
    """Identifiers of the four, by their places from 1."""
    return placed(ids(dana.call("ds")))


def found(dana: VoipeDriver, places: dict[str, int], **filters: str | int) -> list[int]:
    """Which of the four are told, in their order."""
    return [places[id] for id in ids(dana.call("ds", **filters))]


ALL = [3, 4, 2, 1]


ASKED: dict[str, list[tuple[dict[str, str | int], list[int]]]] = {  # rows, and what each way to ask finds
    "voipe/ds/src-exact": [
        ({"src": "VipCo"}, [4, 1]),
        ({"src": "vipco"}, [4, 1]),
        ({"src": "Nobody"}, []),
        ({"src": "Vip"}, []),
    ],
    "voipe/ds/dst-ending": [
        ({"dst": "0521234567"}, [3, 2, 1]),
        ({"dst": "972521234567"}, [3, 2, 1]),
        ({"dst": "+972521234567"}, [3, 2]),
        ({"dst": "0999"}, []),
    ],
    "voipe/ds/dst-short": [({"dst": "123"}, ALL), ({"dst": "0"}, ALL), ({"dst": "1234"}, [])],
    "voipe/ds/wildcards": [
        ({"dst": "05%"}, ALL),
        ({"dst": "05_1234567"}, [3, 2, 1]),
        ({"dst": "054111222_"}, [4]),
        ({"dt": "2026-03-02 __:00"}, [2, 1]),
    ],
    "voipe/ds/dt-part": [
        ({"dt": "2026-03-02"}, [2, 1]),
        ({"dt": "10:00"}, [3, 4, 2]),
        ({"dt": "2026"}, ALL),
        ({"dt": "2025"}, []),
        ({"dt": "garbage"}, []),
    ],
    "voipe/ds/c-nought": [({"c": 0}, ALL), ({"c": ""}, ALL), ({"c": 1000}, ALL)],
    "voipe/ds/c-pair": [({"c": "1,2"}, [4, 2])],
    "voipe/ds/last-none": [
        ({"LAST": 9, "status": 3}, ALL),
        ({"last": ""}, ALL),
        ({"last": 0}, ALL),
        ({"last": -5}, ALL),
    ],
    "voipe/ds/and": [
        ({"src": "VipCo", "dst": "0521234567"}, [1]),
        ({"src": "Demo", "dt": "2026-03-03"}, [3]),
    ],
    "voipe/ds/dst-or-dt": [
        ({"dst": "0521234567", "dt": "2026-03-03"}, ALL),
        ({"dst": "0541112222", "dt": "09:00"}, [4, 1]),
    ],
    "voipe/ds/c-bad": [({"c": -1}, []), ({"c": "2.7"}, []), ({"c": "abc"}, [])],
    "voipe/ds/last-bad": [({"last": "abc"}, [])],
}


@pytest.mark.parametrize("row", [pytest.param(row, marks=requirement(row)) for row in ASKED])
def test_some_messages_are_told(dana: VoipeDriver, places: dict[str, int], row: str) -> None:
    """Of four, those that fit."""
    for filters, expected in ASKED[row]:
        if expected:
            verify(found(dana, places, **filters)).equals(expected)
        else:
            refused(dana.call("ds", **filters), "400")


@requirement("voipe/ds/last-excluded")
def test_messages_after_one_are_told(dana: VoipeDriver, places: dict[str, int]) -> None:
    """Without that one, and together with how many."""
    second = next(id for id, place in places.items() if place == 2)
    last = next(id for id, place in places.items() if place == 4)

    verify(found(dana, places, last=second)).equals([3, 4])
    verify(found(dana, places, last=second, c=1)).equals([3])
    refused(dana.call("ds", last=last), "400")


@requirement("voipe/ds/id-digits")
def test_one_message_is_told(dana: VoipeDriver, places: dict[str, int]) -> None:
    """Also where letters follow its identifier."""
    second = next(id for id, place in places.items() if place == 2)

    verify(found(dana, places, smslog_id=second)).equals([2])
    verify(found(dana, places, smslog_id=f"{second}abc")).equals([2])
    refused(dana.call("ds", smslog_id="abc"), "400")


@requirement("voipe/ds/queue", "voipe/ds/queue-case")
def test_messages_of_one_call_are_told(voipe: VoipeDriver, clock: Clock, numbers: Numbers) -> None:
    """By the code of their queue, in capitals too."""
    answer = voipe.pv(",".join(numbers(2)))
    taken(voipe.pv(numbers()[0]))
    clock.advance(SOON)
    queue = str(answer.entries[0]["queue"])

    for code in (queue, queue.upper()):
        verify(sorted(ids(voipe.call("ds", queue=code)))).equals(sorted(ids(answer)))


@requirement("voipe/ds/hundred")
def test_a_hundred_are_told(voipe: VoipeDriver, control: Control, numbers: Numbers) -> None:
    """Of a hundred and ten, and all where more are asked for."""
    voipe.pv(",".join(numbers(110)))
    control.advance(SOON)

    verify([len(voipe.call("ds", **more).entries) for more in ({}, {"c": 110}, {"c": ""})]).equals(
        [100, 110, 100]
    )


@requirement("voipe/ds/src", "voipe/ds/dst", "voipe/ds/dt", "voipe/ds/smslog-id", "voipe/ds/queue")
def test_a_message_is_found_by_what_is_known_of_it(
    voipe: VoipeDriver, clock: Clock, numbers: Numbers
) -> None:
    """And is not where one of it is wrong."""
    answer = voipe.pv(numbers()[0])
    row, queue = sent(voipe, clock, answer), str(answer.entries[0]["queue"])
    id, after = str(row["smslog_id"]), int(taken(answer)) - 1
    known = {"src": row["src"], "dst": row["dst"], "dt": row["dt"], "smslog_id": id, "queue": queue}

    for name, value in known.items():
        verify(ids(voipe.call("ds", **{name: str(value)}, last=after))).equals([id])
        verify(voipe.call("ds", **{name: str(HIGH)}, last=after).document.get("status")).equals("ERR")


@requirement("voipe/ds/c", "voipe/ds/last", "voipe/ds/last-excluded")
def test_some_messages_of_a_call_are_told(voipe: VoipeDriver, clock: Clock, numbers: Numbers) -> None:
    """So many, or those after the first."""
    answer = voipe.pv(",".join(numbers(3)))
    known, queue = ids(answer), str(answer.entries[0]["queue"])
    clock.advance(SOON)

    verify([len(ids(voipe.call("ds", queue=queue, c=c))) for c in (1, 2, 3, 4)]).equals([1, 2, 3, 3])
    verify(sorted(ids(voipe.call("ds", queue=queue, last=known[0])))).equals(sorted(known[1:]))
    refused(voipe.call("ds", last=HIGH), "400")
