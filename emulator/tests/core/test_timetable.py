"""The future of a message as data, and the property it exists for: how time passes makes no difference."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.core.events import Kind
from emulator.core.gateway import Gateway
from emulator.core.model import Message, Status, Step
from emulator.core.outcomes import Outcome
from emulator.core.timetable import (
    cancelled,
    falling_at,
    last_step,
    moment_of,
    moments,
    status_at,
    timetable,
)
from emulator.tests.samples import (
    ANSWERS,
    DEMO,
    EARLY,
    EXPIRES,
    FAILS,
    NINE,
    NUMBER,
    OTHER,
    SLOW,
    URL,
    a_draft,
    a_gateway,
    a_message,
    an_account,
    an_order,
    run,
    second,
)

HOUR = timedelta(hours=1)


def after(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


DELIVERED = Outcome(
    name="delivered", steps=(Step(after(1), Status.SUBMITTED), Step(after(3), Status.DELIVERED))
)


def test_an_ordinary_message_is_queued_at_once() -> None:
    assert timetable(DELIVERED, after(0), HOUR) == (
        Step(after(0), Status.QUEUED),
        Step(after(1), Status.SUBMITTED),
        Step(after(3), Status.DELIVERED),
    )


def test_a_scheduled_message_waits_and_then_goes_the_ordinary_way() -> None:
    assert timetable(DELIVERED, after(60), HOUR) == (
        Step(after(0), Status.SCHEDULED),
        Step(after(60), Status.QUEUED),
        Step(after(61), Status.SUBMITTED),
        Step(after(63), Status.DELIVERED),
    )


def test_the_end_counts_from_the_moment_a_message_is_queued() -> None:
    lost = Outcome(name="lost")

    assert timetable(lost, after(60), HOUR) == (
        Step(after(0), Status.SCHEDULED),
        Step(after(60), Status.QUEUED),
        Step(after(3660), Status.EXPIRED),
    )


@pytest.mark.parametrize(
    ("end", "steps"),
    [
        (1, [(0, "queued"), (1, "expired")]),
        (2, [(0, "queued"), (1, "submitted"), (2, "expired")]),
        (3, [(0, "queued"), (1, "submitted"), (3, "delivered")]),
    ],
)
def test_nothing_happens_to_a_message_after_its_end(end: int, steps: list[tuple[int, str]]) -> None:
    assert timetable(DELIVERED, after(0), after(end)) == tuple(
        (after(at), Status(status)) for at, status in steps
    )


def test_what_has_no_end_may_stay_on_its_way() -> None:
    stuck = Outcome(name="stuck", steps=DELIVERED.steps[:1])

    assert timetable(stuck, after(0), None)[-1] == Step(after(1), Status.SUBMITTED)


@pytest.mark.parametrize(
    ("seconds", "status"),
    [
        (0, Status.QUEUED),
        (0.999999, Status.QUEUED),
        (1, Status.SUBMITTED),
        (2.999999, Status.SUBMITTED),
        (3, Status.DELIVERED),
        (1e6, Status.DELIVERED),
    ],
)
def test_the_status_is_read_off_the_timetable(seconds: float, status: Status) -> None:
    message = a_message()

    assert status_at(message, second(seconds)) is status


def test_a_message_is_queued_even_before_it_was_accepted() -> None:
    """A clock that was put back must not leave a message without a status."""
    assert status_at(a_message(), second(-60)) is Status.QUEUED


def test_of_two_steps_at_once_the_later_one_is_the_status() -> None:
    assert status_at(a_message(EARLY), NINE) is Status.DELIVERED


def test_the_steps_of_a_moment_leave_out_acceptance_itself() -> None:
    early = a_message(EARLY)

    assert [step.status for step in falling_at(early, NINE)] == [Status.SUBMITTED, Status.DELIVERED]
    assert list(falling_at(a_message(), NINE)) == []
    assert [step.status for step in falling_at(a_message(), second(1))] == [Status.SUBMITTED]
    assert list(falling_at(a_message(), second(2))) == []


def test_the_moments_of_an_order_are_those_of_all_its_messages() -> None:
    _, messages = an_order(NUMBER, SLOW)

    assert moments(messages) == [second(1), second(3), second(3600)]


@pytest.mark.parametrize(
    ("seconds", "steps"),
    [
        (0, [(0, "queued"), (0, "cancelled")]),
        (2, [(0, "queued"), (1, "submitted"), (2, "cancelled")]),
    ],
)
def test_cancelling_cuts_the_future_off(seconds: int, steps: list[tuple[int, str]]) -> None:
    message = cancelled(a_message(), second(seconds))

    assert message.timetable == tuple((after(at), Status(status)) for at, status in steps)
    assert status_at(message, second(3600)) is Status.CANCELLED


def test_only_the_last_statuses_are_final() -> None:
    assert [status.value for status in Status if not status.final] == ["scheduled", "queued", "submitted"]


# How time passes

fates = st.sampled_from([NUMBER, OTHER, FAILS, EXPIRES, SLOW, EARLY, ANSWERS])
calls = st.lists(
    st.tuples(st.integers(0, 40), st.lists(fates, min_size=1, max_size=3), st.integers(0, 3600)), max_size=5
)

Told = list[tuple[datetime, Kind, object]]


def play(calls: list[tuple[int, list[str], int]], jumps: int) -> tuple[list[str], Told]:
    """Sends, each after a pause; then an hour in so many jumps. What was tried, and what was told."""
    gateway = a_gateway(an_account(attributes={"inbound": URL}, credit=None))
    tried: list[str] = []
    for pause, recipients, wait in calls:
        tried += run(gateway, pause)
        scheduled_at = gateway.clock.now() + timedelta(seconds=wait)
        gateway.send(DEMO, a_draft(*recipients, scheduled_at=scheduled_at, callback=URL))
    for _ in range(jumps):
        tried += run(gateway, 3600 / jumps)
    return tried, told(gateway)


def told(gateway: Gateway) -> Told:
    return [(event.at, event.kind, event.detail) for event in gateway.feed.after(0)]


def test_the_last_step_says_what_happened_and_when() -> None:
    message = a_message()

    found = [last_step(message, second(at)) for at in (0, 2.5, 1e6)]

    assert [(step.status, moment_of(step, message)) for step in found] == [
        (Status.QUEUED, NINE),
        (Status.SUBMITTED, second(1)),
        (Status.DELIVERED, second(3)),
    ]


def test_before_its_first_step_a_message_is_queued() -> None:
    assert last_step(a_message(), second(-60)) == Step(timedelta(0), Status.QUEUED)


@given(calls)
def test_one_jump_of_an_hour_shows_the_same_as_sixty_of_a_minute(
    calls: list[tuple[int, list[str], int]],
) -> None:
    """The same steps, replies and callbacks, at the same moments, in the same order."""
    assert play(calls, 1) == play(calls, 60)


@given(calls)
def test_the_agenda_shows_every_step_of_every_timetable_once(calls: list[tuple[int, list[str], int]]) -> None:
    """The agenda is only an index of what the timetables say."""
    gateway = a_gateway(an_account(credit=None))
    for pause, recipients, wait in calls:
        run(gateway, pause)
        gateway.send(DEMO, a_draft(*recipients, scheduled_at=gateway.clock.now() + timedelta(seconds=wait)))
    run(gateway, 50 * 3600)

    shown = [(at, *detail) for at, kind, detail in told(gateway) if isinstance(detail, tuple)]
    assert sorted(shown, key=by_moment) == sorted(expected(gateway), key=by_moment)
    assert [at for at, *_ in shown] == sorted(at for at, *_ in shown)


def expected(gateway: Gateway) -> list[tuple[datetime, Message, Status]]:
    return [
        (message.order.accepted_at + step.after, message, step.status)
        for message in gateway.store.messages()
        for step in message.timetable[1:]
    ]


def by_moment(row: tuple[datetime, Message, Status]) -> tuple[datetime, int, int]:
    return row[0], row[1].id, list(Status).index(row[2])
