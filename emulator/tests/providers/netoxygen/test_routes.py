"""The XML-RPC surface as a customer meets it: reading, asking the gateway, answering."""

import base64
from typing import Any
from xmlrpc.client import Binary, DateTime, Fault, dumps

import pytest

from emulator.core.refusals import Reason
from emulator.core.sabotage import Effect
from emulator.tests.providers.netoxygen.called import (
    CLEAN,
    EXPIRES,
    FAILS,
    NUMBER,
    REFUSED,
    STUCK,
    UNPAID,
    UNROUTABLE,
    Called,
    result,
)

HOUR = 3600

NEEDED: dict[str, tuple[Any, ...]] = {
    "send_message": (NUMBER, "Hello"),
    "auth": (),
    "get_credits": (),
    "account_status": (),
    "get_guid": (),
    "clean_number": (NUMBER,),
    "get_status": ("x",),
    "cancel_message": ("x",),
}
"""What each method cannot do without, beside name and password."""


@pytest.fixture
def called() -> Called:
    return Called()


# Who calls


@pytest.mark.parametrize("method", ["auth", "get_credits", "get_guid"])
@pytest.mark.parametrize(("user", "password"), [("demo", "x"), ("nobody", "demo"), ("", ""), ("demo", "")])
def test_where_the_document_says_false_a_stranger_is_told_false(
    method: str, user: str, password: str, called: Called
) -> None:
    assert called.ask(method, user=user, password=password) is False


@pytest.mark.parametrize(
    "method", ["send_message", "account_status", "clean_number", "get_status", "cancel_message"]
)
def test_elsewhere_a_stranger_is_told_a_fault(method: str, called: Called) -> None:
    with pytest.raises(Fault) as told:
        called.ask(method, *NEEDED[method], password="x")

    assert (told.value.faultCode, told.value.faultString) == (401, "Authentication failed.")


@pytest.mark.parametrize("method", ["send_message", "get_status", "cancel_message"])
def test_a_stranger_is_told_so_even_with_nothing_to_do(method: str, called: Called) -> None:
    with pytest.raises(Fault, match="Authentication failed"):
        called.ask(method, [], *NEEDED[method][1:], password="x")


def test_a_customer_is_known(called: Called) -> None:
    assert called.ask("auth") is True
    assert called.ask("account_status") == "regular"
    assert called.ask("account_status", user="free") == "free"


def test_credits_are_an_integer_even_where_there_are_none(called: Called) -> None:
    balance = called.ask("get_credits", user="empty")

    assert (balance, type(balance)) == (0, int)


def test_a_group_has_an_identifier_of_its_own(called: Called) -> None:
    guid = called.ask("get_guid")

    assert [len(part) for part in guid.split("-")] == [8, 4, 4, 4, 12]
    assert called.ask("get_guid") == guid
    assert called.ask("get_guid", user="empty") != guid


# Sending


def test_every_recipient_has_a_result_in_the_order_of_the_request(called: Called) -> None:
    first, second, third = called.ask("send_message", ["0792223344", "12", "+41 79 222 33 55"], "Hello")

    assert first[:2] == ["41792223344", True]
    assert second == ["12", False, 5]
    assert third[:2] == ["41792223355", True]
    assert first[2] != third[2]
    assert [message.recipient for message in called.messages] == ["41792223344", "41792223355"]
    assert called.ask("get_credits") == 998


def test_one_number_is_as_good_as_an_array_of_one(called: Called) -> None:
    for dest in (NUMBER, [NUMBER]):
        ((number, accepted, identifier),) = called.ask("send_message", dest, "Hello")
        assert (number, accepted, len(identifier)) == (CLEAN, True, 32)


def test_a_number_named_twice_gets_two_messages(called: Called) -> None:
    assert len({row[2] for row in called.ask("send_message", [NUMBER, NUMBER], "Hello")}) == 2
    assert called.ask("get_credits") == 998


def test_nobody_named_nobody_answered(called: Called) -> None:
    assert called.ask("send_message", [], "Hello") == []


