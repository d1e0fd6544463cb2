"""Posts taken out of a stream, however it was cut."""

from __future__ import annotations

import pytest

from loadtests.sending.receiver import Unreadable, posts

POST = b"POST /dlr HTTP/1.1\r\nHost: here\r\nContent-Length: 5\r\n\r\nmid=1"


def test_a_whole_post_gives_its_body() -> None:
    assert posts(POST) == ([b"mid=1"], b"")


@pytest.mark.parametrize("cut", range(len(POST)))
def test_a_post_cut_short_waits_for_the_rest(cut: int) -> None:
    assert posts(POST[:cut]) == ([], POST[:cut])


def test_posts_that_come_together_are_told_apart() -> None:
    assert posts(POST + POST.replace(b"mid=1", b"mid=2") + POST[:20]) == ([b"mid=1", b"mid=2"], POST[:20])


def test_the_name_of_a_header_may_be_written_in_any_case() -> None:
    assert posts(POST.replace(b"Content-Length", b"content-length")) == ([b"mid=1"], b"")


@pytest.mark.parametrize(
    "octets",
    [
        POST.replace(b"POST", b"GET"),
        POST.replace(b"Content-Length: 5\r\n", b""),
        POST.replace(b": 5", b": five"),
        POST.replace(b"Content-Length: 5", b"Content-Length: 5\r\nContent-Length: 6"),
        b"x" * 70_000,
    ],
)
def test_anything_else_is_unreadable(octets: bytes) -> None:
    with pytest.raises(Unreadable):
        posts(octets)
