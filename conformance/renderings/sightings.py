"""What an SMSC was seen to send: commands, statuses and optional parameters, in the octets of a run."""

import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from conformance.drivers.smpp_frames import Frame, Reader, delivered, framed
from conformance.drivers.smpp_pdus import ALERT_NOTIFICATION, ANSWER, BINDS, DELIVER_SM, HEADER
from conformance.record import Check, Run, exchange
from conformance.renderings.octets import pdus
from conformance.tape import SMPP


class Kind(StrEnum):
    COMMAND = "command"
    STATUS = "status"
    PARAMETER = "parameter"


Sightings = Mapping[tuple[Kind, int], Mapping[str, None]]
"""By what was seen: the requirements whose checks saw it, in the order they did."""


def sightings(run: Run, provider: str) -> Sightings:
    found: dict[tuple[Kind, int], dict[str, None]] = defaultdict(dict)
    for check in run.checks:
        own = dict.fromkeys(one for one in check.requirements if one.startswith(f"{provider}/"))
        for seen in _seen(_frames(check)) if own else ():
            found[seen] |= own
    return found


def _frames(check: Check) -> Iterator[Frame]:
    for said in (*check.exchanges, *(check.again.exchanges if check.again else ())):
        if said.surface == SMPP:
            yield from (framed(one) for one in pdus(exchange(said).response) if len(one) >= HEADER)


def _seen(frames: Iterable[Frame]) -> Iterator[tuple[Kind, int]]:
    for frame in frames:
        yield Kind.COMMAND, frame.command
        if frame.command & ANSWER:
            yield Kind.STATUS, frame.status
        yield from ((Kind.PARAMETER, tag) for tag in _tags(frame))


def _tags(frame: Frame) -> list[int]:
    """Those of the PDUs in which an SMSC has something to tell; none where they cannot be read."""
    try:
        if frame.command == DELIVER_SM:
            return list(delivered(frame).parameters)
        read = Reader(frame.body)
        if frame.command & ~ANSWER in BINDS and frame.body:
            read.string(16)
        elif frame.command == ALERT_NOTIFICATION:
            for _ in range(2):
                read.numbers(2)
                read.string(65)
        else:
            return []
        return list(read.parameters())
    except (AssertionError, struct.error):
        return []
