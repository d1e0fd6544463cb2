"""Objections to an order, all of them at once, and what becomes of an accepted one."""

from datetime import timedelta
from decimal import Decimal

import pytest

from emulator import settings
from emulator.core.credits import Tariff
from emulator.core.model import (
    NO_EXTRAS,
    Account,
    Coding,
    Draft,
    Medium,
    Message,
    Order,
    Status,
    Step,
    Wording,
)
from emulator.core.refusals import Reason, Refused, refuse_for
from emulator.core.sending import Plan, accepted, objections, plan
from emulator.tests.samples import (
    EXPIRES,
    FAILS,
    NINE,
    NUMBER,
    OTHER,
    STUCK,
    UNPAID,
    URL,
    a_draft,
    an_account,
    an_order,
    second,
)

PENNILESS = an_account(credit=Decimal("0.99"))


def planned(draft: Draft, account: Account | None, tariff: Tariff | None = None) -> Plan:
    fates = [settings.outcomes().of(number) for number in draft.recipients]
    return plan(draft, account, tariff or Tariff(), fates)


@pytest.mark.parametrize(
    ("draft", "account", "reasons"),
    [
        (a_draft(NUMBER), an_account(), []),
        (a_draft(), an_account(), [Reason.NO_RECIPIENTS]),
        (a_draft(NUMBER), None, [Reason.BAD_CREDENTIALS]),
        (a_draft(NUMBER), PENNILESS, [Reason.NO_CREDIT]),
        (a_draft(UNPAID), an_account(), [Reason.NO_CREDIT]),
        (a_draft(NUMBER), an_account(senders=("Demo",)), [Reason.BAD_SENDER]),
        (a_draft(NUMBER), an_account(senders=()), [Reason.BAD_SENDER]),
        (a_draft(NUMBER, own_sender=True), an_account(senders=()), []),
        (a_draft(NUMBER), an_account(senders=("smslab",)), []),
        (a_draft(NUMBER, flaws=(Reason.BAD_SCHEDULE,)), an_account(), [Reason.BAD_SCHEDULE]),
        (a_draft(), None, [Reason.NO_RECIPIENTS, Reason.BAD_CREDENTIALS]),
        (
            a_draft(NUMBER, flaws=(Reason.BAD_SCHEDULE,)),
            an_account(senders=(), credit=Decimal(0)),
            [Reason.BAD_SCHEDULE, Reason.BAD_SENDER, Reason.NO_CREDIT],
        ),
    ],
)
def test_every_objection_is_reported(draft: Draft, account: Account | None, reasons: list[Reason]) -> None:
    assert set(objections(planned(draft, account))) == set(reasons)


def test_an_order_costs_parts_times_recipients() -> None:
    found = planned(a_draft(NUMBER, OTHER, text="a" * 161), an_account())

    assert (found.parts, found.cost) == (2, Decimal("4.00"))


@pytest.mark.parametrize("medium", [Medium.FAX, Medium.MAIL])
def test_what_is_no_short_message_has_one_part(medium: Medium) -> None:
    found = planned(a_draft(NUMBER, OTHER, text="a" * 1000, medium=medium), an_account())

    assert (found.parts, found.cost) == (1, Decimal("2.00"))


def test_a_route_with_a_price_costs_that_a_message() -> None:
    tariff = Tariff(prefixes={"30": Decimal(5)}, routes={"fast": Decimal("0.07")})

    priced = planned(a_draft(NUMBER, OTHER, text="a" * 161, route="fast"), an_account(), tariff)
    unpriced = planned(a_draft(NUMBER, text="a" * 161, route="slow"), an_account(), tariff)

    assert (priced.parts, priced.cost) == (2, Decimal("0.14"))
    assert unpriced.cost == Decimal("10.00")


@pytest.mark.parametrize(
    ("number", "validity", "end"),
    [
        (NUMBER, None, (3, Status.DELIVERED)),
        (NUMBER, timedelta(seconds=2), (2, Status.EXPIRED)),
        (STUCK, None, (1, Status.SUBMITTED)),
        (STUCK, timedelta(seconds=2), (2, Status.EXPIRED)),
        (FAILS, timedelta(seconds=2), (2, Status.EXPIRED)),
        (FAILS, timedelta(seconds=4), (3, Status.UNDELIVERABLE)),
        (EXPIRES, None, (3600, Status.EXPIRED)),
        (EXPIRES, timedelta(seconds=2), (2, Status.EXPIRED)),
        (EXPIRES, timedelta(), (3600, Status.EXPIRED)),
    ],
)
def test_a_validity_ends_whatever_becomes_of_a_message(
    number: str, validity: timedelta | None, end: tuple[float, Status]
) -> None:
    _, (message,) = an_order(number, validity=validity, patience=timedelta(hours=1))

    after, status = message.timetable[-1]
    assert (after.total_seconds(), status) == end


