"""What a purifier leaves of a text."""

import re
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.wire.purifier import purified, unescaped
from emulator.wire.purifying import HIDDEN, KNOWN

TAGS = (
    "b",
    "/b",
    "i",
    "/i",
    "foo",
    "/foo",
    "br",
    "a href='x'",
    "/a",
    "p",
    "/p",
    "script",
    "/script",
    "li",
    "ul",
    "/ul",
)
SIGNS = ("<", ">", "&", "&amp;", "<!--", "-->", "</", "a", " ", "1", '"', "é", "=")
PIECES = st.sampled_from([*(f"<{tag}>" for tag in TAGS), *SIGNS])
HTML = st.lists(PIECES, max_size=12).map("".join)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("1 < 2 > 0", "1 < 2 > 0"),
        ("I <3 you", "I <3 you"),
        ("a<b and c>d", "a<b>d</b>"),
        ("a <foo>bar</foo> c", "a bar c"),
        ("<b>bold</b> text", "<b>bold</b> text"),
        ("<B>bold</B>", "<b>bold</b>"),
        ("a<!-- x -->b", "ab"),
        ("a<script>alert(1)</script>b", "ab"),
        ('<a href="http://x.example/?a=1&b=2">link</a>', '<a href="http://x.example/?a=1&b=2">link</a>'),
        ('<a href="javascript:alert(1)">link</a>', "<a>link</a>"),
        ('<img src="a/b.png">', '<img src="a/b.png" alt="b.png" />'),
        ("one<br>two", "one<br />two"),
        ("<p>one<p>two", "<p>one</p><p>two</p>"),
        ("<i><b>x</i>y</b>", "<i><b>x</b></i>y"),
        ("<li>item", "item"),
        ("<a href='x'>one<b><a href='y'>two</a></b>", '<a href="x">one<b>two</b></a>'),
        ("a</div>b", "a"),
        ("<b", "<b></b>"),
    ],
)
def test_tags_are_kept_closed_or_taken_out(text: str, left: str) -> None:
    assert unescaped(purified(text)) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Fish & Chips", "Fish & Chips"),
        ("AT&T; rest", "AT&T; rest"),
        ("?a=1&b=2", "?a=1&b=2"),
        ("&amp; &lt;b&gt; &quot;q&quot; &#39;", '& <b> "q" \''),
        ("&amp;amp;", "&amp;"),
        ("a &copy; b", "a © b"),
        ("&#x5e9;&#1513;", "שש"),
        ("x&nbsp;y", "x\xa0y"),
    ],
)
def test_references_are_characters(text: str, left: str) -> None:
    assert unescaped(purified(text)) == left


@pytest.mark.parametrize(
    ("octets", "left"),
    [(b"caf\xe9", "caf"), (b"caf\xe9 au lait", "cafau lait"), (b"a\x01b\x00c", "abc"), (b"a\x80b", "ab")],
)
def test_octets_that_are_no_text_vanish(octets: bytes, left: str) -> None:
    assert purified(octets.decode("utf-8", "surrogateescape")) == left


def test_line_ends_are_line_feeds() -> None:
    assert purified("one\r\ntwo\rthree") == "one\ntwo\nthree"


@given(st.text(st.characters(categories=["L", "N", "Zs", "S", "P"], exclude_characters="<>&", codec="utf-8")))
def test_text_without_markup_stays(text: str) -> None:
    assert purified(text) == text


@given(HTML)
def test_what_is_left_is_well_nested_and_known(text: str) -> None:
    left = purified(text)

    tree = fromstring(f"<div>{left}</div>")
    assert {element.tag for element in tree.iter()} <= KNOWN - HIDDEN


@given(HTML)
def test_what_is_left_would_be_left_again(text: str) -> None:
    once = purified(text)

    assert purified(once) == once


@given(HTML)
def test_nothing_is_invented(text: str) -> None:
    left = unescaped(re.sub(r"<[^>]*>", "", purified(text)))

    assert all(left.count(letter) <= text.count(letter) for letter in set(left) - {"&"})


def test_elements_in_elements_without_end_are_read_all_the_same() -> None:
    assert purified("<b>x" * 10_000).count("x") == 10_000
