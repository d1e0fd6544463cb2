"""Optional parameters: in any order, unknown, misplaced, and of lengths that lie."""

import pytest

from conformance.checks.smpp34.calls import Smsc, refuses
from conformance.drivers.smpp_pdus import SUBMIT_SM, parameter
from conformance.drivers.smpp_statuses import Status
from conformance.requirement import requirement
from conformance.verify import verify

PAYLOAD_TYPE = parameter(0x0019, b"\0")
USER_MESSAGE_REFERENCE = parameter(0x0204, b"\0\7")
PRIVACY_INDICATOR = parameter(0x0201, b"\0")
MESSAGE_STATE = parameter(0x0427, b"\2")
"""Of a deliver_sm or data_sm, not of a submit_sm."""

UNKNOWN = 0x3FFF
"""A tag that is reserved (table 5-7)."""

SPOILT = (Status.RINVOPTPARSTREAM, Status.RINVPARLEN, Status.RINVCMDLEN)
"""Ways to say that the parameters cannot be read."""


@requirement("smpp34/options/order")
@pytest.mark.parametrize("order", [1, -1], ids=["ascending", "descending"])
def test_parameters_come_in_any_order(smsc: Smsc, order: int) -> None:
    parameters = [PAYLOAD_TYPE, PRIVACY_INDICATOR, USER_MESSAGE_REFERENCE][::order]

    smsc.submit(smsc.bound(), parameters=b"".join(parameters))


@requirement("smpp34/options/unknown")
@pytest.mark.parametrize("tag", [UNKNOWN, 0x1400, 0xFFFF], ids=hex)
def test_an_unknown_parameter_is_passed_over(smsc: Smsc, tag: int) -> None:
    smsc.submit(smsc.bound(), parameters=parameter(tag, b"\1\2\3") + USER_MESSAGE_REFERENCE)


@requirement("smpp34/options/beyond")
@pytest.mark.parametrize("tag", [0x0204, UNKNOWN], ids=["known", "unknown"])
def test_a_parameter_that_goes_beyond_its_pdu_is_refused(smsc: Smsc, tag: int) -> None:
    answer = smsc.answer(smsc.bound(), smsc.letter(parameters=parameter(tag, b"\0\7", length=200)))

    refuses(answer, SUBMIT_SM, *SPOILT)


@requirement("smpp34/options/cut")
@pytest.mark.parametrize("octets", [1, 3])
def test_octets_that_are_no_parameter_are_refused(smsc: Smsc, octets: int) -> None:
    stray = USER_MESSAGE_REFERENCE[:octets]

    answer = smsc.answer(smsc.bound(), smsc.letter(parameters=PRIVACY_INDICATOR + stray))

    refuses(answer, SUBMIT_SM, *SPOILT)


@requirement("smpp34/options/length")
def test_a_parameter_of_the_wrong_length_is_refused(smsc: Smsc) -> None:
    answer = smsc.answer(smsc.bound(), smsc.letter(parameters=parameter(0x0204, b"\0\0\7")))

    refuses(answer, SUBMIT_SM, *SPOILT, Status.RINVOPTPARAMVAL)


@requirement("smpp34/options/empty")
def test_a_parameter_without_octets_is_one(smsc: Smsc) -> None:
    smsc.submit(smsc.bound(), parameters=parameter(UNKNOWN, b"") + USER_MESSAGE_REFERENCE)


@requirement("smpp34/options/unexpected")
def test_a_parameter_out_of_place_is_passed_over_or_not_allowed(smsc: Smsc) -> None:
    answer = smsc.answer(smsc.bound(), smsc.letter(parameters=MESSAGE_STATE))

    verify(answer.status).is_one_of(Status.ROK, Status.ROPTPARNOTALLWD)
