"""The providers, in plain sight: one name here and a package beside it."""

from emulator.provider import Provider
from emulator.providers.isms import ISMS

PROVIDERS: tuple[Provider, ...] = (ISMS,)
