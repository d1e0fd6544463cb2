"""Putting another text or timing in the place of that of a message that still waits."""

from datetime import timedelta
from decimal import Decimal

import pytest

from emulator.core.events import Kind
from emulator.core.gateway import Gateway
from emulator.core.model import Enquiry, Message, Status
from emulator.core.ordered import WAITING
from emulator.core.refusals import Reason, Refused
from emulator.core.rewriting import Change, Timing
from emulator.core.timetable import moments, status_at
from emulator.tests.samples import DEMO, GUEST, NUMBER, OTHER, a_draft, a_gateway, run, second

LATER = Timing(scheduled_at=second(600))


def waiting(gateway: Gateway) -> Message:
    order = gateway.send(DEMO, a_draft(NUMBER, scheduled_at=second(60)))
    return gateway.store.ordered(order.id)[0]


def about(message: Message) -> Enquiry:
    return Enquiry(id=message.order.id, number=message.recipient)


def statuses(gateway: Gateway) -> list[tuple[float, Status]]:
    """What the message went through, by seconds after nine."""
    told = [event for event in gateway.feed.after(0) if event.kind is Kind.STEP]
    return [((event.at - second(0)).total_seconds(), event.detail[1]) for event in told]  # type: ignore[index]


def test_another_text_is_in_the_place_of_the_first_and_paid_for() -> None:
    gateway = a_gateway()
    message = waiting(gateway)

    changed = gateway.rewrite(DEMO, about(message), Change(text="a" * 161))

    assert (changed.text, changed.parts, changed.order.text) == ("a" * 161, 2, "Hello")
    assert gateway.credit(DEMO) == Decimal("8.00")
    assert gateway.store.message(message.id) == changed


def test_a_shorter_text_gives_back_what_it_costs_less() -> None:
    gateway = a_gateway()
    order = gateway.send(DEMO, a_draft(NUMBER, text="a" * 161, scheduled_at=second(60)))

    gateway.rewrite(DEMO, Enquiry(id=order.id), Change(text="short"))

    assert gateway.credit(DEMO) == Decimal("9.00")


def test_a_text_that_cannot_be_paid_for_changes_nothing() -> None:
    gateway = a_gateway()
    message = waiting(gateway)

    with pytest.raises(Refused) as refusal:
        gateway.rewrite(DEMO, about(message), Change(text="a" * 2000))

    assert refusal.value.reasons == {Reason.NO_CREDIT}
    assert gateway.store.message(message.id) == message
    assert gateway.credit(DEMO) == Decimal("9.00")


def test_another_moment_takes_the_place_of_the_first() -> None:
    gateway = a_gateway()
    message = waiting(gateway)

    changed = gateway.rewrite(DEMO, about(message), Change(timing=LATER))
    run(gateway, 1000)

    assert changed.order.scheduled_at == second(600)
    assert statuses(gateway) == [
        (600, Status.QUEUED),
        (601, Status.SUBMITTED),
        (603, Status.DELIVERED),
    ]


def test_a_moment_already_past_means_at_once() -> None:
    gateway = a_gateway()
    message = waiting(gateway)
    run(gateway, 30)

    gateway.rewrite(DEMO, about(message), Change(timing=Timing(scheduled_at=second(0))))
    run(gateway, 100)

    assert statuses(gateway) == [(30, Status.QUEUED), (31, Status.SUBMITTED), (33, Status.DELIVERED)]


def test_another_validity_ends_the_message() -> None:
    gateway = a_gateway()
    message = waiting(gateway)

    gateway.rewrite(DEMO, about(message), Change(timing=Timing(validity=timedelta(seconds=2))))
    run(gateway, 1000)

    assert statuses(gateway)[-1] == (62, Status.EXPIRED)


def test_steps_that_were_planned_before_happen_once() -> None:
    gateway = a_gateway()
    message = waiting(gateway)

    gateway.rewrite(DEMO, about(message), Change(timing=Timing(validity=timedelta(hours=1))))
    run(gateway, 1000)

    assert [status for _, status in statuses(gateway)] == [Status.QUEUED, Status.SUBMITTED, Status.DELIVERED]


def test_it_is_too_late_once_the_network_has_the_message() -> None:
    gateway = a_gateway()
    message = waiting(gateway)
    run(gateway, 61)

    with pytest.raises(Refused) as refusal:
        gateway.rewrite(DEMO, about(message), Change(text="new"))

    assert refusal.value.reasons == {Reason.NOT_SCHEDULED}


def test_the_message_of_another_account_is_not_known() -> None:
    gateway = a_gateway()
    message = waiting(gateway)

    with pytest.raises(Refused) as refusal:
        gateway.rewrite(GUEST, about(message), Change(text="new"))

    assert refusal.value.reasons == {Reason.UNKNOWN_MESSAGE}


def test_what_waits_for_a_recipient_is_found_without_an_id() -> None:
    gateway = a_gateway()
    first, gone = waiting(gateway), gateway.send(DEMO, a_draft(NUMBER))
    gateway.send(DEMO, a_draft(OTHER, scheduled_at=second(60)))
    assert [one.order.id for one in gateway.waiting(DEMO, NUMBER)] == [first.order.id, gone.id]
    run(gateway, 5)

    found = gateway.waiting(DEMO, NUMBER)

    assert [one.id for one in found] == [first.id]
    assert gateway.waiting(GUEST, NUMBER) == []


def test_what_waits_no_more_is_not_looked_at_again() -> None:
    gateway = a_gateway()
    first = waiting(gateway)
    gateway.waiting(DEMO, NUMBER)

    gateway.cancel(DEMO, about(first), waiting=WAITING)
    second_one = waiting(gateway)

    assert gateway.waiting(DEMO, NUMBER) == [second_one]


def test_a_message_that_is_queued_can_be_cancelled_where_that_is_allowed() -> None:
    gateway = a_gateway()
    order = gateway.send(DEMO, a_draft(NUMBER))

    cancelled = gateway.cancel(DEMO, Enquiry(id=order.id), waiting=WAITING)

    assert status_at(cancelled, gateway.clock.now()) is Status.CANCELLED
    assert gateway.credit(DEMO) == Decimal("10.00")


def test_orders_of_one_turn_are_debited_one_after_the_other() -> None:
    gateway = a_gateway()

    sent = gateway.send_each(
        DEMO, [a_draft(NUMBER, text="a" * 700), a_draft(NUMBER, text="a" * 900), a_draft(OTHER)]
    )

    assert [isinstance(one, Refused) for one in sent] == [False, True, False]
    assert gateway.credit(DEMO) == Decimal("4.00")


def test_the_moments_of_a_rewritten_message_are_in_order() -> None:
    gateway = a_gateway()

    changed = gateway.rewrite(DEMO, about(waiting(gateway)), Change(timing=LATER))

    assert moments([changed]) == [second(600), second(601), second(603)]
