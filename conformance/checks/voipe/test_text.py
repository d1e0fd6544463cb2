"""pv: the message, its footer, its sender, and how many parts that makes."""

import pytest

from conformance.checks.voipe.calls import (
    HEBREW,
    cost,
    inbox,
    sent,
    taken,
)
from conformance.checks.voipe.conftest import User
from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.voipe import VoipeDriver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

LETTER = "ש"
BARE = {"nofooter": 1}


def parts(voipe: VoipeDriver, numbers: Numbers, msg: str, **more: str | int) -> int:
    """How many parts a message is charged for, where each costs one."""
    return int(cost(voipe, lambda: voipe.pv(numbers()[0], msg, **more)))


def stored(voipe: VoipeDriver, clock: Clock, numbers: Numbers, msg: str, **more: str | int) -> str:
    """What ds says was sent."""
    return str(sent(voipe, clock, voipe.pv(numbers()[0], msg, **more))["msg"])


@requirement("voipe/text/unchanged")
@pytest.mark.parametrize("msg", ["hello", f"{HEBREW} world", "è € ж", "#1: 100% + 2 = 3?", "NULL", "00"])
def test_a_message_arrives_as_it_was_sent(
    voipe: VoipeDriver, clock: Clock, numbers: Numbers, msg: str
) -> None:
    """In several alphabets."""
    verify(stored(voipe, clock, numbers, msg)).equals(msg)


@requirement("voipe/text/line-ends")
def test_line_ends_are_line_feeds(voipe: VoipeDriver, clock: Clock, numbers: Numbers) -> None:
    """Two ways to write one."""
    verify(stored(voipe, clock, numbers, "a\r\nb\nc")).equals("a\nb\nc")


@requirement("voipe/text/longest")
def test_a_message_is_cut(user: User, clock: Clock, numbers: Numbers) -> None:
    """To what three parts hold beside the footer."""
    dana = user("dana")

    verify(len(stored(dana, clock, numbers, "a" * 460))).equals(453)
    verify(len(stored(dana, clock, numbers, "a" * 453))).equals(453)
    verify(len(stored(user("bare", footer=""), clock, numbers, "a" * 460))).equals(459)


@requirement("voipe/text/longest-anyway")
def test_the_footer_is_reckoned_unsent(user: User, clock: Clock, numbers: Numbers) -> None:
    """Left out, or replaced by a shorter one."""
    dana = user("dana")

    verify(len(stored(dana, clock, numbers, "a" * 500, **BARE))).equals(453)
    verify(len(stored(dana, clock, numbers, "a" * 500, footer="x"))).equals(453)


@requirement("voipe/text/cut-characters")
def test_a_message_is_cut_between_letters(user: User, clock: Clock, numbers: Numbers) -> None:
    """Which take two octets each."""
    dana = user("dana")

    verify(stored(dana, clock, numbers, LETTER * 300, unicode=1)).equals(LETTER * 300)
    verify(stored(dana, clock, numbers, LETTER * 460, unicode=1)).equals(LETTER * 453)


@requirement("voipe/text/markup")
@pytest.mark.parametrize(
    "msg", ["<b>bold</b>", "a <foo>bar</foo> c", "<script>x</script>y", "a<b and c>d", "1 &lt; 2"]
)
def test_markup_is_text(voipe: VoipeDriver, control: Control, numbers: Numbers, msg: str) -> None:
    """Known tags, unknown ones, things that are none."""
    verify(inbox(control, voipe.pv(numbers()[0], msg, **BARE))["text"]).equals(msg)


@requirement("voipe/text/astral")
def test_pictures_arrive(voipe: VoipeDriver, clock: Clock, numbers: Numbers) -> None:
    """Between words."""
    verify(stored(voipe, clock, numbers, "party \U0001f600 time")).equals("party \U0001f600 time")


@requirement("voipe/pv/type")
def test_a_message_may_flash(voipe: VoipeDriver, control: Control, numbers: Numbers) -> None:
    """And does not if it is not said."""
    found = [
        inbox(control, voipe.pv(numbers()[0], type=type))["flash"] for type in ("flash", "text", None, "")
    ]

    verify(found).equals([True, False, False, False])


@requirement("voipe/text/other-type")
def test_unknown_types_are_ordinary(voipe: VoipeDriver, control: Control, numbers: Numbers) -> None:
    """Something else altogether."""
    verify(inbox(control, voipe.pv(numbers()[0], type="nonsense"))["flash"]).equals(False)


@requirement("voipe/pv/unicode")
def test_a_message_may_be_ucs2(voipe: VoipeDriver, control: Control, numbers: Numbers) -> None:
    """Asked for, and not."""
    found = [inbox(control, voipe.pv(numbers()[0], unicode=flag))["coding"] for flag in (1, 0, None)]

    verify(found).equals(["ucs2", "gsm7", "gsm7"])


@requirement("voipe/segments/seven-bit")
@pytest.mark.parametrize(("length", "count"), [(1, 1), (160, 1), (161, 2), (306, 2), (307, 3), (453, 3)])
def test_long_messages_have_several_parts(
    voipe: VoipeDriver, numbers: Numbers, length: int, count: int
) -> None:
    """At the borders."""
    verify(parts(voipe, numbers, "a" * length, **BARE)).equals(count)


@requirement("voipe/segments/unicode")
@pytest.mark.parametrize(("length", "count"), [(1, 1), (70, 1), (71, 2), (134, 2), (135, 3)])
def test_flagged_messages_have_shorter_parts(
    voipe: VoipeDriver, numbers: Numbers, length: int, count: int
) -> None:
    """At the borders, whatever the letters."""
    verify(parts(voipe, numbers, "a" * length, unicode=1, **BARE)).equals(count)


@requirement("voipe/segments/auto-unicode")
def test_foreign_letters_have_shorter_parts(voipe: VoipeDriver, numbers: Numbers) -> None:
    """Without the flag."""
    verify(parts(voipe, numbers, LETTER * 70, **BARE)).equals(1)
    verify(parts(voipe, numbers, LETTER * 71, **BARE)).equals(2)


@requirement("voipe/segments/extension")
def test_signs_of_the_extension_count_once(voipe: VoipeDriver, numbers: Numbers) -> None:
    """A hundred and sixty of them."""
    verify(parts(voipe, numbers, "[]" * 80, **BARE)).equals(1)
    verify(parts(voipe, numbers, "[]" * 80 + "x", **BARE)).equals(2)


@requirement("voipe/segments/footer", "voipe/footer/name", "voipe/footer/appended")
def test_the_footer_is_counted(user: User, numbers: Numbers) -> None:
    """A blank, a sign and four letters."""
    dana = user("dana")

    verify(parts(dana, numbers, "a" * 154)).equals(1)
    verify(parts(dana, numbers, "a" * 155)).equals(2)


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
def test_a_message_may_go_without_a_footer(voipe: VoipeDriver, numbers: Numbers) -> None:
    """And is the shorter for it."""
    verify([parts(voipe, numbers, "a" * 160, **BARE), parts(voipe, numbers, "a" * 160)]).equals([1, 2])


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
