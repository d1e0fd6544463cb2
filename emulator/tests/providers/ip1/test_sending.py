"""What becomes of a call that sends."""

from typing import Any

import pytest

from emulator.core.model import Coding
from emulator.core.refusals import Reason
from emulator.tests.providers.ip1.called import KEY, NUMBER, OTHER_KEY, SECOND, UNPAID, Called
from emulator.tests.samples import second


def refusals(called: Called) -> list[Reason | None]:
    return [message.refusal for message in called.messages]


def prices(called: Called) -> list[str]:
    return [str(message.price) for message in called.messages]


def test_a_call_makes_a_message_for_each_recipient() -> None:
    called = Called()

    batch = called.send(NUMBER, SECOND)

    assert [message.recipient for message in called.messages] == [NUMBER, SECOND]
    assert batch["status"] == 101
    assert (batch["body"], batch["sender"], batch["owner"]) == ("Hello", "iP1", "ip1-10001")


def test_an_accepted_call_says_where_the_batch_is() -> None:
    called = Called()

    answer = called.ask("POST", "/v2/batches", {"sender": "iP1", "recipients": [NUMBER], "body": "Hello"})

    assert answer.status_code == 201
    assert answer.json is not None
    assert answer.headers["Location"].endswith(f"/v2/batches/{answer.json['id']}")


def test_a_refused_call_leaves_nothing() -> None:
    called = Called()
    before = called.credit

    called.errors("POST", "/v2/batches", {"sender": "iP1", "recipients": [NUMBER, "x"], "body": "Hello"})

    assert called.messages == []
    assert called.credit == before


def test_each_gets_the_text_with_ones_own_values() -> None:
    called = Called()

    batch = called.send({NUMBER: {"name": "Ada"}, SECOND: {"name": "☃"}}, body="Hi {name}")

    assert [message.text for message in called.messages] == ["Hi Ada", "Hi ☃"]
    assert [message.coding for message in called.messages] == [Coding.GSM7, Coding.UCS2]
    assert (batch["body"], batch["templated"]) == ("Hi {name}", True)


def test_a_longer_text_costs_by_what_came_of_it() -> None:
    called = Called()

    called.send({NUMBER: {"x": "x" * 161}, SECOND: {"x": ""}}, body="!{x}")

    assert prices(called) == ["0.70", "0.35"]


@pytest.mark.parametrize(("kind", "surcharged"), [("swedish", "0.90"), ("international", "0.72")])
def test_priority_costs_more_for_each_segment(kind: str, surcharged: str) -> None:
    called = Called()
    called.is_a(type=kind)

    called.send(NUMBER, body="x" * 161, priority=2)

    assert prices(called) == [surcharged]


def test_some_are_refused_alone_and_cost_nothing() -> None:
    called = Called()
    called.ask("PUT", f"/v2/blacklist/{SECOND}")

    called.send(NUMBER, SECOND, "0701234567", "467", UNPAID)

    bad, blocked = Reason.BAD_RECIPIENT, Reason.BLOCKED_RECIPIENT
    assert refusals(called) == [None, blocked, bad, bad, Reason.NO_CREDIT]
    assert prices(called) == ["0.35", "0", "0", "0", "0"]


def test_gsm_alone_refuses_what_needs_more() -> None:
    called = Called()

    called.send({NUMBER: {"a": "☃"}, SECOND: {"a": "x"}}, body="{a}", datacoding="gsm")

    assert refusals(called) == [Reason.BAD_CODING, None]


def test_an_unregistered_sender_is_accepted_and_sent_nothing() -> None:
    called = Called()

    called.send(NUMBER, sender="Stranger")

    assert refusals(called) == [Reason.BAD_SENDER]


def test_who_has_no_credit_is_accepted_and_sent_nothing() -> None:
    called = Called()

    called.send(NUMBER, key=OTHER_KEY)

    assert refusals(called) == [Reason.NO_CREDIT]


def test_the_blacklist_of_another_account_blocks_nobody() -> None:
    called = Called()
    called.ask("PUT", f"/v2/blacklist/{NUMBER}", key=OTHER_KEY)

    called.send(NUMBER)

    assert refusals(called) == [None]


def test_a_window_ahead_is_waited_for_and_shown() -> None:
    called = Called()
    window = {"opens": "2026-03-02T10:00:00Z", "closes": "2026-03-02T11:00:00Z"}

    batch = called.send(NUMBER, deliveryWindows=[window])

    assert batch["deliveryWindows"] == [window]
    assert called.messages[0].order.scheduled_at == second(3600)


def test_everything_that_was_sent_comes_back() -> None:
    sent: dict[str, Any] = {
        "type": "flash", "datacoding": "gsm", "priority": 2, "reference": "r", "tags": ["a", "b"],
        "deliveryReportUrl": "http://127.0.0.1:1/",
    }  # fmt: skip

    batch = Called().send(NUMBER, **sent)

    assert {name: batch[name] for name in sent} == sent


def test_the_journal_is_told_what_was_sent() -> None:
    called = Called()

    called.send(NUMBER, SECOND)

    (exchange,) = called.journal
    assert (exchange.surface, exchange.account) == ("ip1-rest", "ip1-10001")
    assert exchange.fields["recipients"] == f"{NUMBER}, {SECOND}"
    assert KEY not in str(exchange.fields)


@pytest.mark.parametrize(
    "recipients",
    [
        {NUMBER: {"a": "x" * 20_000}},
        {NUMBER: {}, "default": {"a": "x" * 20_000}},
        {**{f"467{place:08}": {} for place in range(60)}, "default": {"a": "x" * 1000}},
    ],
    ids=["a value", "a value of everybody", "many texts"],
)
def test_a_template_makes_no_texts_without_end(recipients: dict[str, Any]) -> None:
    called = Called()

    errors = called.errors(
        "POST", "/v2/batches", {"sender": "iP1", "recipients": recipients, "body": "{a}" * 666}
    )

    assert [*errors] == ["Recipients"]
    assert called.messages == []
