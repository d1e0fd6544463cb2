"""Documents about the emulator: the control API's description, and pages for people."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from flask import Response, request

from emulator.admin import pages
from emulator.admin.answers import present, shown
from emulator.admin.call import Here
from emulator.admin.queries import DocsQuery
from emulator.provider import CONTROL, Provider

Document = dict[str, Any]


def openapi(here: Here) -> Response:
    return shown(described(here))


def docs(here: Here, query: DocsQuery) -> Response:
    documents = {"control": described(here)}
    present(
        documents.get(query.document), f"no document {query.document!r}; there are: {', '.join(documents)}"
    )
    return pages.docs(here, documents, query.document)


def home(here: Here) -> Response:
    return pages.home(here)


def described(here: Here) -> Document:
    """The control API's description, with what only a running emulator knows: where, who, and what else."""
    document: Document = msgspec.json.decode(written())
    schemas = document["components"]["schemas"]
    schemas["Provider"]["enum"] = [provider.name for provider in here.providers]
    schemas["OutcomeName"]["enum"] = list(here.space.gateway.outcomes.named)
    schemas["Quirks"]["properties"] = switches(here.providers)
    document["servers"] = [{"url": f"{request.script_root}{CONTROL}"}]
    document["security"] = [{"controlToken": []}] if here.guarded else []
    return document


@cache
def written() -> bytes:
    return Path(__file__).with_name("openapi.json").read_bytes()


def switches(providers: Iterable[Provider]) -> Document:
    """Every provider's switches as JSON Schema."""
    return {provider.name: _switches(type(provider.quirks)) for provider in providers}


def _switches(kind: type) -> Document:
    schema = msgspec.json.schema(kind)["$defs"][kind.__name__]
    return {"type": "object", "properties": schema["properties"], "additionalProperties": False}
