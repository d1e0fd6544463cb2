"""Credit: a caller's own, and as an administrator sees and changes that of others."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from emulator.core.credits import MOST
from emulator.core.model import Account
from emulator.providers.voipe import people
from emulator.providers.voipe.answers import OK, Answer
from emulator.providers.voipe.calls import Call
from emulator.providers.voipe.faults import Declined
from emulator.wire.phpvalues import Value

THOUSANDTH = Decimal("0.001")

EVERY = timedelta(seconds=30)
"""How often balances are reckoned, where what happens does not count at once."""

RECKONED, UNTIL = "reckoned", "reckoned_until"
"""What an account is known to have until then."""

PLENTY = 999_999_999
"""What an unlimited account is told to have."""

_AMOUNT = re.compile(
    r"[+-]?(?:[0-9]{1,20}(?:\.[0-9]{0,20})?|\.[0-9]{1,20})(?:[eE][+-]?[0-9]{1,2})?", re.ASCII
)


def cr(call: Call) -> Answer:
    """What the caller has left."""
    # req: voipe/cr/mandatory voipe/cr/keys voipe/cr/number
    return {
        **OK,
        "credit": shown(reckoned(call.here.gateway.account(call.login), call.here.gateway.clock.now())),
    }


def number(credit: Decimal | None) -> float:
    """The amount, with at most three decimals."""
    return PLENTY if credit is None else float(credit.quantize(THOUSANDTH, ROUND_HALF_UP))


def shown(credit: Decimal | None) -> Value:
    """The same as it is stored: of nothing there is only a text."""
    return number(credit) or "0"  # req: voipe/cr/nought


def creditview(call: Call) -> Answer:
    """The balance of the user that is named."""
    # req: voipe/creditview/mandatory voipe/creditview/keys voipe/creditview/number voipe/creditview/unknown
    account = _named(call, "619")
    balance = number(reckoned(account, call.here.gateway.clock.now())) if account else 0
    if account is None or (not balance and call.quirks.zero_balance == "failed"):
        raise Declined("620")  # req: voipe/creditview/zero
    return {**OK, "balance": balance}


class Booking(NamedTuple):
    """A change of somebody's balance: the codes for a missing name and for what fails, and its sign."""

    missing: str
    failed: str
    signed: Callable[[Decimal], Decimal]


ADDING = Booking("621", "622", lambda amount: amount)  # req: voipe/creditadd/negative
DEDUCTING = Booking("623", "624", lambda amount: -abs(amount))  # req: voipe/creditdeduct/sign


def creditadd(call: Call) -> Answer:
    # req: voipe/creditadd/operation voipe/creditadd/keys voipe/creditadd/mandatory voipe/creditadd/amount
    return _booked(call, ADDING)


def creditdeduct(call: Call) -> Answer:
    # req: voipe/creditdeduct/operation voipe/creditdeduct/keys voipe/creditdeduct/mandatory
    # req: voipe/creditdeduct/amount
    return _booked(call, DEDUCTING)


def _booked(call: Call, booking: Booking) -> Answer:
    account, amount = _named(call, booking.missing), _amount(call.value("data_amount"))
    if not amount or (account is None and (call.quirks.strict or call.quirks.unknown_user == "refused")):
        raise Declined(booking.failed)  # req: voipe/creditadd/unknown voipe/creditdeduct/unknown
    balance = _after(call, account, booking, amount) if account else None
    return {**OK, "amount": float(amount), "balance": balance or None}  # req: voipe/creditadd/nought


def reckoned(account: Account, now: datetime) -> Decimal | None:
    """The balance as it was reckoned last."""
    until = account.attributes.get(UNTIL, "")
    if until and now < datetime.fromisoformat(until):
        return Decimal(account.attributes[RECKONED])
    return account.credit


def _after(call: Call, account: Account, booking: Booking, amount: Decimal) -> float:
    """The balance with the amount booked; where that is still to be reckoned, the one before."""
    now = call.here.gateway.clock.now()

    def booked(account: Account) -> Account:
        credit = None if account.credit is None else account.credit + booking.signed(amount)
        if credit is not None and abs(credit) > MOST:
            raise Declined(booking.failed)
        changed = replace(account, credit=credit)
        # req: voipe/creditadd/at-once
        return _unreckoned(changed, account, now) if call.quirks.booked == "later" else changed

    return number(reckoned(people.amend(call.here.gateway, account.login, booked), now))


def _unreckoned(changed: Account, account: Account, now: datetime) -> Account:
    """The account after a booking that nobody has reckoned with yet."""
    before = reckoned(account, now)
    if before is None or before != account.credit:  # one that was booked earlier waits already
        return changed
    return people.described(changed, **{RECKONED: str(before), UNTIL: (now + EVERY).isoformat()})


def _named(call: Call, missing: str) -> Account | None:
    """The user that is named, blanks and all; None for an unknown one. Raises Declined for none."""
    # req: voipe/http/untrimmed voipe/creditview/name
    name = call.asked.untrimmed.get("data_username", "")
    if not name:
        raise Declined(missing)
    return people.named(call.here.gateway, name)


def _amount(text: str) -> Decimal:
    """The number that a text begins with."""
    found = _AMOUNT.match(text)
    amount = Decimal(found[0]) if found else Decimal(0)
    return amount if abs(amount) <= MOST else Decimal(0)
