"""Queue codes: what a call to send is known by."""

from emulator.core.gateway import Gateway
from emulator.core.ids import Ids
from emulator.providers.voipe.tokens import HEX

KIND = "voipe-queue"
CLOSED = "voipe-closed"
INTERNAL = "voipe-internal"


def code(order: int, ids: Ids) -> str:
    """The code of a queue with messages."""
    return ids.spelled(2 * order, KIND, HEX)  # req: voipe/pv/queue voipe/pv/new-queue


def closed(gateway: Gateway, ids: Ids) -> str:
    """The code of a new queue that nothing ever stood in."""
    with gateway.store.turn():
        number = gateway.store.take(CLOSED)
    return ids.spelled(2 * number + 1, KIND, HEX)


def internal(gateway: Gateway, ids: Ids) -> str:
    """A code for a message that goes through no queue."""
    with gateway.store.turn():
        number = gateway.store.take(INTERNAL)
    return ids.spelled(number, INTERNAL, HEX)  # req: voipe/user/queue


def order(text: str, ids: Ids) -> int:
    """The order that a code stands for; 0 for none."""
    number = ids.read(text.lower(), KIND, HEX) or 1  # req: voipe/ds/queue-case
    return 0 if number % 2 else number // 2


def is_closed(text: str, gateway: Gateway, ids: Ids) -> bool:
    """Whether it is the code of a queue that nothing ever stood in."""
    number = ids.read(text.lower(), KIND, HEX) or 0
    return number % 2 == 1 and 0 < number // 2 <= gateway.store.count(CLOSED)
