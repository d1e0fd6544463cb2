"""The machine-readable description of both ways into Voipe's webservices: whole, and true of the emulator."""

import json
from collections.abc import Iterator, Mapping
from email.message import Message
from typing import Any

import pytest
import schemathesis
from jsonschema_rs import Draft202012Validator
from schemathesis.specs.openapi.schemas import OpenApiSchema
from werkzeug.test import Client

from conformance.accounts import DEMO
from conformance.bench import CLOCK
from conformance.catalogue import catalogue
from conformance.drivers.http import Reply
from conformance.drivers.voipe import API, WS, Answer
from conformance.fuzzing import EXAMPLES, read, wanted, written
from emulator.app import running
from emulator.providers.voipe.operations import OPERATIONS

DOCUMENT: Mapping[str, Any] = json.loads(written("voipe"))
SCHEMAS: Mapping[str, Any] = DOCUMENT["components"]["schemas"]

FORM, OBJECT = "application/x-www-form-urlencoded", "application/json"
ADDRESSES = {FORM: WS, OBJECT: API}

KINDS = {"application/json": "json", "text/xml": "xml", "text/plain": "serialize"}

WHO = DEMO["voipe"].login, DEMO["voipe"].others["admin"]

CONFIG = f"""
[generation]
deterministic = true
database = "none"
max-examples = {wanted(EXAMPLES, 4)}

[phases.coverage]
enabled = false                           # every limit of every operation, for each of them

[checks]
negative_data_rejection.enabled = false   # refusals have status 200 here
positive_data_acceptance.enabled = false

[dictionaries.users]
values = {[login.username for login in WHO]}

[dictionaries.tokens]
values = {[login.key for login in WHO]}

[parameters]                              # so that most calls get further than who makes them
"query.u" = {{ dictionary = "users" }}
"query.h" = {{ dictionary = "tokens" }}
"body.u" = {{ dictionary = "users" }}
"body.h" = {{ dictionary = "tokens" }}
"body.user" = {{ dictionary = "users" }}
"body.token" = {{ dictionary = "tokens" }}
"""


@pytest.fixture(scope="module")
def interface() -> Iterator[OpenApiSchema]:
    schema = read("voipe", CONFIG)
    with running(seed=1, clock=CLOCK, rate=0.0) as emulator:
        schema.app = emulator.wsgi
        yield schema


@pytest.fixture
def client(interface: OpenApiSchema) -> Client:
    """The world as it starts."""
    client = Client(interface.app)
    client.post("/_emulator/reset")
    return client


described = schemathesis.pytest.from_fixture("interface")


@schemathesis.deserializer("text/html", "text/xml", "text/plain")
def text(context: schemathesis.DeserializationContext, response: schemathesis.Response) -> str:
    return response.content.decode()


@described.parametrize()
def test_whatever_is_sent_the_answer_is_one_that_the_description_has(case: schemathesis.Case[Any]) -> None:
    Client(case.operation.app).post("/_emulator/reset")

    response = case.call_and_validate()

    kind = KINDS.get(response.headers["content-type"][0].partition(";")[0])
    if kind is not None:
        reply = Reply(status=200, headers=Message(), body=response.content)
        assert Answer(reply, kind).document.keys() >= {"error_string", "timestamp"}


def examples(kind: str) -> Mapping[str, Any]:
    """What a body of this kind holds, by operation."""
    bodies = [item["post"]["requestBody"]["content"] for item in DOCUMENT["paths"].values()]
    return next(body[kind]["examples"] for body in bodies if kind in body)


def validator(schema: str) -> Draft202012Validator:
    return Draft202012Validator({"components": DOCUMENT["components"], **SCHEMAS[schema]})


@pytest.mark.parametrize("kind", [FORM, OBJECT])
def test_every_operation_is_described_and_shown(kind: str) -> None:
    assert set(examples(kind)) == {*OPERATIONS, "get_token", "ws_login"}


@pytest.mark.parametrize("kind", [FORM, OBJECT])
def test_what_is_shown_fits_what_is_said(kind: str) -> None:
    names = {FORM: "Form", OBJECT: "Object"}
    schema = {op: "".join(part.capitalize() for part in op.split("_")) + names[kind] for op in examples(kind)}

    assert [
        op for op, one in examples(kind).items() if not validator(schema[op]).is_valid(one["value"])
    ] == []


LISTS = ("ds", "in", "ix", "sx", "accountunban", "parentget")
"""Operations that find nothing in the world as it starts."""


@pytest.mark.parametrize("kind", [FORM, OBJECT])
@pytest.mark.parametrize("op", sorted(OPERATIONS))
def test_what_is_shown_is_answered_as_it_says(client: Client, kind: str, op: str) -> None:
    example = examples(kind)[op]
    sent = {"json": example["value"]} if kind == OBJECT else {"data": example["value"]}

    answer = client.post(ADDRESSES[kind], **sent).get_json()

    assert validator("Refused" if op in LISTS else example["x-answer"]).is_valid(answer), answer


def nodes(node: Any) -> Iterator[Mapping[str, Any]]:
    """Every object within."""
    if isinstance(node, dict):
        yield node
        for one in node.values():
            yield from nodes(one)
    elif isinstance(node, list):
        for one in node:
            yield from nodes(one)


def test_every_requirement_is_named_where_it_holds() -> None:
    named = {one for node in nodes(DOCUMENT) for one in node.get("x-requirements", ())}

    assert named == {row.id for row in catalogue() if row.provider == "voipe"}
