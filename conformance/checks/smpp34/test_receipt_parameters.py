"""Receipts: what they say to programs (table 4-14)."""

import pytest

from conformance.blocked import Blocked
from conformance.checks.smpp34.calls import Smsc
from conformance.checks.smpp34.reports import FINAL, Reported, reported
from conformance.drivers.smpp_pdus import (
    MESSAGE_STATE,
    NETWORK_ERROR_CODE,
    RECEIPTED_MESSAGE_ID,
    USER_MESSAGE_REFERENCE,
    parameter,
)
from conformance.requirement import requirement
from conformance.verify import verify

NETWORKS = range(1, 4)
"""ANSI-136, IS-95, GSM (5.3.2.31)."""

STATES = {
    "ENROUTE": 1, "DELIVRD": 2, "EXPIRED": 3, "DELETED": 4, "UNDELIV": 5, "ACCEPTD": 6, "UNKNOWN": 7,
    "REJECTD": 8,
}  # fmt: skip
"""message_state (5.2.28) by the words of the text (table B-2)."""


@pytest.fixture(params=[None, "fails"], ids=["delivered", "failed"])
def ended(smsc: Smsc, request: pytest.FixtureRequest) -> Reported:
    """A message that has come to an end, good or bad, and its receipt."""
    given = {} if request.param is None else {"destination": smsc.fated(request.param)}
    return reported(smsc, smsc.bound(), smsc.letter(registered=FINAL, **given))


@requirement("smpp34/receipts/receipted-message-id")
def test_a_parameter_names_the_message(smsc: Smsc) -> None:
    """As the answer to submit_sm did, with the NUL of a C-octet string."""
    found = reported(smsc, smsc.bound())

    named = found.receipt.parameters.get(RECEIPTED_MESSAGE_ID)
    verify(named).equals(found.message_id.encode("latin-1") + b"\0")


@requirement("smpp34/receipts/message-state")
def test_a_parameter_tells_the_state_of_the_text(ended: Reported) -> None:
    """For a message that arrived, and one that did not."""
    word = ended.parts["stat"].upper()
    verify(word).is_one_of(*STATES)

    verify(ended.receipt.parameters.get(MESSAGE_STATE)).equals(bytes((STATES[word],)))


@requirement("smpp34/receipts/network-error-code")
def test_a_failure_names_the_network_and_its_code(smsc: Smsc) -> None:
    """Blocked where the receipt says nothing of it."""
    found = reported(smsc, smsc.bound(), smsc.letter(registered=FINAL, destination=smsc.fated("fails")))

    code = found.receipt.parameters.get(NETWORK_ERROR_CODE)
    if code is None:
        raise Blocked("needs a network_error_code; the receipt of a failure has none")
    verify((len(code), code[0])).holds(
        lambda told: told[0] == 3 and told[1] in NETWORKS, "three octets, the first of them 1 to 3"
    )


@requirement("smpp34/receipts/user-message-reference")
def test_a_receipt_repeats_the_reference_of_its_message(smsc: Smsc) -> None:
    """Two octets that the ESME chose."""
    own = b"\x12\x34"
    letter = smsc.letter(registered=FINAL, parameters=parameter(USER_MESSAGE_REFERENCE, own))

    verify(reported(smsc, smsc.bound(), letter).receipt.parameters.get(USER_MESSAGE_REFERENCE)).equals(own)
