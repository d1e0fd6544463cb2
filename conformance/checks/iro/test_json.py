"""JSON: how it is called and how it answers."""

import json as text
from typing import Any

import pytest

from conformance.checks.iro.calls import GERMAN, NOBODY, STRANGER, addresses, arrived, international, job, yes
from conformance.control import Control
from conformance.drivers.http import Reply
from conformance.drivers.iro import Argument, Fault
from conformance.drivers.iro_json import IroJson, encoded, read
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

ERROR = Fault(8002, "error")

kinds_of_answer = pytest.mark.parametrize("number", [GERMAN, "hallo"], ids=["result", "fault"])


@requirement("iro/json/address")
def test_calls_are_taken_at_the_address(json: IroJson) -> None:
    """The method is the last part of it."""
    yes(json.telnumber([GERMAN]))


@requirement("iro/json/get")
def test_parameters_may_stand_in_the_query(json: IroJson) -> None:
    """Of a GET request."""
    verify(read(json.query("routes", {"user": json.key, "typ": "sms"}))).equals(json.routes("sms"))


@requirement("iro/json/get")
@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused(json: IroJson, method: str) -> None:
    """Which would have no meaning."""
    verify(json.client.request(method, "/json/bill").status).equals(405)


@requirement("iro/json/form")
def test_parameters_may_be_posted_as_a_form(json: IroJson) -> None:
    """As a page would."""
    verify(read(json.form("routes", {"user": json.key, "typ": "sms"}))).equals(json.routes("sms"))


@requirement("iro/json/body")
def test_parameters_may_be_posted_as_an_object(json: IroJson) -> None:
    """As a program would."""
    body = text.dumps({"user": json.key, "typ": "sms"}).encode()

    verify(read(json.post("routes", body))).holds(lambda value: isinstance(value, list), "a list of offers")


@requirement("iro/json/body-beside-query")
def test_a_body_completes_and_outweighs_the_query(json: IroJson) -> None:
    """The apikey stands in the query, the type in both."""
    body = text.dumps({"typ": "sms"}).encode()
    reply = json.post(f"routes?{encoded({'user': json.key, 'typ': 'fax'})}", body)

    verify(read(reply)).equals(json.routes("sms"))


@requirement("iro/json/named")
def test_parameters_may_come_in_any_order(json: IroJson, control: Control, numbers: Numbers) -> None:
    """A text message from the last to the first, without its route."""
    to = international(numbers())
    fields: dict[str, Argument] = {"info": "g", "recipients": to, "message": "smslab check", "user": json.key}
    id = job(json.ask("sms", fields))

    verify(arrived(control, id)["text"]).equals("smslab check")


@requirement("iro/json/object")
@pytest.mark.parametrize(
    ("method", "fields"),
    [
        ("telnumber", {"recipients": [GERMAN]}),
        ("telnumber", {"recipients": ["hallo"]}),
        ("bill", {"user": NOBODY}),
        ("bill", {}),
        ("stop", {}),
    ],
    ids=["result", "value", "apikey", "too-few", "unknown-method"],
)
def test_every_answer_is_an_object(json: IroJson, method: str, fields: dict[str, Argument]) -> None:
    """Whatever it says."""
    verify(_parsed(json.query(method, fields))).holds(lambda value: isinstance(value, dict), "an object")


@requirement("iro/json/success")
def test_a_result_stands_in_its_member(json: IroJson) -> None:
    """With nothing beside it but the word that it is one."""
    answer = _parsed(json.query("telnumber", {"recipients": [GERMAN]}))

    verify(text.dumps(answer, sort_keys=True)).equals('{"result": true, "status": true}')


@requirement("iro/json/error")
def test_a_fault_stands_in_its_member(json: IroJson) -> None:
    """With its number and its text."""
    answer = _parsed(json.query("bill", {"user": NOBODY}))
    error = {"code": STRANGER.code, "msg": STRANGER.text}

    verify(text.dumps(answer, sort_keys=True)).equals(text.dumps({"error": error, "status": False}))


