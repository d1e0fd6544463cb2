"""Delivery reports on their way to the address that the send named."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from emulator.core.ids import Ids
from emulator.core.model import Inbound, Message, Status
from emulator.core.pushes import Notice, Push
from emulator.providers.isms.quirks import Quirks
from emulator.providers.isms.receipts import IsmsReports, reachable
from emulator.tests.samples import NINE, NUMBER, a_message, an_account

URL = "http://127.0.0.1:1/dlr?job=7"

REPORTS = IsmsReports(Quirks(), Ids(1))

MAY = datetime(2017, 5, 11, 11, 40, 9, 250_000, tzinfo=UTC)
"""In summer: 14:40:09 in Athens."""


def told(status: Status, at: datetime = MAY, url: str | None = URL, **quirks: Any) -> list[Push]:
    said = IsmsReports(Quirks(**quirks), Ids(1)).report(a_message(callback=url), status, at)
    return [one for one in said if isinstance(one, Push)]


def test_a_report_is_a_form_with_four_fields() -> None:
    (push,) = told(Status.DELIVERED)

    assert push == Push(
        method="POST",
        url=URL,
        headers=(("Content-Type", "application/x-www-form-urlencoded"),),
        body="mid=VDS0N8OO7F&mobile=306912345678&status=Delivered&date=2017-05-11+14%3A40%3A09",
        retries=(timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15)),
        accepted=(200, 299),
    )


def test_in_winter_athens_is_two_hours_ahead() -> None:
    (push,) = told(Status.DELIVERED, NINE)

    assert push.body.endswith("date=2026-03-02+11%3A00%3A00")


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (Status.DELIVERED, "Delivered"),
        (Status.UNDELIVERABLE, "Failed"),
        (Status.EXPIRED, "Failed"),
        (Status.REJECTED, "Failed"),
        (Status.UNROUTABLE, "Failed"),
    ],
)
def test_a_report_says_how_it_ended(status: Status, word: str) -> None:
    (push,) = told(status)

    assert f"&status={word}&" in push.body


@pytest.mark.parametrize("status", [Status.SCHEDULED, Status.QUEUED, Status.SUBMITTED, Status.CANCELLED])
def test_nothing_is_reported_on_the_way_or_when_it_was_called_back(status: Status) -> None:
    assert told(status) == []


def test_nothing_is_reported_unasked() -> None:
    assert told(Status.DELIVERED, url=None) == []


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "127.0.0.1/dlr",
        "//127.0.0.1/dlr",
        "http://",
        "http:///dlr",
        "ftp://127.0.0.1/dlr",
        "javascript:alert(1)",
        "http://127.0.0.1:0/",
        "http://127.0.0.1:port/",
        "http://127.0.0.1:99999/",
        "http://[::1/dlr",
    ],
)
def test_an_address_that_is_none_is_ignored(url: str) -> None:
    assert not reachable(url)
    assert told(Status.DELIVERED, url=url) == []


@pytest.mark.parametrize("url", ["http://127.0.0.1", "https://shop.example/dlr?x=1", "HTTP://[::1]:8080/"])
def test_an_address_may_be_any_of_the_web(url: str) -> None:
    assert reachable(url)


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("http://127.0.0.1:1/dlr", "http://127.0.0.1:1/dlr?mid="),
        ("http://127.0.0.1:1/dlr?job=7", "http://127.0.0.1:1/dlr?job=7&mid="),
    ],
)
def test_a_report_by_get_goes_behind_what_the_address_asks_already(url: str, asked: str) -> None:
    (push,) = told(Status.DELIVERED, url=url, report_method="GET")

    assert (push.method, push.headers, push.body) == ("GET", (), "")
    assert push.url.startswith(asked)


def test_an_inbound_message_waits_for_a_session_and_has_no_other_way() -> None:
    inbound = Inbound(
        id=1, provider="isms", account="demo", sender=NUMBER, recipient="1", text="Hi", received_at=NINE
    )

    (notice,) = REPORTS.inbound(inbound, an_account(), lambda collection, name: None)

    assert isinstance(notice, Notice)
    assert notice.octets.endswith(b"\x02Hi")
    assert REPORTS.consequences(inbound, an_account()) == ()


def test_every_recipient_has_the_identifier_of_the_whole_call() -> None:
    def mid(message: Message) -> str:
        (push,) = REPORTS.report(message, Status.DELIVERED, MAY)
        assert isinstance(push, Push)
        return push.body.partition("&")[0]

    message = a_message(callback=URL)

    assert mid(replace(message, id=2, recipient="306900000000")) == mid(message)
