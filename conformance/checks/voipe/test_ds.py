"""ds: what is told of messages, and when."""

import pytest

from conformance.checks.voipe.calls import (
    DATE,
    HANDED_OVER,
    HIGH,
    NEVER,
    NOBODYS,
    SOON,
    accepted,
    every_format,
    ids,
    moment,
    only,
    refused,
    sent,
    taken,
    told,
)
from conformance.checks.voipe.conftest import User
from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.voipe import VoipeDriver, VoipeForm, VoipeJson
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

KEYS = ["smslog_id", "src", "dst", "msg", "dt", "update", "status"]


@requirement("voipe/ds/operation", "voipe/ds/mandatory")
def test_messages_are_told(
    voipe: VoipeDriver, form: VoipeForm, json: VoipeJson, clock: Clock, numbers: Numbers
) -> None:
    """In each of the three ways, asked for nothing in particular."""
    id = taken(voipe.pv(numbers()[0]))
    clock.advance(SOON)

    for way in (voipe, form, json):
        verify(ids(way.call("ds"))).holds(lambda found: id in found, f"a list with {id}")


@requirement("voipe/ds/keys")
@every_format
def test_an_entry_has_its_keys(voipe: VoipeDriver, clock: Clock, numbers: Numbers, format: str) -> None:
    """In their order."""
    id = taken(voipe.pv(numbers()[0]))
    clock.advance(SOON)

    verify(list(only(voipe.call("ds", smslog_id=id, format=format)))).equals(KEYS)


@requirement("voipe/ds/values")
def test_an_entry_is_of_its_message(voipe: VoipeDriver, clock: Clock, numbers: Numbers) -> None:
    """Who, to whom, what."""
    (number,) = numbers()
    answer = voipe.pv(number, "hello there")
    row = sent(voipe, clock, answer)

    verify((row["smslog_id"], row["dst"], row["msg"])).equals((taken(answer), number, "hello there"))


@requirement("voipe/sender/default")
def test_the_sender_is_the_one_that_was_used(user: User, clock: Clock, numbers: Numbers) -> None:
    """The default one."""
    dana = user("dana", senders=["One", "Two"], sender="Two")

    verify(sent(dana, clock, dana.pv(numbers()[0], from_="Three"))["src"]).equals("Two")


@requirement("voipe/ds/statuses")
def test_a_status_is_one_of_four(voipe: VoipeDriver, clock: Clock, numbers: Numbers) -> None:
    """Whatever became of the message."""
    verify(sent(voipe, clock, voipe.pv(numbers()[0]))["status"]).is_one_of("0", "1", "2", "3")


@requirement("voipe/ds/pending")
@pytest.mark.parametrize("ending", ["9002", "9004"])
def test_where_nothing_is_reported_nothing_is_known(
    voipe: VoipeDriver, clock: Clock, numbers: Numbers, ending: str
) -> None:
    """Of handsets that are never reached."""
    verify(sent(voipe, clock, voipe.pv(numbers(ending=ending)[0]))["status"]).equals("0")


@requirement("voipe/ds/pending", "voipe/ds/update")
def test_at_first_nothing_is_known(voipe: VoipeDriver, control: Control, numbers: Numbers) -> None:
    """When it was handed over."""
    id = taken(voipe.pv(numbers()[0]))
    control.advance(HANDED_OVER)

    row = told(voipe, id)
    verify((row["status"], row["update"])).equals(("0", NEVER))


@requirement("voipe/ds/delivered")
def test_a_message_is_delivered(voipe: VoipeDriver, clock: Clock, numbers: Numbers) -> None:
    """In the end."""
    verify(sent(voipe, clock, voipe.pv(numbers()[0]))["status"]).equals("3")


@requirement("voipe/ds/failed")
@pytest.mark.parametrize("ending", ["9001", "9003", "9006"])
def test_a_message_fails(voipe: VoipeDriver, clock: Clock, numbers: Numbers, ending: str) -> None:
    """On the handset, in the network, on the way."""
    verify(sent(voipe, clock, voipe.pv(numbers(ending=ending)[0]))["status"]).equals("2")


@requirement("voipe/ds/dates")
def test_dates_are_utc(voipe: VoipeDriver, clock: Clock, numbers: Numbers) -> None:
    """Give or take some minutes."""
    row = sent(voipe, clock, voipe.pv(numbers()[0]))

    for date in (row["dt"], row["update"]):
        verify(date).matches(DATE)
        verify(abs(moment(date) - clock.now()).total_seconds()).holds(lambda gap: gap < 600, "now, in UTC")


@requirement("voipe/ds/dates")
def test_dates_are_utc_for_a_user_elsewhere(user: User, clock: Clock, numbers: Numbers) -> None:
    """To the second."""
    dana, now = user("dana", zone="-0500"), clock.now()

    row = sent(dana, clock, dana.pv(numbers()[0]))
    verify(moment(row["dt"]) >= now).equals(True)


