"""Wrong passwords: how many came from where, and from where an account is not answered any more.

They are counted in the account's attributes, `failures.127.0.0.1`.
"""

from emulator.core.gateway import Gateway
from emulator.core.model import Account
from emulator.providers.voipe import people
from emulator.providers.voipe.filters import leading_number
from emulator.providers.voipe.quirks import Quirks

MOST = 3
"""Wrong passwords that are forgiven; the next one blocks."""


def blocked(account: Account, address: str, quirks: Quirks) -> bool:
    """Whether the account is not answered there any more."""
    return quirks.brute_force and _failures(account, address) > MOST  # req: voipe/auth/no-blocking


def failed(gateway: Gateway, account: Account, address: str, quirks: Quirks) -> None:
    """Count a wrong password."""
    if quirks.brute_force:
        _count(gateway, account, address, str(_failures(account, address) + 1))


def succeeded(gateway: Gateway, account: Account, address: str, quirks: Quirks) -> None:
    """Begin to count anew."""
    if quirks.brute_force and _failures(account, address):
        _count(gateway, account, address, "")


def _failures(account: Account, address: str) -> int:
    return leading_number(account.attributes.get(f"failures.{address}", ""))


def _count(gateway: Gateway, account: Account, address: str, count: str) -> None:
    people.amend(gateway, account.login, lambda one: people.described(one, **{f"failures.{address}": count}))
