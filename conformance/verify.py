"""Expected alternatives against what came."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, NoReturn, TypeVar

from conformance import tape
from conformance.drivers.curl import command
from conformance.masking import Mask
from conformance.renderings.octets import dumped

T = TypeVar("T")

NONE = Mask()

SHOWN = 400  # characters of a value in a message; the record has the rest


class Mismatch(AssertionError):
    """The subject did something else; holds every acceptable reaction, the actual one and the exchange."""

    def __init__(
        self, accepted: tuple[str, ...], actual: str, exchange: tape.Exchange | None, mask: Mask = NONE
    ) -> None:
        self.accepted = accepted
        self.actual = actual
        self.exchange = exchange
        self.mask = mask
        super().__init__(str(self))

    def __str__(self) -> str:
        """Without the secrets of the target: whoever runs pytest shows this to everybody."""
        lines = ["accepted: " + "\n      or: ".join(self.accepted), f"came:     {self.actual}"]
        if self.exchange is not None:
            lines.append(_spoken(self.exchange, self.mask))
        return self.mask.text("\n".join(lines))


@dataclass(frozen=True, slots=True)
class Verification(Generic[T]):
    actual: T

    def equals(self, expected: T) -> None:
        if not same(self.actual, expected):
            self._fail(shown(expected))

    def is_one_of(self, *accepted: T) -> None:
        if not any(same(self.actual, one) for one in accepted):
            self._fail(*map(shown, accepted))

    def matches(self, pattern: str) -> re.Match[str]:
        """The whole text fits the pattern; answers the match, so that a check can go on with its groups."""
        found = re.fullmatch(pattern, str(self.actual))
        if found is None:
            self._fail(f"text that fits {pattern}")
        return found

    def holds(self, predicate: Callable[[T], bool], sentence: str) -> None:
        """`sentence` says what is acceptable, for the reader of the report."""
        if not predicate(self.actual):
            self._fail(sentence)

    def _fail(self, *accepted: str) -> NoReturn:
        played = tape.current()
        if played is None:
            raise Mismatch(accepted, shown(self.actual), None)
        raise Mismatch(accepted, shown(self.actual), played.behind(self.actual), Mask(played.secrets))


def verify(actual: T) -> Verification[T]:
    return Verification(actual)


def _spoken(exchange: tape.Exchange, mask: Mask) -> str:
    if exchange.surface != tape.SMPP:
        return f"request:  {command(exchange)}"
    way = "said" if exchange.request else "answered"
    return f"{way + ':':<10}{dumped(mask.pdu(exchange.request or exchange.response))}"


def same(one: object, other: object) -> bool:
    """Equal, and true where that is true: Python takes True for 1, no gateway does."""
    if isinstance(one, list | tuple) and isinstance(other, type(one)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    return one == other and isinstance(one, bool) is isinstance(other, bool)


def shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}… ({len(text)} characters)"
