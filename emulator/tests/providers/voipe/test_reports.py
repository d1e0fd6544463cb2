"""`ds`: what was sent, as it is filtered, ordered and told."""

from dataclasses import replace

import pytest

from emulator.core.clock import FIRST
from emulator.tests.providers.voipe.called import NUMBER, OTHER, Called
from emulator.tests.samples import NINE

NEVER = "0000-00-00 00:00:00"


def test_a_message_is_listed_when_it_was_handed_over() -> None:
    called = Called()
    queue = called.send(msg='Say "hi"')

    waiting = called.error("ds", queue=queue), called.error("ds", smslog_id="1"), called.error("ds")
    called.advance(1)
    pending = called.rows("ds", queue=queue.upper())
    called.advance(2)

    assert waiting == ("401", "400", "400")
    assert pending == [{
        "smslog_id": "1", "src": "Demo", "dst": NUMBER, "msg": "Say 'hi'",
        "dt": "2026-03-02 09:00:01", "update": NEVER, "status": "0",
    }]  # fmt: skip
    assert called.rows("ds") == [{**pending[0], "update": "2026-03-02 09:00:03", "status": "3"}]


@pytest.mark.parametrize(
    ("ending", "after", "status", "update"),
    [
        ("9001", 3, "2", "2026-03-02 09:00:03"),
        ("9002", 3, "0", NEVER),
        ("9003", 0, "2", NEVER),
        ("9004", 9000, "0", NEVER),
        ("9006", 1, "2", NEVER),
    ],
)
def test_what_became_of_a_message_is_told(ending: str, after: float, status: str, update: str) -> None:
    called = Called()
    called.send(f"052123{ending}")

    called.advance(after)

    assert [(row["status"], row["update"]) for row in called.rows("ds")] == [(status, update)]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, "400"),
        ({"queue": "0" * 32}, "400"),
        ({"queue": "nonsense"}, "400"),
        ({"src": "Other"}, "400"),
        ({"queue": "THIS", "src": "Other"}, "402"),
        ({"queue": "THIS", "smslog_id": "2"}, "402"),
    ],
)
def test_nothing_to_tell_has_its_codes(fields: dict[str, str], code: str) -> None:
    called = Called()
    queue = called.send()
    called.advance(3)
    user = "demo" if fields else "admin"

    assert (
        called.error("ds", user, **{**fields, **({"queue": queue} if "THIS" in fields.values() else {})})
        == code
    )


def test_foreign_queues_are_told_from_unknown_ones() -> None:
    called = Called()
    queue = called.send()

    waiting = called.error("ds", "empty", queue=queue)
    called.advance(3)

    assert (waiting, called.error("ds", "empty", queue=queue)) == ("401", "402")
    assert called.error("ds", "empty", smslog_id="1") == "400"


@pytest.fixture(scope="module")
def seven() -> Called:
    """Seven messages: two at once, four later, one whose moment is still to come."""
    called = Called()
    called.send(f"{NUMBER},+972521234567")
    called.advance(60)
    called.send("972521234567", sender="VipInvest")
    called.send(OTHER, sender="vipinvest")
    called.advance(3600)
    called.send(f"0541234567,{NUMBER}1", sender="VipInvest")
    called.advance(1)
    called.send("1", schedule="+1 day")
    return called


@pytest.mark.parametrize(
    ("fields", "ids"),
    [
        ({}, "56 3 4 12"),
        ({"c": "1"}, "5"),
        ({"c": "1,2"}, "6 3"),
        ({"c": "0"}, "56 3 4 12"),
        ({"c": "00"}, ""),
        ({"c": "-1"}, ""),
        ({"c": "1.5"}, ""),
        ({"c": "x"}, ""),
        ({"last": "3"}, "56 4"),
        ({"last": "6"}, ""),
        ({"last": "-5"}, "56 3 4 12"),
        ({"last": "x"}, ""),
        ({"last": "0"}, "56 3 4 12"),
        ({"smslog_id": "3"}, "3"),
        ({"smslog_id": "3abc"}, "3"),
        ({"smslog_id": "abc"}, ""),
        ({"smslog_id": "3", "last": "3"}, ""),
        ({"src": "vipINVEST"}, "56 3"),
        ({"src": "Vip"}, ""),
        ({"dst": NUMBER}, "3 12"),
        ({"dst": "972521234567"}, "3 12"),
        ({"dst": "+972521234567"}, "3 2"),
        ({"dst": "0"}, "56 3 4 12"),
        ({"dst": "999"}, "56 3 4 12"),
        ({"dst": "05_1234567"}, "5 3 4 12"),
        ({"dst": "0521%7"}, "3 12"),
        ({"dst": "052%1"}, "6"),
        ({"dst": "0" + "_" * 20}, ""),
        ({"dst": "0 1"}, ""),
        ({"dt": "2026-03-02 10"}, "56"),
        ({"dt": "09:0%:01"}, "3 4 12"),
        ({"dt": "1999"}, ""),
        ({"dt": "1\n2"}, ""),
        ({"dst": "0531234567", "dt": "10:01"}, "56 4"),
        ({"dst": "0531234567", "dt": "10:01", "src": "vipinvest"}, "56"),
        ({"dst": "999", "dt": "1999"}, "56 3 4 12"),
        ({"dst": "0541", "last": "4"}, ""),
    ],
)
def test_a_list_is_filtered(seven: Called, fields: dict[str, str], ids: str) -> None:
    """Digits stand for messages, the latest second first."""
    found = "".join(row["smslog_id"] for row in seven.rows("ds", **fields))

    assert found == ids.replace(" ", "")


def test_a_clock_put_back_takes_messages_from_the_list() -> None:
    called = Called()
    called.send()
    called.advance(60)
    called.send()
    called.advance(60)
    assert len(called.rows("ds")) == 2

    called.space.clock.set(now=NINE)
    early = called.error("ds"), called.error("ds", smslog_id="1")
    called.send()
    called.space.clock.set(now=NINE.replace(second=30))

    assert FIRST < NINE
    assert early == ("400", "400")
    assert [row["smslog_id"] for row in called.rows("ds")] == ["1", "3"]


def test_forgotten_messages_are_listed_no_more() -> None:
    called = Called()
    called.send()
    called.advance(3)
    before = called.rows("ds")

    called.space.store.forget_messages()
    queue = called.send()
    called.advance(3)

    assert (len(before), [row["smslog_id"] for row in called.rows("ds")]) == (1, ["2"])
    assert called.rows("ds", queue=queue) == called.rows("ds")


def test_an_unlimited_account_lists_a_thousand_messages_of_one_call() -> None:
    called = Called()
    called.space.store.put_account(replace(called.account(), credit=None))

    queue = called.send(",".join(map(str, range(10_000, 12_500))))
    called.advance(3)

    assert [row["smslog_id"] for row in called.rows("ds")] == [str(id) for id in range(1, 101)]
    assert len(called.rows("ds", queue=queue, c="5000")) == 2500
