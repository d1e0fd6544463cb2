"""The HTTP surface as a customer meets it: reading, asking the gateway, answering."""

import pytest

from emulator.tests.samples import EXPIRES, FAILS, NUMBER, OTHER
from emulator.tests.served import LOGIN, Served

MULTIPART = "multipart/form-data; boundary=x"


@pytest.fixture
def served() -> Served:
    return Served()


@pytest.mark.parametrize(
    "script", ["credits", "send", "query", "hlr", "hlrquery", "savecontact", "deletecontact"]
)
def test_every_script_wants_to_know_who_asks(script: str, served: Served) -> None:
    answer = served.client.get(f"/api/http/{script}.php")

    assert (answer.status_code, answer.text) == (200, "Error: Authentication error.")
    assert answer.headers["Content-Type"] == "text/html; charset=UTF-8"


def test_a_message_goes_its_way(served: Served) -> None:
    mid = served.send(to=f"{NUMBER},{FAILS}")
    shown = []

    for seconds in (0, 1, 2):
        served.advance(seconds)
        shown.append([served.get("query", mid=mid, mobile=number) for number in (NUMBER, FAILS)])

    assert shown == [
        ["Status: Queued", "Status: Queued"],
        ["Status: Pending", "Status: Pending"],
        ["Status: Delivered", "Status: Failed"],
    ]
    assert served.get("credits") == "Credits:3946.47"


def test_a_scheduled_message_is_paid_for_at_once_and_waits(served: Served) -> None:
    mid = served.send(schedule="+1 day")

    assert served.get("credits") == "Credits:3947.47"
    served.advance(86_399)
    assert served.get("query", mid=mid, mobile=NUMBER) == "Status: Queued"
    served.advance(4)
    assert served.get("query", mid=mid, mobile=NUMBER) == "Status: Delivered"


def test_a_schedule_at_the_end_of_the_calendar_breaks_nothing(served: Served) -> None:
    mid = served.send(to=EXPIRES, schedule="9999-12-31 23:59:59")

    assert served.get("query", mid=mid, mobile=EXPIRES) == "Status: Queued"


def test_a_number_is_looked_up(served: Served) -> None:
    mid = served.get("hlr", mobiles=f"306971234567,{FAILS}")[3:]
    shown = []

    for seconds in (0, 1, 2):
        served.advance(seconds)
        shown.append(served.get("hlrquery", mid=mid, mobile="306971234567"))

    assert shown == ["Queued", "Pending", "Delivered;Greece;Cosmote;202010000000000;306970000000;0"]
    assert served.get("hlrquery", mid=mid, mobile=FAILS) == "Undelivered;Greece;Cosmote;;;27"
    assert served.get("credits") == "Credits:3948.27"


def test_the_two_kinds_of_identifier_are_apart(served: Served) -> None:
    message, lookup = served.send(), served.get("hlr", mobiles=NUMBER)[3:]

    assert served.get("query", mid=lookup, mobile=NUMBER) == "Error: No such message or recipient."
    assert served.get("hlrquery", mid=message, mobile=NUMBER) == "Error: No such message ID or mobile."


def test_an_identifier_of_another_account_is_unknown(served: Served) -> None:
    other = {"username": "empty", "password": "empty"}

    reply = served.get("query", mid=served.send(), mobile=NUMBER, **other)

    assert reply == "Error: No such message or recipient."


def test_contacts_are_saved_and_deleted(served: Served) -> None:
    contact = {"surname": "Πάπα", "name": "Άννα", "mobile": f"+{NUMBER}", "comments": "x"}

    assert served.get("savecontact", **contact) == "ΟΚ"
    assert served.get("deletecontact", mobile=f"00{NUMBER}") == "ΟΚ"
    assert served.get("deletecontact", mobile=NUMBER) == "FAILED"


def test_the_slip_of_the_document_is_an_address_too(served: Served) -> None:
    served.get("savecontact", mobile=NUMBER)

    answer = served.client.get(
        "/api/http/api/http/deletecontact.php", query_string={**LOGIN, "mobile": NUMBER}
    )

    assert answer.text == "ΟΚ"


