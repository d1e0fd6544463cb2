"""The balance that an answer tells, and whose it is."""

from collections.abc import Mapping
from decimal import Decimal

from emulator.core.model import Account
from emulator.providers.voipe import people
from emulator.tests.providers.voipe.recorded.reading import Exchange
from emulator.tests.providers.voipe.recorded.scene import Scene

BALANCES = {"cr": "credit", "creditview": "balance", "creditadd": "balance", "creditdeduct": "balance"}
"""The members in which operations tell a balance as it is before them."""


def owner(scene: Scene) -> Account | None:
    """The account whose balance is told."""
    if scene.exchange.operation in {"cr", "query"}:
        return scene.caller()
    return people.named(scene.world.space.gateway, scene.exchange.parameters.get("data_username", ""))


def told(exchange: Exchange) -> Decimal | None:
    """The balance that is told; nothing is told of in words, or not at all."""
    answer = exchange.answer
    if exchange.operation == "query" and isinstance(answer.get("data"), Mapping):
        answer = answer["data"]["user"]
    elif exchange.operation not in BALANCES or exchange.error not in {"0", "620"}:
        return None
    return Decimal(str(answer.get(BALANCES.get(exchange.operation, "credit")) or 0))
