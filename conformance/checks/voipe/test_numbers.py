"""pv: numbers, cleaned and counted."""

import pytest

from conformance.checks.voipe.calls import (
    HEX,
    accepted,
    numbered,
    only,
    refused,
    rejected,
)
from conformance.checks.voipe.conftest import User
from conformance.control import Control
from conformance.drivers.voipe import VoipeDriver, VoipeForm
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify


@requirement("voipe/pv/international", "voipe/pv/to-echoed")
def test_a_number_may_be_international(voipe: VoipeDriver, numbers: Numbers) -> None:
    """With a plus sign, which stays."""
    (number,) = numbers()

    verify(numbered(voipe.pv(f"+{number}"))).equals([f"+{number}"])


@requirement("voipe/pv/no-digits")
@pytest.mark.parametrize("to", ["abc", "abc,def", "שלום"])
def test_without_a_digit_nothing_is_sent(voipe: VoipeDriver, to: str) -> None:
    """One entry for all, and a queue that is done."""
    entry = rejected(voipe.pv(to), "200")

    verify((entry["smslog_id"], entry["to"])).equals(("", ""))
    verify(entry["queue"]).matches(HEX)
    refused(voipe.call("ds", queue=str(entry["queue"])), "402")


@requirement("voipe/pv/duplicates")
@pytest.mark.parametrize("order", ["aa", "aab", "aba", "abac", "abab"])
def test_a_number_is_written_to_once(voipe: VoipeDriver, numbers: Numbers, order: str) -> None:
    """Wherever it stands again."""
    known = dict(zip("abc", numbers(3), strict=True))
    to = [known[name] for name in order]

    verify(numbered(voipe.pv(",".join(to)))).equals(list(dict.fromkeys(to)))


@requirement("voipe/pv/spellings")
def test_a_number_in_two_spellings_is_written_to_once(voipe: VoipeDriver, numbers: Numbers) -> None:
    """And a third one besides."""
    one, two = numbers(2)

    verify(numbered(voipe.pv(f"{one},{one[:3]}-{one[3:]},{two}"))).equals([one, two])


@requirement("voipe/pv/blocked")
def test_a_number_on_the_stop_list_fails_alone(
    voipe: VoipeDriver, control: Control, numbers: Numbers
) -> None:
    """In its place."""
    one, blocked, two = numbers(3)
    voipe.call("stoplist", from_=blocked)

    found = voipe.pv(",".join([one, blocked, two])).entries
    verify([(entry["error"], entry["to"]) for entry in found]).equals([("0", one), ("200", ""), ("0", two)])


@requirement("voipe/pv/all-blocked")
def test_numbers_on_the_stop_list_alone_fail_together(
    voipe: VoipeDriver, control: Control, numbers: Numbers
) -> None:
    """In one entry, of a queue that is done."""
    blocked = numbers(2)
    for number in blocked:
        voipe.call("stoplist", from_=number)

    entry = rejected(voipe.pv(",".join(blocked)), "200")
    verify(entry["queue"]).matches(HEX)
    refused(voipe.call("ds", queue=str(entry["queue"])), "402")


@requirement("voipe/pv/many")
def test_a_call_may_have_a_thousand_numbers(form: VoipeForm, control: Control, numbers: Numbers) -> None:
    """By a form, which has no end."""
    verify(len(accepted(form.pv(",".join(numbers(1000)))))).equals(1000)


@requirement("voipe/pv/many")
def test_ten_thousand_numbers_are_answered(form: VoipeForm, control: Control, numbers: Numbers) -> None:
    """The same one, and others than can be paid."""
    to = numbers(10_000)

    verify(numbered(form.pv(",".join(to[:1] * 10_000)))).equals(to[:1])
    verify(only(form.pv(",".join(to)))["status"]).equals("ERR")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        pytest.param("(052)123-45 67", "0521234567", marks=requirement("voipe/number/cleaned")),
        pytest.param("052x1234567", "0521234567", marks=requirement("voipe/number/cleaned")),
        pytest.param("\uff10521234567", "521234567", marks=requirement("voipe/number/cleaned")),
        pytest.param("1" * 30, "1" * 20, marks=requirement("voipe/number/twenty")),
        pytest.param("1", "1", marks=requirement("voipe/number/any-length")),
        pytest.param("+", "+", marks=requirement("voipe/number/plus")),
        pytest.param("0521;0531", "05210531", marks=requirement("voipe/number/only-commas")),
        pytest.param("0521 0531", "05210531", marks=requirement("voipe/number/only-commas")),
        pytest.param("0521\n0531", "05210531", marks=requirement("voipe/number/only-commas")),
    ],
)
def test_a_number_is_cleaned(voipe: VoipeDriver, control: Control, given: str, kept: str) -> None:
    """Where nobody is reached by it."""
    verify(numbered(voipe.pv(given))).equals([kept])


@requirement("voipe/number/words")
def test_words_are_passed_over(voipe: VoipeDriver, numbers: Numbers) -> None:
    """Before a number and behind it."""
    (number,) = numbers()

    verify(numbered(voipe.pv(f"abc,{number},def"))).equals([number])


@requirement("voipe/number/prefix")
def test_a_prefix_takes_the_place_of_a_nought(user: User) -> None:
    """And of nothing else."""
    dana = user("dana", replace_zero="972")

    verify(numbered(dana.pv("0521234567,+447700900123,531234567"))).equals(
        ["972521234567", "+447700900123", "531234567"]
    )


@requirement("voipe/number/local-length")
def test_a_local_number_has_the_prefix_put_before_it(user: User) -> None:
    """Of nine digits, and not of eight."""
    dana = user("dana", replace_zero="972", local_length="9")

    verify(numbered(dana.pv("531234567,12345678"))).equals(["972531234567", "12345678"])
