"""The providers, in plain sight: one name here and a package beside it."""

from emulator.provider import Provider
from emulator.providers.ip1 import IP1
from emulator.providers.iro import IRO
from emulator.providers.isms import ISMS
from emulator.providers.netoxygen import NETOXYGEN
from emulator.providers.voipe import VOIPE

PROVIDERS: tuple[Provider, ...] = (ISMS, NETOXYGEN, IRO, IP1, VOIPE)
