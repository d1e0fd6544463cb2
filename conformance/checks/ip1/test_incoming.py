"""Ta emot inkommande SMS."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import pairwise

import pytest

from conformance.checks.ip1.calls import (
    ATTEMPTS,
    CALLBACK,
    ID,
    MOMENT,
    RETRY,
    SLACK,
    VIRTUAL,
    Document,
    done,
    listed,
    owner,
    pushes,
)
from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.ip1 import BATCHES, CONVERSATIONS, SETTINGS, Ip1Driver
from conformance.numbers import PREFIX, Numbers
from conformance.receiver import Answer, Receiver
from conformance.requirement import requirement
from conformance.verify import verify

MEMBERS = {
    "id",
    "batchId",
    "owner",
    "sender",
    "recipient",
    "body",
    "direction",
    "segments",
    "type",
    "datacoding",
    "priority",
    "statuses",
    "modified",
    "mcc",
    "mnc",
}

Says = Callable[[str], None]


@pytest.fixture
def handset(numbers: Numbers) -> str:
    return numbers()[0]


@pytest.fixture
def says(control: Control, login: str, handset: str) -> Says:
    """What happens when the handset writes."""

    def writes(text: str) -> None:
        control.inbound(provider="ip1", account=login, sender=handset, to=VIRTUAL, text=text)

    return writes


@pytest.fixture
def listening(ip1: Ip1Driver, receiver: Receiver) -> Iterator[Receiver]:
    """The receiver, at the address that the settings have."""
    done(ip1.put(f"{SETTINGS}/{CALLBACK}", receiver.url("/mo")))
    yield receiver
    ip1.delete(f"{SETTINGS}/{CALLBACK}")


def heard(says: Says, receiver: Receiver, text: str = "Hello") -> Document:
    """What is pushed of a handset's message."""
    says(text)
    return pushes(receiver)[0]


@requirement("ip1/incoming/pushed")
def test_an_incoming_message_is_pushed(says: Says, listening: Receiver) -> None:
    """With its text, when it comes."""
    verify(heard(says, listening, "Hej, Åsa!").get("body")).equals("Hej, Åsa!")


@requirement("ip1/incoming/post")
def test_an_incoming_message_is_posted_once(clock: Clock, says: Says, listening: Receiver) -> None:
    """Where it is answered with 200."""
    heard(says, listening)
    clock.advance(3600)

    found = listening.callbacks(settle=0.1)
    verify([(one.method, one.target) for one in found]).equals([("POST", "/mo")])


@requirement("ip1/incoming/again")
@pytest.mark.parametrize("status", [404, 500])
def test_an_incoming_message_that_was_not_taken_comes_again(
    clock: Clock, says: Says, listening: Receiver, status: int
) -> None:
    """The same."""
    listening.answers(Answer(status=status))
    heard(says, listening)
    clock.advance(RETRY + SLACK)

    first, second = pushes(listening, 2)[:2]
    verify(second).equals(first)


@requirement("ip1/incoming/setting")
def test_nothing_is_pushed_without_an_address(
    ip1: Ip1Driver, control: Control, says: Says, listening: Receiver
) -> None:
    """Before it is set, and after it was deleted."""
    done(ip1.delete(f"{SETTINGS}/{CALLBACK}"))
    says("Is anybody there?")
    verify(control.callbacks()).equals([])

    done(ip1.put(f"{SETTINGS}/{CALLBACK}", listening.url("/mo")))
    verify(heard(says, listening, "Well?").get("body")).equals("Well?")


@requirement("ip1/incoming/document")
def test_an_incoming_message_has_these_members(ip1: Ip1Driver, says: Says, listening: Receiver) -> None:
    """No more, above all no price, and no fewer."""
    push = heard(says, listening, "a" * 161)

    verify(set(push)).equals(MEMBERS)
    verify((push.get("owner"), push.get("segments"), push.get("priority"))).equals((owner(ip1), 2, 1))
    verify(push.get("id")).matches(ID)
    verify(push.get("batchId")).matches(ID)
    verify(push.get("modified")).matches(MOMENT)
    words = [str(push.get(name)).lower() for name in ("type", "datacoding")]
    verify(words).equals(["sms", "gsm"])
    verify(push.get("mcc")).equals("202" if str(push.get("sender")).startswith(PREFIX) else push.get("mcc"))


