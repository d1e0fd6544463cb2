"""The operations obey what their description says they do."""

import json
from pathlib import Path

import pytest

import emulator
from emulator.providers.ip1.operations import OPERATIONS, Operation

PATHS = json.loads((Path(emulator.__file__).parent.parent / "specs" / "ip1.openapi.json").read_text())[
    "paths"
]


@pytest.mark.parametrize("one", OPERATIONS, ids=lambda one: f"{one.method} {one.path}")
def test_an_operation_obeys_a_requirement_of_its_description(one: Operation) -> None:
    described = PATHS[one.path][one.method.lower()]

    assert one.requirement in described["x-requirements"]
    assert one.told is ("requestBody" in described)
