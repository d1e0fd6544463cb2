"""NetOxygen over XML-RPC: `send_message` with all seven arguments, as the provider's own client has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from loadtests.accounting.ledger import Key
from loadtests.accounting.reconciliation import Found
from loadtests.accounting.statement import Statement, of_balance
from loadtests.planning.plan import Plan
from loadtests.scenarios.numbers import Numbering
from loadtests.scenarios.scenario import HttpScenario, Numbers, References
from loadtests.scenarios.template import MARKS, Exchange, Refused, Reply, Template, cut
from loadtests.scenarios.xmlrpc import call, result

PATH = "/api2/"
TEXT = "Your parcel has arrived. Code 4711."
DELIVERED = 1
FAILED = (4, 5, 6, 7)
AT_ONCE = 500  # identifiers a question


def template(plan: Plan, _callback: str) -> Template:
    arguments = [plan.login, plan.password, list(MARKS), TEXT, "smslab", "", "text"]
    return cut(call(PATH, "send_message", arguments))


def references(reply: Reply, to: Numbers) -> References:
    """Each recipient is a message of its own, taken or refused by itself."""
    match result(reply):
        case list(rows) if len(rows) == len(to) and all(
            isinstance(row, list) and len(row) == 3 for row in rows
        ):
            taken = tuple(str(last) if status else "" for _, status, last in rows)
        case other:
            raise Refused(f"no list of {len(to)} results: {other!r}"[:120])
    if codes := sorted({str(last) for _, status, last in rows if not status}):
        raise Refused(f"error {', '.join(codes)}", taken)
    return taken


def statement(plan: Plan, exchange: Exchange) -> Statement:
    credits_ = result(exchange(call(PATH, "get_credits", [plan.login, plan.password])))
    if credits_ is False:
        raise Refused("FALSE, as it does for a wrong name or password")
    if isinstance(credits_, bool) or not isinstance(credits_, int | float):
        raise Refused(f"no amount of credits: {credits_!r}"[:120])
    return of_balance(Decimal(str(credits_)))


def states(plan: Plan, exchange: Exchange, keys: Sequence[Key]) -> Iterator[Found]:
    for first in range(0, len(keys), AT_ONCE):
        identifiers = [key.reference for key in keys[first : first + AT_ONCE]]
        request = call(PATH, "get_status", [plan.login, plan.password, identifiers])
        yield from told(result(exchange(request)))


def told(answer: object) -> Iterator[Found]:
    """The pairs of `get_status`; a message that is not known has FALSE in place of its structure."""
    if not isinstance(answer, list):
        raise Refused(f"no list of states: {answer!r}"[:120])
    for pair in answer:
        match pair:
            case [str(identifier), {"to": str(number), "last_status": int(code)}]:
                yield Found(reference=identifier, number=number, delivered=delivered(code))
            case [str(), int(known)] if not known:
                pass
            case _:
                raise Refused(f"no state: {pair!r}"[:120])


def delivered(code: int) -> bool | None:
    """None while there is no final state."""
    return True if code == DELIVERED else False if code in FAILED else None


SCENARIO = HttpScenario(
    provider="netoxygen",
    numbers=Numbering("4179"),
    template=template,
    references=references,
    statement=statement,
    states=states,
    sample=None,
)