@requirement("iro/json/http-status")
@pytest.mark.parametrize(
    ("method", "fields"),
    [("telnumber", {"recipients": ["hallo"]}), ("bill", {"user": NOBODY}), ("bill", {})],
    ids=["value", "apikey", "too-few"],
)
def test_a_fault_has_status_200(json: IroJson, method: str, fields: dict[str, Argument]) -> None:
    """The object tells it apart."""
    verify(json.query(method, fields).status).equals(200)


@requirement("iro/json/content-type")
@kinds_of_answer
def test_answers_are_labelled_as_json(json: IroJson, number: str) -> None:
    """Results and faults."""
    reply = json.query("telnumber", {"recipients": [number]})

    verify(reply.headers["Content-Type"]).equals("application/json; charset=utf-8")


@requirement("iro/json/lists")
@pytest.mark.parametrize("n", [1, 3])
def test_a_repeated_name_is_a_list(json: IroJson, control: Control, numbers: Numbers, n: int) -> None:
    """Of three, and of one."""
    to = numbers(n)
    fields = {"user": json.key, "message": "smslab check", "recipients": international(to)}
    id = job(read(json.form("sms", fields)))

    found = [one["to"] for one in control.messages(provider="iro") if one["reference"] == str(id)]
    verify(sorted(found)).equals(sorted(to))


@requirement("iro/json/booleans")
@pytest.mark.parametrize("detailed", ["true", "false", "1", "0", "TRUE", "False"])
def test_a_form_has_several_words_for_a_boolean(json: IroJson, detailed: str) -> None:
    """Given for a parameter without effect."""
    fields: dict[str, Argument] = {"user": json.key, "detailed": detailed}

    verify(read(json.query("status", fields))).equals(json.status())


@requirement("iro/json/empty-id")
def test_an_empty_id_is_none(json: IroJson, numbers: Numbers) -> None:
    """All jobs are told."""
    job(json.sms(international(numbers())))

    verify(read(json.query("status", {"user": json.key, "id": ""}))).equals(json.status())


@requirement("iro/json/unknown-method")
@pytest.mark.parametrize("method", ["stop", "Status", "system.listMethods"])
def test_a_method_that_does_not_exist_is_told_so(json: IroJson, method: str) -> None:
    """With a status of its own."""
    reply = json.query(method, {"user": json.key})

    verify(reply.status).equals(404)
    verify(read(reply)).equals(Fault(8001, f"procedure {method} not found"))


@requirement("iro/json/unparseable")
@pytest.mark.parametrize(
    "body", [b"", b"hello", b"[1, 2]", b'"x"', b"\xff{}"], ids=["nothing", "words", "list", "text", "octets"]
)
def test_a_body_that_is_no_object_is_told_so(json: IroJson, body: bytes) -> None:
    """With a reason behind."""
    verify(read(json.post("bill", body))).holds(
        lambda fault: (
            isinstance(fault, Fault)
            and fault.code == 8002
            and str(fault.text).startswith("Can't deserialize input: ")
        ),
        "error 8002, Can't deserialize input: …",
    )


@requirement("iro/json/argument-names")
@pytest.mark.parametrize(
    ("method", "fields"),
    [
        ("bill", {}),
        ("routes", {"user": "{key}"}),
        ("bill", {"user": "{key}", "more": "x"}),
        ("telnumber", {"user": "{key}", "recipients": [GERMAN]}),
        ("email", {"emails": addresses()}),
    ],
    ids=["no-user", "no-typ", "bill-and-more", "telnumber-and-user", "other-name"],
)
def test_missing_and_unknown_names_are_an_error(
    json: IroJson, method: str, fields: dict[str, Argument]
) -> None:
    """The words of the other interfaces for too few and too many."""
    given = {name: json.key if one == "{key}" else one for name, one in fields.items()}

    verify(json.ask(method, given)).equals(ERROR)


def _parsed(reply: Reply) -> Any:
    """The answer as JSON has it; None where it is none."""
    try:
        return text.loads(reply.body)
    except ValueError:
        return None
