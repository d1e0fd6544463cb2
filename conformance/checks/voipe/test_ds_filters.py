"""ds: what is asked for."""

import pytest

from conformance.checks.voipe.calls import SOON, ids, refused, taken
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
    found = sorted(ids(dana.call("ds")), key=int)
    return {id: place for place, id in enumerate(found, start=1)}


def found(dana: VoipeDriver, places: dict[str, int], **filters: str | int) -> list[int]:
    """Which of the four are told, in their order."""
    return [places[id] for id in ids(dana.call("ds", **filters))]


ALL = [3, 4, 2, 1]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        pytest.param({"src": "VipCo"}, [4, 1], marks=requirement("voipe/ds/src", "voipe/ds/src-exact")),
        pytest.param({"src": "vipco"}, [4, 1], marks=requirement("voipe/ds/src-exact")),
        pytest.param({"dst": "0541112222"}, [4], marks=requirement("voipe/ds/dst")),
        pytest.param({"dst": "0521234567"}, [3, 2, 1], marks=requirement("voipe/ds/dst-ending")),
        pytest.param({"dst": "972521234567"}, [3, 2, 1], marks=requirement("voipe/ds/dst-ending")),
        pytest.param({"dst": "+972521234567"}, [3, 2], marks=requirement("voipe/ds/dst-ending")),
        pytest.param({"dst": "123"}, ALL, marks=requirement("voipe/ds/dst-short")),
        pytest.param({"dst": "0"}, ALL, marks=requirement("voipe/ds/dst-short")),
        pytest.param({"dst": "05%"}, ALL, marks=requirement("voipe/ds/wildcards")),
        pytest.param({"dst": "05_1234567"}, [3, 2, 1], marks=requirement("voipe/ds/wildcards")),
        pytest.param({"dst": "054111222_"}, [4], marks=requirement("voipe/ds/wildcards")),
        pytest.param({"dt": "2026-03-02 __:00"}, [2, 1], marks=requirement("voipe/ds/wildcards")),
        pytest.param({"dt": "2026-03-02"}, [2, 1], marks=requirement("voipe/ds/dt", "voipe/ds/dt-part")),
        pytest.param({"dt": "10:00"}, [3, 4, 2], marks=requirement("voipe/ds/dt-part")),
        pytest.param({"dt": "2026"}, ALL, marks=requirement("voipe/ds/dt-part")),
        pytest.param({"c": 2}, [3, 4], marks=requirement("voipe/ds/c")),
        pytest.param({"c": 1000}, ALL, marks=requirement("voipe/ds/c")),
        pytest.param({"c": 0}, ALL, marks=requirement("voipe/ds/c-nought")),
        pytest.param({"c": ""}, ALL, marks=requirement("voipe/ds/c-nought")),
        pytest.param({"c": "1,2"}, [4, 2], marks=requirement("voipe/ds/c-pair")),
        pytest.param({"last": ""}, ALL, marks=requirement("voipe/ds/last-none")),
        pytest.param({"last": 0}, ALL, marks=requirement("voipe/ds/last-none")),
        pytest.param({"last": -5}, ALL, marks=requirement("voipe/ds/last-none")),
        pytest.param({"src": "VipCo", "dst": "0521234567"}, [1], marks=requirement("voipe/ds/and")),
        pytest.param({"src": "Demo", "dt": "2026-03-03"}, [3], marks=requirement("voipe/ds/and")),
        pytest.param({"dst": "0521234567", "dt": "2026-03-03"}, ALL, marks=requirement("voipe/ds/dst-or-dt")),
        pytest.param({"dst": "0541112222", "dt": "09:00"}, [4, 1], marks=requirement("voipe/ds/dst-or-dt")),
        pytest.param({"status": 3, "uid": 1, "LAST": 9}, ALL, marks=requirement("voipe/ds/mandatory")),
    ],
)
def test_some_messages_are_told(
    dana: VoipeDriver, places: dict[str, int], filters: dict[str, str | int], expected: list[int]
) -> None:
    """Of four."""
    verify(found(dana, places, **filters)).equals(expected)


@pytest.mark.parametrize(
    "filters",
    [
        pytest.param({"src": "Nobody"}, marks=requirement("voipe/ds/src-exact")),
        pytest.param({"src": "Vip"}, marks=requirement("voipe/ds/src-exact")),
        pytest.param({"dst": "0999"}, marks=requirement("voipe/ds/dst-ending")),
        pytest.param({"dst": "1234"}, marks=requirement("voipe/ds/dst-short")),
        pytest.param({"dt": "2025"}, marks=requirement("voipe/ds/dt-part")),
        pytest.param({"dt": "garbage"}, marks=requirement("voipe/ds/dt-part")),
        pytest.param({"c": -1}, marks=requirement("voipe/ds/c-bad")),
        pytest.param({"c": "2.7"}, marks=requirement("voipe/ds/c-bad")),
        pytest.param({"c": "abc"}, marks=requirement("voipe/ds/c-bad")),
        pytest.param({"last": "abc"}, marks=requirement("voipe/ds/last-bad")),
        pytest.param({"last": 10**12}, marks=requirement("voipe/ds/last")),
    ],
)
def test_no_messages_are_told(dana: VoipeDriver, filters: dict[str, str | int]) -> None:
    """Of four."""
    refused(dana.call("ds", **filters), "400")


@requirement("voipe/ds/last", "voipe/ds/last-excluded")
def test_messages_after_one_are_told(dana: VoipeDriver, places: dict[str, int]) -> None:
    """Without that one, and together with how many."""
    second = next(id for id, place in places.items() if place == 2)
    last = next(id for id, place in places.items() if place == 4)

    verify(found(dana, places, last=second)).equals([3, 4])
    verify(found(dana, places, last=second, c=1)).equals([3])
    refused(dana.call("ds", last=last), "400")


@requirement("voipe/ds/smslog-id", "voipe/ds/id-digits")
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
