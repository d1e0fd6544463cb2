"""Identifiers without chance: counters, spelled in each provider's alphabet by a seeded bijection."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from math import gcd


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a provider writes a number: `length` characters of `alphabet`."""

    alphabet: str
    length: int

    @property
    def size(self) -> int:
        return int(len(self.alphabet) ** self.length)

    def write(self, value: int) -> str:
        letters: list[str] = []
        for _ in range(self.length):
            value, digit = divmod(value, len(self.alphabet))
            letters.append(self.alphabet[digit])
        return "".join(reversed(letters))

    def read(self, text: str) -> int | None:
        if len(text) != self.length or not set(text) <= set(self.alphabet):
            return None
        value = 0
        for letter in text:
            value = value * len(self.alphabet) + self.alphabet.index(letter)
        return value


@dataclass(frozen=True, slots=True)
class Ids:
    """Turns counters into identifiers that look drawn by lot, and back. The seed decides which."""

    seed: int

    def spelled(self, number: int, kind: str, spelling: Spelling) -> str:
        factor, shift, _ = _key(self.seed, kind, spelling.size)
        return spelling.write((number * factor + shift) % spelling.size)

    def read(self, text: str, kind: str, spelling: Spelling) -> int | None:
        """The number behind `text`; None if it is not spelled that way."""
        value = spelling.read(text)
        if value is None:
            return None
        _, shift, inverse = _key(self.seed, kind, spelling.size)
        return (value - shift) * inverse % spelling.size

    def share(self, kind: str, number: int) -> float:
        """A number in [0, 1) that depends on nothing but seed, kind and count."""
        return _drawn(f"{self.seed}:{kind}:{number}") / 2**128


@lru_cache(maxsize=1024)
def _key(seed: int, kind: str, size: int) -> tuple[int, int, int]:
    """Factor, shift and inverse factor of an affine bijection of range(size)."""
    factor = _drawn(f"{seed}:{kind}:factor") % size
    while gcd(factor, size) != 1:
        factor += 1
    return factor, _drawn(f"{seed}:{kind}:shift") % size, pow(factor, -1, size)


def _drawn(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=16).digest(), "big")
