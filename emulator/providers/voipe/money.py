"""Credit: an account's own, and as an administrator sees and changes it."""

from decimal import ROUND_HALF_UP, Decimal

from emulator.providers.voipe.answers import OK, Answer
from emulator.providers.voipe.calls import Call
from emulator.wire.phpvalues import Value

THOUSANDTH = Decimal("0.001")

PLENTY = 999_999_999
"""What an unlimited account is told to have."""


def cr(call: Call) -> Answer:
    """What the caller has left."""
    # req: voipe/cr/operation voipe/cr/mandatory voipe/cr/keys
    return {**OK, "credit": shown(call.here.gateway.credit(call.login))}


def amount(credit: Decimal | None) -> int | float:
    """The number, with at most three decimals."""
    # req: voipe/cr/number voipe/creditview/number
    if credit is None:
        return PLENTY
    return float(credit.quantize(THOUSANDTH, ROUND_HALF_UP))


def shown(credit: Decimal | None) -> Value:
    """The same as it is stored: of nothing there is only a text."""
    return amount(credit) or "0"  # req: voipe/cr/nought