def test_each_part_costs_a_credit(called: Called) -> None:
    called.send(NUMBER, "a" * 161)
    called.send(NUMBER, "ë" * 70)

    assert called.ask("get_credits") == 997


@pytest.mark.parametrize(
    ("dest", "message", "sender", "code"),
    [
        ("12", "", "no possible sender", 7),
        ("12", "a" * 2000, "no possible sender", 8),
        ("12", "Hello", "no possible sender", 6),
        ("12", "Hello", "Shop", 5),
        (UNPAID, "Hello", "Shop", 2),
    ],
)
def test_the_most_pressing_objection_has_the_code(
    dest: str, message: str, sender: str, code: int, called: Called
) -> None:
    assert called.refused(dest, message, sender) == code
    assert called.messages == []
    assert called.ask("get_credits") == 1000


def test_what_is_wrong_with_one_recipient_stops_no_other(called: Called) -> None:
    rows = called.ask("send_message", [UNPAID, NUMBER, ""], "Hello")

    assert [row[1] for row in rows] == [False, True, False]
    assert [row[2] for row in (rows[0], rows[2])] == [2, 5]


def test_credits_last_for_as_many_as_they_pay_for(called: Called) -> None:
    rows = called.ask("send_message", [NUMBER] * 501, "a" * 161)

    assert [row[1] for row in rows] == [True] * 500 + [False]
    assert rows[-1] == [CLEAN, False, 2]
    assert called.ask("get_credits") == 0


def test_an_empty_account_sends_nothing(called: Called) -> None:
    assert called.refused(user="empty") == 2


def test_who_may_not_choose_sends_under_the_default(called: Called) -> None:
    identifier = called.send(NUMBER, "Hello", "Shop", user="free")

    assert [message.order.sender for message in called.messages] == ["textobox.ch"]
    assert called.ask("get_status", identifier, user="free")[0][1]["from"] == "textobox.ch"


def test_a_flash_message_is_one(called: Called) -> None:
    called.send(NUMBER, "Hello", "", "", "flash")
    called.send(NUMBER, "Hello", "", "", "text")
    called.send(NUMBER, "Hello")

    assert [message.order.flash for message in called.messages] == [True, False, False]


@pytest.mark.parametrize("date", ["2026-03-02 09:59:59", "text", "", "12:00", "2026-02-30 00:00:00"])
def test_a_date_that_is_past_or_none_means_at_once(date: str, called: Called) -> None:
    """Ten in Zurich is nine by the clock."""
    assert called.codes(called.send(NUMBER, "Hello", "", date)) == (1, 8)


# What becomes of a message


def test_a_message_is_told_of_in_nine_members(called: Called) -> None:
    identifier = called.send("079 222 33 44", "Grüezi €", "Shop")
    called.advance(60)

    ((echoed, struct),) = called.ask("get_status", identifier)

    assert echoed == identifier
    assert list(struct.items()) == [
        ("from", "Shop"),
        ("to", "41792223344"),
        ("length", 9),
        ("sent_date", "2026-03-02 10:00:00"),
        ("sent_status", 1),
        ("sent_status_text", "OK"),
        ("last_date", "2026-03-02 10:00:03"),
        ("last_status", 1),
        ("last_status_text", "Delivered to the recipient device"),
    ]


def test_a_message_goes_its_way(called: Called) -> None:
    identifier, shown = called.send(), []

    for seconds in (0, 1, 1, 1):
        called.advance(seconds)
        struct = called.state(identifier)
        shown.append((struct["last_status"], struct["last_status_text"], struct["last_date"][-8:]))

    assert shown == [
        (8, "Message in queue", "10:00:00"),
        (3, "Message submitted", "10:00:01"),
        (2, "Delivered to the recipient network", "10:00:02"),
        (1, "Delivered to the recipient device", "10:00:03"),
    ]


