"""Iro: `sms` by the default route, the same over each of its dialects."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import groupby

from loadtests.accounting.ledger import Key
from loadtests.accounting.reconciliation import Found
from loadtests.accounting.statement import Charge, Statement
from loadtests.planning.plan import Plan
from loadtests.scenarios.numbers import Numbering
from loadtests.scenarios.scenario import HttpScenario, Numbers, References
from loadtests.scenarios.template import MARKS, Exchange, Refused, Reply, Request, Template, cut, denied

TEXT = "Your parcel has arrived. Code 4711."
GROUP = "smslab-load"  # of the bill
NO_JOB = ("fault 801: ", "error 801: ")
STATES = {"init": None, "started": None, "sending": None, "sended": True, "error": False}
SUMS = ("anz", "price")
PLACES = 4  # of a price; what lies beyond is the noise of a double


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How a method with its arguments, named and in their order, is called, and what an answer says."""

    call: Callable[[str, Mapping[str, object]], Request]
    result: Callable[[Reply], object]  # raises Refused

    def template(self, plan: Plan, _callback: str) -> Template:
        arguments = {
            "user": plan.password,
            "message": TEXT,
            "recipients": [f"+{mark}" for mark in MARKS],
            "route": "default",
            "info": GROUP,
        }
        return cut(self.call("sms", arguments))

    def references(self, reply: Reply, to: Numbers) -> References:
        """One job for all recipients."""
        job = str(self.result(reply))
        if not job.isdigit():
            raise Refused(f"no job: {job}"[:120])
        return (job,) * len(to)

    def statement(self, plan: Plan, exchange: Exchange) -> Statement:
        return billed(self.result(exchange(self.call("bill", {"user": plan.password}))))

    def states(self, plan: Plan, exchange: Exchange, keys: Sequence[Key]) -> Iterator[Found]:
        """A job has one state for all its messages; without an identifier all jobs are told."""
        if not plan.chapter:
            yield from self._states(exchange, {"user": plan.password}, keys)
            return
        for job, own in groupby(keys, key=lambda key: key.reference):  # of a soak there are more every minute
            yield from self._states(exchange, {"user": plan.password, "id": int(job)}, list(own))

    def _states(
        self, exchange: Exchange, asked: Mapping[str, object], keys: Sequence[Key]
    ) -> Iterator[Found]:
        with denied(*NO_JOB):
            jobs = listed(self.result(exchange(self.call("status", asked))))
            for key in (key for key in keys if key.reference in jobs):
                state = delivered(jobs[key.reference])
                yield Found(reference=key.reference, number=key.number, delivered=state)


def listed(jobs: object) -> Mapping[str, object]:
    """By identifier; a structure of nothing may look like a list or a text of nothing."""
    if isinstance(jobs, dict):
        return jobs
    if jobs in ([], ""):
        return {}
    raise Refused(f"no jobs: {jobs!r}"[:120])


def delivered(job: object) -> bool | None:
    """None while there is no final state."""
    match job:
        case {"status": str(word)} if word in STATES:
            return STATES[word]
    raise Refused(f"no state of a job: {job!r}"[:120])


def billed(bill: object) -> Statement:
    """The sums of the billing groups, those of the routes, and the total: three times the same."""
    try:
        tables = {name: dict(table) for name, table in dict(bill).items()}  # type: ignore[call-overload]
        total = charge(tables.pop("total"))
        routes = [charge(table) for table in tables.values()]
        groups = [
            charge(group) for table in tables.values() for name, group in table.items() if name not in SUMS
        ]
    except (KeyError, TypeError, ValueError, InvalidOperation) as wrong:
        raise Refused(f"no bill: {wrong!r}"[:120]) from None
    return Statement(charges=(total, summed(routes), summed(groups)))


def charge(table: Mapping[str, object]) -> Charge:
    return Charge(price=round(Decimal(str(table["price"])), PLACES), messages=int(str(table["anz"])))


def summed(charges: Sequence[Charge]) -> Charge:
    return Charge(
        price=sum((each.price for each in charges), Decimal(0)),
        messages=sum(each.messages or 0 for each in charges),
    )


def account(secret: str) -> Mapping[str, object]:
    """May use one route, and by default does."""
    return {"key": secret, "attributes": {"sms": "smstrade", "sms.default": "smstrade"}}


def scenario(dialect: Dialect) -> HttpScenario:
    return HttpScenario(
        provider="iro",
        price=Decimal("0.07"),
        numbers=Numbering("49151"),
        template=dialect.template,
        references=dialect.references,
        statement=dialect.statement,
        states=dialect.states,
        sample=None,
        free_failures=True,
        account=account,
    )
