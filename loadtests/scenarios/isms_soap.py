"""iSMS over SOAP: `send` with the seven arguments of the page, which know no reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from loadtests.accounting.ledger import Key
from loadtests.accounting.reconciliation import Found
from loadtests.planning.plan import Plan
from loadtests.scenarios import isms_http
from loadtests.scenarios.numbers import Numbering
from loadtests.scenarios.scenario import HttpScenario, Numbers, References
from loadtests.scenarios.soap import answer, call
from loadtests.scenarios.template import MARKS, Exchange, Refused, Reply, Template, cut, denied

PATH = "/api/soap/sms.php"
NAMESPACE = "urn:sms"


def template(plan: Plan, _callback: str) -> Template:
    arguments = {
        "username": plan.login,
        "password": plan.password,
        "from": "smslab",
        "to": {"recipients": list(MARKS)},
        "message": isms_http.TEXT,
        "coding": "GSM",
        "flash": False,
    }
    return cut(call(PATH, NAMESPACE, "send", arguments))


def references(reply: Reply, to: Numbers) -> References:
    return (returned(reply),) * len(to)


def returned(reply: Reply) -> str:
    text = answer(reply).findtext("return")
    if not text:
        raise Refused(f"HTTP {reply.status}, nothing returned")
    return text


def states(plan: Plan, exchange: Exchange, keys: Sequence[Key]) -> Iterator[Found]:
    for key in keys:
        arguments = {
            "username": plan.login,
            "password": plan.password,
            "message_id": key.reference,
            "mobile": key.number,
        }
        with denied(isms_http.UNKNOWN):
            state = delivered(returned(exchange(call(PATH, NAMESPACE, "query", arguments))))
            yield Found(reference=key.reference, number=key.number, delivered=state)


def delivered(word: str) -> bool | None:
    """None while there is no final state."""
    if word not in isms_http.STATES:
        raise Refused(f"no state: {word}"[:120])
    return isms_http.STATES[word]


SCENARIO = HttpScenario(
    provider="isms",
    recipients=10,
    numbers=Numbering("3069"),
    template=template,
    references=references,
    statement=isms_http.statement,  # SOAP has no call for it
    states=states,
)
