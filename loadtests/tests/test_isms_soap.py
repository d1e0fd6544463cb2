"""What the iSMS scenario sends over SOAP and how it reads answers."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from loadtests.accounting.ledger import Key
from loadtests.accounting.reconciliation import Found
from loadtests.planning.plan import Plan
from loadtests.scenarios import isms_http
from loadtests.scenarios.isms_soap import SCENARIO, delivered, references, states, template
from loadtests.scenarios.template import Refused, Reply, Request

PLAN = Plan(scenario="isms-soap", rate=1, seconds=1, recipients=2, login="a&b", password="p<w")
TO = ("306900000000", "306900000001")


def enveloped(content: str, status: int = 200) -> Reply:
    envelope = "http://schemas.xmlsoap.org/soap/envelope/"
    return Reply(status, f'<E:Envelope xmlns:E="{envelope}"><E:Body>{content}</E:Body></E:Envelope>')


def returned(text: str) -> Reply:
    return enveloped(f'<n:sendResponse xmlns:n="urn:sms"><return>{text}</return></n:sendResponse>')


def fault(text: str) -> Reply:
    return enveloped(
        f"<E:Fault><faultcode>E:Server</faultcode><faultstring>{text}</faultstring></E:Fault>", 500
    )


FAULT = fault("Insufficient credits.")


def called(request: Request) -> ElementTree.Element:
    (call,) = ElementTree.fromstring(request.body)[0]
    return call


def test_the_call_has_the_seven_arguments_of_the_page_in_their_order() -> None:
    request = template(PLAN, "").request(TO)

    call = called(request)

    assert (request.path, request.kind) == ("/api/soap/sms.php", "text/xml; charset=utf-8")
    assert call.tag == "{urn:sms}send"
    assert [(argument.tag, argument.text) for argument in call] == [
        ("username", "a&b"),
        ("password", "p<w"),
        ("from", "smslab"),
        ("to", None),
        ("message", "Your parcel has arrived. Code 4711."),
        ("coding", "GSM"),
        ("flash", "false"),
    ]


def test_recipients_are_an_array_in_the_one_property_of_its_object() -> None:
    call = called(template(PLAN, "").request(TO))

    (recipients,) = call[3]

    assert recipients.tag == "recipients"
    assert [item.text for item in recipients] == list(TO)


def test_ten_recipients_a_call_unless_the_run_says_otherwise() -> None:
    assert SCENARIO.recipients == 10


def test_what_is_returned_is_the_reference_of_every_number() -> None:
    assert references(returned("0047DL05"), TO) == ("0047DL05", "0047DL05")


def test_a_fault_is_a_refusal_in_its_own_words() -> None:
    with pytest.raises(Refused, match=r"^fault E:Server: Insufficient credits\.$"):
        references(FAULT, TO)


@pytest.mark.parametrize("reply", [returned(""), Reply(200, ""), Reply(200, "ID:1"), Reply(503, "<html/>")])
def test_what_is_no_answer_is_a_refusal(reply: Reply) -> None:
    with pytest.raises(Refused):
        references(reply, TO)


def test_every_message_is_asked_for_by_reference_and_number_and_the_unknown_are_left_out() -> None:
    asked: list[dict[str, str | None]] = []

    def exchange(request: Request) -> Reply:
        call = called(request)
        assert call.tag == "{urn:sms}query"
        asked.append({argument.tag: argument.text for argument in call})
        return returned("Failed") if asked[-1]["message_id"] == "A2" else fault(isms_http.UNKNOWN)

    told = list(states(PLAN, exchange, [Key("A1", TO[0]), Key("A2", TO[1])]))

    assert asked[0] == {"username": "a&b", "password": "p<w", "message_id": "A1", "mobile": TO[0]}
    assert told == [Found(reference="A2", number=TO[1], delivered=False)]


@pytest.mark.parametrize("reply", [FAULT, Reply(429, ""), returned("Lost")])
def test_a_question_that_is_not_answered_is_a_failure(reply: Reply) -> None:
    with pytest.raises(Refused):
        list(states(PLAN, lambda _request: reply, [Key("A1", TO[0])]))


@pytest.mark.parametrize(
    ("word", "final"), [("Queued", None), ("Pending", None), ("Delivered", True), ("Failed", False)]
)
def test_states_are_final_or_not(word: str, final: bool | None) -> None:
    assert delivered(word) is final


def test_an_unknown_state_is_a_refusal() -> None:
    with pytest.raises(Refused):
        delivered("Status: Delivered")
