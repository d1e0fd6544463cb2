"""What machines can read about the providers: an OpenAPI document for each surface that can have one."""

from functools import cache
from pathlib import Path
from typing import Any

import msgspec

Document = dict[str, Any]

SUFFIX = ".openapi.json"


def folder() -> Path:
    """Inside an installed wheel, or beside the packages in a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "_data" / "specs"
    return installed if installed.is_dir() else package.parent / "specs"


@cache
def names() -> tuple[str, ...]:
    """Of all documents, as they are asked for: `ip1`, `iro-json`."""
    return tuple(sorted(path.name.removesuffix(SUFFIX) for path in folder().glob(f"*{SUFFIX}")))


def provider(name: str) -> str:
    """Whose surface a document describes."""
    return name.partition("-")[0]


def described(name: str, base: str) -> Document:
    """A provider's document, its calls at `base` instead of where the provider has them."""
    return {**_written(name), "servers": [{"url": base}]}


@cache
def _written(name: str) -> Document:
    document: Document = msgspec.json.decode((folder() / f"{name}{SUFFIX}").read_bytes())
    return document
