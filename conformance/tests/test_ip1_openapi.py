"""The machine-readable description of iP.1's REST API: whole, sound in itself, and true of the emulator."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import schemathesis
from hypothesis import settings
from jsonschema_rs import Draft202012Validator
from schemathesis.specs.openapi.schemas import OpenApiSchema
from werkzeug.test import Client

from conformance.bench import CLOCK
from conformance.catalogue import catalogue
from conformance.checks.ip1.test_described import LEEWAY
from conformance.fuzzing import AT_A_TIME, EXAMPLES, STEPS, operations, read, wanted, written
from emulator.app import running
from emulator.providers.ip1.operations import OPERATIONS

DOCUMENT: Mapping[str, Any] = json.loads(written("ip1"))

CONFIG = f"""
headers = {{ Authorization = "Bearer demo-ip1" }}

[generation]
deterministic = true
database = "none"
max-examples = {wanted(EXAMPLES, 1)}

[checks]
ignored_auth.enabled = false       # for the checks to ask, which draw the examples of the file as well

[phases.examples]
enabled = false

[phases.coverage]
unexpected-methods = []            # what becomes of them is for a check to say

{LEEWAY}
"""


@pytest.fixture(scope="module")
def interface() -> Iterator[OpenApiSchema]:
    schema = read("ip1", CONFIG)
    with running(seed=1, clock=CLOCK, rate=0.0) as emulator:
        schema.app = emulator.wsgi
        yield schema


described = schemathesis.pytest.from_fixture("interface")


def nodes(node: Any, where: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every object within, with the way there."""
    if isinstance(node, dict):
        yield where, node
        for name, one in node.items():
            yield from nodes(one, f"{where}/{name}")
    elif isinstance(node, list):
        for place, one in enumerate(node):
            yield from nodes(one, f"{where}/{place}")


def shown() -> Iterator[tuple[str, Mapping[str, Any], Any]]:
    """Every example of a body or a parameter, with the schema that it stands for."""
    for where, node in nodes(DOCUMENT):
        if isinstance(node.get("schema"), dict):
            examples = [one["value"] for one in node.get("examples", {}).values()]
            examples += [node["example"]] if "example" in node else []
            yield from ((where, node["schema"], one) for one in examples)


@described.parametrize()
def test_whatever_is_sent_the_answer_is_one_that_the_description_has(case: schemathesis.Case[Any]) -> None:
    case.call_and_validate()


def test_whatever_came_before_the_answer_is_one_that_the_description_has(interface: OpenApiSchema) -> None:
    class Calls(interface.as_state_machine()):  # type: ignore[misc]  # a class made at run time
        def setup(self) -> None:
            Client(interface.app).post("/_emulator/reset")

    walks = max(1, wanted(STEPS, 60) // AT_A_TIME)

    Calls.run(
        settings=settings(
            max_examples=walks, stateful_step_count=AT_A_TIME, deadline=None, database=None, derandomize=True
        )
    )


def test_the_emulator_has_the_operations_of_the_description_and_no_others() -> None:
    emulated = sorted((one.method, one.path) for one in OPERATIONS)

    assert emulated == sorted((one.method.upper(), one.path) for one in operations("ip1"))


def test_every_requirement_is_named_where_it_holds() -> None:
    named = {one for _, node in nodes(DOCUMENT) for one in node.get("x-requirements", ())}

    assert named == {row.id for row in catalogue() if row.id.startswith("ip1/")}


def test_what_is_shown_fits_what_is_said() -> None:
    components = {"components": DOCUMENT["components"]}

    assert [
        (where, example)
        for where, schema, example in shown()
        if not Draft202012Validator({**components, **schema}).is_valid(example)
    ] == []


def test_links_lead_to_operations() -> None:
    names = {operation.name for operation in operations("ip1")}
    links = [one for where, node in nodes(DOCUMENT) if where.endswith("/links") for one in node.values()]

    assert links
    assert {link["operationId"] for link in links} - names == set()


def test_what_is_made_leads_to_what_reads_it_and_takes_it_away() -> None:
    methods = {operation.name: operation.method for operation in operations("ip1")}
    made = [
        {methods[link["operationId"]] for link in item["post"]["responses"]["201"]["links"].values()}
        for item in DOCUMENT["paths"].values()
        if "201" in item.get("post", {}).get("responses", {})
    ]

    assert len(made) == 4
    assert all({"get", "delete"} <= found for found in made)
