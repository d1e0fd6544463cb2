"""Objections to an order, and what becomes of an accepted one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType

from emulator.core.credits import Tariff, affords
from emulator.core.model import Account, Coding, Draft, Medium, Message, Order, Wording
from emulator.core.outcomes import Outcome
from emulator.core.quick import quick
from emulator.core.refusals import Reason
from emulator.core.text import parts
from emulator.core.timetable import FARTHEST, NOW, REFUSED, timetable

NOTHING = Decimal(0)
NO_WORDINGS: Mapping[str, Wording] = MappingProxyType({})
NO_PLACES: Mapping[int, Reason] = MappingProxyType({})


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A draft with everything known that decides it: who pays, what it costs, what each number means.

    `wordings` are the recipients' own texts, `refusals` the recipients, by their places, that are refused
    alone; these pay nothing. `spent` is what the account will have paid before.
    """

    draft: Draft
    account: Account | None
    parts: int
    prices: Sequence[Decimal]
    outcomes: Sequence[Outcome]
    wordings: Mapping[str, Wording] = field(default_factory=lambda: NO_WORDINGS)
    refusals: Mapping[int, Reason] = field(default_factory=lambda: NO_PLACES)
    spent: Decimal = NOTHING

    @property
    def cost(self) -> Decimal:
        return sum(self.prices[1:], self.prices[0]) if self.prices else NOTHING

    @property
    def due(self) -> Decimal:
        """What is to be paid at once."""
        return NOTHING if self.draft.on_delivery else self.cost


def plan(
    draft: Draft,
    account: Account | None,
    tariff: Tariff,
    outcomes: Sequence[Outcome],
    spent: Decimal = NOTHING,
) -> Plan:
    count = draft.parts or counted(draft, draft.text, draft.coding)
    prices = tariff.prices(draft.recipients, count, draft.route)
    plan = Plan(draft=draft, account=account, parts=count, prices=prices, outcomes=outcomes, spent=spent)
    if draft.texts or draft.surcharge:
        plan = worded(plan, tariff)
    return apart(plan) if draft.refusals or (draft.each and not is_payable(plan)) else plan


def counted(draft: Draft, text: str, coding: Coding) -> int:
    """How many parts a text of the order takes; only short messages have any."""
    return parts(text, coding) if draft.medium is Medium.SMS else 1


def worded(plan: Plan, tariff: Tariff) -> Plan:
    """The plan with recipients' own texts, and prices by these."""
    draft = plan.draft
    wordings = {
        recipient: Wording(text=text, coding=coding, parts=counted(draft, text, coding))
        for recipient, (text, coding) in draft.texts.items()
    }
    counts = [wordings[one].parts if one in wordings else plan.parts for one in draft.recipients]
    prices = [
        tariff.price(recipient, count, draft.route) + draft.surcharge * count
        for recipient, count in zip(draft.recipients, counts, strict=True)
    ]
    return replace(plan, wordings=wordings, prices=prices)


def apart(plan: Plan) -> Plan:
    """The plan with those recipients refused alone who are to be, and who cannot be paid for."""
    draft, refusals, cost = plan.draft, dict[int, Reason](), NOTHING
    for place, (recipient, price) in enumerate(zip(draft.recipients, plan.prices, strict=True)):
        if recipient in draft.refusals:
            refusals[place] = draft.refusals[recipient]
        elif draft.each and not is_paid(plan, [plan.outcomes[place]], cost + price):
            refusals[place] = Reason.NO_CREDIT
        else:
            cost += price
    prices = [NOTHING if place in refusals else price for place, price in enumerate(plan.prices)]
    return replace(plan, refusals=refusals, prices=prices)


def is_payable(plan: Plan) -> bool:
    """Whether there is credit for all of it, as far as anybody asks."""
    return is_paid(plan, plan.outcomes, NOTHING if plan.draft.on_trust else plan.cost)


