"""inject and stoplist."""

import pytest

from conformance.checks.voipe.calls import (
    HANDED_OVER,
    NOBODYS,
    every_format,
    numbered,
    only,
    refused,
    rejected,
    silent,
    succeeded,
)
from conformance.checks.voipe.conftest import User
from conformance.control import Control
from conformance.drivers.voipe import VoipeDriver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify


def injected(admin: VoipeDriver, msg: str, **more: str) -> None:
    fields = {"from_": "+972521234567", "recvnum": "0771234567", "smsc": "dev", **more}
    succeeded(admin.call("inject", msg=msg, **fields))


@requirement("voipe/inject/operation", "voipe/inject/values", "voipe/inject/keyword")
@pytest.mark.parametrize("word", ["INFO", "info"])
def test_a_message_for_a_keyword_comes_in(admin: VoipeDriver, user: User, word: str) -> None:
    """In either case."""
    dana = user("dana", keywords="INFO")
    injected(admin, f"{word} hello there")

    row = only(dana.call("in"))
    verify([row[key] for key in ("src", "dst", "kwd", "msg")]).equals(
        ["+972521234567", "0771234567", "INFO", "hello there"]
    )


@requirement("voipe/inject/user")
def test_a_message_for_a_user_comes_in(admin: VoipeDriver, user: User) -> None:
    """In the inbox."""
    dana = user("dana")
    injected(admin, "@dana are you there?")

    row = only(dana.call("ix"))
    verify((row["src"], row["dst"])).equals(("+972521234567", "0771234567"))


@requirement("voipe/inject/nobody")
def test_a_message_for_nobody_is_in_the_sandbox(admin: VoipeDriver, control: Control) -> None:
    """With the number it came from."""
    injected(admin, "nobody handles this", from_="0531234567")

    verify(only(admin.call("sx"))["src"]).equals("0531234567")


@requirement("voipe/inject/mandatory")
@pytest.mark.parametrize(
    "fields", [{"msg": "x"}, {"from_": "1"}, {"from_": "1", "msg": ""}, {"from_": "", "msg": "x"}, {}]
)
def test_a_number_and_a_text_are_needed(admin: VoipeDriver, fields: dict[str, str]) -> None:
    """Missing, empty."""
    refused(admin.call("inject", recvnum="1", smsc="dev", **fields), "602")


@requirement("voipe/inject/operation")
def test_where_to_is_no_matter(admin: VoipeDriver, control: Control) -> None:
    """Though the page wants it."""
    succeeded(admin.call("inject", from_="1", msg="x"))


@requirement("voipe/inject/escaped")
def test_an_ampersand_is_escaped(admin: VoipeDriver, control: Control) -> None:
    """Once, in JSON."""
    injected(admin, "Fish & Chips")

    verify(only(admin.call("sx"))["msg"]).equals("Fish &amp; Chips")


@requirement("voipe/stoplist/operation", "voipe/stoplist/anybody")
@every_format
def test_a_number_is_listed(voipe: VoipeDriver, control: Control, numbers: Numbers, format: str) -> None:
    """By an ordinary user."""
    (number,) = numbers()
    verify(numbered(voipe.pv(number))).equals([number])
    succeeded(voipe.call("stoplist", from_=number, format=format))

    rejected(voipe.pv(number), "200")


@requirement("voipe/stoplist/operation")
def test_a_listed_number_is_listed_for_all(
    voipe: VoipeDriver, user: User, control: Control, numbers: Numbers
) -> None:
    """However it is written."""
    (number,) = numbers()
    succeeded(voipe.call("stoplist", from_=f"+{number}"))
    control.advance(HANDED_OVER)

    rejected(user("dana").pv(number), "200")


@requirement("voipe/stoplist/anybody")
def test_a_wrong_token_lists_nothing(stranger: VoipeDriver, voipe: VoipeDriver) -> None:
    """In the words of every user's operations."""
    refused(stranger.call("stoplist", from_=NOBODYS), "100")


@requirement("voipe/stoplist/listed")
def test_a_number_is_listed_once(voipe: VoipeDriver, control: Control, numbers: Numbers) -> None:
    """Another is another."""
    one, two = numbers(2)
    succeeded(voipe.call("stoplist", from_=one))
    refused(voipe.call("stoplist", from_=one), "627")

    succeeded(voipe.call("stoplist", from_=two))


@requirement("voipe/stoplist/nothing")
def test_without_a_number_nothing_is_said(voipe: VoipeDriver) -> None:
    """Missing, empty."""
    silent(voipe.call("stoplist"))
    silent(voipe.call("stoplist", from_=""))
