"""One id in four places: document, emulator, check, fixture; the ends are held together here."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from conformance import places
from conformance.catalogue import Level, catalogue
from conformance.judge import listed
from conformance.tests.shelf import MINIATURES

ROOT = Path(__file__).parents[2]
IN_CODE = re.compile(r"# (?:.+; )?req: (.+)")
IN_TRANSCRIPTS = re.compile(r"^req: (.+)$", re.MULTILINE)


@cache
def checks() -> dict[str, list[str]]:
    return listed()


def in_the_emulator() -> set[str]:
    texts = (path.read_text(encoding="utf-8") for path in (ROOT / "emulator").rglob("*.py"))
    return {one for text in texts for found in IN_CODE.findall(text) for one in found.split()}


def in_transcripts() -> set[str]:
    paths = (places.fixtures() / "transcripts").rglob("*.txt")
    texts = (path.read_text(encoding="utf-8") for path in paths)
    return {one for text in texts for found in IN_TRANSCRIPTS.findall(text) for one in found.split()}


def in_vectors() -> set[str]:
    paths = (places.fixtures() / "vectors").rglob("*.json")
    return {one for path in paths for one in _req(json.loads(path.read_text(encoding="utf-8")))}


def _req(value: Any) -> Iterator[str]:
    """Whatever stands under a `req` key, at any depth."""
    if isinstance(value, dict):
        named = value.get("req", [])
        yield from [named] if isinstance(named, str) else named
        for inner in value.values():
            yield from _req(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _req(inner)


@pytest.mark.parametrize(
    ("place", "named"),
    [
        ("emulator", in_the_emulator),
        ("checks", lambda: set(checks())),
        ("transcripts", in_transcripts),
        ("vectors", in_vectors),
        ("miniatures", lambda: {miniature.breaks for miniature in MINIATURES}),
    ],
)
def test_no_place_names_an_id_that_the_catalogue_lacks(place: str, named: Any) -> None:
    assert sorted(one for one in named() if one not in catalogue()) == []


def test_every_must_and_should_has_a_check_or_a_reason() -> None:
    lacking = [
        row.id
        for row in catalogue()
        if row.level is not Level.MAY and row.id not in checks() and row.untestable is None
    ]

    assert lacking == []


def test_what_has_a_check_gives_no_reason_for_having_none() -> None:
    assert [row.id for row in catalogue() if row.untestable is not None and row.id in checks()] == []


def test_every_requirement_is_named_where_the_emulator_obeys_it() -> None:
    named = in_the_emulator()

    assert [row.id for row in catalogue() if row.id not in named] == []


def test_every_check_observes_a_requirement() -> None:
    marked = {name.partition("[")[0] for names in checks().values() for name in names}
    defined = {
        f"{path.relative_to(places.CHECKS).as_posix()}::{name}"
        for path in places.CHECKS.rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }

    assert sorted(defined - marked) == []
