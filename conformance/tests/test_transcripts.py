"""Transcripts: read as written, and complaints about those that are not."""

import re
from collections.abc import Callable

import pytest

from conformance import places
from conformance.catalogue import catalogue
from conformance.control import Control
from conformance.drivers.http import HttpClient
from conformance.transcripts import Turn, filled, pattern, play, transcript, transcripts

STORY = """\
what: A message arrives.
req: isms/query/delivered
req: isms/query/reply

> POST /api/http/send.php
> Content-Type: application/x-www-form-urlencoded
>
> username={username}
< ID:{mid}
@ +3
> GET /api/http/query.php?mid={mid}
< Status: Delivered
| Status: Pending
"""


def echo(heard: list[Turn], says: str) -> Callable[[Turn], str]:
    """Answers the same to every turn."""

    def answer(turn: Turn) -> str:
        heard.append(turn)
        return says

    return answer


def test_a_transcript_is_read_turn_by_turn() -> None:
    read = transcript("story", STORY)
    first, second = read.turns

    assert read.requirements == ("isms/query/delivered", "isms/query/reply")
    assert (first.method, first.target, first.body) == ("POST", "/api/http/send.php", "username={username}")
    assert first.headers == {"Content-Type": "application/x-www-form-urlencoded"}
    assert (first.moment, second.moment, second.body) == (None, "+3", None)
    assert (first.replies, second.replies) == (("ID:{mid}",), ("Status: Delivered", "Status: Pending"))


def test_a_reply_may_go_over_several_lines() -> None:
    read = transcript("story", "what: A.\nreq: b\n\n> GET /\n< <a>\n< </a>\n")

    assert read.turns[0].replies == ("<a>\n</a>",)


def test_known_names_are_filled_in() -> None:
    assert filled("?mid={mid}&to={to}", {"mid": "A1", "to": "306900000000"}) == "?mid=A1&to=306900000000"


def test_headers_name_what_is_known() -> None:
    story = "what: A.\nreq: b\n\n> GET /\n> Authorization: Bearer {key}\n< Hello {key}\n"
    heard: list[Turn] = []

    with HttpClient("http://gateway.example") as client:
        play(transcript("story", story), {"key": "k3y"}, Control(client), echo(heard, "Hello k3y"))

    assert [turn.headers for turn in heard] == [{"Authorization": "Bearer k3y"}]


def test_unknown_names_are_learnt_from_the_reply() -> None:
    found = re.fullmatch(pattern(["Queued", "{word};{error-code};."], {"word": "Failed"}), "Failed;27;.")

    assert found is not None
    assert found.groupdict() == {"error_code": "27"}


def test_known_names_have_to_come_back() -> None:
    assert re.fullmatch(pattern(["ID:{mid}"], {"mid": "A1"}), "ID:B2") is None


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("req: isms/query/reply\n\n> GET /\n< a\n", "begins with"),
        ("what: Nothing.\n\n> GET /\n< a\n", "begins with"),
        ("what: A.\nreq: b\n\n< reply before a request\n", "out of place"),
        ("what: A.\nreq: b\n\n> GET /\n* note\n< a\n", "out of place"),
        ("what: A.\nreq: b\n\n> GET /\n< a\n| b\n< c\n", "out of place"),
        ("what: A.\nreq: b\n\n> GET /\n", "without a reply"),
    ],
    ids=["no-what", "no-req", "no-request", "no-mark", "reply-goes-on", "no-reply"],
)
def test_a_transcript_of_another_form_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        transcript("story", text)


def test_every_transcript_names_rows_of_the_catalogue() -> None:
    read = transcripts(places.fixtures() / "transcripts" / "isms")

    assert len(read) > 50
    assert {one for story in read for one in story.requirements} - {row.id for row in catalogue()} == set()
