"""What a real server does after its own fashion: workers, balances, a strict database, names of contacts."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from emulator.core.model import Status, Step
from emulator.providers.voipe import fields
from emulator.providers.voipe.progress import NEVER, progress
from emulator.providers.voipe.quirks import Quirks
from emulator.tests.providers.voipe.called import NUMBER, UPSTREAM, Called

SECOND = timedelta(seconds=1)


def codes(called: Called, **fields: str) -> list[str]:
    return [entry["error"] for entry in called.rows("pv", **{"to": NUMBER, "msg": "x", **fields})]


def test_a_queue_is_worked_at_just_before_its_messages_are_handed_over() -> None:
    called = Called()
    queue = called.send()
    told = []

    for seconds in (0.0, 0.9, 0.1):
        called.advance(seconds)
        told.append(called.error("ds", queue=queue))

    assert told == ["401", "400", ""]
    assert called.rows("ds", queue=queue)[0]["status"] == "0"


@pytest.mark.parametrize(
    ("steps", "status", "told"),
    [
        ((Status.SUBMITTED,), "0", False),
        ((Status.SUBMITTED, Status.SUBMITTED), "1", True),
        ((Status.SUBMITTED, Status.UNDELIVERABLE), "2", True),
        ((Status.SUBMITTED, Status.DELIVERED), "3", True),
        ((Status.REJECTED,), "2", False),
    ],
)
def test_a_status_is_told_from_the_second_step_on(steps: tuple[Status, ...], status: str, told: bool) -> None:
    called = Called()
    called.send()
    timetable = [
        Step(timedelta(), Status.QUEUED),
        *(Step(SECOND * at, one) for at, one in enumerate(steps, 1)),
    ]
    message = replace(called.messages[0], timetable=tuple(timetable))

    found = progress(message, message.order.accepted_at + SECOND * len(steps))

    assert (found.status, found.since != NEVER) == (status, told)


def test_a_balance_is_reckoned_now_and_then() -> None:
    called = Called(booked="later")
    told = [
        called.said("creditadd", "admin", data_username="demo", data_amount="5")["balance"] for _ in range(2)
    ]

    called.advance(29)
    before = called.said("cr")["credit"]
    called.advance(1)

    assert (told, before, called.said("cr")["credit"]) == ([1000, 1000], 1000, 1010)


def test_a_balance_counts_at_once_where_documents_promise_it() -> None:
    called = Called()

    assert called.said("creditadd", "admin", data_username="demo", data_amount="5")["balance"] == 1005


def test_the_own_balance_of_a_subuser_counts_when_its_message_is_handed_over() -> None:
    called = Called(**UPSTREAM)
    called.describe("empty", level="4", parent="demo")

    queue = called.send(user="empty")
    called.advance(5)

    (row,) = called.rows("ds", "empty", queue=queue)
    assert (row["status"], row["update"]) == ("2", NEVER)
    assert called.account("empty").overdraft == Decimal(0)


def test_a_strict_database_takes_no_word_for_a_number() -> None:
    called = Called(**{**UPSTREAM, "astral": "refused"})

    assert codes(called, unicode="true") == ["200"]
    assert codes(called, type="t" * 101) == ["200"]
    assert codes(called, unicode="2", type="t" * 100) == ["0"]
    assert called.error("creditadd", "admin", data_username="nobody", data_amount="5") == "622"


def test_any_other_takes_it_for_none() -> None:
    called = Called(**UPSTREAM)

    assert codes(called, unicode="true", type="t" * 101) == ["0"]
    assert called.error("creditadd", "admin", data_username="nobody", data_amount="5") == "0"


@pytest.mark.parametrize(("names", "text"), [("filled", "Dear Dana"), ("text", "Dear #NAME#")])
def test_the_name_of_a_contact_may_be_put_in(names: str, text: str) -> None:
    called = Called(names=names)
    called.describe(contact__5=f"Dana; {NUMBER}")

    called.send(msg="Dear #NAME#")
    called.advance(5)

    assert called.rows("ds")[0]["msg"] == text


def test_of_markup_without_end_only_so_much_is_read() -> None:
    given = {"plain": "0521234567," * 10_000, "markup": "<b>" * 1_000_000}

    read = fields.cleaned(given, Quirks(**UPSTREAM))

    assert read["plain"] == given["plain"]
    assert len(read["markup"]) < 3 * fields.MOST_MARKUP
