"""Identifiers without chance: counters, spelled in each provider's alphabet by a seeded bijection."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from math import isqrt

HEXADECIMAL = "0123456789abcdef"


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a provider writes a number: `length` characters of `alphabet`."""

    alphabet: str
    length: int

    @property
    def size(self) -> int:
        return _size(len(self.alphabet), self.length)

    def write(self, value: int) -> str:
        if self.alphabet == HEXADECIMAL:  # which Python writes by itself, and much quicker
            return f"{value:0{self.length}x}"
        pairs = _pairs(self.alphabet)  # two digits at a time: identifiers are written often
        count = len(pairs)
        written = "".join([pairs[value // place % count] for place in _places(count, self.length)])
        return written[-self.length :]

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
        return self.speller(kind, spelling)(number)

    def speller(self, kind: str, spelling: Spelling) -> Callable[[int], str]:
        """What spells the numbers of a kind, for who spells many."""
        mixed, write = _shuffle(self.seed, kind, spelling.size).mixed, spelling.write
        return lambda number: write(mixed(number))

    def read(self, text: str, kind: str, spelling: Spelling) -> int | None:
        """The number behind `text`; None if it is not spelled that way."""
        value = spelling.read(text)
        return None if value is None else _shuffle(self.seed, kind, spelling.size).sorted(value)

    def share(self, kind: str, number: int) -> float:
        """A number in [0, 1) that depends on nothing but seed, kind and count."""
        return _drawn(f"{self.seed}:{kind}:{number}") / 2**128


@dataclass(frozen=True, slots=True)
class Shuffle:
    """A bijection of range(high * low) in which neighbours lie far apart (a Feistel network)."""

    high: int
    low: int
    keys: tuple[int, ...]

    def mixed(self, value: int) -> int:
        high, low = self.high, self.low
        left, right = divmod(value % (high * low), low)
        for key in self.keys:
            left = (left + ((right ^ key) * (right + key) >> 9)) % high
            right = (right + ((left ^ key) * (left + key) >> 11)) % low
        return left * low + right

    def sorted(self, value: int) -> int:
        left, right = divmod(value, self.low)
        for key in reversed(self.keys):
            right = (right - ((left ^ key) * (left + key) >> 11)) % self.low
            left = (left - ((right ^ key) * (right + key) >> 9)) % self.high
        return left * self.low + right


@cache
def _size(letters: int, length: int) -> int:
    return int(letters**length)


@cache
def _pairs(alphabet: str) -> list[str]:
    return [high + low for high in alphabet for low in alphabet]


@cache
def _places(count: int, length: int) -> tuple[int, ...]:
    """What the pairs of a number of that length are worth, the highest first."""
    return tuple(count**place for place in reversed(range((length + 1) // 2)))


@lru_cache(maxsize=1024)
def _shuffle(seed: int, kind: str, size: int) -> Shuffle:
    """The bijection of range(size) for a kind, cut as near to the square root as divisors allow."""
    low = next(low for low in range(isqrt(size), 0, -1) if size % low == 0)
    keys = tuple(_drawn(f"{seed}:{kind}:{turn}") % 2**32 for turn in range(2))
    return Shuffle(size // low, low, keys)


def _drawn(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=16).digest(), "big")
