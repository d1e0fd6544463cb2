"""What a step may need: the world, what it is about to be asked, and what is known of the recording."""

from dataclasses import dataclass
from typing import Any

from emulator.core.model import Account
from emulator.providers.voipe import people
from emulator.tests.providers.voipe.recorded.bindings import Bindings
from emulator.tests.providers.voipe.recorded.hindsight import Hindsight
from emulator.tests.providers.voipe.recorded.reading import Exchange
from emulator.tests.providers.voipe.recorded.world import World


@dataclass(frozen=True, slots=True)
class Scene:
    """The moment before an exchange."""

    world: World
    bindings: Bindings
    known: Hindsight
    exchange: Exchange

    def caller(self) -> Account | None:
        """The account that asks, by its name or its address."""
        gateway, user = self.world.space.gateway, self.exchange.user
        return people.named(gateway, user) or people.mailed(gateway, user)

    def call_as(self, name: str, **fields: str) -> Any:
        """What an operation answers to an account."""
        return self.world.call(u=name, h=self.world.ensured(name).key, **fields)
