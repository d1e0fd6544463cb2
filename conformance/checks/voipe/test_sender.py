"""pv: the sender and the footer."""

import pytest

from conformance.checks.voipe.calls import (
    BARE,
    LETTER,
    inbox,
    sent,
    stored,
    taken,
)
from conformance.checks.voipe.conftest import Parts, User
from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.voipe import VoipeDriver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify


@requirement("voipe/segments/footer", "voipe/footer/name", "voipe/footer/appended")
def test_the_footer_is_counted(user: User, parts: Parts) -> None:
    """A blank, a sign and four letters."""
    dana = user("dana")

    verify(parts(dana, "a" * 154)).equals(1)
    verify(parts(dana, "a" * 155)).equals(2)


@requirement("voipe/footer/name", "voipe/footer/appended")
def test_the_footer_stands_behind_the_message(user: User, control: Control, numbers: Numbers) -> None:
    """The name of the user, or what was set."""
    found = [
        inbox(control, dana.pv(numbers()[0], "hello"))["text"]
        for dana in (user("dana"), user("d", footer="Bye"))
    ]

    verify(found).equals(["hello @dana", "hello Bye"])


@requirement("voipe/pv/footer")
def test_a_footer_may_be_given(voipe: VoipeDriver, control: Control, numbers: Numbers) -> None:
    """Instead of the account's."""
    verify(inbox(control, voipe.pv(numbers()[0], "hello", footer="See you"))["text"]).equals("hello See you")


@requirement("voipe/pv/nofooter")
def test_a_message_may_go_without_a_footer(voipe: VoipeDriver, parts: Parts) -> None:
    """And is the shorter for it."""
    verify([parts(voipe, "a" * 160, **BARE), parts(voipe, "a" * 160)]).equals([1, 2])


@requirement("voipe/footer/empty")
@pytest.mark.parametrize("footer", ["", "0"])
def test_an_empty_footer_is_none(user: User, control: Control, numbers: Numbers, footer: str) -> None:
    """The account's own stands there."""
    verify(inbox(control, user("dana").pv(numbers()[0], "hello", footer=footer))["text"]).equals(
        "hello @dana"
    )


@requirement("voipe/footer/no-values")
@pytest.mark.parametrize(
    ("nofooter", "without"),
    [("0", False), ("", False), (" ", False), ("false", True), ("true", True), ("2", True)],
)
def test_most_values_drop_the_footer(
    user: User, control: Control, numbers: Numbers, nofooter: str, without: bool
) -> None:
    """Words among them."""
    text = inbox(control, user("dana").pv(numbers()[0], "hello", nofooter=nofooter))["text"]

    verify(text).equals("hello" if without else "hello @dana")


@requirement("voipe/footer/longest")
def test_a_footer_is_cut(voipe: VoipeDriver, control: Control, numbers: Numbers) -> None:
    """After thirty letters, of any alphabet."""
    for letter in ("F", LETTER):
        text = inbox(control, voipe.pv(numbers()[0], "hello", footer=letter * 40))["text"]
        verify(text).equals(f"hello {letter * 30}")


@requirement("voipe/footer/quotes")
def test_quotes_in_a_footer_are_single(voipe: VoipeDriver, control: Control, numbers: Numbers) -> None:
    """Around a word."""
    verify(inbox(control, voipe.pv(numbers()[0], "hello", footer='say "hi"'))["text"]).equals(
        "hello say 'hi'"
    )


@requirement("voipe/footer/not-told")
def test_the_footer_is_not_told(voipe: VoipeDriver, clock: Clock, numbers: Numbers) -> None:
    """By ds, of the account's and of another."""
    verify(stored(voipe, clock, numbers, "hello")).equals("hello")
    verify(stored(voipe, clock, numbers, "hello", footer="Bye")).equals("hello")


def sender(voipe: VoipeDriver, clock: Clock, numbers: Numbers, from_: str | None) -> str:
    """As whom a message is sent that asks for a sender."""
    return str(sent(voipe, clock, voipe.pv(numbers()[0], from_=from_))["src"])


@requirement("voipe/sender/predefined")
def test_a_sender_is_not_free(voipe: VoipeDriver, clock: Clock, numbers: Numbers) -> None:
    """One that nobody set up."""
    answer = voipe.pv(numbers()[0], from_="Qx7")
    clock.advance(60)
    rows = [
        voipe.call("ds", smslog_id=str(one["smslog_id"])) for one in answer.entries if one["status"] == "OK"
    ]

    verify([row.entries[0]["src"] for row in rows]).holds(lambda found: "Qx7" not in found, "another sender")


@requirement("voipe/pv/from", "voipe/sender/approved")
def test_a_sender_that_was_set_up_is_used(user: User, clock: Clock, numbers: Numbers) -> None:
    """One with a blank, a number, one between blanks."""
    dana = user("dana", senders=["VipInvest", "Vip Team", "0771234567"], sender="VipInvest")

    found = [
        sender(dana, clock, numbers, name) for name in ("VipInvest", "Vip Team", "0771234567", " Vip Team ")
    ]
    verify(found).equals(["VipInvest", "Vip Team", "0771234567", "Vip Team"])


@requirement("voipe/sender/unapproved")
@pytest.mark.parametrize("name", ["Qx7", "QqqqqqqqqqqqqqqqqqqqqqqZ", "+972771234567"])
def test_another_sender_is_replaced(voipe: VoipeDriver, numbers: Numbers, name: str) -> None:
    """Without a word."""
    taken(voipe.pv(numbers()[0], from_=name))


@requirement("voipe/sender/default")
@pytest.mark.parametrize("name", [None, "", "Qx7"])
def test_there_is_a_sender_by_default(user: User, clock: Clock, numbers: Numbers, name: str | None) -> None:
    """Where none was asked for, or none that was set up."""
    dana = user("dana", senders=["One", "Two"], sender="Two")

    verify(sender(dana, clock, numbers, name)).equals("Two")


@requirement("voipe/sender/none")
def test_there_may_be_no_sender(user: User, clock: Clock, numbers: Numbers) -> None:
    """Of an account that has none."""
    verify(sender(user("dana"), clock, numbers, None)).equals("")


@requirement("voipe/sender/exact")
@pytest.mark.parametrize("name", ["VIPINVEST", "vipinvest", "Vip!Invest", "VipInvest!"])
def test_a_sender_is_compared_letter_by_letter(user: User, clock: Clock, numbers: Numbers, name: str) -> None:
    """Almost the one that was set up."""
    dana = user("dana", senders=["VipInvest", "Other"], sender="Other")

    verify(sender(dana, clock, numbers, name)).equals("Other")


@requirement("voipe/sender/longest")
def test_a_sender_is_compared_as_far_as_it_may_go(user: User, clock: Clock, numbers: Numbers) -> None:
    """Sixteen characters, of which more follow."""
    dana = user("dana", senders=["ABCDEFGHIJKLMNOP", "Other"], sender="Other")

    verify(sender(dana, clock, numbers, "ABCDEFGHIJKLMNOPQRS")).equals("ABCDEFGHIJKLMNOP")
    verify(sender(dana, clock, numbers, "ABCDEFGHIJKLMNO")).equals("Other")
