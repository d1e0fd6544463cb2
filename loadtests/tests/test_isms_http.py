"""What the iSMS scenario sends and how it reads answers."""

from __future__ import annotations

from decimal import Decimal
from urllib.parse import parse_qsl, urlsplit

import pytest

from loadtests.ledger import Receipt
from loadtests.plan import Plan
from loadtests.scenarios.isms_http import balance, delivered, number, numbers, receipt, reference, send_path
from loadtests.scenarios.scenario import Refused

PLAN = Plan(scenario="isms-http", rate=1, seconds=1, login="a&b", password="p w")


def test_no_number_is_used_twice_and_none_means_a_special_outcome() -> None:
    used = [number(n) for n in range(30_000)]

    assert len(set(used)) == 30_000
    assert {len(text) for text in used} == {12}
    assert not [text for text in used if 9001 <= int(text[-4:]) <= 9013]


def test_the_slots_of_a_run_have_numbers_of_their_own() -> None:
    assert numbers(0, 2) == ("306900000000", "306900000001")
    assert numbers(1, 2) == ("306900000002", "306900000003")


def test_the_request_survives_decoding() -> None:
    path = send_path(PLAN, ("306900000000", "306900000001"), "http://127.0.0.1:9/dlr?run=1&x=2")

    fields = dict(parse_qsl(urlsplit(path).query, strict_parsing=True))

    assert urlsplit(path).path == "/api/http/send.php"
    assert fields == {
        "username": "a&b",
        "password": "p w",
        "from": "smslab",
        "message": "Your parcel has arrived. Code 4711.",
        "to": "306900000000,306900000001",
        "dlr-url": "http://127.0.0.1:9/dlr?run=1&x=2",
    }


def test_an_answer_with_an_id_is_its_reference() -> None:
    assert reference("ID:I7I5R4HTAA") == "I7I5R4HTAA"


@pytest.mark.parametrize("body", ["Error: No recipients.", "", "id:I7I5R4HTAA", "<html>ID:1</html>"])
def test_any_other_answer_is_a_refusal_in_its_own_words(body: str) -> None:
    with pytest.raises(Refused) as refusal:
        reference(body)

    assert str(refusal.value) == body


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


def test_an_unknown_state_is_a_refusal() -> None:
    with pytest.raises(Refused):
        delivered("Error: No such message or recipient.")


def test_a_report_is_read_as_posted() -> None:
    body = b"mid=I7I5R4HTAA&mobile=306912345678&status=Delivered&date=2017-05-11+14%3A40%3A09"

    assert receipt(body, 4.5) == Receipt(
        reference="I7I5R4HTAA", number="306912345678", delivered=True, arrived=4.5
    )


def test_a_report_without_its_fields_is_still_counted() -> None:
    assert receipt(b"\xff=1", 1.0) == Receipt(reference="", number="", delivered=False, arrived=1.0)
