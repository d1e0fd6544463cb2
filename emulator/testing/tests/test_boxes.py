"""Messages are found, counted, waited for, and told of where they are missed."""

from threading import Thread

import pytest

from emulator.testing import Inbox, Missed, Outbox, Space
from emulator.testing.tests.calling import NUMBER, sent


def test_a_message_is_found_by_what_is_known_of_it(smslab_space: Space, smslab_outbox: Outbox) -> None:
    for text in ("Hello", "Good morning", "Hello again"):
        sent(smslab_space, message=text)

    found = smslab_outbox.find(provider="isms", account="demo", to=NUMBER, text="Hello", status="queued")

    assert [message.text for message in found] == ["Hello", "Hello again"]
    assert len(smslab_outbox) == 3


def test_a_message_is_a_value_with_all_its_parts(smslab_space: Space, smslab_outbox: Outbox) -> None:
    answer = sent(smslab_space)

    message = smslab_outbox.one()

    assert f"ID:{message.reference}" == answer
    assert repr((message.price, message.accepted_at.tzname(), message.status)) == (
        "(Decimal('1.0'), 'UTC', <Status.QUEUED: 'queued'>)"
    )


def test_one_message_too_many_is_missed_with_all_there_are(
    smslab_space: Space, smslab_outbox: Outbox
) -> None:
    sent(smslab_space)
    sent(smslab_space, message="Again")

    with pytest.raises(Missed) as missed:
        smslab_outbox.one(to=NUMBER)

    assert str(missed.value).splitlines() == [
        f"2 messages with to='{NUMBER}', not one; all there is:",
        f"  #1 isms/demo smslab -> {NUMBER} 'Hello' queued",
        f"  #2 isms/demo smslab -> {NUMBER} 'Again' queued",
    ]


def test_waiting_ends_with_the_message_that_was_waited_for(
    smslab_space: Space, smslab_outbox: Outbox
) -> None:
    sender = Thread(target=sent, args=(smslab_space,))
    sender.start()

    (message,) = smslab_outbox.wait(text="Hello", timeout=30)

    assert message.recipient == NUMBER
    sender.join()


def test_waiting_in_vain_for_a_state_tells_that_the_clock_stands(
    smslab_space: Space, smslab_outbox: Outbox
) -> None:
    sent(smslab_space)

    with pytest.raises(
        Missed, match=r"^0 of 1 messages with status='delivered' after 0 s; all there is:\n"
    ) as it:
        smslab_outbox.wait(status="delivered", timeout=0)

    assert str(it.value).splitlines()[-1] == (
        "the clock of this space stands still: move it with clock.advance(seconds)"
    )


@pytest.mark.smslab(rate=1)
def test_waiting_in_vain_blames_no_clock_that_runs(smslab_outbox: Outbox) -> None:
    with pytest.raises(Missed) as missed:
        smslab_outbox.wait(status="delivered", timeout=0)

    assert str(missed.value) == "0 of 1 messages with status='delivered' after 0 s; there are none at all"


def test_an_outbox_can_be_emptied(smslab_space: Space, smslab_outbox: Outbox) -> None:
    sent(smslab_space)

    smslab_outbox.clear()

    assert list(smslab_outbox) == []


def test_what_a_handset_writes_is_in_the_inbox(smslab_inbox: Inbox) -> None:
    letter = smslab_inbox.receive("Hi", provider="isms", account="demo", sender=NUMBER, to="12345")

    assert list(smslab_inbox) == [letter]
    assert (letter.sender, letter.recipient, letter.text) == (NUMBER, "12345", "Hi")
    assert len(smslab_inbox) == 1
