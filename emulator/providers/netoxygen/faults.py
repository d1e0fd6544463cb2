"""How this provider words each refusal, most pressing first, and each call that it cannot follow."""

from collections.abc import Mapping
from typing import NamedTuple

from emulator.core.refusals import Reason, Refused
from emulator.providers.netoxygen.calls import Misfit, UnknownMethod
from emulator.providers.netoxygen.codes import ERRORS
from emulator.providers.netoxygen.quirks import Quirks
from emulator.wire.xml import Malformed


class Fault(NamedTuple):
    """A code, its text, and the requirement that fixes it."""

    code: int
    text: str
    requirement: str


FAULTS: Mapping[Reason, Fault] = {  # req: netoxygen/send/precedence
    # req: netoxygen/faults/bad-credentials netoxygen/faults/no-work
    Reason.BAD_CREDENTIALS: Fault(401, "Authentication failed.", "netoxygen/faults/bad-credentials"),
    # req: netoxygen/send/empty-message
    Reason.EMPTY_TEXT: Fault(7, ERRORS[7], "netoxygen/send/empty-message"),
    # req: netoxygen/send/too-long
    Reason.TEXT_TOO_LONG: Fault(8, ERRORS[8], "netoxygen/send/too-long"),
    # req: netoxygen/send/bad-sender
    Reason.BAD_SENDER: Fault(6, ERRORS[6], "netoxygen/send/bad-sender"),
    # req: netoxygen/send/bad-destination
    Reason.BAD_RECIPIENT: Fault(5, ERRORS[5], "netoxygen/send/bad-destination"),
    Reason.NO_RECIPIENTS: Fault(5, ERRORS[5], "netoxygen/codes/error-5"),
    # req: netoxygen/send/no-credit
    Reason.NO_CREDIT: Fault(2, ERRORS[2], "netoxygen/send/no-credit"),
    Reason.ROUTE_DOWN: Fault(2, ERRORS[2], "netoxygen/codes/error-2"),
    Reason.NO_ROUTE: Fault(3, ERRORS[3], "netoxygen/codes/error-3"),
}

PARAMETERS, UNKNOWN = "netoxygen/faults/parameters", "netoxygen/faults/unknown-method"

MALFORMED = Fault(-32700, "parse error. not well formed", "netoxygen/faults/malformed")

# req: netoxygen/faults/malformed netoxygen/faults/deep netoxygen/xmlrpc/no-entities
# req: netoxygen/faults/unknown-method netoxygen/faults/parameters
MISUSES: Mapping[str, Mapping[type[Exception], Fault]] = {
    "php": {
        Malformed: MALFORMED,
        UnknownMethod: Fault(1, "Unknown method", UNKNOWN),
        Misfit: Fault(3, "Incorrect parameters passed to method", PARAMETERS),
    },
    "interop": {
        Malformed: MALFORMED,
        UnknownMethod: Fault(-32601, "server error. requested method not found", UNKNOWN),
        Misfit: Fault(-32602, "server error. invalid method parameters", PARAMETERS),
    },
}
"""Calls that the service could neither accept nor refuse, by the two conventions there are: that of PHP's
libraries, and that of the specification for fault code interoperability."""

MISUSED = tuple(MISUSES["php"])


def voiced(refusal: Refused, switches: Quirks) -> Fault:
    """The most pressing of the objections."""
    reason, fault = next(one for one in FAULTS.items() if one[0] in refusal.reasons)
    if reason is Reason.NO_CREDIT:
        return fault._replace(code=switches.no_credit_code, text=ERRORS[switches.no_credit_code])
    return fault


def misuse(error: Exception, switches: Quirks) -> Fault:
    """What is wrong with the call."""
    return MISUSES[switches.fault_codes][type(error)]
