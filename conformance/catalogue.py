"""specs/*.toml -> requirements: what each document says, one row each."""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from conformance import places

ID = re.compile(r"[a-z0-9]+/[a-z0-9-]+/[a-z0-9][a-z0-9.-]*")
NEEDED = frozenset({"id", "origin", "level", "at", "means"})
OPTIONAL = frozenset({"setting", "untestable"})

E = TypeVar("E", bound=StrEnum)


class Origin(StrEnum):
    """Where a requirement comes from, the most reliable first."""

    SEED = "seed"
    PUBLIC = "public"
    MEASURED = "measured"
    INFERRED = "inferred"


class Level(StrEnum):
    """How strongly the document puts it."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """`at` points into the document, `means` says it in our own words."""

    id: str
    provider: str
    origin: Origin
    level: Level
    at: str
    means: str
    setting: str | None = None
    untestable: str | None = None

    @property
    def area(self) -> str:
        return self.id.split("/")[1]


class CatalogueError(ValueError):
    """A spec file that cannot be used; one line naming file, row and fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    requirements: Mapping[str, Requirement]
    version: str

    def __iter__(self) -> Iterator[Requirement]:
        return iter(self.requirements.values())

    def __contains__(self, name: object) -> bool:
        return name in self.requirements

    def __getitem__(self, name: str) -> Requirement:
        return self.requirements[name]

    @property
    def providers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(row.provider for row in self))


def load(folder: Path) -> Catalogue:
    """Every `*.toml` of the folder, in the order of the files; CatalogueError on the first fault."""
    found: dict[str, Requirement] = {}
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.toml")):
        octets = path.read_bytes()
        digest.update(octets)
        for row in _rows(path, octets):
            if row.id in found:
                raise CatalogueError(f"{path.name}: {row.id} stands twice; an id is never reused")
            found[row.id] = row
    return Catalogue(requirements=found, version=digest.hexdigest()[:12])


@cache
def catalogue() -> Catalogue:
    """The rows that belong to this installation."""
    return load(places.specs())


def _rows(path: Path, octets: bytes) -> Iterator[Requirement]:
    try:
        document = tomllib.loads(octets.decode())
    except ValueError as fault:
        raise CatalogueError(f"{path.name}: {fault}") from None
    if strays := sorted(document.keys() - {"requirement"}):
        raise CatalogueError(
            f"{path.name}: unknown key {strays[0]!r}; a spec file holds [[requirement]] rows"
        )
    for number, row in enumerate(document.get("requirement", []), start=1):
        yield _requirement(f"{path.name}: row {number} ({row.get('id', 'no id')})", path.stem, row)


def _requirement(where: str, provider: str, row: Mapping[str, Any]) -> Requirement:
    if missing := sorted(NEEDED - row.keys()):
        raise CatalogueError(f"{where}: {missing[0]} is missing")
    if strays := sorted(row.keys() - NEEDED - OPTIONAL):
        raise CatalogueError(f"{where}: unknown key {strays[0]!r}")
    for key, value in row.items():
        if not isinstance(value, str) or not value.strip():
            raise CatalogueError(f"{where}: {key} must be a text that is not empty")
    if not ID.fullmatch(row["id"]) or not row["id"].startswith(f"{provider}/"):
        raise CatalogueError(f"{where}: an id here reads {provider}/area/slug, in small letters")
    return Requirement(
        id=row["id"],
        provider=provider,
        origin=_member(where, "origin", Origin, row["origin"]),
        level=_member(where, "level", Level, row["level"]),
        at=row["at"],
        means=row["means"],
        setting=row.get("setting"),
        untestable=row.get("untestable"),
    )


def _member(where: str, key: str, kind: type[E], value: str) -> E:
    try:
        return kind(value)
    except ValueError:
        raise CatalogueError(f"{where}: {key} is one of {', '.join(kind)}; got {value!r}") from None
