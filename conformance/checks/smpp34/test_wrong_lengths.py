"""Lengths that lie. By its name this comes last: who is confused by it is no subject for other checks."""

import pytest

from conformance.checks.smpp34.calls import Smsc, reaction
from conformance.drivers.smpp_frames import Frame
from conformance.drivers.smpp_pdus import ENQUIRE_LINK, GENERIC_NACK, pdu
from conformance.drivers.smpp_statuses import Status
from conformance.requirement import requirement
from conformance.verify import verify

ENDLESS = 0x7FFFFFFF


@requirement("smpp34/framing/too-short")
@pytest.mark.parametrize("length", [0, 4, 15])
def test_a_length_below_16_is_refused_or_ends_the_session(smsc: Smsc, length: int) -> None:
    answer = reaction(smsc.bound(), pdu(ENQUIRE_LINK, sequence=7, length=length))

    _disputes_the_length(answer)


@requirement("smpp34/framing/too-long")
def test_a_length_that_no_pdu_can_have_is_refused_or_ends_the_session(smsc: Smsc) -> None:
    answer = reaction(smsc.bound(), pdu(ENQUIRE_LINK, sequence=7, length=ENDLESS))

    _disputes_the_length(answer)


def _disputes_the_length(answer: Frame | None) -> None:
    """None, which is the end of the session, will do, too."""
    if answer is not None:
        verify(hex(answer.command)).equals(hex(GENERIC_NACK))
        verify(answer.status).equals(Status.RINVCMDLEN)
