"""send.php: what becomes of a text on its way."""

import pytest

from conformance.checks.isms.calls import cost, identifier, inbox, said
from conformance.control import Control
from conformance.drivers.isms import IsmsDriver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

ARABIC, CHINESE, GREEK, RUSSIAN = "صباح الخير", "早上好", "Καλημέρα", "Доброе утро"


@requirement("isms/text/every-language")
@pytest.mark.parametrize(
    "text", [ARABIC, CHINESE, GREEK, RUSSIAN], ids=["arabic", "chinese", "greek", "russian"]
)
def test_a_greeting_arrives_in_its_own_script(
    isms: IsmsDriver, control: Control, numbers: Numbers, text: str
) -> None:
    """Character by character."""
    verify(inbox(control, isms.send(to=numbers(), message=text, coding="UTF-8"))["text"]).equals(text)


@requirement("isms/text/concatenated")
def test_a_long_text_is_accepted_under_one_identifier(isms: IsmsDriver, numbers: Numbers) -> None:
    """Three parts' worth."""
    mobile = numbers()[0]
    mid = identifier(isms.send(to=mobile, message="All work and no play. " * 18))

    verify(said(isms.query(mid=mid, mobile=mobile))).matches(r"Status: \w+")


@requirement("isms/text/concatenated")
def test_a_long_text_arrives_whole(isms: IsmsDriver, control: Control, numbers: Numbers) -> None:
    """One message in several parts, not several messages."""
    text = "All work and no play. " * 18
    message = inbox(control, isms.send(to=numbers(), message=text))

    verify((message["text"], message["parts"])).equals((text, 3))
    verify(len(control.messages(provider="isms"))).equals(1)


@requirement("isms/text/gsm-parts")
@pytest.mark.parametrize(("length", "parts"), [(1, 1), (160, 1), (161, 2), (306, 2), (307, 3), (459, 3)])
def test_gsm_text_is_cut_at_160_and_153(
    isms: IsmsDriver, control: Control, numbers: Numbers, length: int, parts: int
) -> None:
    """On both sides of every edge."""
    verify(inbox(control, isms.send(to=numbers(), message="a" * length))["parts"]).equals(parts)


@requirement("isms/text/ucs2-parts")
@pytest.mark.parametrize(
    ("text", "parts"),
    [("я" * 70, 1), ("я" * 71, 2), ("я" * 134, 2), ("я" * 135, 3), ("😀" * 35, 1), ("😀" * 36, 2)],
    ids=["70", "71", "134", "135", "35 pairs", "36 pairs"],
)
def test_ucs2_text_is_cut_at_70_and_67(
    isms: IsmsDriver, control: Control, numbers: Numbers, text: str, parts: int
) -> None:
    """Letters of one unit, pictures of two."""
    verify(inbox(control, isms.send(to=numbers(), message=text, coding="UTF-8"))["parts"]).equals(parts)


@requirement("isms/text/extension")
@pytest.mark.parametrize("character", "^{}\\[~]|€")
def test_extended_characters_count_twice(
    isms: IsmsDriver, control: Control, numbers: Numbers, character: str
) -> None:
    """Eighty of them fill a message; one letter more and there are two."""
    full = inbox(control, isms.send(to=numbers(), message=character * 80))
    more = inbox(control, isms.send(to=numbers(), message=character * 80 + "a"))

    verify((full["text"], full["parts"])).equals((character * 80, 1))
    verify(more["parts"]).equals(2)


@requirement("isms/text/pairs-stay-whole")
@pytest.mark.parametrize(
    ("text", "coding"),
    [("a" * 152 + "€" + "a" * 152, "GSM"), ("я" * 66 + "😀" + "я" * 66, "UTF-8")],
    ids=["escape", "surrogate"],
)
def test_no_pair_is_cut_in_two(
    isms: IsmsDriver, control: Control, numbers: Numbers, text: str, coding: str
) -> None:
    """Two parts would hold the units, were the pair not just across the edge."""
    verify(inbox(control, isms.send(to=numbers(), message=text, coding=coding))["parts"]).equals(3)


@requirement("isms/text/utf8-counts-as-ucs2")
@pytest.mark.parametrize(("length", "parts"), [(70, 1), (71, 2)])
def test_latin_text_counts_as_ucs2_when_sent_as_utf8(
    isms: IsmsDriver, control: Control, numbers: Numbers, length: int, parts: int
) -> None:
    """Though it would fit the GSM alphabet."""
    message = inbox(control, isms.send(to=numbers(), message="a" * length, coding="UTF-8"))

    verify((message["coding"], message["parts"])).equals(("ucs2", parts))


@requirement("isms/text/greek-capitals")
@pytest.mark.parametrize(
    ("text", "arrives"),
    [
        ("Καλημέρα", "KAΛHMEPA"),
        ("ψωμί, ξίδι, φασόλια", "ΨΩMI, ΞIΔI, ΦAΣOΛIA"),
        ("γεύση θάλασσας", "ΓEYΣH ΘAΛAΣΣAΣ"),
        ("Ϊϋΐΰ", "IYIY"),
        ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),
    ],
)
def test_greek_becomes_gsm_capitals(
    isms: IsmsDriver, control: Control, numbers: Numbers, text: str, arrives: str
) -> None:
    """Accents, both sigmas, letters that only look Latin."""
    message = inbox(control, isms.send(to=numbers(), message=text, coding="GSM"))

    verify((message["text"], message["coding"])).equals((arrives, "gsm7"))


@requirement("isms/text/question-marks")
@pytest.mark.parametrize(
    ("text", "arrives"), [("早上好", "???"), ("ja ы da", "ja ? da"), ("ok 😀!", "ok ?!")]
)
def test_what_gsm_lacks_becomes_a_question_mark(
    isms: IsmsDriver, control: Control, numbers: Numbers, text: str, arrives: str
) -> None:
    """One for each character."""
    verify(inbox(control, isms.send(to=numbers(), message=text, coding="GSM"))["text"]).equals(arrives)


@requirement("isms/text/empty")
def test_no_text_costs_as_much_as_a_short_one(isms: IsmsDriver, numbers: Numbers) -> None:
    """The parameter left out, against one letter."""
    short = cost(isms, lambda: isms.send(to=numbers(), message="a"))

    verify(cost(isms, lambda: isms.send(to=numbers(), message=None))).equals(short)


@requirement("isms/text/empty")
def test_no_text_arrives_as_one_empty_part(isms: IsmsDriver, control: Control, numbers: Numbers) -> None:
    """The parameter left out."""
    message = inbox(control, isms.send(to=numbers(), message=None))

    verify((message["text"], message["parts"])).equals(("", 1))
