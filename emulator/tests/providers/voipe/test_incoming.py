"""What came in: by keyword, for a user, for nobody."""

from typing import Any

import pytest

from emulator.providers.voipe.filters import Window, leading_number, like, window, without_prefix
from emulator.tests.providers.voipe.called import UPSTREAM, Called


@pytest.fixture
def called() -> Called:
    called = Called()
    called.describe(keywords="info Help")
    called.come_in('INFO "hello" there')
    called.advance(60)
    called.come_in("help", sender="0531234567")
    called.come_in("hello", sender="Bank")
    called.come_in("nobody's", user="admin")
    called.come_in("@admin hello", user="admin")
    return called


def test_each_message_stands_in_one_list(called: Called) -> None:
    handled = called.rows("in")

    assert handled == [
        {"id": "2", "src": "0531234567", "dst": "0771234567", "kwd": "HELP", "msg": "",
         "dt": "2026-03-02 09:01:00", "status": "1"},
        {"id": "1", "src": "+972521234567", "dst": "0771234567", "kwd": "INFO", "msg": "'hello' there",
         "dt": "2026-03-02 09:00:00", "status": "1"},
    ]  # fmt: skip
    assert called.rows("ix") == [
        {"id": "3", "src": "Bank", "dst": "0771234567", "msg": "hello", "dt": "2026-03-02 09:01:00"}
    ]
    assert [row["id"] for row in called.rows("sx", "admin")] == ["4"]
    assert [row["id"] for row in called.rows("ix", "admin")] == ["5"]
    assert (called.error("sx"), called.error("in", "empty"), called.error("ix", "empty")) == ("501",) * 3


@pytest.mark.parametrize(
    ("fields", "ids"),
    [
        ({"kwd": "Info"}, "1"),
        ({"kwd": "inf"}, ""),
        ({"src": "0521234567"}, "1"),
        ({"src": "972531234567"}, "2"),
        ({"src": "05_1%7"}, "21"),
        ({"dst": "0771234567"}, "21"),
        ({"dst": "0771234"}, ""),
        ({"dt": "09:01"}, "2"),
        ({"src": "0521234567", "dt": "09:01"}, "21"),
        ({"c": "1"}, "2"),
        ({"c": "1,1"}, "1"),
        ({"c": "x"}, ""),
        ({"last": "1"}, "2"),
        ({"last": "x"}, ""),
        ({"queue": "x", "smslog_id": "9"}, "21"),
    ],
)
def test_a_list_is_filtered(called: Called, fields: dict[str, str], ids: str) -> None:
    assert "".join(row["id"] for row in called.rows("in", **fields)) == ids


@pytest.mark.parametrize(
    ("msg", "where"),
    [("Info please", ("in", "demo")), ("@EMPTY hi", ("ix", "empty")), ("lost", ("sx", "admin"))],
)
def test_an_administrator_lets_messages_come_in(msg: str, where: tuple[str, str]) -> None:
    called = Called()
    called.describe(keywords="INFO")

    told = called.said("inject", "admin", sender="+97252", recvnum="077", msg=f"{msg} & <b>")

    assert told == {"status": "OK", "error": "0", "error_string": None}
    assert [(row["src"], row["dst"]) for row in called.rows(*where)] == [("+97252", "077")]
    assert called.rows(*where)[0]["msg"].endswith("&amp; &lt;b&gt;")


@pytest.mark.parametrize("fields", [{}, {"sender": "1"}, {"msg": "x"}, {"sender": "0", "msg": "x"}])
def test_a_message_comes_in_from_somebody_with_a_text(fields: dict[str, str]) -> None:
    assert Called().error("inject", "admin", **fields) == "602"
    assert Called().error("inject", **fields) == "600"


@pytest.mark.parametrize(("quirks", "dt"), [({}, "09:00:00"), (UPSTREAM, "07:00:00")])
def test_a_real_server_takes_the_moment_of_a_user_for_one_of_its_zone(
    quirks: dict[str, Any], dt: str
) -> None:
    called = Called(**quirks)
    called.get("pv", to="@empty", msg="hello")

    assert called.rows("ix", "empty")[0]["dt"] == f"2026-03-02 {dt}"


@pytest.mark.parametrize(
    ("c", "last", "found"),
    [
        ("", "", Window(0, 100, 0)),
        ("0", "-3", Window(0, 100, 0)),
        ("007", "12", Window(0, 7, 12)),
        ("3, 4", "1.9", Window(3, 4, 1)),
        ("1 2", "", None),
        ("-1", "", None),
        ("", "1a", None),
    ],
)
def test_a_window_is_read_as_the_database_reads_it(c: str, last: str, found: Window | None) -> None:
    assert window(c, last) == found


@pytest.mark.parametrize(
    ("number", "end"), [("0521", "521"), ("972521", "521"), ("+972521", "2521"), ("97", "")]
)
def test_a_number_is_compared_by_its_ending(number: str, end: str) -> None:
    assert without_prefix(number) == end


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("Ab", "aB", True),
        ("a%c", "abbc", True),
        ("a_c", "abbc", False),
        ("%%%%%%%%%%%%%%%%%%%%%%%%%%%%b", "a" * 5000, False),
        ("%a%a%a%a%a%a%a%a%a%a%a%b", "a" * 5000, False),
        ("%a_c%c", "abcac", True),
        ("a" * 501, "a" * 501, False),
        ("a.c", "abc", False),
        ("%", "", True),
    ],
)
def test_a_pattern_has_two_wildcards(pattern: str, text: str, fits: bool) -> None:
    assert bool(like(pattern)(text)) is fits


def test_a_text_is_the_number_that_it_begins_with() -> None:
    assert [leading_number(text) for text in ("12ab", "ab", "", "٣")] == [12, 0, 0, 0]
