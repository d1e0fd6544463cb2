"""Konversationer."""

import pytest

from conformance.checks.ip1.calls import SOON, VIRTUAL, Document, done, listed, messages, sent
from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.ip1 import CONVERSATIONS, Ip1Driver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

NONE: dict[str, object] = {}


def talk(ip1: Ip1Driver, participant: str, direction: str = "") -> list[Document]:
    return listed(ip1.get(f"{CONVERSATIONS}/{participant}{direction}"))


def texts(entries: list[Document]) -> list[tuple[str, object]]:
    """Direction and text of each."""
    return [(str(one.get("direction")).lower(), one.get("body")) for one in entries]


@pytest.fixture
def participant(ip1: Ip1Driver, control: Control, clock: Clock, numbers: Numbers, login: str) -> str:
    """Has had a question and a reminder, has answered in between, and has thanked in two segments."""
    (number,) = numbers()

    def says(text: str) -> None:
        clock.advance(SOON)
        control.inbound(provider="ip1", account=login, sender=number, to=VIRTUAL, text=text)

    sent(ip1, [number], body="Will you come?")
    says("Perhaps")
    clock.advance(SOON)
    sent(ip1, [number], body="Will you?")
    says("T" * 161)
    return number


@requirement("ip1/conversations/read")
def test_a_conversation_is_what_was_said_to_and_fro(ip1: Ip1Driver, participant: str) -> None:
    """In both directions, and to nobody else."""
    verify(sorted(texts(talk(ip1, participant)))).equals(
        sorted([("mt", "Will you come?"), ("mo", "Perhaps"), ("mt", "Will you?"), ("mo", "T" * 161)])
    )


@requirement("ip1/conversations/read")
def test_what_was_sent_is_in_the_conversation(ip1: Ip1Driver, numbers: Numbers) -> None:
    """Of two recipients each has its own."""
    one, other = numbers(2)
    id = sent(ip1, [one, other])
    (expected,) = [shown for shown in messages(ip1, id) if shown.get("recipient") == one]

    newest = listed(ip1.get(f"{CONVERSATIONS}/{one}", {"order": "DESC"}))
    verify([shown for shown in newest if shown.get("batchId") == id]).equals([expected])


@requirement("ip1/conversations/list")
def test_a_conversation_is_shown_in_pages(ip1: Ip1Driver, participant: str) -> None:
    """In the order in which it went, each with its latest status."""
    whole = talk(ip1, participant)
    answer = ip1.get(f"{CONVERSATIONS}/{participant}", {"start": 1, "limit": 2})

    verify([text for _, text in texts(whole)]).equals(["Will you come?", "Perhaps", "Will you?", "T" * 161])
    verify(listed(answer)).equals(whole[1:3])
    verify({"prev", "next"} <= set(answer.links)).equals(True)
    verify([len(one.get("statuses") or ()) for one in whole]).equals([1, 1, 1, 1])


@requirement("ip1/conversations/list")
def test_a_conversation_shows_messages_as_their_batch_does(
    ip1: Ip1Driver, clock: Clock, numbers: Numbers
) -> None:
    """The same document."""
    (number,) = numbers()
    id = sent(ip1, [number])
    clock.advance(SOON)

    verify(listed(ip1.get(f"{CONVERSATIONS}/{number}", {"order": "DESC", "limit": 1}))).equals(
        messages(ip1, id)
    )


@requirement("ip1/conversations/mt")
def test_one_side_is_what_was_sent(ip1: Ip1Driver, participant: str) -> None:
    """To the participant."""
    verify(texts(talk(ip1, participant, "/mt"))).equals([("mt", "Will you come?"), ("mt", "Will you?")])


@requirement("ip1/conversations/mo")
def test_the_other_side_is_what_came(ip1: Ip1Driver, participant: str) -> None:
    """From the participant."""
    verify(texts(talk(ip1, participant, "/mo"))).equals([("mo", "Perhaps"), ("mo", "T" * 161)])


@requirement("ip1/conversations/summary", "ip1/conversations/summary-document")
def test_a_conversation_is_summed_up(ip1: Ip1Driver, participant: str) -> None:
    """By direction and latest code."""
    verify(done(ip1.get(f"{CONVERSATIONS}/{participant}/summary"))).equals(
        {
            "participant": participant,
            "totalMessageCount": 4,
            "totalSmsCount": 5,
            "mobileTerminatedMessages": {"201": {"messages": 2, "sms": 2}},
            "mobileOriginatedMessages": {"201": {"messages": 2, "sms": 3}},
        }
    )


@requirement("ip1/conversations/summary")
def test_a_summary_follows_what_is_sent(ip1: Ip1Driver, numbers: Numbers) -> None:
    """One message more, of two segments."""
    (number,) = numbers()
    path = f"{CONVERSATIONS}/{number}/summary"
    before = done(ip1.get(path))
    sent(ip1, [number], body="a" * 161)
    after = done(ip1.get(path))

    for name, more in {"totalMessageCount": 1, "totalSmsCount": 2}.items():
        verify(int(after.get(name, 0)) - int(before.get(name, 0))).equals(more)


@requirement("ip1/conversations/summary-totals")
def test_totals_are_sums_over_both_directions(ip1: Ip1Driver, participant: str) -> None:
    """Of messages and of segments."""
    summary = done(ip1.get(f"{CONVERSATIONS}/{participant}/summary"))
    groups = [
        group
        for side in ("mobileTerminatedMessages", "mobileOriginatedMessages")
        for group in (summary.get(side) or {}).values()
    ]

    verify(summary.get("totalMessageCount")).equals(sum(group.get("messages", 0) for group in groups))
    verify(summary.get("totalSmsCount")).equals(sum(group.get("sms", 0) for group in groups))
    verify(len(groups)).holds(lambda n: n >= 2, "a group for either direction")


@requirement("ip1/conversations/unknown")
@pytest.mark.parametrize("direction", ["", "/mt", "/mo"], ids=["both", "mt", "mo"])
def test_nobody_has_heard_of_a_stranger(ip1: Ip1Driver, direction: str) -> None:
    """Nothing was said."""
    verify(talk(ip1, "467000000", direction)).equals([])


@requirement("ip1/conversations/unknown")
def test_the_summary_of_a_stranger_is_nothing(ip1: Ip1Driver) -> None:
    """Noughts, and objects without members."""
    verify(done(ip1.get(f"{CONVERSATIONS}/467000000/summary"))).equals(
        {
            "participant": "467000000",
            "totalMessageCount": 0,
            "totalSmsCount": 0,
            "mobileTerminatedMessages": NONE,
            "mobileOriginatedMessages": NONE,
        }
    )
