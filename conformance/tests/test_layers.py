"""The judge shares no code with what it judges."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from conformance.places import HERE

STANDARD = frozenset(sys.stdlib_module_names)


@cache
def imports(path: Path) -> tuple[str, ...]:
    return tuple(_imports(ast.parse(path.read_text(encoding="utf-8"))))


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def modules(folder: str = "") -> list[Path]:
    paths = (HERE / folder).rglob("*.py")
    return sorted(path for path in paths if "tests" not in path.relative_to(HERE).parts)


def within(name: str, *packages: str) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def test_one_module_alone_knows_the_emulator() -> None:
    found = {path.name for path in modules() for name in imports(path) if within(name, "emulator")}

    assert found == {"target.py"}


@pytest.mark.parametrize("name", ["drivers", "tape.py", "receiver.py", "control.py"])
def test_what_speaks_to_the_subject_stands_on_the_standard_library(name: str) -> None:
    paths = modules(name) if (HERE / name).is_dir() else [HERE / name]
    spoken = {one for path in paths for one in imports(path)}

    allowed = ("conformance.drivers", "conformance.tape")
    assert (
        sorted(one for one in spoken if one.partition(".")[0] not in STANDARD and not within(one, *allowed))
        == []
    )


def test_checks_use_nothing_but_the_harness() -> None:
    spoken = {(path.name, one) for path in modules("checks") for one in imports(path)}
    allowed = ("conformance", "pytest", "schemathesis")

    assert (
        sorted(
            pair
            for pair in spoken
            if pair[1].partition(".")[0] not in STANDARD and not within(pair[1], *allowed)
        )
        == []
    )
