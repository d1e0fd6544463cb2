"""Who is to have a message: numbers, or numbers with values for a template."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from emulator.providers.ip1.flaws import Wrong
from emulator.providers.ip1.numbers import is_recipient
from emulator.providers.ip1.quirks import Quirks
from emulator.providers.ip1.templates import DEFAULT, Values, value

MOST = 10_000
"""Recipients of one call."""

LONGEST_VALUE = 10_000
"""Characters: a body has room for hundreds of gaps."""

SHOWN = 40
"""Characters of a value that are said back."""


NOBODYS: Values = MappingProxyType({})


class Recipients(NamedTuple):
    """Numbers; of a template the values of each, those of everybody, and the keys that anybody has."""

    numbers: tuple[str, ...]
    values: Mapping[str, Values] | None = None
    default: Values = NOBODYS
    known: frozenset[str] = frozenset()


def recipients(given: object, quirks: Quirks) -> Recipients:
    """Raises Wrong."""
    # req: ip1/recipients/array ip1/recipients/object ip1/recipients/missing ip1/recipients/empty
    # req: ip1/recipients/many
    if not isinstance(given, (list, dict)):
        raise Wrong("The recipients must be an array of numbers, or an object of values by number.")
    if len(given) > MOST + (DEFAULT in given):
        raise Wrong(f"There may be at most {MOST} recipients.")
    found = _templated(given) if isinstance(given, dict) else _listed(given, quirks)
    if not found.numbers:
        raise Wrong("There must be a recipient.")
    return found


def _listed(given: list[object], quirks: Quirks) -> Recipients:
    numbers = tuple(_numbers(given))
    # req: ip1/recipients/repeated ip1/messages/one-each
    return Recipients(tuple(dict.fromkeys(numbers)) if quirks.repeated_recipients == "once" else numbers)


def _templated(given: dict[str, object]) -> Recipients:
    # req: ip1/templating/default
    values = {name: _values(name, one) for name, one in given.items()}
    default = values.pop(DEFAULT, {})
    known = frozenset(key for one in (*values.values(), default) for key in one)
    return Recipients(tuple(_numbers(values)), values, default, known)


def _numbers(given: Iterable[object]) -> Iterator[str]:
    for one in given:
        if not (isinstance(one, str) and is_recipient(one)):
            raise Wrong(f"{_said(one)} is no number of 1 to 15 digits.")
        yield one


def _values(name: str, given: object) -> Values:
    if not isinstance(given, dict):
        raise Wrong(f"The values of {_said(name)} must be an object.")
    read = {key: value(one) for key, one in given.items()}
    kept = {key: one for key, one in read.items() if one is not None}
    if len(kept) < len(read):
        raise Wrong(f"A value of {_said(name)} is no text, number or truth value.")
    if any(len(one) > LONGEST_VALUE for one in kept.values()):
        raise Wrong(f"A value of {_said(name)} has more than {LONGEST_VALUE} characters.")
    return kept


def _said(given: object) -> str:
    text = repr(given) if isinstance(given, (str, int, float)) else type(given).__name__
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
