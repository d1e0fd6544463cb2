"""The verbs of the service: ownership, all or nothing, and many callers at once."""

import contextlib
import threading
from dataclasses import replace
from decimal import Decimal

import pytest

from emulator.core.callbacks import KIND as CALLBACK
from emulator.core.gateway import Gateway
from emulator.core.hlr import Progress, Question
from emulator.core.model import Callback, Draft, Enquiry, Login, Status
from emulator.core.refusals import Reason, Refused
from emulator.tests.samples import (
    DEMO,
    FAILS,
    GUEST,
    NINE,
    NUMBER,
    OTHER,
    UNPAID,
    URL,
    a_draft,
    a_gateway,
    an_account,
    second,
)

STRANGER = Login(provider="isms", name="stranger", password="secret")
MISTAKEN = Login(provider="isms", name="demo", password="Secret")
FOREIGN = Login(provider="iro", name="demo", password="secret")


def reasons(refusal: pytest.ExceptionInfo[Refused]) -> set[Reason]:
    return set(refusal.value.reasons)


def about(id: int, number: str = NUMBER) -> Enquiry:
    return Enquiry(id=id, number=number)


def bodies(gateway: Gateway) -> list[str]:
    """What the callbacks say that wait to be tried."""
    return [one.push.body for one in gateway.store.values(CALLBACK) if isinstance(one, Callback)]


# Sending


def test_a_send_is_debited_and_remembered() -> None:
    gateway = a_gateway()

    order = gateway.send(DEMO, a_draft(NUMBER, OTHER, text="a" * 161))

    assert gateway.credit(DEMO) == Decimal("6.00")
    assert [message.recipient for message in gateway.store.ordered(order.id)] == [NUMBER, OTHER]


def test_orders_and_messages_are_counted_apart() -> None:
    gateway = a_gateway()

    orders = [gateway.send(DEMO, a_draft(NUMBER, OTHER)) for _ in range(2)]

    assert [(order.id, order.first, order.size) for order in orders] == [(1, 1, 2), (2, 3, 2)]
    assert [message.id for message in gateway.store.messages()] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("login", "draft", "reason"),
    [
        (STRANGER, a_draft(NUMBER), Reason.BAD_CREDENTIALS),
        (MISTAKEN, a_draft(NUMBER), Reason.BAD_CREDENTIALS),
        (FOREIGN, a_draft(NUMBER), Reason.BAD_CREDENTIALS),
        (DEMO, a_draft(), Reason.NO_RECIPIENTS),
        (DEMO, a_draft(NUMBER, text="a" * 1531), Reason.NO_CREDIT),
        (DEMO, a_draft(NUMBER, UNPAID), Reason.NO_CREDIT),
        (DEMO, a_draft(NUMBER, flaws=(Reason.BAD_SCHEDULE,)), Reason.BAD_SCHEDULE),
        (replace(DEMO, flaws=(Reason.STORAGE_FAILED,)), a_draft(NUMBER), Reason.STORAGE_FAILED),
    ],
)
def test_a_refused_send_costs_nothing_and_leaves_no_trace(login: Login, draft: Draft, reason: Reason) -> None:
    gateway = a_gateway()

    with pytest.raises(Refused) as refusal:
        gateway.send(login, draft)

    assert reasons(refusal) == {reason}
    assert gateway.credit(DEMO) == Decimal("10.00")
    assert list(gateway.store.messages()) == []
    assert gateway.agenda.next_due() is None
    assert gateway.send(DEMO, a_draft(NUMBER)).id == 1


def test_a_send_that_the_credit_covers_in_part_reaches_nobody() -> None:
    gateway = a_gateway(an_account(credit=Decimal("1.99")))

    with pytest.raises(Refused):
        gateway.send(DEMO, a_draft(NUMBER, OTHER))

    assert gateway.credit(DEMO) == Decimal("1.99")


def test_a_send_may_take_the_last_credit() -> None:
    gateway = a_gateway(an_account(credit=Decimal("2.00")))

    gateway.send(DEMO, a_draft(NUMBER, OTHER))

    assert gateway.credit(DEMO) == Decimal("0.00")


def test_the_objections_of_every_side_come_together() -> None:
    gateway = a_gateway(an_account(credit=Decimal(0), senders=()))
    login = replace(DEMO, flaws=(Reason.STORAGE_FAILED,))

    with pytest.raises(Refused) as refusal:
        gateway.send(login, a_draft(NUMBER, flaws=(Reason.BAD_SCHEDULE,)))

    assert reasons(refusal) == {
        Reason.STORAGE_FAILED,
        Reason.BAD_SCHEDULE,
        Reason.BAD_SENDER,
        Reason.NO_CREDIT,
    }


def test_a_provider_without_tariff_costs_nothing() -> None:
    gateway = a_gateway(an_account(provider="iro", credit=Decimal(0)))

    order = gateway.send(FOREIGN, a_draft(NUMBER))

    assert [message.price for message in gateway.store.ordered(order.id)] == [Decimal(0)]


# Asking


def test_the_status_of_a_message_follows_the_clock() -> None:
    gateway = a_gateway()
    order = gateway.send(DEMO, a_draft(NUMBER))
    shown = []

    for seconds in (0, 1, 3, 1e6):
        gateway.clock.reach(second(seconds))
        shown.append(gateway.status(DEMO, about(order.id))[1])

    assert shown == [Status.QUEUED, Status.SUBMITTED, Status.DELIVERED, Status.DELIVERED]


