"""The description and the code say the same: calls, bodies, parameters, words."""

import json
import re
from collections import Counter
from enum import StrEnum
from typing import Any

import msgspec
import pytest
from openapi_spec_validator import validate

from emulator.admin.documents import written
from emulator.admin.queries import Query
from emulator.admin.routes import CALLS
from emulator.core.events import Kind
from emulator.core.model import Coding, Medium, Status
from emulator.core.pushes import Result
from emulator.core.refusals import Reason
from emulator.core.register import Presence
from emulator.core.sabotage import Effect
from emulator.tests.admin.called import Called

Schema = dict[str, Any]

DESCRIPTION: Schema = msgspec.json.decode(written())
SCHEMAS: Schema = DESCRIPTION["components"]["schemas"]

BOUNDS = ("minimum", "maximum", "minLength", "maxLength")


def described() -> dict[tuple[str, str], Schema]:
    """Every operation by method and path."""
    return {
        (method.upper(), path): operation
        for path, item in DESCRIPTION["paths"].items()
        for method, operation in item.items()
    }


def followed(schema: Schema) -> Schema:
    while "$ref" in schema:
        found: Any = DESCRIPTION
        for step in schema["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        schema = found
    return schema


def templated(path: str) -> str:
    return re.sub(r"<(?:int:)?(\w+)>", r"{\1}", path)


def bounds(schema: Schema) -> Schema:
    """What limits a value, wherever in a union it stands."""
    schema = followed(schema)
    found = {name: schema[name] for name in BOUNDS if name in schema}
    for one in schema.get("anyOf", ()):
        found |= bounds(one)
    return found


def members(kind: Any) -> dict[str, Schema]:
    """The members of a body's type, with their limits, as msgspec understands it."""
    (schema,), known = msgspec.json.schema_components([kind], ref_template="{name}")
    properties: dict[str, Schema] = known[schema["$ref"]]["properties"]
    return {name: _bounded(member, known) for name, member in properties.items()}


def _bounded(member: Schema, known: dict[str, Schema]) -> Schema:
    found = {name: member[name] for name in BOUNDS if name in member}
    for one in member.get("anyOf", ()):
        found |= _bounded(known.get(one.get("$ref", ""), one), known)
    return found


def numeric(limits: dict[str, Schema]) -> dict[str, Schema]:
    return {name: found for name, found in limits.items() if "minimum" in found}


BODIES = [
    (kind, schema)
    for call in CALLS
    if call.body not in (None, bytes)
    for content in [described()[call.method, templated(call.path)]["requestBody"]["content"]]
    for reference in [followed(content["application/json"]["schema"])]
    for kind, schema in zip(
        getattr(call.body, "__args__", (call.body,)), reference.get("oneOf", [reference]), strict=True
    )
]

WORDS = {
    "Status": Status,
    "Reason": Reason,
    "Coding": Coding,
    "Medium": Medium,
    "Presence": Presence,
}


def test_the_description_is_valid_openapi() -> None:
    validate(DESCRIPTION)


def test_no_member_is_written_twice() -> None:
    """Of two the reader would drop one, which may have been meant for elsewhere."""

    def distinct(pairs: list[tuple[str, Any]]) -> Schema:
        twice = [name for name, count in Counter(name for name, _ in pairs).items() if count > 1]
        assert twice == []
        return dict(pairs)

    assert json.loads(written(), object_pairs_hook=distinct) == DESCRIPTION


def test_whoever_may_give_a_key_may_be_told_that_it_is_taken() -> None:
    takes = [one for call, one in described().items() if "/accounts/" in call[1] and "requestBody" in one]

    assert [("409" in one["responses"]) for one in takes] == [True, True]


def test_it_describes_every_call_and_no_other() -> None:
    assert sorted(described()) == sorted((call.method, templated(call.path)) for call in CALLS)


def test_every_operation_has_a_name_of_its_own() -> None:
    names = [operation["operationId"] for operation in described().values()]

    assert len(set(names)) == len(names)


def test_every_schema_is_used() -> None:
    text = written().decode()

    assert [name for name in SCHEMAS if f'"#/components/schemas/{name}"' not in text] == []


@pytest.mark.parametrize(("kind", "schema"), BODIES, ids=lambda value: getattr(value, "__name__", ""))
def test_a_body_has_the_members_and_limits_that_are_described(kind: Any, schema: Schema) -> None:
    described = {name: bounds(member) for name, member in followed(schema)["properties"].items()}

    assert described == members(kind)


@pytest.mark.parametrize(
    ("path", "query"), [(call.path, call.query) for call in CALLS if call.query is not Query]
)
def test_a_query_has_the_parameters_and_limits_that_are_described(path: str, query: Any) -> None:
    parameters = [followed(one) for one in described()["GET", templated(path)]["parameters"]]
    stated = {one["name"]: bounds(one["schema"]) for one in parameters}
    understood = members(query)

    assert stated.keys() == understood.keys()
    assert numeric(stated) == numeric(understood)


@pytest.mark.parametrize(("name", "words"), WORDS.items())
def test_closed_sets_are_listed_whole(name: str, words: type[StrEnum]) -> None:
    assert SCHEMAS[name]["enum"] == [word.value for word in words]


def test_events_attempts_and_faults_have_their_words() -> None:
    assert set(SCHEMAS["Event"]["properties"]["kind"]["enum"]) == {kind.value for kind in Kind}
    assert set(SCHEMAS["Attempt"]["properties"]["result"]["enum"]) == {result.value for result in Result}
    assert set(SCHEMAS["FaultChange"]["discriminator"]["mapping"]) == {effect.value for effect in Effect}
    assert set(SCHEMAS["Fault"]["properties"]["effect"]["enum"]) == {effect.value for effect in Effect}


def test_a_running_emulator_fills_in_what_only_it_knows(control: Called) -> None:
    served = control.get("/openapi.json")
    schemas = served["components"]["schemas"]

    validate(served)
    assert schemas["Provider"]["enum"][0] == "isms"
    assert "receipt-twice" in schemas["OutcomeName"]["enum"]
    assert schemas["Quirks"]["properties"]["isms"]["properties"]["past_schedule"]["enum"] == [
        "refuse",
        "send",
    ]
    assert (served["servers"], served["security"]) == ([{"url": "/_emulator"}], [])


def test_the_description_of_a_space_leads_into_that_space(control: Called) -> None:
    served = control.client.get("/~mine/_emulator/openapi.json").get_json()

    assert served["servers"] == [{"url": "/~mine/_emulator"}]


def test_a_guarded_emulator_says_that_it_wants_its_token() -> None:
    guarded = Called(token="t")

    served = guarded.call("GET", "/openapi.json", headers={"Authorization": "Bearer t"}).get_json()

    assert served["security"] == [{"controlToken": []}]
