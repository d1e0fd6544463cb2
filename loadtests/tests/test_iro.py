"""What the Iro scenarios send over each dialect, and how they read answers, the same from each."""

from __future__ import annotations

import json
import xmlrpc.client
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest

from loadtests.accounting.ledger import Key
from loadtests.accounting.reconciliation import Found
from loadtests.accounting.statement import Charge
from loadtests.planning.plan import Plan
from loadtests.scenarios import OVER_HTTP
from loadtests.scenarios.iro import billed
from loadtests.scenarios.template import Exchange, Refused, Reply, Request

PLAN = Plan(scenario="iro", rate=1, seconds=1, login="me", password="k<&y")
TO = ("4915100000000", "4915100000001")
SENT = (
    "k<&y",
    "Your parcel has arrived. Code 4711.",
    [f"+{number}" for number in TO],
    "default",
    "smslab-load",
)

BILL = {
    "smstrade": {
        "smslab-load": {"anz": 2, "price": 0.14},
        "": {"anz": 1, "price": 0.07},
        "anz": 3,
        "price": 0.21,
    },
    "sipgate_plus": {"news": {"anz": 1, "price": 0.1}, "anz": 1, "price": 0.1},
    "total": {"anz": 4, "price": 0.31},
}


def in_xmlrpc(value: Any) -> Reply:
    return Reply(200, xmlrpc.client.dumps((value,), methodresponse=True))


def in_json(value: Any) -> Reply:
    return Reply(200, json.dumps({"status": True, "result": value}))


def in_soap(value: Any) -> Reply:
    """As SOAPpy writes it: keys as elements, what no name can begin with escaped, here for digits alone."""

    def element(name: str, value: Any) -> str:
        inner = "".join(element(*item) for item in value.items()) if isinstance(value, dict) else value
        name = f"_x{ord(name[0]):04x}_{name[1:]}" if name[:1].isdigit() else name or "_x0065_mpty"
        return f"<{name}>{inner}</{name}>"

    envelope = "http://schemas.xmlsoap.org/soap/envelope/"
    return Reply(
        200, f'<E:Envelope xmlns:E="{envelope}"><E:Body>{element("aResponse", value)}</E:Body></E:Envelope>'
    )


DIALECTS = {"iro-xmlrpc": in_xmlrpc, "iro-json": in_json, "iro-soap": in_soap}

every_dialect = pytest.mark.parametrize(("name", "answer"), DIALECTS.items(), ids=DIALECTS)


def answering(reply: Reply) -> Exchange:
    return lambda _request: reply


def arguments_of(request: Request) -> tuple[Any, ...]:
    if request.path == "/json/sms":
        return tuple(json.loads(request.body).values())
    if request.path == "/xmlrpc":
        arguments, method = xmlrpc.client.loads(request.body)
        assert method == "sms"
        return arguments
    (call,) = ElementTree.fromstring(request.body)[0]
    assert (request.path, call.tag) == ("/soap", "{urn:iro}sms")
    return tuple([item.text for item in argument] if len(argument) else argument.text for argument in call)


@every_dialect
def test_the_call_survives_being_read(name: str, answer: object) -> None:
    request = OVER_HTTP[name].template(PLAN, "").request(TO)

    assert arguments_of(request) == SENT


def test_json_has_the_arguments_by_name() -> None:
    request = OVER_HTTP["iro-json"].template(PLAN, "").request(TO)

    assert list(json.loads(request.body)) == ["user", "message", "recipients", "route", "info"]
    assert request.kind == "application/json"


@every_dialect
def test_a_job_is_the_reference_of_every_recipient(name: str, answer: Callable[[Any], Reply]) -> None:
    assert OVER_HTTP[name].references(answer(11), TO) == ("11", "11")


@every_dialect
@pytest.mark.parametrize("value", ["eleven", "", -1, {"11": "x"}])
def test_what_is_no_job_is_a_refusal(name: str, answer: Callable[[Any], Reply], value: object) -> None:
    with pytest.raises(Refused, match="no job"):
        OVER_HTTP[name].references(answer(value), TO)


FAULTS = {
    "iro-xmlrpc": Reply(200, xmlrpc.client.dumps(xmlrpc.client.Fault(901, "API-Key is false."))),
    "iro-json": Reply(200, '{"status": false, "error": {"code": 901, "msg": "API-Key is false."}}'),
    "iro-soap": Reply(
        500,
        '<E:Envelope xmlns:E="http://schemas.xmlsoap.org/soap/envelope/"><E:Body><E:Fault><faultcode>901'
        "</faultcode><faultstring>API-Key is false.</faultstring></E:Fault></E:Body></E:Envelope>",
    ),
}


@pytest.mark.parametrize(("name", "reply"), FAULTS.items(), ids=FAULTS)
def test_a_fault_is_a_refusal_in_its_own_words(name: str, reply: Reply) -> None:
    with pytest.raises(Refused, match=r"^(fault|error) 901: API-Key is false\.$"):
        OVER_HTTP[name].references(reply, TO)


