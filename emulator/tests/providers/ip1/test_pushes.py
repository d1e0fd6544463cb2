"""What is told to customers by itself."""

import json
from datetime import timedelta
from typing import Any

from emulator.core import callbacks
from emulator.core.pushes import Callback, Push
from emulator.tests.providers.ip1.called import ACCOUNT, FAILS, NUMBER, Called

URL = "http://127.0.0.1:1/"
GATEWAY = "46700000000"
SETTING = "/v2/me/sms/settings/IncomingCallbackUrl"


def pushes(called: Called) -> list[Push]:
    """Everything that was to be told, tried or not."""
    found = [*called.space.store.values(callbacks.KIND), *called.space.store.values(callbacks.FINISHED)]
    return [one.push for one in sorted_by_id(found)]


def sorted_by_id(found: list[object]) -> list[Callback]:
    return sorted((one for one in found if isinstance(one, Callback)), key=lambda one: one.id)


def told(called: Called) -> list[dict[str, Any]]:
    return [json.loads(push.body) for push in pushes(called)]


def test_every_status_is_posted_once_as_it_comes() -> None:
    called = Called()
    batch = called.send(NUMBER, FAILS, deliveryReportUrl=URL, reference="r")
    at_once = [report["code"] for report in told(called)]

    called.advance(10)

    assert at_once == [101, 103, 102, 101, 103, 102]
    reports = [report for report in told(called) if report["recipient"] == FAILS]
    assert [report["code"] for report in reports] == [101, 103, 102, 110, 111, 112, 500]
    assert reports[-1] == {
        "messageId": reports[0]["messageId"], "batchId": batch["id"], "recipient": FAILS, "code": 500,
        "duration": 1, "created": "2026-03-02T09:00:03Z", "segments": 1, "price": 0.35, "currency": "sek",
        "reference": "r",
    }  # fmt: skip


def test_a_report_is_posted_until_it_is_settled() -> None:
    called = Called()

    called.send("07", deliveryReportUrl=URL)

    assert [push.method for push in pushes(called)] == ["POST", "POST"]
    assert pushes(called)[0].headers == (("Content-Type", "application/json"),)
    assert pushes(called)[0].retries == (timedelta(minutes=10),) * 9
    assert pushes(called)[0].accepted == (200, 200)


def test_a_batch_that_is_cancelled_says_so() -> None:
    called = Called()
    ahead = [{"opens": "2026-03-02T10:00:00Z"}]
    batch = called.send(NUMBER, deliveryReportUrl=URL, deliveryWindows=ahead)

    called.ask("DELETE", f"/v2/batches/{batch['id']}")

    assert [report["code"] for report in told(called)] == [101, 103, 102, 104, 203]


def test_without_an_address_nothing_is_told() -> None:
    called = Called()

    called.send(NUMBER)
    called.space.gateway.receive("ip1", ACCOUNT, NUMBER, GATEWAY, "Hi")
    called.advance(10)

    assert pushes(called) == []


def test_what_a_handset_writes_is_posted_to_the_address_of_the_settings() -> None:
    called = Called()
    called.ask("PUT", SETTING, f"{URL}in")

    called.space.gateway.receive("ip1", ACCOUNT, NUMBER, GATEWAY, "Grüße ☃")

    (push,) = pushes(called)
    document = json.loads(push.body)
    ids = {name: document[name] for name in ("id", "batchId")}
    assert (push.method, push.url, push.accepted, len(push.retries)) == ("POST", f"{URL}in", (200, 200), 9)
    assert document == {
        **ids, "owner": ACCOUNT, "sender": NUMBER, "recipient": GATEWAY, "body": "Grüße ☃", "direction": "mo",
        "segments": 1, "type": "sms", "datacoding": "ucs", "priority": 1,
        "statuses": [{"created": "2026-03-02T09:00:00Z", "code": 201, "duration": 1}],
        "modified": "2026-03-02T09:00:00Z", "mcc": "240", "mnc": "01",
    }  # fmt: skip
    assert called.get(f"/v2/conversations/{NUMBER}/mo")[0]["id"] == document["id"]
