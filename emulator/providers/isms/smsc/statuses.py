"""What command_status each refusal is answered with, most pressing first."""

from collections.abc import Mapping

from emulator.core.refusals import Reason, Refused
from emulator.providers.isms.quirks import Quirks
from emulator.wire.smpp.statuses import CommandStatus


class Objection(Exception):
    """A PDU that is declined, and the status that says so."""

    def __init__(self, status: int) -> None:
        super().__init__(f"{status:#010x}")
        self.status = status


STATUSES: Mapping[Reason, CommandStatus] = {
    Reason.BAD_CREDENTIALS: CommandStatus.RINVPASWD,
    Reason.NO_RECIPIENTS: CommandStatus.RINVDSTADR,  # req: smpp34/submit/no-destination
    Reason.BAD_SENDER: CommandStatus.RINVSRCADR,
    Reason.NO_CREDIT: CommandStatus.RSUBMITFAIL,  # req: smpp34/submit/credit
    Reason.BAD_SCHEDULE: CommandStatus.RINVSCHED,
    Reason.NO_ID: CommandStatus.RINVMSGID,
    Reason.NO_NUMBER: CommandStatus.RINVDSTADR,
    Reason.UNKNOWN_MESSAGE: CommandStatus.RINVMSGID,
    Reason.UNKNOWN_LOOKUP: CommandStatus.RINVMSGID,
    Reason.NOT_SCHEDULED: CommandStatus.RCANCELFAIL,
    Reason.NO_CONTACT_NUMBER: CommandStatus.RINVDSTADR,
    Reason.BAD_CONTACT_NUMBER: CommandStatus.RINVDSTADR,
    Reason.STORAGE_FAILED: CommandStatus.RSYSERR,
}


def voiced(refusal: Refused, quirks: Quirks, **own: CommandStatus) -> int:
    """The status of the most pressing objection; an operation may have its `own` for some reasons."""
    reason = next((one for one in STATUSES if one in refusal.reasons), None)
    if reason is Reason.NO_CREDIT:
        return quirks.smpp_no_credit
    if reason is None:
        return CommandStatus.RUNKNOWNERR
    return own.get(reason.name, STATUSES[reason])
