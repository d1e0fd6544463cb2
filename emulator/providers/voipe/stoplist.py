"""The stop list: numbers that nothing is sent to any more, whoever sends.

Each account has those that it put there in the attribute `stoplist`, blanks between them.
"""

from emulator.core.gateway import Gateway
from emulator.providers.voipe import people
from emulator.providers.voipe.answers import OK, Answer
from emulator.providers.voipe.calls import Call
from emulator.providers.voipe.faults import Declined

ATTRIBUTE = "stoplist"


def stoplist(call: Call) -> Answer:
    """Put a number on the list."""
    # req: voipe/stoplist/operation voipe/stoplist/anybody voipe/stoplist/listed voipe/stoplist/nothing
    gateway, number = call.here.gateway, digits(call.value("from"))
    if not number:
        return {}
    with gateway.store.turn():
        account = gateway.account(call.login)
        if number in stopped(gateway):
            raise Declined("627")
        numbers = f"{account.attributes.get(ATTRIBUTE, '')} {number}".strip()
        people.amend(gateway, account.login, lambda one: people.described(one, **{ATTRIBUTE: numbers}))
    return OK


def stopped(gateway: Gateway) -> frozenset[str]:
    """The digits of every number on the list."""
    lists = [one.attributes[ATTRIBUTE] for one in people.everybody(gateway) if ATTRIBUTE in one.attributes]
    return frozenset(number for list in lists for number in list.split())


def digits(number: str) -> str:
    """A number without its plus sign: that makes it no other."""
    return "".join(letter for letter in number if letter in "0123456789")