def is_paid(plan: Plan, outcomes: Iterable[Outcome], cost: Decimal) -> bool:
    """Whether there is credit for so much; with nobody to pay, there is another objection."""
    return all(outcome.pays for outcome in outcomes) and (
        plan.account is None or affords(plan.account, plan.spent + cost)
    )


def objections(plan: Plan) -> Iterator[Reason]:
    """Everything that speaks against the order, in no order of importance."""
    yield from plan.draft.flaws
    if not plan.draft.recipients:
        yield Reason.NO_RECIPIENTS
    if plan.account is None:
        yield Reason.BAD_CREDENTIALS
        return
    if not (plan.draft.own_sender or may_be_called(plan.account, plan.draft.sender)):
        yield Reason.BAD_SENDER
    if not (plan.draft.each or is_payable(plan)):
        yield Reason.NO_CREDIT


def may_be_called(account: Account, sender: str) -> bool:
    return account.senders is None or sender in account.senders


def is_plain(draft: Draft) -> bool:
    """Whether it goes to one recipient, and asks for nothing that most drafts do not ask for."""
    return len(draft.recipients) == 1 and not (
        draft.texts
        or draft.refusals
        or draft.flaws
        or draft.each
        or draft.on_delivery
        or draft.on_trust
        or draft.own_sender
        or draft.surcharge
    )


def terms(
    draft: Draft, account: Account, tariff: Tariff, outcome: Outcome, spent: Decimal = NOTHING
) -> tuple[int, Decimal] | None:
    """Parts and price of a plain draft that nothing speaks against; else None: a plan says what does.

    Nearly everything that comes in large numbers is such a draft, and a plan costs a quarter of accepting it.
    """
    if not (outcome.pays and may_be_called(account, draft.sender)):
        return None
    count = draft.parts or counted(draft, draft.text, draft.coding)
    price = tariff.price(draft.recipients[0], count, draft.route)
    return (count, price) if affords(account, spent + price) else None


def accepted(
    plan: Plan, account: Account, *, now: datetime, id: int, first: int
) -> tuple[Order, list[Message]]:
    """The order and its messages."""
    order = ordered(plan.draft, account, plan.parts, now=now, id=id, first=first)
    return order, messages(order, plan)


def ordered(draft: Draft, account: Account, parts: int, *, now: datetime, id: int, first: int) -> Order:
    """The order; a moment already past means at once."""
    at = None if draft.scheduled_at is None else min(draft.scheduled_at, FARTHEST)
    return Order(
        id=id,
        provider=account.provider,
        account=account.login,
        sender=draft.sender,
        text=draft.text,
        coding=draft.coding,
        flash=draft.flash,
        parts=parts,
        accepted_at=now,
        scheduled_at=at if at is not None and at > now else None,
        callback=draft.callback,
        first=first,
        size=len(draft.recipients),
        medium=draft.medium,
        route=draft.route,
        extras=draft.extras,
        on_delivery=draft.on_delivery,
    )


def messages(order: Order, plan: Plan) -> list[Message]:
    recipients = enumerate(zip(plan.prices, plan.outcomes, strict=True))
    made = [message(order, place, plan.draft, price, outcome) for place, (price, outcome) in recipients]
    return amended(made, plan) if plan.wordings or plan.refusals else made


def message(order: Order, place: int, draft: Draft, price: Decimal, outcome: Outcome) -> Message:
    """What goes to the recipient at that place."""
    delay = order.scheduled_at - order.accepted_at if order.scheduled_at else NOW
    end = draft.validity or (draft.patience if outcome.expires else None)
    return Message(
        id=order.first + place,
        order=order,
        recipient=draft.recipients[place],
        price=price,
        timetable=timetable(outcome, delay, end),
        outcome=outcome.name,
    )


def amended(made: Sequence[Message], plan: Plan) -> list[Message]:
    """The messages with what single ones have of their own: a text, a refusal."""
    own = [replace(message, wording=plan.wordings.get(message.recipient)) for message in made]
    for place, reason in plan.refusals.items():
        own[place] = replace(own[place], refusal=reason, timetable=REFUSED)
    return own
