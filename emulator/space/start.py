"""How a space begins, or goes on: its seed, its clock, and the world it is of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

import msgspec

from emulator import settings
from emulator.core.clock import LAST, VirtualClock, wall_clock
from emulator.provider import Provider
from emulator.providers import PROVIDERS
from emulator.settings import Misconfigured, WorldFile
from emulator.store.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """How a space begins: its seed, its clock and its world. A clock of None starts now."""

    seed: int = 0
    clock: datetime | None = None
    rate: float = 1.0
    world: WorldFile = field(default_factory=settings.world)


def begun(standing: Standing | None, otherwise: Start) -> Start:
    """How a space that stands there began."""
    return otherwise if standing is None else msgspec.json.decode(standing.start, type=Start)


def clock(start: Start, standing: Standing | None) -> VirtualClock:
    """A clock as it begins, or as it goes on."""
    if standing is None:
        return VirtualClock(start.clock or this_second(), start.rate)
    return VirtualClock(*passed(standing))


def passed(standing: Standing) -> tuple[datetime, float]:
    """Where a clock is by now that stood there, and its rate: it ran on while nobody looked."""
    missed = (wall_clock() - standing.wall) * standing.rate
    return min(standing.now + max(missed, timedelta(0)), LAST), standing.rate


def this_second() -> datetime:
    """Where a clock begins that starts now."""
    return wall_clock().replace(microsecond=0)


def changed_world(
    world: WorldFile,
    quirks: Mapping[str, Mapping[str, Any]],
    profiles: Mapping[str, str] = MappingProxyType({}),
) -> WorldFile:
    """The world with some switches put otherwise, and other profiles for some providers."""
    switches = {name: {**world.quirks.get(name, {}), **changes} for name, changes in quirks.items()}
    return msgspec.structs.replace(
        world, quirks={**world.quirks, **switches}, profiles={**world.profiles, **profiles}
    )


def switches(world: WorldFile, providers: Sequence[Provider] = PROVIDERS) -> Mapping[str, Any]:
    """Every provider's quirks as this world has them; single ones win over profiles. Raises Misconfigured."""
    names = {p.name for p in providers}
    for part in ("accounts", "tariffs", "profiles", "quirks"):
        if strange := sorted(set(getattr(world, part)) - names):
            raise Misconfigured(
                f"{part}.{strange[0]}: no such provider; there are {', '.join(sorted(names))}"
            )
    return {p.name: _switched(p, world) for p in providers}


def _switched(provider: Provider, world: WorldFile) -> Any:
    name = provider.name
    profile = settings.profile(provider.profiles, world.profiles.get(name), name)
    return settings.switched(provider.quirks, {**profile, **world.quirks.get(name, {})}, name)
