"""What was judged by hand of mutants that no check noticed: the equivalent, and those that live on."""

import operator
import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from typing import Any

import msgspec

from conformance.places import fixtures

FILE = "trial/judgements.toml"

COMPARED = re.compile(r'(?:quirks|switches)\.([a-z0-9_]+) (==|!=|<=?|>=?|is not|is) "([^"]*)"')
MEANING: Mapping[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt,
    ">=": operator.ge, "is": operator.eq, "is not": operator.ne,
}  # fmt: skip
"""Texts of switches are literals, which are one object where they are equal."""


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """Patterns for a module like `isms/wire`, and for a line as it was and as it reads in the mutant."""

    module: str
    was: str
    reads: str
    why: str

    def is_about(self, module: str, was: str, reads: str) -> bool:
        pairs = ((self.module, module), (self.was, was), (self.reads, reads))
        return all(re.fullmatch(pattern, text) for pattern, text in pairs)


class Judgements(msgspec.Struct, frozen=True):
    equivalent: list[Judgement]
    survivor: list[Judgement]


@cache
def judgements() -> Judgements:
    return msgspec.toml.decode((fixtures() / FILE).read_bytes(), type=Judgements)


def equivalent(module: str, was: str, reads: str) -> str | None:
    """Why no client can tell this mutant from the original; None where it can."""
    if same_by_default(module, was, reads):
        return "comes to the same for the value that the switch has by default"
    return _first(judgements().equivalent, module, was, reads)


def excused(module: str, was: str, reads: str) -> str | None:
    """Why a mutant lives on that a client could tell."""
    return _first(judgements().survivor, module, was, reads)


def same_by_default(module: str, was: str, reads: str) -> bool:
    """Whether two comparisons of a switch agree on its default."""
    before, after = COMPARED.search(was), COMPARED.search(reads)
    if not before or not after or was.replace(before[0], "") != reads.replace(after[0], ""):
        return False
    quirks = import_module(f"emulator.providers.{module.partition('/')[0]}.quirks").Quirks()
    value = getattr(quirks, before[1])
    return MEANING[before[2]](value, before[3]) == MEANING[after[2]](value, after[3])


def _first(listed: list[Judgement], module: str, was: str, reads: str) -> str | None:
    return next((one.why for one in listed if one.is_about(module, was, reads)), None)
