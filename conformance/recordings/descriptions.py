"""The descriptions in specs/ as what they say of answers."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from conformance import places
from conformance.blocked import Blocked

if TYPE_CHECKING:
    from jsonschema_rs import Validator

Document: TypeAlias = Mapping[str, Any]


@cache
def described(name: str) -> Document:
    """A description by the name of its file."""
    document: Document = json.loads((places.specs() / name).read_text("utf-8"))
    return document


def answer(name: str, method: str, path: str, status: int, kind: str) -> Document | None:
    """The schema for what an operation answers with that status and media type; None where there is none."""
    operation = _operation(described(name), method, path)
    if operation is None:
        return None
    responses = operation["responses"]
    said = _resolved(name, responses.get(str(status)) or responses.get("default") or {})
    content = said.get("content", {}).get(kind)
    schema: Document | None = content["schema"] if content else None
    return schema


def statuses(name: str, method: str, path: str) -> frozenset[str] | None:
    """Those with which an operation may answer; None where no such operation is described."""
    operation = _operation(described(name), method, path)
    return None if operation is None else frozenset(operation["responses"])


def misfits(name: str, schema: Document, value: object) -> Iterator[str]:
    """Where a value is not what a schema of the description has, and how."""
    for error in _validator(name, json.dumps(schema)).iter_errors(value):
        place = "/".join(map(str, error.instance_path))
        yield f"{place}: {error.message}" if place else error.message


@cache
def _validator(name: str, schema: str) -> "Validator":
    try:
        import jsonschema_rs
    except ImportError:
        raise Blocked("needs jsonschema-rs: pip install jsonschema-rs") from None
    document = described(name)
    shared = {key: document[key] for key in ("components", "$defs") if key in document}
    return jsonschema_rs.validator_for({"allOf": [json.loads(schema)], **shared})


def _operation(document: Document, method: str, path: str) -> Document | None:
    for template, item in document["paths"].items():
        pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template))
        if re.search(f"{pattern}/?$", path) and method.lower() in item:
            operation: Document = item[method.lower()]
            return operation
    return None


def _resolved(name: str, one: Document) -> Document:
    """What a reference leads to within the description."""
    while "$ref" in one:
        found: Any = described(name)
        for key in one["$ref"].removeprefix("#/").split("/"):
            found = found[key]
        one = found
    return one
