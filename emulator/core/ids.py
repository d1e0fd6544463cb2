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

    def turned(self, value: int) -> int:
        """The number whose digits are those of `value` in reverse."""
        base, turned = len(self.alphabet), 0
        for _ in range(self.length):
            value, digit = divmod(value, base)
            turned = turned * base + digit
        return turned

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
        first, second = _keys(self.seed, kind, spelling.size)
        return spelling.write(second.mixed(spelling.turned(first.mixed(number))))

    def read(self, text: str, kind: str, spelling: Spelling) -> int | None:
        """The number behind `text`; None if it is not spelled that way."""
        value = spelling.read(text)
        if value is None:
            return None
        first, second = _keys(self.seed, kind, spelling.size)
        return first.sorted(spelling.turned(second.sorted(value)))

    def share(self, kind: str, number: int) -> float:
        """A number in [0, 1) that depends on nothing but seed, kind and count."""
        return _drawn(f"{self.seed}:{kind}:{number}") / 2**128


@dataclass(frozen=True, slots=True)
class Affine:
    """A bijection of range(size): multiply, shift, and the way back."""

    size: int
    factor: int
    shift: int
    inverse: int

    def mixed(self, value: int) -> int:
        return (value * self.factor + self.shift) % self.size

    def sorted(self, value: int) -> int:
        return (value - self.shift) * self.inverse % self.size


@lru_cache(maxsize=1024)
def _keys(seed: int, kind: str, size: int) -> tuple[Affine, Affine]:
    """Two bijections: with the digits turned round between them, neighbours lie far apart."""
    return _affine(f"{seed}:{kind}:1", size), _affine(f"{seed}:{kind}:2", size)


def _affine(name: str, size: int) -> Affine:
    factor = _drawn(f"{name}:factor") % size
    while gcd(factor, size) != 1:
        factor += 1
    return Affine(size, factor, _drawn(f"{name}:shift") % size, pow(factor, -1, size))


def _drawn(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=16).digest(), "big")
