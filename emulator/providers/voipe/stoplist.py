"""The stop list: numbers that nothing is sent to any more."""

from emulator.core.gateway import Gateway
from emulator.providers.voipe.answers import OK, Answer
from emulator.providers.voipe.calls import Call
from emulator.providers.voipe.faults import Declined

KIND = "voipe-stoplist"


def stoplist(call: Call) -> Answer:
    """Put a number on the list."""
    # req: voipe/stoplist/operation voipe/stoplist/anybody voipe/stoplist/listed voipe/stoplist/nothing
    store, number = call.here.gateway.store, _digits(call.value("from"))
    if not number:
        return {}
    with store.turn():
        if store.get(KIND, (number,)) is not None:
            raise Declined("627")
        store.put(KIND, (number,), number)
    return OK


def listed(gateway: Gateway, number: str) -> bool:
    """Whether nothing may be sent to a number."""
    return gateway.store.any(KIND) and gateway.store.get(KIND, (_digits(number),)) is not None


def _digits(number: str) -> str:
    return "".join(letter for letter in number if letter in "0123456789")
