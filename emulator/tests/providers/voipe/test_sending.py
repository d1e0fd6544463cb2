"""`pv`: to whom, what, when, and for how much."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from emulator.core.model import Coding
from emulator.core.refusals import Reason
from emulator.core.sabotage import Effect
from emulator.tests.providers.voipe.called import NUMBER, OTHER, UPSTREAM, Called
from emulator.tests.samples import NINE, second

BROKEN = {"status": "ERR", "error": "200", "smslog_id": "", "queue": "", "to": ""}


def test_every_number_has_an_entry() -> None:
    called = Called()

    rows = called.rows("pv", to=f"{NUMBER}, (053)-123 4567,+972521234567", msg="Hello")

    assert [list(row) for row in rows] == [["status", "error", "smslog_id", "queue", "to"]] * 3
    assert [(row["status"], row["smslog_id"], row["to"]) for row in rows] == [
        ("OK", "1", NUMBER), ("OK", "2", OTHER), ("OK", "3", "+972521234567"),
    ]  # fmt: skip
    assert len({row["queue"] for row in rows}) == 1
    assert called.said("cr")["credit"] == 997


@pytest.mark.parametrize(
    ("to", "msg", "code"),
    [("", "x", "201"), (NUMBER, " \r\n", "201"), (NUMBER, "0", "201"), ("0", "x", "201"), ("00", "00", "")],
)
def test_nothing_is_sent_to_nobody_nor_without_a_text(to: str, msg: str, code: str) -> None:
    assert Called().error("pv", to=to, msg=msg) == code


@pytest.mark.parametrize(
    ("to", "documented", "upstream"),
    [
        ("1,1", [("0", "1")], [("0", "1")]),
        ("1,1,2", [("0", "1"), ("0", "2")], [("0", "1")]),
        ("1,2,1", [("0", "1"), ("0", "2")], [("0", "1"), ("0", "2")]),
        ("1,2,1,3", [("0", "1"), ("0", "2"), ("0", "3")], [("0", "1"), ("0", "2")]),
        ("1,(1)", [("0", "1")], [("0", "1")]),
        ("1,(1),2", [("0", "1"), ("0", "2")], [("0", "1"), ("103", "")]),
        ("1,,2,", [("0", "1"), ("0", "2")], [("0", "1"), ("0", "2")]),
        (",1", [], []),
        (",", [], []),
        ("1;2", [("0", "12")], [("0", "12")]),
        ("1" * 25, [("0", "1" * 20)], [("0", "1" * 20)]),
        ("+", [("0", "+")], [("0", "+")]),
        ("abc,1", [("0", "1")], [("0", "1")]),
        ("abc", [("200", "")], [("200", "")]),
        ("٣", [("200", "")], [("200", "")]),
    ],
)
def test_destinations_are_read(
    to: str, documented: list[tuple[str, str]], upstream: list[tuple[str, str]]
) -> None:
    assert Called().codes(to) == documented
    assert Called(**{**UPSTREAM, "charged": "accepted"}).codes(to) == upstream


@pytest.mark.parametrize(
    ("attributes", "sent"),
    [
        ({"replace_zero": "972"}, ["972521234567", "521234567", "+1"]),
        ({"replace_zero": "972", "local_length": "9"}, ["972521234567", "972521234567", "+1"]),
        ({"replace_zero": "+972", "plus": "remove"}, ["972521234567", "521234567", "1"]),
        ({"replace_zero": "9\u00e97\n2,"}, ["972521234567", "521234567", "+1"]),
        ({"replace_zero": "\u0663<x>"}, [NUMBER, "521234567", "+1"]),
        ({"replace_zero": "9" * 5000}, ["9" * 20 + "521234567", "521234567", "+1"]),
        ({"plus": "add"}, ["+0521234567", "+521234567", "+1"]),
    ],
)
def test_an_account_may_have_a_prefix(attributes: dict[str, str], sent: list[str]) -> None:
    called = Called()
    called.describe(**attributes)

    assert [called.codes(to)[0][1] for to in (NUMBER, "521234567", "+1")] == sent


def test_a_user_gets_a_message_for_nothing() -> None:
    called = Called()

    rows = called.rows("pv", "empty", to=f"@DEMO,{NUMBER},@demo,@empty,@nobody,@demo@example.com", msg='"Hi"')

    assert [(row["error"], row["smslog_id"], row["to"]) for row in rows] == [
        ("103", "", ""), ("0", None, "@DEMO"), ("0", None, "@demo"),
    ]  # fmt: skip
    assert len({row["queue"] for row in rows}) == 3
    inbox = called.rows("ix")
    assert [(row["src"], row["dst"], row["msg"]) for row in inbox] == [("@empty", "", "'Hi'")] * 2
    assert called.error("ds", "empty", queue=rows[1]["queue"]) == "400"


@pytest.mark.parametrize("to", ["@demo", "@nobody", "#NOSUCH", "@dana@example.com"])
def test_nobody_to_send_to_is_no_fault(to: str) -> None:
    assert Called().said("pv", to=to, msg="x") == {"error_string": None}


def test_a_real_server_falls_over_a_refusal_beside_a_user() -> None:
    called = Called(**UPSTREAM)

    answer = called.get("pv", "empty", to=f"{NUMBER},@demo", msg="x")

    assert (answer.status_code, answer.text) == (500, "")
    assert len(called.rows("ix")) == 1


def test_a_group_stands_for_its_members() -> None:
    called = Called()
    called.describe(contact__1=f"Dana; {NUMBER}; ; ; VIP", contact__2=f"Avi; {OTHER}; ; ; VIP ALL")
    called.describe(group__1="VIP customers; VIP", group__2="All; ALL; 2", group__3="Nobody; NONE")

    own = [
        called.codes(to) for to in ("# v!ip", f"#VIP,{NUMBER},1", "#all,#vip", "#NONE", "#", "#VIP customers")
    ]
    others = [called.rows("pv", "admin", to=to, msg="x") for to in ("#VIP", "#ALL")]

    both = [("0", NUMBER), ("0", OTHER)]
    assert own == [both, [*both, ("0", "1")], both[::-1], [], [], []]
    assert [[row["error"] for row in rows] for rows in others] == [[], ["103"]]


def test_numbers_on_the_stop_list_are_not_written_to() -> None:
    called = Called()

    told = [called.error("stoplist", sender=number) for number in ("+521", "521", "")]
    sent = [called.codes(to) for to in ("1,+521,2", "521")]
    closed = called.rows("pv", to="521", msg="x")[0]["queue"]

    assert told == ["0", "627", ""]
    assert sent == [[("0", "1"), ("200", ""), ("0", "2")], [("200", "")]]
    assert called.error("ds", queue=closed) == "402"


@pytest.mark.parametrize(("quirks", "code"), [({}, "103"), ({"no_credit": "200"}, "200")])
def test_without_credit_for_all_nothing_is_sent(quirks: dict[str, Any], code: str) -> None:
    called = Called(**quirks)
    called.said("creditadd", "admin", data_username="empty", data_amount="1.5")

    rows = called.rows("pv", "empty", to="1,2", msg="x")

    assert rows == [{**BROKEN, "error": code}]
    assert (called.messages, called.said("cr", "empty")["credit"]) == ([], 1.5)


def test_a_subuser_sends_nothing_that_its_parent_could_not_pay() -> None:
    called = Called()
    called.describe("demo", level="4", parent="empty")

    before = called.codes(NUMBER)
    called.said("creditadd", "admin", data_username="empty", data_amount="1")

    assert (before, called.codes(NUMBER)) == ([("103", "")], [("0", NUMBER)])


def test_too_many_numbers_are_refused_as_a_whole() -> None:
    called = Called()
    body = {"user": "demo", "token": called.account().key, "op": "pv", "msg": "x"}

    answers = [
        called.client.post("/playsms/api.php", json={**body, "to": ",".join(map(str, range(10**5, end)))})
        for end in (110_001, 110_000)
    ]

    assert [answer.json["data"][0]["error"] for answer in answers if answer.json] == ["200", "103"]
    assert called.codes("@empty," * 10_000) == [("200", "")]
    assert called.rows("ix", "empty") == []


@pytest.mark.parametrize(
    ("reason", "entry"),
    [(Reason.NO_CREDIT, "103"), (Reason.STORAGE_FAILED, "200"), (Reason.NO_ROUTE, "0")],
)
def test_a_fault_on_purpose_is_told_in_an_entry(reason: Reason, entry: str) -> None:
    called = Called()
    called.break_(Effect.REFUSE, reason=reason)

    assert called.rows("pv", to=NUMBER, msg="x")[0]["error"] == entry


# What is sent


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({}, "Hello @demo"),
        ({"footer": 'Bye "now"'}, "Hello Bye 'now'"),
        ({"footer": "0"}, "Hello @demo"),
        ({"footer": "x" * 31}, "Hello " + "x" * 30),
        ({"nofooter": "1"}, "Hello"),
        ({"nofooter": "false", "footer": "x"}, "Hello"),
        ({"nofooter": "0"}, "Hello @demo"),
        ({"nofooter": " "}, "Hello @demo"),
    ],
)
def test_a_footer_is_put_behind_the_message(fields: dict[str, str], text: str) -> None:
    called = Called()
    called.send(**fields)
    called.advance(1)

    assert called.messages[0].text == text
    assert called.rows("ds")[0]["msg"] == "Hello"


@pytest.mark.parametrize(
    ("quirks", "msg", "kept"),
    [
        ({}, "x" * 460, "x" * 453),
        ({}, "ש" * 460, "ש" * 453),
        ({"cut": "octets"}, "ש" * 460, "ש" * 226 + "?"),
        ({"cut": "octets"}, "ש" * 300, "ש" * 300),
        ({"max_parts": 1}, "x" * 460, "x" * 147),
        ({}, "a\r\nb", "a\nb"),
        ({}, "<b>1 < 2</b> & <script>x</script>", "<b>1 < 2</b> & <script>x</script>"),
        ({"markup": "purified"}, "<b>1 < 2</b> & <script>x</script>", "<b>1 < 2</b> &"),
        ({}, "a😀b", "a😀b"),
        ({"astral": "marks"}, "a😀b", "a????b"),
    ],
)
def test_a_message_is_kept_as_the_server_keeps_it(quirks: dict[str, Any], msg: str, kept: str) -> None:
    called = Called(**quirks)

    called.send(msg=msg, nofooter="1")

    assert called.messages[0].text == kept


def test_a_strict_database_keeps_no_emoji() -> None:
    called = Called(astral="refused")

    assert called.rows("pv", to=NUMBER, msg="😀") == [BROKEN]
    assert called.said("pv", to="@empty", msg="😀") == {"error_string": None}


@pytest.mark.parametrize(
    ("quirks", "msg", "fields", "parts", "coding"),
    [
        ({}, "x" * 154, {}, 1, Coding.GSM7),
        ({}, "x" * 155, {}, 2, Coding.GSM7),
        ({}, "€" * 160, {"nofooter": "1"}, 1, Coding.GSM7),
        ({}, "x" * 71, {"unicode": "1", "nofooter": "1"}, 2, Coding.UCS2),
        ({}, "x" * 71, {"unicode": "0", "nofooter": "1"}, 1, Coding.GSM7),
        ({}, "x" * 71, {"unicode": "yes", "nofooter": "1"}, 1, Coding.GSM7),
        ({}, "ש" * 71, {"nofooter": "1"}, 2, Coding.UCS2),
        ({"auto_unicode": False}, "ש" * 71, {"nofooter": "1"}, 1, Coding.GSM7),
    ],
)
def test_parts_are_counted_with_the_footer(
    quirks: dict[str, Any], msg: str, fields: dict[str, str], parts: int, coding: Coding
) -> None:
    called = Called(**quirks)

    called.send(msg=msg, **fields)

    order = called.messages[0].order
    assert (order.parts, order.coding, called.messages[0].price) == (parts, coding, Decimal(parts))


@pytest.mark.parametrize(
    ("quirks", "sender", "used"),
    [
        ({}, "VipInvest", "VipInvest"),
        ({}, "vipinvest", "Demo"),
        ({}, "VipInvest!", "Demo"),
        ({}, "", "Demo"),
        ({"system_sender": "1234"}, "VipInvest", "VipInvest"),
        ({"system_sender": "1234"}, "Other", "1234"),
    ],
)
def test_a_sender_is_one_of_the_account(quirks: dict[str, Any], sender: str, used: str) -> None:
    called = Called(**quirks)

    called.send(sender=sender)

    assert called.messages[0].order.sender == used


def test_a_strict_server_refuses_another_sender() -> None:
    called = Called(bad_sender="refused")

    assert called.rows("pv", to=NUMBER, msg="x", sender="Other") == [BROKEN]
    assert called.codes(NUMBER) == [("0", NUMBER)]


def test_an_account_without_senders_has_an_empty_one() -> None:
    called = Called()
    called.said("creditadd", "admin", data_username="empty", data_amount="1")

    called.send(user="empty", sender="Demo")

    assert called.messages[0].order.sender == ""


@pytest.mark.parametrize(("type", "flash"), [("flash", True), ("text", False), ("other", False)])
def test_a_message_may_be_shown_at_once(type: str, flash: bool) -> None:
    called = Called()

    called.send(type=type)

    assert called.messages[0].order.flash is flash


@pytest.mark.parametrize(
    ("schedule", "zone", "due"),
    [
        ("2026-03-02 12:00:00", "", datetime(2026, 3, 2, 12, tzinfo=UTC)),
        ("2026-03-02 12:00:00", "+0200", datetime(2026, 3, 2, 10, tzinfo=UTC)),
        ("2026-03-02 12:00:00", "-0530", datetime(2026, 3, 2, 17, 30, tzinfo=UTC)),
        ("2026-08-02 12:00:00", "Asia/Jerusalem", datetime(2026, 8, 2, 9, tzinfo=UTC)),
        ("+1 hour", "+0200", second(3600)),
        ("2026-03-02T12:00:00Z", "+0200", datetime(2026, 3, 2, 12, tzinfo=UTC)),
        ("2026-03-02 08:00:00", "", None),
        ("garbage", "", None),
        ("2026-13-45 99:99:99", "", None),
        ("0", "", None),
        ("12:00", "Nowhere/At-All", datetime(2026, 3, 2, 12, tzinfo=UTC)),
        ("12:00", "+9900", datetime(2026, 3, 2, 12, tzinfo=UTC)),
    ],
)
def test_a_message_may_wait(schedule: str, zone: str, due: datetime | None) -> None:
    called = Called()
    called.describe(zone=zone)

    called.send(schedule=schedule)

    assert called.space.clock.now() == NINE
    assert called.messages[0].order.scheduled_at == due
