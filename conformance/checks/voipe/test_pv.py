"""pv: whom a message goes to, and what is said of each."""

import pytest

from conformance.checks.voipe.calls import (
    HEX,
    every_format,
    ids,
    numbered,
    only,
    refused,
    sent,
    silent,
    taken,
)
from conformance.checks.voipe.conftest import User
from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.voipe import VoipeDriver, VoipeForm, VoipeJson
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

KEYS = ["status", "error", "smslog_id", "queue", "to"]


@requirement("voipe/pv/operation", "voipe/pv/number")
def test_a_message_is_taken(voipe: VoipeDriver, form: VoipeForm, json: VoipeJson, numbers: Numbers) -> None:
    """In each of the three ways."""
    for way in (voipe, form, json):
        (number,) = numbers()
        verify(numbered(way.pv(number))).equals([number])


@requirement("voipe/pv/operation")
def test_a_message_is_handed_over(voipe: VoipeDriver, clock: Clock, numbers: Numbers) -> None:
    """To the number it was for."""
    (number,) = numbers()

    verify(sent(voipe, clock, voipe.pv(number))["dst"]).equals(number)


@requirement("voipe/pv/mandatory", "voipe/pv/empty")
@pytest.mark.parametrize(
    ("to", "msg"), [(None, "x"), ("1", None), (None, None), ("", "x"), ("1", ""), ("1", " \r\n "), (" ", "x")]
)
def test_destination_and_message_are_needed(voipe: VoipeDriver, to: str | None, msg: str | None) -> None:
    """Missing, empty, blank."""
    refused(voipe.pv(to, msg), "201")


@requirement("voipe/pv/nought-is-empty")
def test_nought_is_nothing(voipe: VoipeDriver, numbers: Numbers) -> None:
    """Two of them are something."""
    refused(voipe.pv("1", "0"), "201")
    refused(voipe.pv("0", "x"), "201")
    taken(voipe.pv(numbers()[0], "00"))


@requirement("voipe/pv/commas", "voipe/pv/entries")
@every_format
def test_there_is_an_entry_for_each(voipe: VoipeDriver, numbers: Numbers, format: str) -> None:
    """In their order, with blanks around the commas."""
    to = numbers(3)[::-1]

    verify(numbered(voipe.pv(" , ".join(to), format=format))).equals(to)


@requirement("voipe/pv/entry-keys")
def test_an_entry_has_its_keys(voipe: VoipeDriver, numbers: Numbers) -> None:
    """Of a number, and of a failure."""
    for to in (numbers()[0], "abc"):
        verify(list(only(voipe.pv(to)))).equals(KEYS)


@requirement("voipe/pv/queue")
def test_a_call_has_a_queue(voipe: VoipeDriver, numbers: Numbers) -> None:
    """One for all of its numbers."""
    queues = ids(voipe.pv(",".join(numbers(3))), "queue")

    verify(queues[0]).matches(HEX)
    verify(queues).equals([queues[0]] * 3)


@requirement("voipe/pv/new-queue")
def test_every_call_has_its_own_queue(voipe: VoipeDriver, numbers: Numbers) -> None:
    """To the same number."""
    (number,) = numbers()

    verify(ids(voipe.pv(number), "queue") == ids(voipe.pv(number), "queue")).equals(False)


@requirement("voipe/pv/ids")
def test_identifiers_follow_one_another(voipe: VoipeDriver, numbers: Numbers) -> None:
    """Within a call."""
    found = ids(voipe.pv(",".join(numbers(3))))

    verify([str(int(one)) for one in found]).equals(found)
    verify([int(one) - int(found[0]) for one in found]).equals([0, 1, 2])


@requirement("voipe/pv/ids-rise")
def test_identifiers_rise(voipe: VoipeDriver, user: User, numbers: Numbers) -> None:
    """For all users together."""
    dana = user("dana")

    found = [int(taken(caller.pv(numbers()[0]))) for caller in (voipe, dana, voipe, dana)]
    verify(found).equals(sorted(set(found)))


@requirement("voipe/pv/failure-entry")
@every_format
def test_an_entry_that_failed_says_little(
    voipe: VoipeDriver, control: Control, numbers: Numbers, format: str
) -> None:
    """Amid others."""
    blocked, fine = numbers(2)
    voipe.call("stoplist", from_=blocked)

    verify(voipe.pv(f"{blocked},{fine}", format=format).entries[0]).equals(
        {"status": "ERR", "error": "200", "smslog_id": "", "queue": "", "to": ""}
    )


@requirement("voipe/pv/nothing-to-do")
@every_format
def test_where_nobody_is_meant_nothing_is_said(voipe: VoipeDriver, format: str) -> None:
    """Unknown groups, unknown users, oneself."""
    for to in ("#NOSUCH", "@nobody-has-this", f"@{voipe.username}", "#", "@", "#NOSUCH,@nobody-has-this"):
        silent(voipe.pv(to, format=format))


@requirement("voipe/pv/leading-comma")
@pytest.mark.parametrize("to", [",1", ",", ",,1,2"])
def test_a_list_does_not_begin_with_a_comma(voipe: VoipeDriver, to: str) -> None:
    """Nothing is sent then."""
    silent(voipe.pv(to))


@requirement("voipe/pv/empty-places")
def test_empty_places_are_skipped(voipe: VoipeDriver, numbers: Numbers) -> None:
    """In the middle and at the end."""
    one, two = numbers(2)

    verify(numbered(voipe.pv(f"{one},,{two},"))).equals([one, two])


@requirement("voipe/pv/refused-with-user")
def test_users_are_written_to_beside_refused_numbers(user: User, numbers: Numbers) -> None:
    """By somebody who cannot pay."""
    dana, poor = user("dana"), user("pauper", credit=0)

    found = poor.pv(f"{numbers()[0]},@dana", "hello").entries
    verify([(entry["status"], entry["to"]) for entry in found]).equals([("ERR", ""), ("OK", "@dana")])
    verify(only(dana.call("ix"))["msg"]).equals("hello")