@pytest.mark.parametrize(
    ("dest", "error", "status"),
    [
        (FAILS, (4, "Message format error"), (4, "Message error, delivery failed")),
        (EXPIRES, (3, "Message routing error"), (6, "Message expired, delivery cancelled")),
        (REFUSED, (2, "Gateway error"), (7, "Gateway error")),
        (STUCK, (1, "OK"), (2, "Delivered to the recipient network")),
        (UNROUTABLE, (3, "Message routing error"), (5, "Routing error, delivery failed")),
    ],
)
def test_a_number_decides_what_becomes_of_its_message(
    dest: str, error: tuple[int, str], status: tuple[int, str], called: Called
) -> None:
    identifier = called.send(dest)
    called.advance(100 * HOUR)

    struct = called.state(identifier)

    assert (struct["sent_status"], struct["sent_status_text"]) == error
    assert (struct["last_status"], struct["last_status_text"]) == status


def test_each_identifier_has_a_result_and_an_unknown_one_is_false(called: Called) -> None:
    first, second = called.send("0792223344"), called.send("0792223355")

    rows = called.ask("get_status", [second, "nope", first, first])

    assert [row[0] for row in rows] == [second, "nope", first, first]
    assert [row[1] and row[1]["to"] for row in rows] == ["41792223355", False, CLEAN, CLEAN]
    assert called.ask("get_status", []) == []


def test_a_message_of_somebody_else_is_unknown(called: Called) -> None:
    identifier = called.send(user="free")

    assert called.ask("get_status", identifier) == [[identifier, False]]
    assert called.ask("cancel_message", identifier) == [[identifier, False]]


# Later


def test_a_scheduled_message_waits_for_its_moment_in_zurich(called: Called) -> None:
    identifier = called.send(NUMBER, "Hello", "", "2026-03-02 12:00:00")

    assert called.ask("get_credits") == 999
    assert called.codes(identifier) == (9, 9)
    assert called.state(identifier)["sent_date"] == "2026-03-02 12:00:00"
    called.advance(2 * HOUR - 1)
    assert called.state(identifier)["sent_status_text"] == "Pending"
    assert called.state(identifier)["last_status_text"] == "Message scheduled"
    called.advance(1)
    assert called.codes(identifier) == (1, 8)
    called.advance(3)
    assert called.codes(identifier) == (1, 1)


def test_a_scheduled_message_is_cancelled_once_and_paid_back(called: Called) -> None:
    identifier = called.send(NUMBER, "Hello", "", "2026-03-02 12:00:00")
    called.advance(60)

    assert called.ask("cancel_message", identifier) == [[identifier, True]]
    assert called.ask("cancel_message", [identifier]) == [[identifier, False]]
    assert called.ask("get_credits") == 1000
    called.advance(24 * HOUR)
    struct = called.state(identifier)
    assert (struct["sent_status"], struct["sent_status_text"]) == (10, "Message canceled")
    assert (struct["last_status"], struct["last_date"]) == (9, "2026-03-02 10:01:00")


def test_what_is_not_scheduled_is_not_cancelled(called: Called) -> None:
    identifier = called.send()

    assert called.ask("cancel_message", [identifier, "nope"]) == [[identifier, False], ["nope", False]]
    assert called.ask("cancel_message", []) == []
    assert called.codes(identifier) == (1, 8)


# Numbers


def test_a_number_is_cleaned_or_told_to_be_none(called: Called) -> None:
    assert called.ask("clean_number", "022/364 8000") == "41223648000"
    assert called.ask("clean_number", "nobody") is False


# As clients write it

TYPED = """<?xml version="1.0"?>
<methodCall><methodName>send_message</methodName><params>
<param><value><string>demo</string></value></param>
<param><value>demo</value></param>
<param><value><{dest_type}>{dest}</{dest_type}></value></param>
<param><value><{text_type}>{text}</{text_type}></value></param>
</params></methodCall>"""


@pytest.mark.parametrize(
    ("dest_type", "dest", "number"),
    [
        ("int", "0791112233", "41791112233"),
        ("i4", "0791112233", "41791112233"),
        ("i8", "41791112233", "41791112233"),
        ("i8", "+41791112233", "41791112233"),
        ("string", "022/364 8000", "41223648000"),
        ("base64", base64.b64encode(b"079 111 22 33").decode(), "41791112233"),
    ],
)
def test_a_number_counts_as_written_whatever_its_type(
    dest_type: str, dest: str, number: str, called: Called
) -> None:
    answer = called.post(TYPED.format(dest_type=dest_type, dest=dest, text_type="string", text="x"))

    assert result(answer)[0][:2] == [number, True]


