"""What PDUs of an SMSC have to be, given those of its client before them on the same connection."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from conformance.drivers.smpp_frames import Frame, delivered, framed
from conformance.drivers.smpp_pdus import (
    ANSWER,
    DATA_SM,
    DELIVER_SM,
    GENERIC_NACK,
    HEADER,
    SUBMIT_MULTI,
    SUBMIT_SM,
)
from conformance.recordings.rules import Sight
from conformance.renderings.octets import headline
from conformance.tape import Exchange

MESSAGES = frozenset({SUBMIT_SM, SUBMIT_MULTI, DATA_SM})
STATES = "DELIVRD|EXPIRED|DELETED|UNDELIV|ACCEPTD|UNKNOWN|REJECTD"


@dataclass(slots=True)
class Session:
    """One connection so far: what was asked and not answered, by sequence number."""

    open: dict[int, Frame] = field(default_factory=dict)

    def seen(self, one: Exchange) -> list[Sight]:
        """What a PDU of the SMSC shows; those of the client are what it is measured by."""
        octets = one.request or one.response
        if len(octets) < HEADER or int.from_bytes(octets[:4], "big") != len(octets):
            wrong = headline(octets)
            return (
                [Sight("smpp34/framing/header", "a PDU of 16 octets or more", wrong)] if one.response else []
            )
        frame = framed(octets)
        if one.request:
            self.open[frame.sequence] = frame
            return []
        return list(self._answer(frame) if frame.command & ANSWER else _request(frame))

    def _answer(self, frame: Frame) -> Iterator[Sight]:
        said = headline(frame.octets)
        asked = self.open.pop(frame.sequence, None)
        if asked is None:
            if frame.command != GENERIC_NACK:
                yield Sight("smpp34/framing/same-sequence", "the sequence number of a request", said)
            return
        yield Sight("smpp34/framing/same-sequence", "the sequence number of a request", None)
        fits = frame.command in (asked.command | ANSWER, GENERIC_NACK)
        yield Sight(
            "smpp34/framing/answer-id", "the id of its request, highest bit set", None if fits else said
        )
        if asked.command in MESSAGES and fits and not frame.status and frame.command != GENERIC_NACK:
            yield _message_id(frame)


def _message_id(frame: Frame) -> Sight:
    accepted = "at most 64 characters and a NUL"
    try:
        return Sight("smpp34/types/message-id-limit", accepted, None if frame.message_id else "no message_id")
    except AssertionError as slip:
        return Sight("smpp34/types/message-id-limit", accepted, str(slip))


def _request(frame: Frame) -> Iterator[Sight]:
    said = headline(frame.octets)
    yield Sight("smpp34/framing/request-status", "status 0", said if frame.status else None)
    yield Sight("smpp34/framing/no-sequence-zero", "another number than 0", None if frame.sequence else said)
    if frame.command != DELIVER_SM:
        return
    try:
        letter = delivered(frame)
    except AssertionError as slip:
        yield Sight("smpp34/types/c-octet-end", "fields as the specification has them", str(slip))
        return
    state = re.search(rb"stat:(\w+)", letter.message)
    if letter.is_receipt and state is not None:
        word = state[1].decode()
        yield Sight("smpp34/receipts/states", f"one of {STATES}", None if word in STATES.split("|") else word)