@requirement("ip1/incoming/sender")
def test_an_incoming_message_tells_from_whom_and_to_whom(
    says: Says, listening: Receiver, handset: str
) -> None:
    """The telephone, and the number it wrote to."""
    push = heard(says, listening)

    verify((push.get("sender"), push.get("recipient"))).equals((handset, VIRTUAL))
    verify(str(push.get("direction")).lower()).equals("mo")


@requirement("ip1/incoming/statuses")
def test_an_incoming_message_has_arrived(says: Says, listening: Receiver) -> None:
    """One status, and that for good."""
    statuses = heard(says, listening).get("statuses") or [{}]

    verify([(one.get("code"), one.get("duration")) for one in statuses]).equals([(201, 1)])
    verify(statuses[0].get("created")).matches(MOMENT)


@requirement("ip1/incoming/schedule")
def test_an_incoming_message_is_tried_ten_times(control: Control, says: Says, listening: Receiver) -> None:
    """Every ten minutes."""
    listening.answers(*[Answer(status=500)] * 20)
    says("Hello")
    for _ in range(ATTEMPTS + 2):
        control.advance(RETRY + SLACK)
    pushes(listening, ATTEMPTS)
    (push,) = control.callbacks()
    moments = [datetime.fromisoformat(one["at"]) for one in push["attempts"]]
    waits = [(later - earlier).total_seconds() for earlier, later in pairwise(moments)]

    verify(len(listening.callbacks(settle=0.05))).equals(ATTEMPTS)
    verify(waits).equals([float(RETRY)] * (ATTEMPTS - 1))


@requirement("ip1/incoming/only-200")
def test_no_other_status_settles_an_incoming_message(clock: Clock, says: Says, listening: Receiver) -> None:
    """It comes again after 202."""
    listening.answers(Answer(status=202))
    heard(says, listening)
    clock.advance(RETRY + SLACK)

    verify(len(pushes(listening, 2, timeout=1.0))).equals(2)


@requirement("ip1/incoming/conversation")
def test_an_incoming_message_is_in_the_conversation(
    ip1: Ip1Driver, says: Says, listening: Receiver, handset: str
) -> None:
    """Under the id that was pushed, with the same members."""
    push = heard(says, listening)
    (shown,) = listed(ip1.get(f"{CONVERSATIONS}/{handset}/mo")) or [{}]

    verify({name: shown.get(name) for name in push}).equals(push)


@requirement("ip1/incoming/batch")
def test_the_batch_of_an_incoming_message_can_be_read(
    ip1: Ip1Driver, says: Says, listening: Receiver
) -> None:
    """With its direction."""
    push = heard(says, listening)
    answer = ip1.get(f"{BATCHES}/{push.get('batchId')}")

    verify(answer.status).equals(200)
    verify(str(answer.document.get("direction")).lower()).equals("mo")


@requirement("ip1/incoming/lower-case")
def test_words_are_in_small_letters(says: Says, listening: Receiver) -> None:
    """As in other documents."""
    push = heard(says, listening)

    verify([push.get(name) for name in ("direction", "type", "datacoding")]).equals(["mo", "sms", "gsm"])


@requirement("ip1/incoming/setting")
def test_the_address_of_another_hears_nothing(
    empty: Ip1Driver, control: Control, receiver: Receiver, says: Says
) -> None:
    """Each account has its own."""
    done(empty.put(f"{SETTINGS}/{CALLBACK}", receiver.url("/mo")))
    says("Hello")

    verify(control.callbacks()).equals([])
