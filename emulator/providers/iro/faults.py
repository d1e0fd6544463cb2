"""How a call is declined, and Iro's own words for it."""

from collections.abc import Mapping
from typing import NamedTuple

from emulator.core.refusals import Reason, Refused
from emulator.providers.iro.quirks import Quirks


class Fault(NamedTuple):
    """A number, a sentence, and the requirement that fixes both."""

    code: int | str
    text: str
    requirement: str


class Declined(Exception):
    """A call that is not answered, and the word in question."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


class Unreadable(Declined):
    """What came is no call; the word is what the parser says."""


class Unknown(Declined):
    """No method has that name."""


class Unfit(Declined):
    """That method has not these parameters: too few, too many, others."""


class Invalid(Declined):
    """What was given for that parameter is of the wrong kind."""


class NoNumber(Declined):
    """That entry of a list is no telephone number."""


class NoAddress(Declined):
    """That entry of a list, or that sender, is no mail address."""


OWN: Mapping[type[Declined], Fault] = {  # req: iro/xmlrpc/own-faults iro/faults/alike
    Invalid: Fault(700, "Validation of '{}' failed.", "iro/faults/validation"),  # req: iro/faults/validation
    NoNumber: Fault(702, "No valid telnumber: '{}'", "iro/faults/number"),  # req: iro/faults/number
    NoAddress: Fault(703, "No valid email: '{}'", "iro/faults/address"),  # req: iro/faults/address
}

EXTERNAL = "Error in external API."
BAD_LIST = Fault(700, "Validation of 'recipients' failed.", "iro/faults/validation")
ANYTHING_ELSE = Fault(999, "Unknown Error.", "iro/faults/unknown")  # req: iro/faults/unknown

FAULTS: Mapping[Reason, Fault] = {
    Reason.NO_RECIPIENTS: BAD_LIST,
    Reason.BAD_RECIPIENT: BAD_LIST,
    # req: iro/faults/apikey iro/faults/key-before-route
    Reason.BAD_CREDENTIALS: Fault(901, "API-Key is false.", "iro/faults/apikey"),
    Reason.NO_ROUTE: Fault(800, "No route found.", "iro/faults/no-route"),  # req: iro/faults/no-route
    # req: iro/status/unknown-job iro/status/foreign-job
    Reason.UNKNOWN_MESSAGE: Fault(801, "Job not found.", "iro/status/unknown-job"),
    Reason.ROUTE_DOWN: Fault(950, EXTERNAL, "iro/faults/backend"),  # req: iro/faults/backend
    Reason.NO_CREDIT: Fault(950, EXTERNAL, "iro/faults/no-credit"),  # req: iro/faults/no-credit
    Reason.STORAGE_FAILED: ANYTHING_ELSE,
}


Framework = Mapping[type[Declined], Fault]
"""What the server around the methods says, in each dialect otherwise."""


def worded(error: Declined | Refused, quirks: Quirks, framework: Framework) -> Fault:
    """The fault that says it; of several objections the most pressing one."""
    if isinstance(error, Refused):
        return next((fault for reason, fault in FAULTS.items() if reason in error.reasons), ANYTHING_ELSE)
    if isinstance(error, Unfit) and quirks.bad_arguments == "own":
        return ANYTHING_ELSE
    fault = OWN.get(type(error)) or framework[type(error)]
    return fault._replace(text=fault.text.format(error.word))
