"""An emulator in this process: no socket, no thread, a clock that stands at nine."""

from datetime import timedelta
from functools import lru_cache
from itertools import count
from typing import Any

from werkzeug.test import Client, TestResponse

from emulator import settings
from emulator.app import Emulator, composed
from emulator.core import sabotage
from emulator.core.journal import Exchange
from emulator.core.model import Message
from emulator.core.sabotage import Effect, Fault
from emulator.space import Start, changed_world
from emulator.tests.samples import NINE

SHARERS = 100
"""Spaces of one emulator, which has a bound to them."""


@lru_cache(maxsize=1)
def shared(number: int) -> Emulator:
    """Composed for many tests: that takes longer than most of them."""
    return composed(Start(seed=1, clock=NINE, rate=0.0))


class Within(Client):
    """Calls what lies below a path."""

    def __init__(self, emulator: Emulator, path: str) -> None:
        super().__init__(emulator.wsgi)
        self._path = path

    def open(self, path: str, **request: Any) -> TestResponse:  # type: ignore[override]
        """The answer to any request."""
        return super().open(self._path + path, **request)


class Standing:
    """A space whose switches of one provider are put as given; called through WSGI.

    Tests share emulators, except for those that want one `alone`: theirs is the space without a name.
    """

    _count = count()

    def __init__(self, provider: str, *, alone: bool = False, **quirks: Any) -> None:
        world = changed_world(settings.world(), {provider: quirks})
        start = Start(seed=1, clock=NINE, rate=0.0, world=world)
        if alone:
            self.emulator, name = composed(start), ""
        else:
            number = next(self._count)
            self.emulator, name = shared(number // SHARERS), f"standing{number}"
            self.emulator.spaces.put(name, start)
        self.space = self.emulator.spaces[name]
        self.client = Within(self.emulator, f"/~{name}" if name else "")

    def advance(self, seconds: float) -> None:
        self.emulator.pump.advance(self.space, timedelta(seconds=seconds))

    def break_(self, effect: Effect, **aim: Any) -> None:
        """Put a fault on purpose."""
        self.space.store.put(sabotage.KIND, ("f",), Fault(id="f", effect=effect, **aim))

    @property
    def messages(self) -> list[Message]:
        return list(self.space.store.messages())

    @property
    def journal(self) -> list[Exchange]:
        return self.space.journal.since(0, 1000)