def test_a_refused_send_leaves_no_trace(served: Served) -> None:
    """Whatever is wrong with it, and however many things."""
    for wrong in ({"to": "nobody"}, {"sender": "no way!"}, {"schedule": "garbage"}, {"password": "x"}):
        fields = {"sender": "me", "to": f"{NUMBER},{OTHER}", "message": "Hello"}
        assert served.get("send", **{**fields, **wrong}).startswith("Error: ")

    assert served.get("credits") == "Credits:3948.47"
    assert len(served.space.store) == 0


def test_octets_that_are_no_text_break_nothing(served: Served) -> None:
    reply = served.client.get(
        b"/api/http/send.php?username=demo&password=demo&from=me&to=306912345678&message=%FF".decode()
    ).text

    assert reply[:3] == "ID:"
    (message,) = served.space.store.messages()
    assert message.order.text == "?"


def multipart(*pairs: tuple[str, str]) -> bytes:
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in pairs
    ]
    return ("".join(parts) + "--x--\r\n").encode()


def test_a_multipart_form_reads_like_the_other_one(served: Served) -> None:
    body = multipart(("username", "x"), ("username", "demo"), ("password", "demo"), ("password[]", "x"))

    answer = served.client.post("/api/http/credits.php", data=body, content_type=MULTIPART)

    assert answer.text == "Credits:3948.47"


@pytest.mark.parametrize("body", [b"", b"--x", b"nonsense", b"--x\r\n\r\n", b"--y--\r\n", b"\xff\x00"])
def test_a_broken_multipart_form_has_no_fields(body: bytes, served: Served) -> None:
    answer = served.client.post("/api/http/credits.php", data=body, content_type=MULTIPART)

    assert answer.text == "Error: Authentication error."


def test_a_multipart_form_without_boundary_has_no_fields(served: Served) -> None:
    answer = served.client.post("/api/http/credits.php", data=b"x", content_type="multipart/form-data")

    assert answer.text == "Error: Authentication error."


@pytest.mark.parametrize(
    ("script", "wrong", "requirement"),
    [
        ("credits", {"password": "x"}, "isms/http/bad-credentials"),
        ("send", {"sender": "me"}, "isms/send/no-recipients"),
        ("query", {"mobile": NUMBER}, "isms/query/no-mid"),
        ("hlrquery", {"mid": "0adgre1", "mobile": NUMBER}, "isms/hlrquery/unknown"),
        ("savecontact", {"mobile": "nobody"}, "isms/savecontact/invalid-mobile"),
    ],
)
def test_the_journal_names_the_requirement_that_was_voiced(
    script: str, wrong: dict[str, str], requirement: str, served: Served
) -> None:
    served.get(script, **wrong)

    assert [exchange.voiced for exchange in served.journal] == [(requirement,)]


def many(count: int) -> str:
    """So many numbers that are delivered."""
    return ",".join(str(306900000000 + 10_000 * index) for index in range(count))


def test_a_call_may_name_ten_thousand_numbers(served: Served) -> None:
    answer = served.client.post("/api/http/send.php", data={**LOGIN, "from": "me", "to": many(10_000)})

    assert (answer.status_code, answer.text) == (200, "Error: Insufficient credits.")


@pytest.mark.parametrize(("script", "field"), [("send", "to"), ("hlr", "mobiles")])
def test_more_numbers_are_too_many_for_a_call(script: str, field: str, served: Served) -> None:
    form = {**LOGIN, "from": "me", field: many(10_001)}

    answer = served.client.post(f"/api/http/{script}.php", data=form)

    assert (answer.status_code, answer.content_type) == (413, "text/plain")
    assert answer.text == "413 Content Too Large: a call may name 10000 numbers\n"
    assert (served.get("credits"), served.space.messages) == ("Credits:3948.47", 0)


def test_a_part_of_a_form_may_be_as_long_as_a_body(served: Served) -> None:
    part = '--x\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'.format
    body = part("username", "demo") + part("password", "demo") + part("other", "o" * 7_000_000) + "--x--"

    answer = served.client.post("/api/http/credits.php", data=body.encode(), content_type=MULTIPART)

    assert answer.text == "Credits:3948.47"