@pytest.mark.parametrize("name", DIALECTS)
@pytest.mark.parametrize("text", ["", "11", "<a>11</a>", '{"result": 11}', "<html>"])
def test_what_is_no_answer_is_a_refusal(name: str, text: str) -> None:
    with pytest.raises(Refused):
        OVER_HTTP[name].references(Reply(200, text), TO)


@every_dialect
def test_a_job_lends_its_state_to_each_of_its_messages(name: str, answer: Callable[[Any], Reply]) -> None:
    jobs = {"3": {"status": "sended"}, "12": {"status": "error"}, "40": {"status": "sending"}}
    keys = [Key("3", TO[0]), Key("3", TO[1]), Key("12", TO[0]), Key("40", TO[0]), Key("5", TO[0])]

    told = list(OVER_HTTP[name].states(PLAN, answering(answer(jobs)), keys))

    assert told == [
        Found(reference="3", number=TO[0], delivered=True),
        Found(reference="3", number=TO[1], delivered=True),
        Found(reference="12", number=TO[0], delivered=False),
        Found(reference="40", number=TO[0], delivered=None),
    ]


@pytest.mark.parametrize(
    ("word", "final"),
    [("init", None), ("started", None), ("sending", None), ("sended", True), ("error", False)],
)
def test_states_are_final_or_not(word: str, final: bool | None) -> None:
    exchange = answering(in_json({"3": {"status": word}}))

    (told,) = OVER_HTTP["iro-json"].states(PLAN, exchange, [Key("3", TO[0])])

    assert told.delivered is final


@pytest.mark.parametrize("jobs", [{"4": {"status": "sended"}}, {}, [], ""])
def test_a_job_that_is_not_among_them_is_left_out(jobs: object) -> None:
    assert list(OVER_HTTP["iro-json"].states(PLAN, answering(in_json(jobs)), [Key("3", TO[0])])) == []


@pytest.mark.parametrize("jobs", [{"3": {"status": "sent"}}, {"3": "sended"}, "sended", None])
def test_what_tells_no_states_is_a_failure(jobs: object) -> None:
    with pytest.raises(Refused, match=r"no jobs|no state of a job"):
        list(OVER_HTTP["iro-json"].states(PLAN, answering(in_json(jobs)), [Key("3", TO[0])]))


@pytest.mark.parametrize(("name", "reply"), FAULTS.items(), ids=FAULTS)
def test_a_job_is_left_out_where_it_is_said_that_there_is_none_and_not_for_another_fault(
    name: str, reply: Reply
) -> None:
    denial = Reply(reply.status, reply.text.replace("901", "801"))
    soak = replace(PLAN, chapter=60.0)

    assert list(OVER_HTTP[name].states(soak, answering(denial), [Key("3", TO[0])])) == []
    with pytest.raises(Refused, match="901"):
        list(OVER_HTTP[name].states(soak, answering(reply), [Key("3", TO[0])]))


@every_dialect
def test_a_bill_tells_its_sum_in_three_places(name: str, answer: Callable[[Any], Reply]) -> None:
    told = OVER_HTTP[name].statement(PLAN, answering(answer(BILL)))

    assert told.charges == (Charge(Decimal("0.31"), 4),) * 3
    assert told.left is None


def test_the_noise_of_doubles_is_no_charge() -> None:
    noisy = {"smstrade": {"a": {"anz": 3, "price": 0.07 * 3}, "anz": 3, "price": 0.21}}

    told = billed(noisy | {"total": {"anz": 3, "price": 0.21}})

    assert told.charges == (Charge(Decimal("0.21"), 3),) * 3


@pytest.mark.parametrize(
    ("path", "charge"),
    [
        (("total", "price"), 0),
        (("total", "anz"), 0),
        (("smstrade", "price"), 1),
        (("smstrade", "anz"), 1),
        (("smstrade", "smslab-load", "price"), 2),
        (("smstrade", "", "anz"), 2),
        (("sipgate_plus", "news", "anz"), 2),
    ],
)
def test_each_figure_of_a_bill_counts_in_one_place(path: tuple[str, ...], charge: int) -> None:
    wrong = json.loads(json.dumps(BILL))
    table = wrong
    for step in path[:-1]:
        table = table[step]
    table[path[-1]] += 1

    told = billed(wrong).charges

    assert [n for n, each in enumerate(told) if each != Charge(Decimal("0.31"), 4)] == [charge]


@pytest.mark.parametrize("name", DIALECTS)
def test_what_fails_is_not_on_the_bill_and_what_was_sent_is_all_asked_for(name: str) -> None:
    assert OVER_HTTP[name].free_failures
    assert OVER_HTTP[name].sample is None


def test_an_empty_bill_is_one() -> None:
    assert billed({"total": {"anz": 0, "price": 0.0}}).charges == (Charge(Decimal(0), 0),) * 3


@pytest.mark.parametrize(
    "bill", [{}, [], 0, {"total": {"anz": 1}}, {"total": {"anz": "x", "price": 1}}, {"total": 1}]
)
def test_what_is_no_bill_is_a_refusal(bill: object) -> None:
    with pytest.raises(Refused, match="no bill"):
        billed(bill)
