"""What the iP.1 scenario sends and how it reads answers and reports."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from loadtests.accounting.ledger import Key, Receipt
from loadtests.accounting.reconciliation import Found
from loadtests.accounting.statement import of_balance
from loadtests.planning.plan import Plan
from loadtests.scenarios.ip1 import (
    BULK,
    PAGE,
    SCENARIO,
    delivered,
    receipt,
    references,
    statement,
    states,
    template,
)
from loadtests.scenarios.template import Exchange, Refused, Reply, Request

PLAN = Plan(scenario="ip1", rate=1, seconds=1, login="me", password="token")
TO = ("306900000000", "306900000001")


def answering(*values: Any) -> Exchange:
    replies = iter(values)
    return lambda _request: Reply(200, json.dumps(next(replies)))


def message(number: str, *codes: int) -> dict[str, Any]:
    return {"recipient": number, "statuses": [{"code": code} for code in codes]}


def test_the_call_survives_being_read() -> None:
    path, body, kind, token = template(PLAN, "http://127.0.0.1:9/dlr").request(TO)

    assert (path, kind, token) == ("/v2/batches", "application/json", "token")
    assert json.loads(body) == {
        "sender": "iP1",
        "recipients": list(TO),
        "body": "Your parcel has arrived. Code 4711.",
        "deliveryReportUrl": "http://127.0.0.1:9/dlr",
    }


def test_without_an_address_no_reports_are_asked_for() -> None:
    assert "deliveryReportUrl" not in json.loads(template(PLAN, "").request(TO).body)


@pytest.mark.parametrize("status", [200, 201])
def test_a_batch_stands_for_all_its_recipients(status: int) -> None:
    assert (
        references(Reply(status, '{"id": "5bc86b6e85c7209830f96936"}'), TO)
        == ("5bc86b6e85c7209830f96936",) * 2
    )


@pytest.mark.parametrize("reply", [Reply(202, '{"id": "5b"}'), Reply(201, "[]"), Reply(201, "5b")])
def test_any_other_answer_is_a_refusal(reply: Reply) -> None:
    with pytest.raises(Refused):
        references(reply, TO)


def test_the_balance_is_that_of_the_account() -> None:
    assert statement(PLAN, answering({"Balance": 999.5})) == of_balance(Decimal("999.5"))


@pytest.mark.parametrize("answer", [{}, {"Balance": "1"}, []])
def test_without_a_balance_there_is_no_statement(answer: object) -> None:
    with pytest.raises(Refused, match="no balance"):
        statement(PLAN, answering(answer))


def test_the_state_of_a_message_is_its_latest() -> None:
    keys = [Key("5b", TO[0]), Key("5b", TO[1])]
    others = message("306900000009", 201)

    told = list(states(PLAN, answering([message(TO[0], 201), message(TO[1], 111), others]), keys))

    assert told == [
        Found(reference="5b", number=TO[0], delivered=True),
        Found(reference="5b", number=TO[1], delivered=None),
    ]


def test_batches_of_many_are_read_page_by_page() -> None:
    first, second = [message("306900000009", 201)] * PAGE, [message(TO[0], 201)]
    asked: list[Request] = []
    pages = answering(first, second)

    def exchange(request: Request) -> Reply:
        asked.append(request)
        return pages(request)

    told = list(states(PLAN, exchange, [Key("5b", TO[0])]))

    assert [found.delivered for found in told] == [True]
    assert [request.path for request in asked] == [
        f"/v2/batches/5b/messages?start=0&limit={PAGE}",
        f"/v2/batches/5b/messages?start={PAGE}&limit={PAGE}",
    ]


@pytest.mark.parametrize("answer", [{"title": "Not Found"}, [{"recipient": "306900000000"}], [3]])
def test_a_batch_that_cannot_be_read_is_a_failure(answer: object) -> None:
    with pytest.raises(Refused, match=r"no list of messages|no message"):
        list(states(PLAN, answering(answer), [Key("5b", TO[0])]))


def test_a_batch_that_is_not_found_is_left_out_and_one_that_is_not_told_is_a_failure() -> None:
    def exchange(request: Request) -> Reply:
        return Reply(404 if "/5b/" in request.path else 429, "")

    assert list(states(PLAN, exchange, [Key("5b", TO[0])])) == []
    with pytest.raises(Refused, match="HTTP 429"):
        list(states(PLAN, exchange, [Key("5b", TO[0]), Key("5c", TO[0])]))


@pytest.mark.parametrize(
    ("code", "meant"), [(101, None), (114, None), (201, True), (202, False), (402, False), (500, False)]
)
def test_the_group_of_a_code_says_whether_it_is_final(code: int, meant: bool | None) -> None:
    assert delivered(code) is meant


def test_a_report_of_the_end_has_no_step() -> None:
    body = json.dumps({"batchId": "5b", "recipient": TO[0], "code": 201}).encode()

    assert receipt(body, 4.5) == Receipt(reference="5b", number=TO[0], delivered=True, arrived=4.5)


def test_a_report_on_the_way_says_where() -> None:
    body = json.dumps({"batchId": "5b", "recipient": TO[0], "code": 103}).encode()

    assert receipt(body, 1.0).step == "103"


def test_a_report_that_cannot_be_read_belongs_to_nothing() -> None:
    assert receipt(b"\xff", 1.0) == Receipt(reference="", number="", delivered=False, arrived=1.0)


def test_in_bulk_reports_are_asked_for_in_one_call_of_ten() -> None:
    assert (BULK.rate, BULK.recipients, BULK.report_every) == (7_000, 100, 10)
    assert SCENARIO.report_every == 1
