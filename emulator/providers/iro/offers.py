"""Offers: the named ways to send, which of them a user may use, and which one takes a job."""

from collections.abc import Iterator, Sequence

from emulator.core.model import Account, Medium
from emulator.core.refusals import Reason, Refused
from emulator.providers.iro.quirks import Quirks

DEFAULT = "default"
"""The word in a route that stands for the user's default offers."""

DOWN = "down"
"""The attribute of an account that lists the offers out of order."""


def usable(account: Account, medium: Medium) -> list[str]:
    """Every offer that the user may send by."""
    # req: iro/routes/list iro/routes/user iro/routes/order iro/routes/none
    return sorted(set(_listed(account, medium)))


def preferred(account: Account, medium: Medium) -> list[str]:
    """The user's default offers, in the order in which they are tried."""
    # req: iro/default-route/list iro/default-route/user iro/default-route/order iro/default-route/none
    possible = _listed(account, medium)
    chosen = dict.fromkeys(_listed(account, f"{medium}.{DEFAULT}"))
    return [offer for offer in chosen if offer in possible]  # req: iro/default-route/possible


def carrier(account: Account, medium: Medium, route: Sequence[str], quirks: Quirks) -> str:
    """The first offer of the route that works. Raises Refused: there is none, or all are out of order."""
    possible, named = _listed(account, medium), list(_expanded(account, medium, route))
    known = [offer for offer in named if offer in possible]
    strict = quirks.unknown_route == "refuse"
    if not known or (strict and len(known) < len(named)):  # req: iro/routes/unknown-skipped iro/routes/usable
        raise Refused([Reason.NO_ROUTE])
    broken = _listed(account, DOWN)
    working = next((offer for offer in known if offer not in broken), None)
    if working is None:
        raise Refused([Reason.ROUTE_DOWN])
    return working  # req: iro/routes/fallback-down iro/sms/route-list


def _expanded(account: Account, medium: Medium, route: Sequence[str]) -> Iterator[str]:
    # req: iro/sms/route-default iro/fax/route-default iro/mail/route-default
    for offer in route:
        if offer == DEFAULT:
            yield from preferred(account, medium)
        else:
            yield offer  # req: iro/sms/route iro/fax/route iro/mail/route


def _listed(account: Account, attribute: str) -> list[str]:
    return account.attributes.get(attribute, "").split()