@requirement("voipe/ds/handed-over", "voipe/ds/update")
def test_both_dates_are_to_the_second(voipe: VoipeDriver, control: Control, numbers: Numbers) -> None:
    """Handed over after one, reported after three."""
    id = taken(voipe.pv(numbers()[0]))
    control.advance(HANDED_OVER)
    first = told(voipe, id)
    control.advance(SOON)
    last = told(voipe, id)

    verify((first["dt"], last["dt"])).equals(("2026-03-02 09:00:01", "2026-03-02 09:00:01"))
    verify(last["update"]).equals("2026-03-02 09:00:03")


@requirement("voipe/ds/quotes")
def test_quotes_are_told_as_single_ones(voipe: VoipeDriver, clock: Clock, numbers: Numbers) -> None:
    """Beside such as were single."""
    verify(sent(voipe, clock, voipe.pv(numbers()[0], "say \"hi\" or 'no'"))["msg"]).equals("say 'hi' or 'no'")


@requirement("voipe/ds/own")
def test_messages_of_others_are_not_told(
    voipe: VoipeDriver, poor: VoipeDriver, clock: Clock, numbers: Numbers
) -> None:
    """To who knows the identifier."""
    id = taken(voipe.pv(numbers()[0]))
    clock.advance(SOON)

    refused(poor.call("ds", smslog_id=id), "400")
    told(voipe, id)


@requirement("voipe/ds/order")
def test_the_latest_is_told_first(voipe: VoipeDriver, control: Control, numbers: Numbers) -> None:
    """Of three with a minute between them."""
    found = []
    for _ in range(3):
        found.append(taken(voipe.pv(numbers()[0])))
        control.advance(SOON)

    verify(ids(voipe.call("ds"))).equals(found[::-1])


@requirement("voipe/ds/order")
def test_a_message_that_waited_is_later(voipe: VoipeDriver, control: Control, numbers: Numbers) -> None:
    """Than one that was taken after it."""
    waiting = taken(voipe.pv(numbers()[0], schedule="2026-03-02 10:00:00"))
    quick = taken(voipe.pv(numbers()[0]))
    control.advance(2 * 3600)

    verify(ids(voipe.call("ds"))).equals([waiting, quick])


@requirement("voipe/ds/same-second")
def test_within_a_second_the_first_is_first(voipe: VoipeDriver, control: Control, numbers: Numbers) -> None:
    """And is the one that is told alone."""
    found = ids(voipe.pv(",".join(numbers(3))))
    control.advance(SOON)

    verify(ids(voipe.call("ds"))).equals(found)
    verify(ids(voipe.call("ds", c=1))).equals(found[:1])


@requirement("voipe/ds/nothing")
def test_nothing_is_told_of_nothing(voipe: VoipeDriver) -> None:
    """An unknown queue, something that is none, an unknown identifier."""
    refused(voipe.call("ds", queue=NOBODYS), "400")
    refused(voipe.call("ds", queue="x"), "400")
    refused(voipe.call("ds", smslog_id=HIGH), "400")


@requirement("voipe/ds/queued", "voipe/ds/queued-id")
def test_a_message_waits_in_its_queue(voipe: VoipeDriver, control: Control, numbers: Numbers) -> None:
    """Of which its identifier tells nothing."""
    entry = only(voipe.pv(numbers()[0]))
    id, queue = str(entry["smslog_id"]), str(entry["queue"])

    refused(voipe.call("ds", queue=queue), "401")
    refused(voipe.call("ds", queue=queue, smslog_id=id), "401")
    refused(voipe.call("ds", smslog_id=id), "400")


@requirement("voipe/ds/processed")
def test_a_queue_is_done(voipe: VoipeDriver, clock: Clock, numbers: Numbers) -> None:
    """Where the rest of the question leaves nothing."""
    queue = str(accepted(voipe.pv(numbers()[0]))[0]["queue"])
    clock.advance(SOON)

    only(voipe.call("ds", queue=queue))
    refused(voipe.call("ds", queue=queue, smslog_id=HIGH), "402")
    refused(voipe.call("ds", queue=queue, last=HIGH), "402")


@requirement("voipe/ds/foreign-queue")
def test_queues_of_others_are_known(
    voipe: VoipeDriver, poor: VoipeDriver, control: Control, numbers: Numbers
) -> None:
    """Though nothing of what was in them is told."""
    queue = str(accepted(voipe.pv(numbers()[0]))[0]["queue"])

    refused(poor.call("ds", queue=queue), "401")
    control.advance(SOON)
    refused(poor.call("ds", queue=queue), "402")
