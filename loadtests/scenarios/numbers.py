"""Recipients: each has a number that no other has, so that a message is known by its number alone."""

from __future__ import annotations

from dataclasses import dataclass

TRIGGERS = range(9001, 9014)  # last four digits that mean an outcome other than plain delivery
BLOCK = 10_000 - len(TRIGGERS)


@dataclass(frozen=True, slots=True)
class Numbering:
    """In the form in which providers repeat them."""

    prefix: str

    def __call__(self, slot: int, recipients: int) -> tuple[str, ...]:
        """The numbers of a slot, of so many recipients a call."""
        return tuple(number(self.prefix, slot * recipients + n) for n in range(recipients))

    def slot(self, text: str, recipients: int) -> int | None:
        """The slot that has a number; None for a number of another kind."""
        block, last = text[len(self.prefix) : -4], text[-4:]
        if not text.startswith(self.prefix) or not (block.isdecimal() and last.isdecimal()):
            return None
        rest = int(last) - len(TRIGGERS) * (int(last) >= TRIGGERS.stop)
        return (int(block) * BLOCK + rest) // recipients


def number(prefix: str, n: int) -> str:
    block, rest = divmod(n, BLOCK)
    last = rest if rest < TRIGGERS.start else rest + len(TRIGGERS)
    return f"{prefix}{block:04d}{last:04d}"
