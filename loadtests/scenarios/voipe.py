"""Voipe: `pv` by query string, as most clients of playSMS send it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from decimal import Decimal
from itertools import groupby
from urllib.parse import urlencode

from loadtests.accounting.ledger import Key
from loadtests.accounting.reconciliation import Found
from loadtests.accounting.statement import Statement, of_balance
from loadtests.planning.plan import Plan
from loadtests.scenarios.numbers import Numbering
from loadtests.scenarios.scenario import HttpScenario, Numbers, References
from loadtests.scenarios.template import (
    MARKS,
    Exchange,
    Refused,
    Reply,
    Request,
    Template,
    cut,
    decoded,
    denied,
)

TEXT = "Your parcel has arrived. Code 4711."
NOTHING = ("error 400: ", "error 402: ", "error 501: ")  # is known, of a queue that waits no more
WAITS = "401"
STATES = {"0": None, "1": None, "2": False, "3": True}  # pending, sent, failed, delivered


def path(plan: Plan, operation: str, **fields: str) -> str:
    said = {"app": "ws", "u": plan.login, "h": plan.password, "op": operation, **fields}
    return f"/playsms/index.php?{urlencode(said)}"


def template(plan: Plan, _callback: str) -> Template:
    return cut(Request(f"{path(plan, 'pv', msg=TEXT, nofooter='1')}&to={','.join(MARKS)}"))


def references(reply: Reply, to: Numbers) -> References:
    """The queue of each recipient that was taken: one for the whole call."""
    rows = data(reply)
    if len(rows) != len(to):
        raise Refused(f"{len(rows)} results for {len(to)} recipients")
    taken = tuple(str(row.get("queue", "")) if row.get("status") == "OK" else "" for row in rows)
    if codes := sorted({str(row.get("error")) for row in rows if row.get("status") != "OK"}):
        raise Refused(f"error {', '.join(codes)}", taken)
    return taken


def data(reply: Reply) -> Sequence[Mapping[str, object]]:
    """What a list is answered with; raises Refused for an answer without one."""
    match decoded(reply.ok()):
        case {"data": list(rows)} if all(isinstance(row, dict) for row in rows):
            return rows
        case {"status": "ERR", "error": code, "error_string": text}:
            raise Refused(f"error {code}: {text}")
    raise Refused(f"no list: {reply.text}"[:120])


def statement(plan: Plan, exchange: Exchange) -> Statement:
    """A balance is a number, but that of nothing a text."""
    match decoded(exchange(Request(path(plan, "cr"))).ok()):
        case {"status": "OK", "credit": int() | float() | "0" as credit}:
            return of_balance(Decimal(str(credit)))
        case other:
            raise Refused(f"no credit: {other!r}"[:120])


def states(plan: Plan, exchange: Exchange, keys: Sequence[Key]) -> Iterator[Found]:
    for queue, wanted in groupby(keys, key=lambda key: key.reference):
        left = {key.number for key in wanted}
        with denied(*NOTHING):
            for row in told(exchange(Request(path(plan, "ds", queue=queue, c="10000"))), left):
                if (number := str(row.get("dst"))) in left:
                    yield Found(reference=queue, number=number, delivered=delivered(row))


def told(reply: Reply, numbers: Set[str]) -> Sequence[Mapping[str, object]]:
    """The rows of a queue; one that still waits has none, and all its messages are pending."""
    match decoded(reply.text):
        case {"status": "ERR", "error": code} if code == WAITS:
            return [{"dst": number, "status": "0"} for number in sorted(numbers)]
    return data(reply)


def delivered(row: Mapping[str, object]) -> bool | None:
    """None while there is no final state."""
    if (status := str(row.get("status"))) not in STATES:
        raise Refused(f"no state: {row!r}"[:120])
    return STATES[status]


def account(secret: str) -> Mapping[str, object]:
    """The token is what a call is made with; the password asks for tokens only."""
    return {"key": secret, "password": secret}


SCENARIO = HttpScenario(
    provider="voipe",
    numbers=Numbering("9725"),
    template=template,
    references=references,
    statement=statement,
    states=states,
    account=account,
)
