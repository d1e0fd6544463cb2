"""iSMS over HTTP: `send.php` with a report address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from urllib.parse import parse_qs, quote, urlencode

from loadtests.accounting.ledger import Key, Receipt
from loadtests.accounting.reconciliation import Found
from loadtests.accounting.statement import Statement, of_balance
from loadtests.planning.plan import Plan
from loadtests.scenarios.numbers import Numbering
from loadtests.scenarios.scenario import HttpScenario, Numbers, References
from loadtests.scenarios.template import MARKS, Exchange, Refused, Reply, Request, Template, cut, denied

TEXT = "Your parcel has arrived. Code 4711."
UNKNOWN = "No such message or recipient."
STATES = {"Queued": None, "Pending": None, "Delivered": True, "Failed": False}


def template(plan: Plan, callback: str) -> Template:
    fields = {"username": plan.login, "password": plan.password, "from": "smslab", "message": TEXT}
    reports = f"&dlr-url={quote(callback, safe='')}" if callback else ""
    return cut(Request(f"/api/http/send.php?{urlencode(fields)}&to={','.join(MARKS)}{reports}"))


def references(reply: Reply, to: Numbers) -> References:
    body = reply.ok()
    if not body.startswith("ID:"):
        raise Refused(body[:120])
    return (body.removeprefix("ID:"),) * len(to)


def statement(plan: Plan, exchange: Exchange) -> Statement:
    fields = {"username": plan.login, "password": plan.password}
    return of_balance(balance(exchange(Request(f"/api/http/credits.php?{urlencode(fields)}")).ok()))


def balance(body: str) -> Decimal:
    try:
        return Decimal(body.removeprefix("Credits:"))
    except InvalidOperation:
        raise Refused(body[:120]) from None


def states(plan: Plan, exchange: Exchange, keys: Sequence[Key]) -> Iterator[Found]:
    for key in keys:
        fields = {"username": plan.login, "password": plan.password, "mid": key.reference}
        request = Request(f"/api/http/query.php?{urlencode({**fields, 'mobile': key.number})}")
        with denied(UNKNOWN):
            state = delivered(exchange(request).ok())
            yield Found(reference=key.reference, number=key.number, delivered=state)


def delivered(body: str) -> bool | None:
    """None while there is no final state."""
    prefix, _, word = body.partition(": ")
    if prefix != "Status" or word not in STATES:
        raise Refused(body[:120])
    return STATES[word]


def receipt(body: bytes, arrived: float) -> Receipt:
    """A report as it was posted; a missing field stays empty, and the reconciliation finds it stray."""
    fields = parse_qs(body.decode("utf-8", "replace"))
    (reference,), (number,), (status,) = (fields.get(name, [""])[-1:] for name in ("mid", "mobile", "status"))
    return Receipt(reference=reference, number=number, delivered=status == "Delivered", arrived=arrived)


SCENARIO = HttpScenario(
    provider="isms",
    numbers=Numbering("3069"),
    template=template,
    references=references,
    receipt=receipt,
    statement=statement,
    states=states,
)
