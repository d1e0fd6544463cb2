"""Documents about the emulator: the control API's description, and pages for people."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import msgspec
from flask import Response, request

from emulator.admin import descriptions, pages
from emulator.admin.answers import Absent, shown
from emulator.admin.call import Here
from emulator.admin.descriptions import Document
from emulator.admin.queries import DocsQuery
from emulator.provider import CONTROL, Provider

OWN = "control"
"""What the control API's own document is called among those of the providers."""


def openapi(here: Here, query: DocsQuery) -> Response:
    return shown(_asked(here, query.document))


def docs(here: Here, query: DocsQuery) -> Response:
    document = _asked(here, query.document)
    titles = [(name, _named(here, name)["info"]["title"]) for name in _names()]
    return pages.docs(here, document, query.document, titles)


def home(here: Here) -> Response:
    return pages.home(here)


def described(here: Here) -> Document:
    """The control API's description, with what only a running emulator knows: where, who, and what else."""
    document: Document = msgspec.json.decode(written())
    schemas = document["components"]["schemas"]
    schemas["Provider"]["enum"] = [provider.name for provider in here.providers]
    schemas["OutcomeName"]["enum"] = list(here.space.gateway.outcomes.named)
    schemas["Quirks"]["properties"] = switches(here.providers)
    document["components"]["parameters"]["document"]["schema"]["enum"] = _names()
    document["servers"] = [{"url": f"{request.script_root}{CONTROL}"}]
    document["security"] = [{"controlToken": []}] if here.guarded else []
    return document


def _asked(here: Here, name: str) -> Document:
    if name not in (known := _names()):
        raise Absent(f"no document {name!r}; there are: {', '.join(known)}")
    return _named(here, name)


def _named(here: Here, name: str) -> Document:
    return described(here) if name == OWN else descriptions.described(name, request.script_root)


def _names() -> list[str]:
    return [OWN, *descriptions.names()]


@cache
def written() -> bytes:
    return Path(__file__).with_name("openapi.json").read_bytes()


def switches(providers: Iterable[Provider]) -> Document:
    """Every provider's switches as JSON Schema."""
    return {provider.name: _switches(type(provider.quirks)) for provider in providers}


def _switches(kind: type) -> Document:
    schema = msgspec.json.schema(kind)["$defs"][kind.__name__]
    return {"type": "object", "properties": schema["properties"], "additionalProperties": False}
