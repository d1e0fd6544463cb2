"""Isolated worlds, each with its own clock, seed, memory and journal."""

from emulator.space.space import DEFAULT as DEFAULT
from emulator.space.space import Snapshot as Snapshot
from emulator.space.space import Space as Space
from emulator.space.spaces import Spaces as Spaces
from emulator.space.start import Start as Start
from emulator.space.start import changed_world as changed_world
from emulator.space.start import switches as switches
