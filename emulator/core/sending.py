"""Objections to an order, and what becomes of an accepted one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from emulator.core.credits import Tariff, affords
from emulator.core.model import Account, Draft, Medium, Message, Order
from emulator.core.outcomes import Outcome
from emulator.core.refusals import Reason
from emulator.core.text import parts
from emulator.core.timetable import FARTHEST, NOW, VALIDITY, timetable


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A draft with everything known that decides it: who pays, what it costs, what each number means."""

    draft: Draft
    account: Account | None
    parts: int
    prices: Sequence[Decimal]
    outcomes: Sequence[Outcome]

    @property
    def cost(self) -> Decimal:
        return sum(self.prices, Decimal(0))


def plan(draft: Draft, account: Account | None, tariff: Tariff, outcomes: Sequence[Outcome]) -> Plan:
    count = parts(draft.text, draft.coding) if draft.medium is Medium.SMS else 1
    prices = tariff.prices(draft.recipients, count, draft.route)
    return Plan(draft=draft, account=account, parts=count, prices=prices, outcomes=outcomes)


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
    if not affords(plan.account, plan.cost) or not all(outcome.pays for outcome in plan.outcomes):
        yield Reason.NO_CREDIT


def may_be_called(account: Account, sender: str) -> bool:
    return account.senders is None or sender in account.senders


def accepted(
    plan: Plan, account: Account, *, now: datetime, id: int, first: int
) -> tuple[Order, list[Message]]:
    """The order and its messages; a moment already past means at once."""
    draft = plan.draft
    at = None if draft.scheduled_at is None else min(draft.scheduled_at, FARTHEST)
    order = Order(
        id=id,
        provider=account.provider,
        account=account.login,
        sender=draft.sender,
        text=draft.text,
        coding=draft.coding,
        flash=draft.flash,
        parts=plan.parts,
        accepted_at=now,
        scheduled_at=at if at is not None and at > now else None,
        callback=draft.callback,
        first=first,
        size=len(draft.recipients),
        medium=draft.medium,
        route=draft.route,
        extras=draft.extras,
    )
    return order, messages(order, plan)


def messages(order: Order, plan: Plan) -> list[Message]:
    delay = order.scheduled_at - order.accepted_at if order.scheduled_at else NOW
    validity = plan.draft.validity or VALIDITY
    return [
        Message(
            id=order.first + index,
            order=order,
            recipient=recipient,
            price=price,
            timetable=timetable(outcome, delay, validity),
            outcome=outcome.name,
        )
        for index, (recipient, price, outcome) in enumerate(
            zip(plan.draft.recipients, plan.prices, plan.outcomes, strict=True)
        )
    ]
