"""What a message's state is called in iP.1's numbers, and which it had."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from emulator.core.model import Message, Status
from emulator.core.refusals import Reason
from emulator.core.timetable import moment_of
from emulator.providers.ip1.quirks import Quirks, stages
from emulator.providers.ip1.wire import moment

ACCEPTED, DELIVERED = 101, 201

INFO = 200
"""Codes below it say where a message is; the others, that it is there for good."""

ENDS: Mapping[Status, tuple[int, ...]] = {
    Status.DELIVERED: (DELIVERED,),
    Status.EXPIRED: (202,),  # req: ip1/windows/expires
    Status.CANCELLED: (104, 203),  # req: ip1/batches/cancel ip1/batches/cancel-refund ip1/status-codes/ends
    # req: ip1/status-codes/undeliverable ip1/status-codes/rejected
    Status.UNDELIVERABLE: (500,),
    Status.UNROUTABLE: (500,),
    Status.REJECTED: (406,),
}


class Standing(NamedTuple):
    """A code, and since when a message has it."""

    code: int
    at: datetime

    @property
    def document(self) -> dict[str, object]:
        # req: ip1/messages/status
        return {"created": moment(self.at), "code": self.code, "duration": duration(self.code)}


def duration(code: int) -> int:
    """0 of a code that passes, 1 of one that stays."""
    # req: ip1/status-codes/duration-words ip1/status-codes/duration ip1/status-codes/info
    # req: ip1/status-codes/groups ip1/status-codes/other-groups ip1/reports/final
    return int(code >= INFO)


def codes(message: Message, status: Status, quirks: Quirks) -> tuple[int, ...]:
    """What a step of a message is told as, in this order; nothing where a wait is over."""
    # req: ip1/status-codes/lifecycle ip1/status-codes/accepted ip1/status-codes/under-way
    if message.refusal is not None:
        return ACCEPTED, refused(message.refusal, quirks)
    if status is Status.SUBMITTED:
        return stages(quirks.lifecycle)[1]
    if status in ENDS:
        return ENDS[status]
    waited = status is Status.QUEUED and message.timetable[0].status is Status.SCHEDULED
    return () if waited else stages(quirks.lifecycle)[0]  # req: ip1/windows/waits ip1/windows/goes-out


def refused(reason: Reason, quirks: Quirks) -> int:
    """The code of a message that was refused alone."""
    # req: ip1/status-codes/no-funds
    return {
        Reason.NO_CREDIT: 402,
        Reason.BAD_SENDER: 403,
        Reason.BAD_RECIPIENT: quirks.unparsable_code,
        Reason.BLOCKED_RECIPIENT: quirks.blacklisted_code,
        Reason.BAD_CODING: quirks.coding_rejected_code,
    }[reason]


def history(message: Message, now: datetime, quirks: Quirks) -> list[Standing]:
    """Every status that the message had until now, oldest first."""
    # req: ip1/messages/oldest-first ip1/status-codes/onwards
    age = now - message.order.accepted_at
    past = [step for step in message.timetable if step.after <= age] or message.timetable[:1]
    return [
        Standing(code, moment_of(step, message))
        for step in past
        for code in codes(message, step.status, quirks)
    ]


def latest(message: Message, now: datetime, quirks: Quirks) -> Standing:
    """The status that the message has now."""
    age = now - message.order.accepted_at
    for step in reversed(message.timetable):
        if step.after <= age and (told := codes(message, step.status, quirks)):
            return Standing(told[-1], moment_of(step, message))
    return history(message, message.order.accepted_at, quirks)[-1]  # of a clock put back
