"""Machine-readable descriptions: all sound in themselves, that of the iSMS scripts true of the emulator."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from openapi_spec_validator import validate
from schemathesis.specs.openapi.schemas import OpenApiSchema

from conformance import places
from conformance.bench import CLOCK
from conformance.catalogue import catalogue
from emulator.app import running

DESCRIPTIONS = sorted(places.specs().glob("*.openapi.json"))
SCRIPTS = places.specs() / "isms-http.openapi.json"

CONFIG = """
[generation]
deterministic = true
database = "none"
max-examples = 25

[phases.coverage]
unexpected-methods = []            # what becomes of them is for a check to say

[checks]
negative_data_rejection.enabled = false   # refusals have status 200 here

[dictionaries.demo]
values = ["demo"]

[parameters]                       # so that most calls get further than the password
"query.username" = { dictionary = "demo" }
"query.password" = { dictionary = "demo" }
"body.username" = { dictionary = "demo" }
"body.password" = { dictionary = "demo" }
"""


@pytest.fixture(scope="module")
def scripts() -> Iterator[OpenApiSchema]:
    schema = schemathesis.openapi.from_path(SCRIPTS, config=schemathesis.Config.from_str(CONFIG))
    with running(seed=1, clock=CLOCK, rate=0.0) as emulator:
        schema.app = emulator.wsgi
        yield schema


described = schemathesis.pytest.from_fixture("scripts")


@schemathesis.deserializer("text/html")
def text(context: schemathesis.DeserializationContext, response: schemathesis.Response) -> str:
    return response.content.decode()


@described.parametrize()
def test_whatever_is_sent_the_answer_is_one_that_the_description_has(case: schemathesis.Case[Any]) -> None:
    case.call_and_validate()


@pytest.mark.parametrize("description", DESCRIPTIONS, ids=lambda path: path.name)
def test_a_description_is_valid_openapi(description: Path) -> None:
    validate(json.loads(description.read_text("utf-8")))


@pytest.mark.parametrize("description", DESCRIPTIONS, ids=lambda path: path.name)
def test_operations_name_rows_of_the_catalogue(description: Path) -> None:
    named = {one for operation in operations(description) for one in operation["x-requirements"]}

    assert named
    assert named - {row.id for row in catalogue()} == set()


def operations(description: Path) -> Iterator[dict[str, Any]]:
    for path in json.loads(description.read_text("utf-8"))["paths"].values():
        for operation in path.values():
            yield operation
            for callback in operation.get("callbacks", {}).values():
                yield from (one for methods in callback.values() for one in methods.values())
