"""What time does: steps, reports, replies of handsets, and what comes of trying a callback."""

import pytest

from emulator.core.callbacks import KIND as CALLBACK
from emulator.core.callbacks import pending
from emulator.core.events import Kind
from emulator.core.gateway import Gateway
from emulator.core.model import INBOUND, Inbound, Status
from emulator.core.pushes import Attempt, Callback, Result
from emulator.tests.samples import (
    ANSWERS,
    DEMO,
    EARLY,
    FAILS,
    NINE,
    NUMBER,
    SILENT,
    TWICE,
    URL,
    a_draft,
    a_gateway,
    an_account,
    run,
    second,
)


def test_steps_are_told_when_they_happen() -> None:
    gateway = a_gateway()
    gateway.send(DEMO, a_draft(NUMBER))

    run(gateway, 60)

    steps = [(event.at, event.detail) for event in gateway.feed.after(0) if event.kind is Kind.STEP]
    message = gateway.store.message(1)
    assert steps == [(second(1), (message, Status.SUBMITTED)), (second(3), (message, Status.DELIVERED))]


def test_a_report_falls_due_with_its_step() -> None:
    gateway = a_gateway()
    gateway.send(DEMO, a_draft(NUMBER, callback=URL))

    assert run(gateway, 2) == ["306912345678 submitted 09:00:01"]
    assert run(gateway, 2) == ["306912345678 delivered 09:00:03"]


def test_a_send_that_asks_for_no_report_gets_none() -> None:
    gateway = a_gateway()
    gateway.send(DEMO, a_draft(NUMBER))

    assert run(gateway, 60) == []


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (TWICE, ["submitted 09:00:01", "delivered 09:00:03", "delivered 09:00:03"]),
        (SILENT, []),
        (EARLY, ["submitted 09:00:00", "delivered 09:00:00"]),
        (FAILS, ["submitted 09:00:01", "undeliverable 09:00:03"]),
    ],
)
def test_the_number_decides_how_often_the_customer_is_told(number: str, told: list[str]) -> None:
    """Only the final report is doubled; a silent number gives none at all."""
    gateway = a_gateway()
    gateway.send(DEMO, a_draft(number, callback=URL))

    assert run(gateway, 60) == [f"{number} {line}" for line in told]


def test_a_handset_answers_a_second_after_delivery() -> None:
    gateway = a_gateway(an_account(attributes={"inbound": URL}))
    gateway.send(DEMO, a_draft(ANSWERS))

    assert run(gateway, 60) == ["306900009009 says STOP"]

    assert gateway.store.values(INBOUND) == [
        Inbound(
            id=1,
            provider="isms",
            account="demo",
            sender=ANSWERS,
            recipient="smslab",
            text="STOP",
            received_at=second(4),
            after=1,
        )
    ]


def test_a_handset_answers_at_its_moment_even_if_the_clock_was_put_past_it() -> None:
    gateway = a_gateway()
    gateway.send(DEMO, a_draft(ANSWERS))

    gateway.clock.set(now=second(3600))
    gateway.agenda.fall_due(second(3600))

    (inbound,) = gateway.store.values(INBOUND)
    assert isinstance(inbound, Inbound)
    assert inbound.received_at == second(4)


def test_a_handset_that_answers_an_account_gone_meanwhile_is_not_heard() -> None:
    gateway = a_gateway()
    gateway.send(DEMO, a_draft(ANSWERS))
    gateway.store.drop_account("isms", "demo")

    run(gateway, 60)

    assert gateway.store.values(INBOUND) == []
    assert gateway.agenda.next_due() is None


def test_nothing_comes_of_messages_that_were_forgotten() -> None:
    gateway = a_gateway()
    gateway.send(DEMO, a_draft(NUMBER, ANSWERS, callback=URL))
    run(gateway, 3)
    gateway.store.forget_messages()

    assert run(gateway, 60) == []
    assert gateway.agenda.next_due() is None


def test_only_so_many_moments_fall_due_in_one_turn() -> None:
    """A long way is walked in stages, so that other callers get their turns in between."""
    gateway = a_gateway()
    for _ in range(3):
        gateway.send(DEMO, a_draft(NUMBER))
        gateway.clock.set(now=gateway.clock.now() + (second(1) - NINE) / 2)

    assert gateway.agenda.fall_due(second(60), moments=2) == []

    assert gateway.agenda.next_due() == second(2)


def test_moments_fall_due_together_until_there_are_callbacks_enough() -> None:
    gateway = a_gateway()
    for _ in range(3):
        gateway.send(DEMO, a_draft(EARLY, callback=URL))
        gateway.clock.set(now=gateway.clock.now() + (second(1) - NINE))

    together, alone = (gateway.agenda.fall_due(second(60), most=3) for _ in range(2))

    assert {callback.created_at for callback in together} == {NINE, second(1)}
    assert {callback.created_at for callback in alone} == {second(2)}


def test_what_is_due_later_waits() -> None:
    gateway = a_gateway()
    gateway.send(DEMO, a_draft(NUMBER, callback=URL))

    assert gateway.agenda.fall_due(second(0.999999)) == []
    assert gateway.agenda.next_due() == second(1)


def delivered(gateway: Gateway) -> Callback:
    """The callback of a message that was just delivered, about to be tried."""
    gateway.send(DEMO, a_draft(EARLY, callback=URL))
    callback = gateway.agenda.fall_due(NINE)[-1]
    assert callback.push.body == "306900009008 delivered 09:00:00"
    return callback


def test_an_attempt_is_noted_and_told() -> None:
    gateway = a_gateway()
    callback = delivered(gateway)

    gateway.agenda.attempted([(callback, Attempt(at=NINE, result=Result.ANSWERED, status=200))])

    assert pending(gateway.store, callback.id) is None
    assert gateway.feed.after(0)[-1].kind is Kind.CALLBACK


def test_an_attempt_at_nothing_is_not_told() -> None:
    gateway = a_gateway()
    callback = delivered(gateway)
    gateway.store.drop(CALLBACK, (callback.id,))
    before = gateway.feed.last

    gateway.agenda.attempted([(callback, Attempt(at=NINE, result=Result.ANSWERED, status=200))])

    assert gateway.feed.last == before