@pytest.mark.parametrize(
    ("text_type", "text", "sent"),
    [
        ("double", "12.50", "12.50"),
        ("int", "007", "007"),
        ("dateTime.iso8601", "20130412T02:45:02", "20130412T02:45:02"),
        ("base64", base64.b64encode("Grüezi €".encode()).decode(), "Grüezi €"),
        ("string", "Gr&#252;ezi &amp; &lt;tsch&gt;", "Grüezi & <tsch>"),
    ],
)
def test_a_message_is_sent_as_written_whatever_its_type(
    text_type: str, text: str, sent: str, called: Called
) -> None:
    called.post(TYPED.format(dest_type="string", dest=NUMBER, text_type=text_type, text=text))

    (message,) = called.messages
    assert message.order.text == sent
    assert type(message.order.text) is str


def test_python_may_send_octets_and_dates(called: Called) -> None:
    date = DateTime("20260302T12:00:00")

    ((_, accepted, identifier),) = called.ask("send_message", Binary(b"0791112233"), "Hello", "", date)

    assert accepted is True
    assert called.codes(identifier) == (1, 8)


def test_a_client_that_leaves_the_sender_out_is_sent_for_at_once(called: Called) -> None:
    """The Ruby client of the provider: date and type stand one place too early."""
    identifier = called.send(NUMBER, "Hello", "", "text")

    assert called.codes(identifier) == (1, 8)
    assert [message.order.sender for message in called.messages] == ["textobox.ch"]


def test_the_example_of_the_php_client_runs_through(called: Called) -> None:
    assert called.ask("auth") is True
    (row,) = called.ask("send_message", [NUMBER], "test message", "", "2026-03-02 20:05:00", "text")
    assert called.ask("cancel_message", [row[2]]) == [[row[2], True]]
    assert called.ask("get_status", [row[2]])[0][1]["sent_status"] == 10
    assert called.ask("get_credits") == 1000


def test_octets_of_another_alphabet_are_read_where_it_is_named(called: Called) -> None:
    body = TYPED.format(dest_type="string", dest=NUMBER, text_type="string", text="Grüezi").encode("latin-1")

    called.post(body, "text/xml; charset=ISO-8859-1")

    assert [message.order.text for message in called.messages] == ["Grüezi"]


# What cannot be followed


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nonsense",
        b"<methodCall/>",
        b"<methodCall><methodName>auth</methodName>",
        b"<!DOCTYPE x [<!ENTITY e 'auth'>]><methodCall><methodName>&e;</methodName></methodCall>",
        b"<methodCall><methodName>auth</methodName><params>"
        + b"<a>" * 100
        + b"</a>" * 100
        + b"</params></methodCall>",
        b"\xff\xfe\x00",
        b'{"method": "auth"}',
    ],
)
def test_what_is_no_call_is_told_so_in_the_way_of_the_format(body: bytes, called: Called) -> None:
    answer = called.post(body)

    with pytest.raises(Fault) as told:
        result(answer)
    assert (told.value.faultCode, told.value.faultString) == (-32700, "parse error. not well formed")


@pytest.mark.parametrize("method", ["nonsense", "Auth", "system.listMethods", " "])
def test_an_unknown_method_is_told_so_to_whomever(method: str, called: Called) -> None:
    with pytest.raises(Fault) as told:
        called.ask(method, password="x")

    assert (told.value.faultCode, told.value.faultString) == (1, "Unknown method")


@pytest.mark.parametrize("method", NEEDED)
def test_parameters_too_few_or_too_many_are_told_so_to_whomever(method: str, called: Called) -> None:
    surplus = 4 if method == "send_message" else 1

    for params in (("demo", "x", *NEEDED[method])[:-1], ("demo", "x", *NEEDED[method], *["x"] * surplus)):
        with pytest.raises(Fault) as told:
            result(called.post(dumps(params, method)))
        assert (told.value.faultCode, told.value.faultString) == (
            3,
            "Incorrect parameters passed to method",
        )


