"""Batches and their messages, as they are shown and taken away."""

import pytest

from emulator.tests.providers.ip1.called import (
    ACCOUNT,
    FAILS,
    NUMBER,
    OTHER_KEY,
    SECOND,
    UNKNOWN,
    Called,
)

PATH = "/v2/batches"
AHEAD = [{"opens": "2026-03-02T10:00:00Z"}]
GATEWAY = "46700000000"


def test_batches_stand_in_the_order_in_which_they_were_made() -> None:
    called = Called()
    made = [called.send(NUMBER)["id"] for _ in range(3)]
    called.send(NUMBER, key=OTHER_KEY)

    assert [batch["id"] for batch in called.get(PATH)] == made
    assert [batch["id"] for batch in called.get(PATH, order="DESC", start=1)] == [made[1], made[0]]
    assert "messageSummary" not in called.get(PATH)[0]


def test_a_batch_sums_up_its_messages() -> None:
    called = Called()
    batch = called.send(NUMBER, SECOND, FAILS, "07", body="x" * 161)
    called.advance(10)

    shown = called.get(f"{PATH}/{batch['id']}")

    assert shown["messageSummary"] == {
        "201": {"messages": 2, "sms": 4},
        "405": {"messages": 1, "sms": 2},
        "500": {"messages": 1, "sms": 2},
    }
    assert shown["priceSummary"] == {"total": 2.1, "currency": "SEK", "average": 0.525}
    assert shown["status"] == 201


def test_a_batch_is_as_far_as_its_slowest_message() -> None:
    called = Called()
    batch = called.send(NUMBER, "46700009005", "07")
    codes = [called.get(f"{PATH}/{batch['id']}")["status"]]

    called.advance(10)

    assert [*codes, called.get(PATH)[0]["status"]] == [102, 112]


def test_a_message_is_shown_with_its_latest_status_in_lists_and_with_all_alone() -> None:
    called = Called()
    batch = called.send(NUMBER, SECOND, reference="r")["id"]
    called.advance(10)

    first, second = called.get(f"{PATH}/{batch}/messages")
    whole = called.get(f"{PATH}/{batch}/messages/{first['id']}")

    assert [status["code"] for status in whole.pop("statuses")] == [101, 103, 102, 110, 111, 112, 201]
    assert first.pop("statuses") == [{"created": "2026-03-02T09:00:03Z", "code": 201, "duration": 1}]
    assert first == whole == {
        "id": first["id"], "batchId": batch, "owner": ACCOUNT, "sender": "iP1", "recipient": NUMBER,
        "body": "Hello", "direction": "mt", "segments": 1, "type": "sms", "datacoding": "gsm", "priority": 1,
        "price": 0.35, "currency": "SEK", "modified": "2026-03-02T09:00:03Z", "reference": "r", "mcc": "240",
        "mnc": "01",
    }  # fmt: skip
    assert second["recipient"] == SECOND


def test_a_message_belongs_to_one_batch() -> None:
    called = Called()
    batch, other = called.send(NUMBER)["id"], called.send(NUMBER)["id"]
    (message,) = called.get(f"{PATH}/{batch}/messages")

    answer = called.ask("GET", f"{PATH}/{other}/messages/{message['id']}")

    assert answer.status_code == 404


@pytest.mark.parametrize("method", ["GET", "DELETE"])
@pytest.mark.parametrize("key", [OTHER_KEY, "demo-ip1"])
def test_what_is_anothers_or_made_up_is_not_found(method: str, key: str) -> None:
    called = Called()
    id = called.send(NUMBER)["id"]
    asked = id if key == OTHER_KEY else f"00000000{id[8:]}"

    assert called.ask(method, f"{PATH}/{asked}", key=key).status_code == 404
    assert called.ask("GET", f"{PATH}/{asked}/messages", key=key).status_code == 404
    assert called.ask("GET", f"{PATH}/{UNKNOWN}/messages/{UNKNOWN}", key=key).status_code == 404
    assert called.get(f"{PATH}/{id}")["status"] == 102


def test_an_id_that_can_be_none_is_refused() -> None:
    called = Called()

    assert list(called.errors("GET", f"{PATH}/x")) == ["BatchId"]
    assert list(called.errors("GET", f"{PATH}/{UNKNOWN}/messages/{UNKNOWN[1:]}")) == ["MessageId"]


def test_a_batch_that_lies_ahead_is_cancelled_and_refunded() -> None:
    called = Called()
    credit = called.credit
    id = called.send(NUMBER, SECOND, deliveryWindows=AHEAD)["id"]

    answer = called.ask("DELETE", f"{PATH}/{id}")
    called.advance(7200)

    assert (answer.status_code, answer.get_json()["status"]) == (200, 203)
    assert called.credit == credit
    (message, _) = called.get(f"{PATH}/{id}/messages")
    whole = called.get(f"{PATH}/{id}/messages/{message['id']}")
    assert [status["code"] for status in whole["statuses"]] == [101, 103, 102, 104, 203]
    assert message["price"] == 0


def test_a_batch_that_went_out_is_gone_when_it_is_deleted() -> None:
    called = Called()
    id = called.send(NUMBER)["id"]
    called.advance(10)

    answers = [called.ask(method, f"{PATH}/{id}").status_code for method in ("DELETE", "DELETE", "GET")]

    assert answers == [200, 404, 404]
    assert called.get(PATH) == []
    assert called.get(f"/v2/conversations/{NUMBER}") == []


def test_what_a_handset_writes_comes_in_a_batch_of_its_own() -> None:
    called = Called()
    called.space.gateway.receive("ip1", ACCOUNT, NUMBER, GATEWAY, "Hi")
    (message,) = called.get(f"/v2/conversations/{NUMBER}/mo")

    batch = called.get(f"{PATH}/{message['batchId']}")

    assert (batch["direction"], batch["sender"], batch["status"]) == ("mo", NUMBER, 201)
    assert called.get(f"{PATH}/{message['batchId']}/messages") == [message]
    assert called.get(f"{PATH}/{message['batchId']}/messages/{message['id']}") == message
    assert called.ask("GET", f"{PATH}/{message['batchId']}", key=OTHER_KEY).status_code == 404
    assert called.ask("GET", f"{PATH}/{message['batchId']}/messages/{UNKNOWN}").status_code == 404
