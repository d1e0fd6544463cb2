"""The machine-readable description of Iro's JSON and JSONP: whole, and true of the emulator."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from schemathesis.specs.openapi.schemas import OpenApiSchema

from conformance import places
from conformance.bench import CLOCK
from conformance.drivers.iro import SIGNATURES
from emulator.app import running

DESCRIPTION = places.specs() / "iro-json.openapi.json"

CONFIG = """
[generation]
deterministic = true
database = "none"
max-examples = 5

[phases.coverage]
unexpected-methods = []            # what becomes of them is for a check to say

[checks]
negative_data_rejection.enabled = false   # refusals have status 200 here
positive_data_acceptance.enabled = false  # and what is no number is well formed all the same

[dictionaries.demo]
values = ["demo-iro"]

[parameters]                       # so that most calls get further than the apikey
"query.user" = { dictionary = "demo" }
"body.user" = { dictionary = "demo" }
"""


@pytest.fixture(scope="module")
def interfaces() -> Iterator[OpenApiSchema]:
    schema = schemathesis.openapi.from_path(DESCRIPTION, config=schemathesis.Config.from_str(CONFIG))
    with running(seed=1, clock=CLOCK, rate=0.0) as emulator:
        schema.app = emulator.wsgi
        yield schema


described = schemathesis.pytest.from_fixture("interfaces")


@schemathesis.deserializer("application/javascript", "text/plain")
def text(context: schemathesis.DeserializationContext, response: schemathesis.Response) -> str:
    return response.content.decode()


@described.parametrize()
def test_whatever_is_sent_the_answer_is_one_that_the_description_has(case: schemathesis.Case[Any]) -> None:
    case.call_and_validate()


def test_every_method_is_described_in_both_interfaces() -> None:
    paths = json.loads(DESCRIPTION.read_text("utf-8"))["paths"]

    assert set(paths) == {f"/{tree}/{method}" for tree in ("json", "jsonp") for method in SIGNATURES}
