"""The mutants of a module: by the operators of cosmic-ray, and by one of our own for words."""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import parso
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.provider import OperatorProvider

from conformance.catalogue import ID, catalogue

ANNOTATIONS = re.compile("ReplaceBinaryOperator_BitOr_.*")
"""Operators that change nothing but type hints here: `|` stands nowhere else, and so no run can tell."""

REQUIRED = re.compile(r"#\s*req:((?: [a-z0-9/.-]+)+)")


class Operator(Protocol):
    def mutation_positions(self, node: Any) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]: ...

    def mutate(self, node: Any, index: int) -> Any: ...


class OtherWords:
    """Changes what a text says, which none of cosmic-ray's operators do, and which a wire is made of.

    Left alone are docstrings, annotations' texts, and ids of requirements: the journal alone shows those.
    """

    def mutation_positions(self, node: Any) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        if isinstance(node, parso.python.tree.String) and _says_something(node):
            yield node.start_pos, node.end_pos
        if isinstance(node, parso.python.tree.FStringString) and node.value.strip():
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        if isinstance(node, parso.python.tree.FStringString):
            return type(node)(f"{node.value}X", node.start_pos, node.prefix)
        mark = node.value[-3:] if node.value.endswith(('"""', "'''")) else node.value[-1]
        changed = f"{node.value[: -len(mark)]}X{mark}"
        return type(node)(changed, node.start_pos, node.prefix)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """`line` of `module` as it reads now, after the nth change that an operator can make in the module."""

    module: str
    operator: str
    occurrence: int
    line: int
    was: str
    reads: str
    source: str
    near: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.module}:{self.operator}:{self.occurrence}"

    @property
    def provider(self) -> str:
        return self.module.split("/")[2]

    @property
    def short(self) -> str:
        """The module as judgements call it."""
        return self.module.removeprefix("emulator/providers/").removesuffix(".py")


def mutants(root: Path, module: str) -> Iterator[Mutant]:
    """All there are of a module, a path below root."""
    source = (root / module).read_text(encoding="utf-8")
    tree = get_ast(source)
    for name, operator in operators():
        places = [place for node in ast_nodes(tree) for place in operator.mutation_positions(node)]
        for occurrence, (start, _) in enumerate(places):
            changed = mutate_code(source, operator, occurrence)
            assert changed is not None
            yield Mutant(
                module=module,
                operator=name,
                occurrence=occurrence,
                line=start[0],
                was=_difference(source, changed),
                reads=_difference(changed, source),
                source=changed,
                near=_near(source.splitlines(), start[0]),
            )


def operators() -> Iterator[tuple[str, Operator]]:
    known = OperatorProvider()
    for name in known:
        if not ANNOTATIONS.fullmatch(name) and not known[name].arguments():
            yield name, known[name]()
    yield OtherWords.__name__, OtherWords()


def _says_something(node: Any) -> bool:
    if node.parent.type in ("simple_stmt", "expr_stmt") and node.parent.children[0] is node:
        return False
    if node.parent.type == "simple_stmt" or node.get_previous_leaf().value == "->":
        return False
    text = ast.literal_eval(node.value)
    return not (isinstance(text, str) and ID.fullmatch(text) and text in catalogue())


def _difference(one: str, other: str) -> str:
    """The line of a text in which another reads otherwise."""
    pairs = zip(one.splitlines(), other.splitlines(), strict=False)
    return next((mine.strip() for mine, theirs in pairs if mine != theirs), "")


def _near(lines: Sequence[str], line: int) -> tuple[str, ...]:
    """The requirements that comments of the paragraph name in which a line stands, the nearest first."""
    first = last = line - 1
    while first > 0 and lines[first - 1].strip():
        first -= 1
    while last + 1 < len(lines) and lines[last + 1].strip():
        last += 1
    ordered = sorted(range(first, last + 1), key=lambda number: abs(number - line + 1))
    found = [one for number in ordered for said in REQUIRED.findall(lines[number]) for one in said.split()]
    return tuple(one for one in dict.fromkeys(found) if one in catalogue())
