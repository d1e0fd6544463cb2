"""An emulator in this process: no socket, no thread, a clock that stands at nine."""

from datetime import timedelta
from typing import Any

from werkzeug.test import Client

from emulator import settings
from emulator.app import composed
from emulator.core import sabotage
from emulator.core.journal import Exchange
from emulator.core.model import Message
from emulator.core.sabotage import Effect, Fault
from emulator.space import Start, changed_world
from emulator.tests.samples import NINE


class Standing:
    """An emulator whose switches of one provider are put as given; called through WSGI."""

    def __init__(self, provider: str, **quirks: Any) -> None:
        world = changed_world(settings.world(), {provider: quirks})
        self.emulator = composed(Start(seed=1, clock=NINE, rate=0.0, world=world))
        self.space = self.emulator.spaces[""]
        self.client = Client(self.emulator.wsgi)

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
