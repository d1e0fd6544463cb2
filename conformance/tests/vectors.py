"""The vectors for any language, as tests take them."""

import json
from typing import Any

import pytest

from conformance.places import fixtures

FILES = sorted((fixtures() / "vectors").glob("*.json"))


def vectors(kind: str) -> list[Any]:
    """Those of the one file that has them."""
    [found] = (
        rows for path in FILES if isinstance(rows := json.loads(path.read_text("utf-8")).get(kind), list)
    )
    return found


def each(kind: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("vector", [pytest.param(one, id=one["name"]) for one in vectors(kind)])
