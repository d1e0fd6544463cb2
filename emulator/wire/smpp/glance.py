"""Bodies read at a glance: what a client writes again and again is known, only the rest is read."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from emulator.wire.smpp.fields import Counted, CString, Values
from emulator.wire.smpp.steps import One, Run, Step

OWN = frozenset({"destination_addr", "message_id"})
"""Strings that hardly two PDUs have in common; around them nearly all of a client's are alike."""

MOST_KNOWN = 1000
"""Ways of writing the rest that are remembered; a client has a handful."""

Look = Callable[[bytes, int], tuple[Values, int]]
"""Reads the fields that stand at an offset, and says where they end."""


@dataclass(frozen=True, slots=True)
class Glance:
    """A table as one pattern. Well-formed bodies, nearly all of them, are read at a fifth of the cost.

    What does not fit the pattern says nothing of what is wrong: the fields, one by one, find that out.
    """

    form: re.Pattern[bytes]
    """Its groups are in turn a stretch of neighbours and an own string; the first and last are stretches."""
    own: tuple[tuple[int, str], ...]
    """The places of the own strings among the groups, and their names."""
    last: str
    """What is counted by the last octet of the pattern; nothing, if empty."""
    most: int
    _known: dict[tuple[bytes, ...], Values] = field(default_factory=dict)
    """All fields as they were read once, by the octets of the stretches."""

    @staticmethod
    def of(steps: Sequence[Step]) -> "Glance | None":
        """None for a table with lists in it, and for one without anything of its own."""
        last = steps[-1] if steps and isinstance(steps[-1], One) else None
        counted = last.field if last and isinstance(last.field, Counted) else None
        plain = steps[:-1] if counted else steps
        names = tuple(step.name for step in plain if isinstance(step, One) and step.name in OWN)
        if not (names or counted) or not all(_is_plain(step) for step in plain):
            return None
        pattern = b"(" + b"".join(map(_pattern, plain)) + b")" + (b"." if counted else b"")
        return Glance(
            form=re.compile(pattern, re.DOTALL),
            own=tuple((2 * place + 1, name) for place, name in enumerate(names)),
            last=last.name if last and counted else "",
            most=counted.most if counted else 0,
        )

    def read(self, octets: bytes, at: int, look: Look) -> tuple[Values, int] | None:
        """What a close `look` would see; None for what does not fit."""
        found = self.form.match(octets, at)
        if found is None:
            return None
        groups, end = found.groups(), found.end()
        start = end
        if self.last:
            end += octets[end - 1]
            if end > len(octets) or end - start > self.most:
                return None
        stretches = groups[::2]
        known = self._known.get(stretches)
        if known is None:
            known = self._learnt(stretches, look(octets, at)[0])
        values = known.copy()
        for place, name in self.own:
            values[name] = groups[place].decode("latin-1")
        if self.last:
            values[self.last] = octets[start:end]
        return values, end

    def _learnt(self, stretches: tuple[bytes, ...], values: Values) -> Values:
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        self._known[stretches] = values
        return values


def _is_plain(step: Step) -> bool:
    return isinstance(step, Run) or isinstance(step.field, CString)


def _pattern(step: Step) -> bytes:
    if isinstance(step, Run):
        return b"." * step.form.size
    assert isinstance(step.field, CString)  # a table with others has no pattern
    letters = b"(?:[^\\0]{%d})?" if step.field.fixed else b"[^\\0]{0,%d}+"
    pattern = letters % (step.field.size - 1)
    return b")(" + pattern + b")\\0(" if step.name in OWN else pattern + b"\\0"
