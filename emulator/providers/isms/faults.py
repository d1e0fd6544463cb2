"""How this provider words each refusal, most pressing first."""

from collections.abc import Mapping
from typing import NamedTuple

from emulator.core.refusals import Reason, Refused


class Fault(NamedTuple):
    """A sentence of the document and the tail of the requirement that fixes it."""

    text: str
    slug: str


FAULTS: Mapping[Reason, Fault] = {  # req: isms/send/precedence isms/query/precedence isms/hlr/precedence
    # req: isms/http/bad-credentials isms/http/missing-credentials isms/http/errors-begin-alike
    Reason.BAD_CREDENTIALS: Fault("Error: Authentication error.", "bad-credentials"),
    # req: isms/send/no-recipients isms/send/nothing-valid isms/hlr/no-recipients
    Reason.NO_RECIPIENTS: Fault("Error: No recipients.", "no-recipients"),
    # req: isms/send/bad-sender isms/send/missing-from
    Reason.BAD_SENDER: Fault("Error: Invalid sender identity.", "bad-sender"),
    # req: isms/send/no-credit isms/hlr/no-credit
    Reason.NO_CREDIT: Fault("Error: Insufficient credits.", "no-credit"),
    # req: isms/send/bad-schedule
    Reason.BAD_SCHEDULE: Fault("Error: Invalid scheduling date.", "bad-schedule"),
    # req: isms/query/no-mid isms/hlrquery/no-mid isms/hlrquery/precedence
    Reason.NO_ID: Fault("Error: No message ID defined.", "no-mid"),
    # req: isms/query/no-mobile isms/hlrquery/no-mobile
    Reason.NO_NUMBER: Fault("Error: No mobile defined.", "no-mobile"),
    # req: isms/query/unknown isms/query/other-recipient isms/query/owner isms/query/kinds-apart
    Reason.UNKNOWN_MESSAGE: Fault("Error: No such message or recipient.", "unknown"),
    # req: isms/hlrquery/unknown isms/hlrquery/owner
    Reason.UNKNOWN_LOOKUP: Fault("Error: No such message ID or mobile.", "unknown"),
    # req: isms/savecontact/empty-mobile isms/deletecontact/empty-mobile isms/savecontact/precedence
    Reason.NO_CONTACT_NUMBER: Fault("Error: Mobile number is empty.", "empty-mobile"),
    # req: isms/savecontact/invalid-mobile isms/deletecontact/invalid-mobile
    Reason.BAD_CONTACT_NUMBER: Fault("Error: Invalid mobile number.", "invalid-mobile"),
    # req: isms/savecontact/failed isms/deletecontact/failed
    Reason.STORAGE_FAILED: Fault("FAILED", "failed"),
}


def voiced(refusal: Refused) -> Fault:
    """The most pressing of the objections."""
    return next(fault for reason, fault in FAULTS.items() if reason in refusal.reasons)


def requirement(fault: Fault, script: str) -> str:
    """The id of the requirement that a script obeys with this answer."""
    area = "http" if fault.slug == "bad-credentials" else script
    return f"isms/{area}/{fault.slug}"
