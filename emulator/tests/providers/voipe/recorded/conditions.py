"""What holds while a state says so: for the whole system, and for single accounts."""

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from hashlib import md5
from typing import Any

from emulator.providers.voipe import people
from emulator.providers.voipe.people import NAME
from emulator.settings import AccountFile, TariffFile, WorldFile
from emulator.tests.providers.voipe.recorded.phrases import Step
from emulator.tests.providers.voipe.recorded.world import World

ADMIN = AccountFile(
    login="admin",
    password="admin",
    key=md5(b"admin").hexdigest(),
    attributes={
        "level": "2",
        "name": "Administrator",
        "email": "noreply@playsms.org",
        "mobile": "+62000000000",
    },
)
"""Who is there when a playSMS was installed."""

Undo = Callable[[], None]

SWITCHES: Mapping[str, Callable[[str], Mapping[str, Any]]] = {
    "system_sender": lambda sender: {"system_sender": sender},
    "brute_force": lambda _: {"brute_force": True},
    "strict": lambda _: {"astral": "refused"},
}
"""Settings of the whole system, as switches."""


class Conditions:
    """The conditions of one world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._file = system(())
        self._held: dict[Step, Undo] = {}

    def settle(self, steps: Collection[Step]) -> None:
        """Let these hold, and no others."""
        for step in [held for held in self._held if held not in steps]:
            self._held.pop(step)()
        file = system(steps)
        if file != self._file:
            self._file = file
            self._world.begin_anew(file)
        for step in steps:
            if step.verb in HOLDING and step not in self._held:
                self._held[step] = HOLDING[step.verb](self._world, *step.args)


def system(steps: Collection[Step]) -> WorldFile:
    """The settings of the whole system."""
    named = {step.args[0]: Decimal(step.args[1]) for step in steps if step.verb == "price"}
    prices = {f"{plus}{digits}": price for digits, price in named.items() for plus in ("", "+")}
    rate = next((step.args[0] for step in steps if step.verb == "rate"), "0")
    quirks: dict[str, Any] = {}
    for step in steps:
        if step.verb in SWITCHES:
            quirks |= SWITCHES[step.verb](step.args[0])
    return WorldFile(
        accounts={NAME: [ADMIN]},
        tariffs={NAME: TariffFile(sms=Decimal(rate), prefixes=prices)},
        profiles={NAME: "upstream"},
        quirks={NAME: quirks},
    )


def _attributes(world: World, name: str, **attributes: str) -> Undo:
    """Let an account have attributes; afterwards it has its own again, unless they were changed meanwhile."""
    before = {key: world.ensured(name).attributes.get(key, "") for key in attributes}
    world.attribute(name, **attributes)

    def undo() -> None:
        account = world.account(name)
        if account is not None:
            kept = {key for key, value in attributes.items() if account.attributes.get(key, "") == value}
            world.attribute(name, **{key: before[key] for key in kept})

    return undo


def _plus_signs(world: World, word: str) -> Undo:
    """A setting of the system, which is one of all its accounts."""
    undone = [
        _attributes(world, one.login, plus={"removes": "remove", "adds": "add"}[word])
        for one in people.everybody(world.space.gateway)
    ]
    return lambda: [undo() for undo in undone].clear()


def _down(world: World, _: str) -> Undo:
    """The database of the system, which is that of all its operations."""
    world.break_down()
    return world.mend


def _without_token(world: World, name: str) -> Undo:
    key = world.ensured(name).key
    world.change(name, key="")
    return lambda: world.change(name, key=key)


HOLDING: Mapping[str, Callable[..., Undo]] = {
    "webservices": lambda world, word, name: _attributes(world, name, webservices=word),
    "addresses": lambda world, name, *addresses: _attributes(world, name, ips=",".join(addresses)),
    "no_token": _without_token,
    "banned": lambda world, name: _attributes(world, name, banned="1"),
    "plus_signs": _plus_signs,
    "down": _down,
    "zone": lambda world, name, zone: _attributes(world, name, zone=zone),
    "prefix": lambda world, name, prefix, length: _attributes(
        world, name, replace_zero=prefix, local_length=length
    ),
}
"""What is put otherwise in a world as it is: how it begins, and how to take it back."""
