"""What the Voipe scenario sends and how it reads answers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from loadtests.accounting.ledger import Key
from loadtests.accounting.reconciliation import Found
from loadtests.accounting.statement import of_balance
from loadtests.planning.plan import Plan
from loadtests.scenarios.template import Exchange, Refused, Reply
from loadtests.scenarios.voipe import references, statement, states, template

PLAN = Plan(scenario="voipe", rate=1, seconds=1, login="me", password="token")
TO = ("972500000000", "972500000001")


def answering(*values: Any) -> Exchange:
    replies = iter(values)
    return lambda _request: Reply(200, json.dumps(next(replies)))


def taken(queue: str, number: str) -> dict[str, object]:
    return {"status": "OK", "error": "0", "smslog_id": "7", "queue": queue, "to": number}


def listing(*rows: Mapping[str, object]) -> dict[str, object]:
    return {"data": list(rows), "error_string": None, "timestamp": 1615200000}


def test_the_call_survives_decoding() -> None:
    path, body, _, _ = template(PLAN, "").request(TO)

    assert body == b""
    assert urlsplit(path).path == "/playsms/index.php"
    assert dict(parse_qsl(urlsplit(path).query)) == {
        "app": "ws",
        "u": "me",
        "h": "token",
        "op": "pv",
        "msg": "Your parcel has arrived. Code 4711.",
        "nofooter": "1",
        "to": ",".join(TO),
    }


def test_the_queue_stands_for_all_recipients_of_a_call() -> None:
    reply = Reply(200, json.dumps(listing(*(taken("3f", number) for number in TO))))

    assert references(reply, TO) == ("3f", "3f")


def test_of_a_call_refused_in_part_the_rest_is_taken() -> None:
    refused = {"status": "ERR", "error": "200", "smslog_id": "", "queue": "", "to": ""}
    reply = Reply(200, json.dumps(listing(taken("3f", TO[0]), refused)))

    with pytest.raises(Refused, match="error 200") as caught:
        references(reply, TO)

    assert caught.value.references == ("3f", "")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (
            {"status": "ERR", "error": "100", "error_string": "authentication failed"},
            "error 100: authentication",
        ),
        (listing(taken("3f", TO[0])), "1 results for 2 recipients"),
        ({"error_string": None}, "no list"),
        ([], "no list"),
    ],
)
def test_any_other_answer_is_a_refusal(answer: object, words: str) -> None:
    with pytest.raises(Refused, match=words):
        references(Reply(200, json.dumps(answer)), TO)


@pytest.mark.parametrize(("said", "meant"), [(52.5, "52.5"), (7, "7"), ("0", "0"), (-85, "-85")])
def test_credit_is_a_number_but_nothing_is_a_text(said: object, meant: str) -> None:
    assert statement(PLAN, answering({"status": "OK", "credit": said})) == of_balance(Decimal(meant))


def test_without_credit_there_is_no_statement() -> None:
    with pytest.raises(Refused, match="no credit"):
        statement(PLAN, answering({"status": "ERR", "error": "100"}))


def test_each_status_is_one_of_four() -> None:
    rows = [{"dst": number, "status": status} for number, status in zip("abcdx", "01239", strict=True)]
    keys = [Key("3f", number) for number in "abcd"]

    assert list(states(PLAN, answering(listing(*rows)), keys)) == [
        Found(reference="3f", number="a", delivered=None),
        Found(reference="3f", number="b", delivered=None),
        Found(reference="3f", number="c", delivered=False),
        Found(reference="3f", number="d", delivered=True),
    ]


def failure(code: str) -> dict[str, object]:
    return {"status": "ERR", "error": code, "error_string": "no delivery status"}


@pytest.mark.parametrize("code", ["400", "402", "501"])
def test_a_queue_without_rows_is_left_out(code: str) -> None:
    assert list(states(PLAN, answering(failure(code)), [Key("3f", "a")])) == []


def test_the_messages_of_a_queue_that_waits_are_pending() -> None:
    (told,) = states(PLAN, answering(failure("401")), [Key("3f", "a")])

    assert told == Found(reference="3f", number="a", delivered=None)


@pytest.mark.parametrize(
    "answer", [failure("100"), {"data": None}, listing({"dst": "a", "status": "9"}), listing({"dst": "a"})]
)
def test_what_answers_no_question_is_a_failure(answer: object) -> None:
    with pytest.raises(Refused):
        list(states(PLAN, answering(answer), [Key("3f", "a")]))