def test_a_struct_is_no_destination(called: Called) -> None:
    with pytest.raises(Fault, match="Incorrect parameters"):
        called.ask("send_message", {"dest": NUMBER}, "Hello")


# HTTP


def test_a_fault_is_a_success_of_http(called: Called) -> None:
    answer = called.post(b"")

    assert answer.status == "200 OK"
    assert answer.headers["Content-Type"] == "text/xml; charset=UTF-8"
    assert answer.headers["Content-Length"] == str(len(answer.data))


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_a_call_is_posted(method: str, called: Called) -> None:
    answer = called.client.open("/api2/", method=method)

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


def test_an_address_without_its_slash_is_the_same_address(called: Called) -> None:
    """Also to a fault on purpose."""
    assert result(called.client.post("/api2", data=dumps(("demo", "demo"), "auth"))) is True

    called.break_(Effect.STATUS, provider="netoxygen", status=503)

    assert called.client.post("/api2", data=dumps(("demo", "demo"), "auth")).status_code == 503


# On purpose


@pytest.mark.parametrize(
    ("reason", "code"),
    [(Reason.NO_CREDIT, 2), (Reason.ROUTE_DOWN, 2), (Reason.NO_ROUTE, 3), (Reason.BAD_RECIPIENT, 5)],
)
def test_a_refusal_on_purpose_has_its_code(reason: Reason, code: int, called: Called) -> None:
    called.break_(Effect.REFUSE, reason=reason, times=1)

    assert called.refused() == code
    called.send()


def test_a_login_refused_on_purpose_is_a_stranger(called: Called) -> None:
    called.break_(Effect.REFUSE, reason=Reason.BAD_CREDENTIALS, times=4)

    assert [called.ask(method) for method in ("auth", "get_credits", "get_guid")] == [False, False, False]
    with pytest.raises(Fault, match="Authentication failed"):
        called.ask("send_message", [], "Hello")
    assert called.ask("auth") is True


def test_a_refusal_that_a_method_has_no_word_for_is_a_fault(called: Called) -> None:
    called.break_(Effect.REFUSE, reason=Reason.NO_ROUTE)

    with pytest.raises(Fault) as told:
        called.ask("account_status")
    assert (told.value.faultCode, told.value.faultString) == (3, "Message routing error")


# The journal


def test_the_journal_knows_what_was_said_and_which_requirement_was_obeyed(called: Called) -> None:
    called.ask("clean_number", NUMBER)

    (exchange,) = called.journal
    assert (exchange.surface, exchange.account) == ("netoxygen-xmlrpc", "demo")
    assert exchange.fields == {"method": "clean_number", "user": "demo", "pass": "demo", "number": NUMBER}
    assert exchange.voiced == ("netoxygen/clean-number/digits",)


@pytest.mark.parametrize("body", [b"", dumps(("demo", "x"), "nonsense").encode()])
def test_the_journal_knows_a_call_that_nobody_followed(body: bytes, called: Called) -> None:
    called.post(body)

    (exchange,) = called.journal
    assert exchange.surface == "netoxygen-xmlrpc"
    assert [one.split("/")[1] for one in exchange.voiced] == ["faults"]


@pytest.mark.parametrize(
    "body",
    [
        dumps(("demo", "s3cr&t"), "auth"),
        dumps(("demo", "s3cr&t", "surplus"), "auth"),
        dumps(("demo", "s3cr&t"), "nonsense"),
        dumps(("demo", ["s3cr&t"]), "auth"),
        dumps(("demo", Binary(b"s3cr&t")), "auth"),
    ],
)
def test_the_journal_shows_no_password_however_it_was_said(body: str, called: Called) -> None:
    called.post(body)

    shown = called.client.get("/_emulator/journal").text

    assert "netoxygen-xmlrpc" in shown
    assert [spelled for spelled in ("s3cr", "czNjciZ0") if spelled in shown] == []