def test_a_surcharge_is_paid_for_every_part() -> None:
    tariff = Tariff(routes={"fast": Decimal("0.07")})

    found = planned(a_draft(NUMBER, OTHER, text="a" * 161, surcharge=Decimal("0.5")), an_account())
    fast = planned(a_draft(NUMBER, route="fast", surcharge=Decimal("0.5")), an_account(), tariff)

    assert (found.cost, fast.cost) == (Decimal(6), Decimal("0.57"))


def test_parts_that_the_provider_counted_are_the_ones_that_are_paid_for() -> None:
    found = planned(a_draft(NUMBER, text="[" * 160, parts=1), an_account())

    assert (found.parts, found.cost) == (1, Decimal(1))


def test_messages_without_a_text_of_their_own_share_that_of_the_order() -> None:
    order, messages = an_order(NUMBER, OTHER, texts={OTHER: ("Hi", Coding.UCS2)})

    assert [message.wording for message in messages] == [
        None,
        Wording(text="Hi", coding=Coding.UCS2, parts=1),
    ]
    assert (messages[0].text, messages[0].coding, messages[0].parts) == ("Hello", Coding.GSM7, 1)
    assert order.text == "Hello"


def test_an_order_remembers_what_its_provider_wants_remembered() -> None:
    notes = {"subject": "Offer"}

    order, _ = an_order(NUMBER, medium=Medium.FAX, route="fast", extras=notes)

    assert (order.medium, order.route, order.extras) == (Medium.FAX, "fast", notes)


def test_orders_without_notes_share_their_emptiness() -> None:
    assert an_order(NUMBER)[0].extras is an_order(OTHER)[0].extras is NO_EXTRAS


def test_the_alphabet_decides_the_parts() -> None:
    assert planned(a_draft(NUMBER, text="a" * 71), an_account()).parts == 1
    assert planned(a_draft(NUMBER, text="a" * 71, coding=Coding.UCS2), an_account()).parts == 2


def test_an_order_keeps_what_its_messages_share() -> None:
    draft = a_draft(NUMBER, OTHER, text="Γεια", coding=Coding.UCS2, flash=True, callback=URL)

    order, messages = accepted(planned(draft, an_account()), an_account(), now=NINE, id=7, first=41)

    assert order == Order(
        id=7,
        provider="isms",
        account="demo",
        sender="smslab",
        text="Γεια",
        coding=Coding.UCS2,
        flash=True,
        parts=1,
        accepted_at=NINE,
        scheduled_at=None,
        callback=URL,
        first=41,
        size=2,
    )
    assert [(message.id, message.recipient, message.order) for message in messages] == [
        (41, NUMBER, order),
        (42, OTHER, order),
    ]


def test_a_message_keeps_its_own_price_and_outcome() -> None:
    draft = a_draft("35799548796", EXPIRES, text="a" * 161)
    tariff = Tariff(prefixes={"357": Decimal("1.50")})

    _, messages = accepted(planned(draft, an_account(), tariff), an_account(), now=NINE, id=1, first=1)

    assert [(message.price, message.outcome) for message in messages] == [
        (Decimal("3.00"), "delivered"),
        (Decimal("2.00"), "expires"),
    ]


def test_a_schedule_in_the_future_waits() -> None:
    order, (message,) = an_order(NUMBER, scheduled_at=second(60))

    assert order.scheduled_at == second(60)
    assert message.timetable[:2] == (
        Step(timedelta(0), Status.SCHEDULED),
        Step(timedelta(seconds=60), Status.QUEUED),
    )


@pytest.mark.parametrize("seconds", [0, -1, -86400])
def test_a_schedule_gone_by_means_at_once(seconds: int) -> None:
    order, (message,) = an_order(NUMBER, scheduled_at=second(seconds))

    assert order.scheduled_at is None
    assert message.timetable[0] == Step(timedelta(0), Status.QUEUED)


def expiry(message: Message) -> timedelta:
    return message.timetable[-1].after


def test_the_validity_of_the_draft_ends_the_tries() -> None:
    _, (asked,) = an_order(EXPIRES, validity=timedelta(minutes=5))
    _, (silent,) = an_order(EXPIRES)

    assert expiry(asked) == timedelta(minutes=5)
    assert expiry(silent) == timedelta(hours=48)


def test_a_refusal_carries_every_reason_and_ranks_none() -> None:
    with pytest.raises(Refused) as refusal:
        refuse_for(iter([Reason.NO_CREDIT, Reason.BAD_SENDER, Reason.NO_CREDIT]))

    assert refusal.value.reasons == {Reason.BAD_SENDER, Reason.NO_CREDIT}
    assert str(refusal.value) == "bad-sender, no-credit"


def test_without_objections_nothing_is_refused() -> None:
    refuse_for([])
