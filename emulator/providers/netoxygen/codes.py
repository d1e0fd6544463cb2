"""The two tables of codes at the end of the document, and which of them a message has in which state."""

from collections.abc import Mapping
from typing import NamedTuple

from emulator.core.model import Status

ERRORS: Mapping[int, str] = {
    1: "OK",  # req: netoxygen/codes/error-1
    2: "Gateway error",  # req: netoxygen/codes/error-2
    3: "Message routing error",  # req: netoxygen/codes/error-3
    4: "Message format error",  # req: netoxygen/codes/error-4
    5: "Invalid destination number",  # req: netoxygen/codes/error-5
    6: "Invalid source number",  # req: netoxygen/codes/error-6
    7: "Empty message",  # req: netoxygen/codes/error-7
    8: "Max message length exceeded",  # req: netoxygen/codes/error-8
    9: "Pending",  # req: netoxygen/codes/error-9
    10: "Message canceled",  # req: netoxygen/codes/error-10
}

STATUSES: Mapping[int, str] = {
    1: "Delivered to the recipient device",  # req: netoxygen/codes/status-1
    2: "Delivered to the recipient network",  # req: netoxygen/codes/status-2
    3: "Message submitted",  # req: netoxygen/codes/status-3
    4: "Message error, delivery failed",  # req: netoxygen/codes/status-4
    5: "Routing error, delivery failed",  # req: netoxygen/codes/status-5
    6: "Message expired, delivery cancelled",  # req: netoxygen/codes/status-6
    7: "Gateway error",  # req: netoxygen/codes/status-7
    8: "Message in queue",  # req: netoxygen/codes/status-8
    9: "Message scheduled",  # req: netoxygen/codes/status-9
}


class Codes(NamedTuple):
    """What the two tables say of a message."""

    error: int
    status: int


CODES: Mapping[Status, Codes] = {  # req: netoxygen/status/codes netoxygen/codes/pairs
    Status.SCHEDULED: Codes(9, 9),
    Status.QUEUED: Codes(1, 8),
    Status.SUBMITTED: Codes(1, 3),
    Status.DELIVERED: Codes(1, 1),
    Status.UNDELIVERABLE: Codes(4, 4),
    Status.EXPIRED: Codes(3, 6),
    Status.REJECTED: Codes(2, 7),
    Status.UNROUTABLE: Codes(3, 5),
    Status.CANCELLED: Codes(10, 9),  # req: netoxygen/codes/cancelled-pair
}

ON_NETWORK = Codes(1, 2)
"""Of a message submitted some time ago: the document tells the recipient's network from the way there."""
