"""A provider in trouble: faults on purpose."""

from itertools import count
from typing import Self, TypedDict, Unpack
from urllib.parse import quote

from msgspec import Struct

from emulator.testing.control import Control


class Aim(TypedDict, total=False):
    """What a fault strikes; without any of these, everything.

    `path` is a pattern such as `*/send.php`, `times` how often it strikes, `share` how many of those it is
    aimed at, from 0 to 1, drawn from the seed of the space.
    """

    provider: str
    path: str
    times: int
    share: float


class _Standing(Struct):
    id: str
    met: int


class _Known(Struct):
    faults: list[_Standing]


class Fault:
    """A fault that stands until it is cleared; as a context manager it stands for a block."""

    def __init__(self, control: Control, name: str) -> None:
        self._control, self.name = control, name

    @property
    def met(self) -> int:
        """How many exchanges it was aimed at so far."""
        return sum(one.met for one in self._standing())

    def clear(self) -> None:
        """Take it away, if nobody has yet."""
        for one in self._standing():
            self._control.tell("DELETE", f"/faults/{quote(one.id, safe='')}")

    def _standing(self) -> list[_Standing]:
        return [one for one in self._control.get("/faults", _Known).faults if one.id == self.name]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.clear()


class Faults:
    """Each verb adds a fault, which strikes from then on."""

    def __init__(self, control: Control) -> None:
        self._control = control
        self._numbers = count(1)

    def status(self, status: int = 503, **aim: Unpack[Aim]) -> Fault:
        """Answer with that status of HTTP (400 to 599) and do nothing."""
        return self._put("status", {**aim, "status": status})

    def delay(self, seconds: float, **aim: Unpack[Aim]) -> Fault:
        """Answer later: by so many seconds on the wall, at most 60."""
        return self._put("delay", {**aim, "seconds": seconds})

    def empty(self, **aim: Unpack[Aim]) -> Fault:
        """Do what is asked and answer with an empty body."""
        return self._put("empty", {**aim})

    def truncate(self, **aim: Unpack[Aim]) -> Fault:
        """Do what is asked and break the answer off half way."""
        return self._put("truncate", {**aim})

    def refuse(self, reason: str, *, account: str | None = None, **aim: Unpack[Aim]) -> Fault:
        """Object in the provider's own words, in whatever dialect it is spoken to: `refuse("no-credit")`.

        Declined tells which reasons a provider has words for, if this is none of them.
        """
        return self._put("refuse", {**aim, "reason": reason, "account": account})

    def _put(self, effect: str, fields: dict[str, object]) -> Fault:
        name = f"{effect}-{next(self._numbers)}"
        self._control.tell("PUT", f"/faults/{name}", {"effect": effect, **fields})
        return Fault(self._control, name)
