"""The verbs of the service: ownership, all or nothing, and many callers at once."""

import contextlib
import threading
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from emulator.core import holds
from emulator.core.callbacks import KIND as CALLBACK
from emulator.core.events import Kind
from emulator.core.gateway import Gateway
from emulator.core.hlr import Progress, Question
from emulator.core.model import Coding, Draft, Enquiry, Login, Status
from emulator.core.pushes import Callback
from emulator.core.refusals import Reason, Refused
from emulator.tests.samples import (
    DEMO,
    EARLY,
    FAILS,
    GUEST,
    NINE,
    NUMBER,
    OTHER,
    SLOW,
    UNPAID,
    URL,
    Notes,
    a_draft,
    a_gateway,
    an_account,
    run,
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
    gateway.look_up(FOREIGN, Question(numbers=(NUMBER,)))

    assert [message.price for message in gateway.store.ordered(order.id)] == [Decimal(0)]
    assert gateway.credit(FOREIGN) == 0


def test_what_a_recipient_is_told_apart_from_the_rest_is_its_own() -> None:
    gateway = a_gateway()
    own = {OTHER: ("Γ" * 71, Coding.UCS2)}

    gateway.send(DEMO, a_draft(NUMBER, OTHER, texts=own))

    found = [(one.text, one.coding, one.parts, one.price) for one in gateway.store.messages()]
    assert found == [("Hello", Coding.GSM7, 1, Decimal(1)), ("Γ" * 71, Coding.UCS2, 2, Decimal(2))]
    assert gateway.credit(DEMO) == Decimal("7.00")


def test_a_recipient_refused_alone_costs_nothing_and_goes_nowhere() -> None:
    gateway = a_gateway()
    refused = {OTHER: Reason.BLOCKED_RECIPIENT}

    order = gateway.send(DEMO, a_draft(NUMBER, OTHER, refusals=refused, scheduled_at=second(60)))

    found = [(one.refusal, one.price, status) for one, status in gateway.ordered(DEMO, order.id)]
    assert found == [
        (None, Decimal(1), Status.SCHEDULED),
        (Reason.BLOCKED_RECIPIENT, Decimal(0), Status.REJECTED),
    ]
    assert gateway.credit(DEMO) == Decimal("9.00")


def test_where_each_is_paid_for_alone_credit_ends_with_a_recipient() -> None:
    gateway = a_gateway(an_account(credit=Decimal("2.50")))
    draft = a_draft(NUMBER, UNPAID, OTHER, SLOW, each=True)

    gateway.send(DEMO, draft)

    refusals = [one.refusal for one in gateway.store.messages()]
    assert refusals == [None, Reason.NO_CREDIT, None, Reason.NO_CREDIT]
    assert gateway.credit(DEMO) == Decimal("0.50")


def test_a_dear_message_leaves_its_credit_to_a_cheap_one() -> None:
    gateway = a_gateway(an_account(credit=Decimal(1)))
    texts = {NUMBER: ("a" * 161, Coding.GSM7)}

    gateway.send(DEMO, a_draft(NUMBER, OTHER, texts=texts, each=True))

    assert [one.refusal for one in gateway.store.messages()] == [Reason.NO_CREDIT, None]


def test_acceptance_is_reported_too_where_a_provider_has_something_to_say_of_it() -> None:
    gateway = a_gateway()
    gateway.agenda._reports = {"isms": Notes(early=True)}
    refused = {OTHER: Reason.BLOCKED_RECIPIENT}

    gateway.send(DEMO, a_draft(NUMBER, OTHER, refusals=refused, callback=URL))
    gateway.send(DEMO, a_draft(SLOW, callback=URL, scheduled_at=second(60)))

    assert bodies(gateway) == [
        f"{NUMBER} queued 09:00:00",
        f"{OTHER} rejected 09:00:00",
        f"{SLOW} scheduled 09:00:00",
    ]


# Credit


def test_what_is_paid_on_delivery_costs_nothing_before() -> None:
    gateway = a_gateway()
    gateway.send(DEMO, a_draft(NUMBER, FAILS, on_delivery=True))
    credits = []

    for seconds in (0, 2, 1, 3600):
        run(gateway, seconds)
        credits.append(gateway.credit(DEMO))

    assert credits == [10, 10, 9, 9]


def test_what_nobody_can_pay_when_it_is_submitted_fails_alone() -> None:
    gateway = a_gateway(an_account(credit=Decimal(1)))
    for number in (SLOW, NUMBER, EARLY):
        gateway.send(DEMO, a_draft(number, on_delivery=True, callback=URL))

    told = run(gateway, 7200)

    assert told == [
        f"{EARLY} submitted 09:00:00",
        f"{EARLY} delivered 09:00:00",
        f"{SLOW} undeliverable 09:00:01",
        f"{NUMBER} undeliverable 09:00:01",
    ]
    assert [message.price for message in gateway.store.messages()] == [0, 0, 1]
    assert gateway.credit(DEMO) == 0


def test_what_is_paid_on_delivery_needs_credit_when_it_is_sent() -> None:
    gateway = a_gateway(an_account(credit=Decimal("0.99")))

    with pytest.raises(Refused):
        gateway.send(DEMO, a_draft(NUMBER, on_delivery=True))


def test_what_was_submitted_is_spoken_for_until_its_end() -> None:
    gateway = a_gateway(an_account(credit=Decimal("1.5")))
    for number, wait in ((FAILS, 0), (NUMBER, 1), (NUMBER, 3600)):
        scheduled = second(wait) if wait else None
        gateway.send(DEMO, a_draft(number, on_delivery=True, scheduled_at=scheduled))

    run(gateway, 7200)

    states = [status for _, status in gateway.owned(DEMO)]
    assert states == [Status.UNDELIVERABLE, Status.UNDELIVERABLE, Status.DELIVERED]
    assert gateway.credit(DEMO) == Decimal("0.5")
    assert not gateway.store.any(holds.KIND)


def test_what_is_sent_on_trust_needs_credit_only_when_it_is_submitted() -> None:
    gateway = a_gateway(an_account(credit=Decimal("0.99")))
    gateway.send(DEMO, a_draft(NUMBER, on_delivery=True, on_trust=True, callback=URL))

    told = run(gateway, 60)

    assert told == [f"{NUMBER} undeliverable 09:00:01"]


def test_calling_back_what_was_not_paid_yet_pays_nothing_back() -> None:
    gateway = a_gateway()
    order = gateway.send(DEMO, a_draft(NUMBER, on_delivery=True, scheduled_at=second(60)))

    gateway.cancel(DEMO, about(order.id))

    assert gateway.credit(DEMO) == 10


def test_an_overdraft_may_be_spent_to_its_end() -> None:
    gateway = a_gateway(an_account(credit=Decimal("-1.00"), overdraft=Decimal(3)))

    gateway.send(DEMO, a_draft(NUMBER, OTHER))

    assert gateway.credit(DEMO) == Decimal("-3.00")
    with pytest.raises(Refused) as refusal:
        gateway.send(DEMO, a_draft(NUMBER))
    assert reasons(refusal) == {Reason.NO_CREDIT}


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


def test_without_a_number_the_first_recipient_is_meant() -> None:
    gateway = a_gateway()
    order = gateway.send(DEMO, a_draft(FAILS, NUMBER))

    message, _ = gateway.status(DEMO, Enquiry(id=order.id))

    assert message.recipient == FAILS


def test_the_messages_of_an_order_come_with_their_states() -> None:
    gateway = a_gateway()
    order = gateway.send(DEMO, a_draft(NUMBER, FAILS))
    gateway.clock.reach(second(3))

    found = gateway.ordered(DEMO, order.id)

    assert [(message.recipient, status) for message, status in found] == [
        (NUMBER, Status.DELIVERED),
        (FAILS, Status.UNDELIVERABLE),
    ]


@pytest.mark.parametrize(
    ("login", "id", "objections"),
    [
        (DEMO, 2, {Reason.UNKNOWN_MESSAGE}),
        (DEMO, None, {Reason.UNKNOWN_MESSAGE}),
        (GUEST, 1, {Reason.UNKNOWN_MESSAGE}),
        (MISTAKEN, 1, {Reason.BAD_CREDENTIALS}),
        (replace(DEMO, flaws=(Reason.NO_ROUTE,)), 1, {Reason.NO_ROUTE}),
    ],
)
def test_an_order_is_known_to_its_own_account_only(
    login: Login, id: int | None, objections: set[Reason]
) -> None:
    gateway = a_gateway()
    gateway.send(DEMO, a_draft(NUMBER))

    with pytest.raises(Refused) as refusal:
        gateway.ordered(login, id)

    assert reasons(refusal) == objections


def test_an_account_is_told_all_its_messages_and_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("emulator.core.ordered.PAGE", 2)
    gateway = a_gateway()
    for login in (DEMO, GUEST, DEMO, DEMO):
        gateway.send(login, a_draft(NUMBER))
    gateway.clock.reach(second(1))

    owned = gateway.owned(DEMO)

    assert [(message.id, status) for message, status in owned] == [
        (1, Status.SUBMITTED),
        (3, Status.SUBMITTED),
        (4, Status.SUBMITTED),
    ]


def test_others_have_their_turn_while_messages_are_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("emulator.core.ordered.PAGE", 1)
    gateway = a_gateway()
    gateway.send(DEMO, a_draft(NUMBER, OTHER))
    looking = gateway.messages()
    next(looking)

    sending = threading.Thread(target=gateway.send, args=(DEMO, a_draft(FAILS)))
    sending.start()
    sending.join(10)

    assert [message.recipient for message in looking] == [OTHER, FAILS]


@pytest.mark.parametrize("login", [STRANGER, MISTAKEN, FOREIGN])
def test_a_stranger_owns_nothing(login: Login) -> None:
    gateway = a_gateway()

    assert gateway.who(login) is None
    with pytest.raises(Refused) as refusal:
        gateway.owned(login)
    assert reasons(refusal) == {Reason.BAD_CREDENTIALS}


# Keys

KEYED = an_account(provider="iro", login="anna", password="", key="k-1")
BY_KEY = Login(provider="iro", key="k-1")


def test_a_key_alone_says_who_calls() -> None:
    gateway = a_gateway(KEYED)

    order = gateway.send(replace(BY_KEY, name="bert", password="no"), a_draft(NUMBER))

    assert (order.provider, order.account) == ("iro", "anna")
    assert [message.order.id for message, _ in gateway.owned(BY_KEY)] == [order.id]
    assert gateway.status(BY_KEY, about(order.id))[1] is Status.QUEUED
    assert gateway.account(BY_KEY) == gateway.who(BY_KEY) == KEYED


@pytest.mark.parametrize(
    "login",
    [
        Login(provider="iro", key="k-2"),
        Login(provider="isms", key="k-1"),
        Login(provider="iro", name="anna"),
        Login(provider="iro", name="anna", password="k-1"),
        Login(provider="iro"),
    ],
)
def test_nothing_but_the_key_opens_an_account_without_password(login: Login) -> None:
    with pytest.raises(Refused) as refusal:
        a_gateway(KEYED).credit(login)

    assert reasons(refusal) == {Reason.BAD_CREDENTIALS}


def test_a_flaw_of_the_login_does_not_hide_who_calls() -> None:
    gateway, login = a_gateway(KEYED), replace(BY_KEY, flaws=(Reason.NO_CREDIT,))

    assert gateway.who(login) == KEYED
    with pytest.raises(Refused) as refusal:
        gateway.account(login)
    assert reasons(refusal) == {Reason.NO_CREDIT}


# Cancelling


def test_a_cancelled_message_is_paid_back_and_never_sent() -> None:
    gateway = a_gateway()
    order = gateway.send(DEMO, a_draft(NUMBER, OTHER, scheduled_at=second(60), callback=URL))
    gateway.clock.reach(second(59))

    message = gateway.cancel(DEMO, about(order.id, OTHER))

    assert (message.recipient, message.price, message.timetable[-1].status) == (
        OTHER,
        Decimal(0),
        Status.CANCELLED,
    )
    assert gateway.credit(DEMO) == Decimal("9.00")
    told = run(gateway, 3600)
    assert told[0] == f"{OTHER} cancelled 09:00:59"
    assert [said.partition(" ")[0] for said in told[1:]] == [NUMBER] * 3
    assert [status for _, status in gateway.ordered(DEMO, order.id)] == [Status.DELIVERED, Status.CANCELLED]


def test_a_cancelled_message_may_have_to_be_paid_all_the_same() -> None:
    gateway = a_gateway()
    order = gateway.send(DEMO, a_draft(NUMBER, scheduled_at=second(60)))

    message = gateway.cancel(DEMO, about(order.id), refund=False)

    assert (message.price, gateway.credit(DEMO)) == (Decimal("1.00"), Decimal("9.00"))


def test_listeners_hear_of_a_cancellation() -> None:
    gateway = a_gateway()
    order = gateway.send(DEMO, a_draft(NUMBER, scheduled_at=second(60)))
    last = gateway.feed.last

    message = gateway.cancel(DEMO, Enquiry(id=order.id))

    (event,) = gateway.feed.after(last)
    assert (event.kind, event.detail) == (Kind.STEP, (message, Status.CANCELLED))


@pytest.mark.parametrize(
    ("login", "enquiry", "objections"),
    [
        (DEMO, about(1), {Reason.NOT_SCHEDULED}),
        (DEMO, about(2, OTHER), {Reason.UNKNOWN_MESSAGE}),
        (DEMO, about(3), {Reason.UNKNOWN_MESSAGE}),
        (GUEST, about(2), {Reason.UNKNOWN_MESSAGE}),
        (MISTAKEN, about(2), {Reason.BAD_CREDENTIALS}),
        (DEMO, replace(about(2), flaws=(Reason.NO_ID,)), {Reason.NO_ID}),
        (replace(DEMO, flaws=(Reason.NO_ROUTE,)), about(2), {Reason.NO_ROUTE}),
    ],
)
def test_a_refused_cancellation_changes_nothing(
    login: Login, enquiry: Enquiry, objections: set[Reason]
) -> None:
    gateway = a_gateway()
    gateway.send(DEMO, a_draft(NUMBER))
    gateway.send(DEMO, a_draft(NUMBER, scheduled_at=second(60)))

    with pytest.raises(Refused) as refusal:
        gateway.cancel(login, enquiry)

    assert reasons(refusal) == objections
    assert gateway.credit(DEMO) == Decimal("8.00")
    assert gateway.status(DEMO, about(2))[1] is Status.SCHEDULED


def test_a_message_can_be_cancelled_until_its_moment_comes() -> None:
    gateway = a_gateway()
    order = gateway.send(DEMO, a_draft(NUMBER, scheduled_at=second(60)))
    gateway.clock.reach(second(60))

    with pytest.raises(Refused) as refusal:
        gateway.cancel(DEMO, about(order.id))

    assert reasons(refusal) == {Reason.NOT_SCHEDULED}


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


def at_once(*calls: Callable[[], None]) -> None:
    """Let as many threads begin together, and wait for them all."""
    together = threading.Barrier(len(calls))

    def caller(call: Callable[[], None]) -> None:
        together.wait(10)
        call()

    callers = [threading.Thread(target=caller, args=(call,)) for call in calls]
    for one in callers:
        one.start()
    for one in callers:
        one.join(30)


def test_callers_at_once_lose_and_double_nothing() -> None:
    """Eight send until the money is gone: every id once, and not a credit too much or too little."""
    gateway = a_gateway(an_account(credit=Decimal("100.00")))
    accepted: list[int] = []

    def send() -> None:
        for _ in range(20):
            with contextlib.suppress(Refused):
                accepted.append(gateway.send(DEMO, a_draft(NUMBER)).id)

    at_once(*[send] * 8)

    assert sorted(accepted) == list(range(1, 101))
    assert gateway.credit(DEMO) == Decimal("0.00")
    assert [message.id for message in gateway.store.messages()] == list(range(1, 101))


def test_of_callers_at_once_one_cancels_a_message_and_is_paid_back_once() -> None:
    gateway, cancelled = waiting(50)

    at_once(*[lambda: cancel_all(gateway, cancelled)] * 8)

    assert sorted(cancelled) == list(range(1, 51))
    assert gateway.credit(DEMO) == Decimal("100.00")
    assert run(gateway, 3600) == [f"{NUMBER} cancelled 09:00:00"] * 50


def test_a_message_is_either_cancelled_and_paid_back_or_sent() -> None:
    """Its moment comes while others cancel it."""
    gateway, cancelled = waiting(50)
    told: list[str] = []

    at_once(lambda: told.extend(run(gateway, 3600)), *[lambda: cancel_all(gateway, cancelled)] * 3)

    sent = 50 - len(cancelled)
    assert len(set(cancelled)) == len(cancelled)
    assert gateway.credit(DEMO) == Decimal(100 - sent)
    assert told.count(f"{NUMBER} delivered 09:01:03") == sent


def waiting(count: int) -> tuple[Gateway, list[int]]:
    """A gateway with so many messages that wait a minute, and room for the ids of those cancelled."""
    gateway = a_gateway(an_account(credit=Decimal("100.00")))
    for _ in range(count):
        gateway.send(DEMO, a_draft(NUMBER, scheduled_at=second(60), callback=URL))
    return gateway, []


def cancel_all(gateway: Gateway, cancelled: list[int]) -> None:
    for order in range(1, gateway.store.count("order") + 1):
        with contextlib.suppress(Refused):
            cancelled.append(gateway.cancel(DEMO, about(order)).id)