def test_the_recipients_of_an_order_have_their_own_states() -> None:
    gateway = a_gateway()
    order = gateway.send(DEMO, a_draft(NUMBER, FAILS))

    gateway.clock.reach(second(3))

    assert gateway.status(DEMO, about(order.id, NUMBER))[1] is Status.DELIVERED
    assert gateway.status(DEMO, about(order.id, FAILS))[1] is Status.UNDELIVERABLE


@pytest.mark.parametrize(
    ("login", "enquiry", "objections"),
    [
        (DEMO, about(2), {Reason.UNKNOWN_MESSAGE}),
        (DEMO, about(1, OTHER), {Reason.UNKNOWN_MESSAGE}),
        (DEMO, Enquiry(id=None, number=NUMBER), {Reason.UNKNOWN_MESSAGE}),
        (GUEST, about(1), {Reason.UNKNOWN_MESSAGE}),
        (MISTAKEN, about(1), {Reason.BAD_CREDENTIALS}),
        (STRANGER, about(1), {Reason.BAD_CREDENTIALS, Reason.UNKNOWN_MESSAGE}),
        (
            DEMO,
            Enquiry(id=None, number="", flaws=(Reason.NO_ID, Reason.NO_NUMBER)),
            {Reason.NO_ID, Reason.NO_NUMBER, Reason.UNKNOWN_MESSAGE},
        ),
    ],
)
def test_a_message_is_known_to_its_own_account_only(
    login: Login, enquiry: Enquiry, objections: set[Reason]
) -> None:
    gateway = a_gateway()
    gateway.send(DEMO, a_draft(NUMBER))

    with pytest.raises(Refused) as refusal:
        gateway.status(login, enquiry)

    assert reasons(refusal) == objections


@pytest.mark.parametrize("login", [STRANGER, MISTAKEN, FOREIGN])
def test_a_stranger_is_told_no_credit(login: Login) -> None:
    with pytest.raises(Refused) as refusal:
        a_gateway().credit(login)

    assert reasons(refusal) == {Reason.BAD_CREDENTIALS}


# Looking up


def test_a_look_up_is_debited_and_answered_in_time() -> None:
    gateway = a_gateway()

    id = gateway.look_up(DEMO, Question(numbers=(NUMBER, FAILS)))

    assert gateway.credit(DEMO) == Decimal("9.80")
    shown = []
    for seconds in (0, 1, 3):
        gateway.clock.reach(second(seconds))
        shown.append(gateway.looked_up(DEMO, about(id))[1])
    assert shown == [Progress.QUEUED, Progress.PENDING, Progress.ANSWERED]


def test_a_refused_look_up_costs_nothing() -> None:
    gateway = a_gateway(an_account(credit=Decimal("0.19")))

    with pytest.raises(Refused) as refusal:
        gateway.look_up(DEMO, Question(numbers=(NUMBER, OTHER)))

    assert reasons(refusal) == {Reason.NO_CREDIT}
    assert gateway.credit(DEMO) == Decimal("0.19")


@pytest.mark.parametrize(("login", "enquiry"), [(DEMO, about(2)), (DEMO, about(1, OTHER)), (GUEST, about(1))])
def test_a_look_up_is_known_to_its_own_account_only(login: Login, enquiry: Enquiry) -> None:
    gateway = a_gateway()
    gateway.look_up(DEMO, Question(numbers=(NUMBER,)))

    with pytest.raises(Refused) as refusal:
        gateway.looked_up(login, enquiry)

    assert reasons(refusal) == {Reason.UNKNOWN_LOOKUP}


def test_messages_and_look_ups_are_two_kinds() -> None:
    gateway = a_gateway()
    order = gateway.send(DEMO, a_draft(NUMBER))

    with pytest.raises(Refused) as refusal:
        gateway.looked_up(DEMO, about(order.id))

    assert reasons(refusal) == {Reason.UNKNOWN_LOOKUP}


# Handsets


def test_inbound_messages_need_an_account_to_go_to() -> None:
    with pytest.raises(Refused) as refusal:
        a_gateway().receive("isms", "stranger", NUMBER, "54321", "Hello")

    assert reasons(refusal) == {Reason.BAD_CREDENTIALS}


def test_an_inbound_message_is_reported_to_its_account() -> None:
    gateway = a_gateway(an_account(attributes={"inbound": URL}))

    gateway.receive("isms", "demo", NUMBER, "54321", "Hello")

    assert bodies(gateway) == ["306912345678 says Hello"]
    assert gateway.agenda.next_due() == NINE


# Many callers


def test_callers_at_once_lose_and_double_nothing() -> None:
    """Eight threads send until the money is gone: every id once, and not a credit too much or too little."""
    gateway = a_gateway(an_account(credit=Decimal("100.00")))
    together = threading.Barrier(8)
    accepted: list[int] = []

    def send() -> None:
        together.wait(10)
        for _ in range(20):
            with contextlib.suppress(Refused):
                accepted.append(gateway.send(DEMO, a_draft(NUMBER)).id)

    callers = [threading.Thread(target=send) for _ in range(8)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join(30)

    assert sorted(accepted) == list(range(1, 101))
    assert gateway.credit(DEMO) == Decimal("0.00")
    assert [message.id for message in gateway.store.messages()] == list(range(1, 101))
