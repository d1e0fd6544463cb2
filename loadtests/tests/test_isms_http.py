"""What the iSMS scenario sends and how it reads answers."""

from __future__ import annotations

from decimal import Decimal
from urllib.parse import parse_qsl, urlsplit

import pytest

from loadtests.accounting.ledger import Key, Receipt
from loadtests.accounting.reconciliation import Found
from loadtests.planning.plan import Plan
from loadtests.scenarios.isms_http import balance, delivered, receipt, references, states, template
from loadtests.scenarios.template import Refused, Reply, Request

PLAN = Plan(scenario="isms-http", rate=1, seconds=1, login="a&b", password="p w")


def test_the_request_survives_decoding() -> None:
    path, body, _, _ = template(PLAN, "http://127.0.0.1:9/dlr?run=1&x=2").request(
        ("306900000000", "306900000001")
    )

    fields = dict(parse_qsl(urlsplit(path).query, strict_parsing=True))

    assert body == b""
    assert urlsplit(path).path == "/api/http/send.php"
    assert fields == {
        "username": "a&b",
        "password": "p w",
        "from": "smslab",
        "message": "Your parcel has arrived. Code 4711.",
        "to": "306900000000,306900000001",
        "dlr-url": "http://127.0.0.1:9/dlr?run=1&x=2",
    }


def test_without_an_address_no_reports_are_asked_for() -> None:
    assert "dlr-url" not in template(PLAN, "").request(("306900000000",)).path


def test_an_answer_with_an_id_is_the_reference_of_every_number() -> None:
    assert references(Reply(200, "ID:I7I5R4HTAA"), ("1", "2")) == ("I7I5R4HTAA", "I7I5R4HTAA")


@pytest.mark.parametrize("body", ["Error: No recipients.", "", "id:I7I5R4HTAA", "<html>ID:1</html>"])
def test_any_other_answer_is_a_refusal_in_its_own_words(body: str) -> None:
    with pytest.raises(Refused) as refusal:
        references(Reply(200, body), ("1",))

    assert str(refusal.value) == body
    assert refusal.value.references == ()


def test_an_id_under_another_status_is_no_acceptance() -> None:
    with pytest.raises(Refused, match="HTTP 503"):
        references(Reply(503, "ID:I7I5R4HTAA"), ("1",))


def test_a_balance_is_read_to_the_cent() -> None:
    assert balance("Credits:3948.47") == Decimal("3948.47")


def test_a_balance_that_is_none_is_a_refusal() -> None:
    with pytest.raises(Refused):
        balance("Error: Authentication error.")


@pytest.mark.parametrize(
    ("body", "final"),
    [
        ("Status: Queued", None),
        ("Status: Pending", None),
        ("Status: Delivered", True),
        ("Status: Failed", False),
    ],
)
def test_states_are_final_or_not(body: str, final: bool | None) -> None:
    assert delivered(body) is final


@pytest.mark.parametrize(
    "body", ["Error: No such message or recipient.", "Delivered", "Error: Delivered", ""]
)
def test_an_unknown_state_is_a_refusal(body: str) -> None:
    with pytest.raises(Refused):
        delivered(body)


def test_every_message_is_asked_for_by_reference_and_number_and_the_unknown_are_left_out() -> None:
    asked: list[dict[str, str]] = []

    def exchange(request: Request) -> Reply:
        asked.append(dict(parse_qsl(urlsplit(request.path).query)))
        known = asked[-1]["mid"] == "A2"
        return Reply(200, "Status: Delivered" if known else "Error: No such message or recipient.")

    told = list(states(PLAN, exchange, [Key("A1", "306900000001"), Key("A2", "306900000002")]))

    assert asked[0] == {"username": "a&b", "password": "p w", "mid": "A1", "mobile": "306900000001"}
    assert told == [Found(reference="A2", number="306900000002", delivered=True)]


@pytest.mark.parametrize("reply", [Reply(429, ""), Reply(500, ""), Reply(200, "Error: Try again later.")])
def test_a_question_that_is_not_answered_is_a_failure(reply: Reply) -> None:
    with pytest.raises(Refused):
        list(states(PLAN, lambda _request: reply, [Key("A1", "306900000001")]))


def test_a_report_is_read_as_posted() -> None:
    body = b"mid=I7I5R4HTAA&mobile=306912345678&status=Delivered&date=2017-05-11+14%3A40%3A09"

    assert receipt(body, 4.5) == Receipt(
        reference="I7I5R4HTAA", number="306912345678", delivered=True, arrived=4.5
    )


def test_a_report_without_its_fields_is_still_counted() -> None:
    assert receipt(b"\xff=1", 1.0) == Receipt(reference="", number="", delivered=False, arrived=1.0)
