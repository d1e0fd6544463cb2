"""pv: the message, its footer, its sender, and how many parts that makes."""

import pytest

from conformance.checks.voipe.calls import (
    BARE,
    HEBREW,
    LETTER,
    inbox,
    sent,
    stored,
)
from conformance.checks.voipe.conftest import Parts, User
from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.voipe import VoipeDriver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify


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


@requirement("voipe/text/name")
def test_the_place_of_a_name_is_text(user: User, clock: Clock, numbers: Numbers) -> None:
    """Although it is known whose number that is."""
    (number,) = numbers()
    dana = user("dana", **{"contact.5": f"Eli; {number}"})

    verify(sent(dana, clock, dana.pv(number, "Dear #NAME#"))["msg"]).equals("Dear #NAME#")


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
def test_long_messages_have_several_parts(voipe: VoipeDriver, parts: Parts, length: int, count: int) -> None:
    """At the borders."""
    verify(parts(voipe, "a" * length, **BARE)).equals(count)


@requirement("voipe/segments/unicode")
@pytest.mark.parametrize(("length", "count"), [(1, 1), (70, 1), (71, 2), (134, 2), (135, 3)])
def test_flagged_messages_have_shorter_parts(
    voipe: VoipeDriver, parts: Parts, length: int, count: int
) -> None:
    """At the borders, whatever the letters."""
    verify(parts(voipe, "a" * length, unicode=1, **BARE)).equals(count)


@requirement("voipe/segments/auto-unicode")
def test_foreign_letters_have_shorter_parts(voipe: VoipeDriver, parts: Parts) -> None:
    """Without the flag."""
    verify(parts(voipe, LETTER * 70, **BARE)).equals(1)
    verify(parts(voipe, LETTER * 71, **BARE)).equals(2)


@requirement("voipe/segments/extension")
def test_signs_of_the_extension_count_once(voipe: VoipeDriver, parts: Parts) -> None:
    """A hundred and sixty of them."""
    verify(parts(voipe, "[]" * 80, **BARE)).equals(1)
    verify(parts(voipe, "[]" * 80 + "x", **BARE)).equals(2)
