"""What the NetOxygen scenario sends and how it reads answers."""

from __future__ import annotations

import xmlrpc.client
from decimal import Decimal
from typing import Any

import pytest

from loadtests.accounting.ledger import Key
from loadtests.accounting.reconciliation import Found
from loadtests.accounting.statement import of_balance
from loadtests.planning.plan import Plan
from loadtests.scenarios.netoxygen import AT_ONCE, delivered, references, statement, states, template
from loadtests.scenarios.template import Exchange, Refused, Reply, Request

PLAN = Plan(scenario="netoxygen", rate=1, seconds=1, login="a&b", password="p<w")
TO = ("417900000000", "417900000001")


def read(request: Request) -> tuple[str | None, Any]:
    arguments, method = xmlrpc.client.loads(request.body, use_builtin_types=True)
    return method, arguments


def answer(value: Any) -> Reply:
    return Reply(200, xmlrpc.client.dumps((value,), methodresponse=True))


def answering(*values: Any) -> Exchange:
    replies = iter(values)
    return lambda _request: answer(next(replies))


def test_the_call_survives_being_read_and_has_all_seven_arguments() -> None:
    request = template(PLAN, "").request(TO)

    assert (request.path, request.kind) == ("/api2/", "text/xml")
    assert read(request) == (
        "send_message",
        ("a&b", "p<w", list(TO), "Your parcel has arrived. Code 4711.", "smslab", "", "text"),
    )


def test_one_recipient_is_still_a_list() -> None:
    _, arguments = read(template(PLAN, "").request(TO[:1]))

    assert arguments[2] == [TO[0]]


@pytest.mark.parametrize("truth", [True, 1])
def test_each_recipient_has_the_identifier_at_its_place(truth: object) -> None:
    reply = answer([[TO[0], truth, "0a"], [TO[1], truth, "0b"]])

    assert references(reply, TO) == ("0a", "0b")


@pytest.mark.parametrize("lie", [False, 0])
def test_of_a_call_refused_in_part_the_rest_is_taken(lie: object) -> None:
    reply = answer([[TO[0], lie, 5], [TO[1], True, "0b"]])

    with pytest.raises(Refused) as refusal:
        references(reply, TO)

    assert str(refusal.value) == "error 5"
    assert refusal.value.references == ("", "0b")


@pytest.mark.parametrize(
    "value", [[], [[TO[0], True, "0a"]], [[TO[0], True], [TO[1], True]], ["0a", "0b"], "0a", False]
)
def test_any_other_value_is_a_refusal_that_takes_nothing(value: object) -> None:
    with pytest.raises(Refused, match="no list of 2 results") as refusal:
        references(answer(value), TO)

    assert refusal.value.references == ()


def test_a_fault_is_a_refusal_in_its_own_words() -> None:
    fault = xmlrpc.client.dumps(xmlrpc.client.Fault(401, "Authentication failed."))

    with pytest.raises(Refused, match=r"^fault 401: Authentication failed\.$"):
        references(Reply(200, fault), TO)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(503, ""),
        Reply(200, "OK"),
        Reply(200, "<methodResponse/>"),
        Reply(200, "<a></data></a>"),
        Reply(200, "<methodResponse><fault><value><string>x</string></value></fault></methodResponse>"),
        Reply(200, "<methodResponse><fault><value><struct/></value></fault></methodResponse>"),
    ],
)
def test_what_is_no_answer_is_a_refusal(reply: Reply) -> None:
    with pytest.raises(Refused):
        references(reply, TO)


def test_the_balance_is_asked_for_and_may_be_zero_or_below() -> None:
    asked: list[Request] = []

    def exchange(request: Request) -> Reply:
        asked.append(request)
        return answer(-3)

    assert statement(PLAN, exchange) == of_balance(Decimal(-3))
    assert read(asked[0]) == ("get_credits", ("a&b", "p<w"))
    assert statement(PLAN, answering(0)) == of_balance(Decimal(0))


def test_credits_that_are_false_are_a_matter_of_the_password() -> None:
    with pytest.raises(Refused, match="FALSE, as it does for a wrong name or password"):
        statement(PLAN, answering(False))


@pytest.mark.parametrize("value", [True, "7"])
def test_a_balance_that_is_no_number_is_a_refusal(value: object) -> None:
    with pytest.raises(Refused, match="no amount of credits"):
        statement(PLAN, answering(value))


def test_messages_are_asked_for_many_at_a_time_and_none_is_left_out() -> None:
    keys = [Key(f"{n:x}", f"4179{n:08d}") for n in range(AT_ONCE + 1)]
    asked: list[list[str]] = []

    def exchange(request: Request) -> Reply:
        method, (user, password, identifiers) = read(request)
        assert (method, user, password) == ("get_status", "a&b", "p<w")
        asked.append(identifiers)
        return answer([[each, {"to": f"4179{int(each, 16):08d}", "last_status": 1}] for each in identifiers])

    told = [found.key for found in states(PLAN, exchange, keys)]

    assert [len(identifiers) for identifiers in asked] == [AT_ONCE, 1]
    assert told == keys


def test_what_is_told_of_a_message_is_its_own_number_and_state() -> None:
    keys = [Key("0a", TO[0]), Key("0b", TO[1]), Key("0c", TO[1])]
    pairs = [
        ["0a", {"to": "41999", "last_status": 8}],
        ["0b", False],
        ["0c", {"to": TO[1], "last_status": 4}],
    ]

    told = list(states(PLAN, answering(pairs), keys))

    assert told == [
        Found(reference="0a", number="41999", delivered=None),
        Found(reference="0c", number=TO[1], delivered=False),
    ]


def test_a_question_that_is_refused_is_a_failure() -> None:
    with pytest.raises(Refused, match="HTTP 500"):
        list(states(PLAN, lambda _request: Reply(500, ""), [Key("0a", TO[0])]))


@pytest.mark.parametrize("value", [False, "busy", [["0a"]], [["0a", True]], [["0a", {"to": TO[0]}]]])
def test_what_tells_no_states_is_a_failure(value: object) -> None:
    with pytest.raises(Refused, match=r"no list of states|no state"):
        list(states(PLAN, answering(value), [Key("0a", TO[0])]))


def test_an_answer_that_comes_twice_is_told_twice() -> None:
    pair = ["0a", {"to": TO[0], "last_status": 1}]

    assert len(list(states(PLAN, answering([pair, pair]), [Key("0a", TO[0])]))) == 2


@pytest.mark.parametrize(
    ("code", "final"),
    [(1, True), (2, None), (3, None), (4, False), (5, False), (6, False), (7, False), (8, None), (9, None)],
)
def test_states_are_final_or_not(code: int, final: bool | None) -> None:
    assert delivered(code) is final
