"""Receipts: what has become of a message (table B-2)."""

import pytest

from conformance.blocked import Blocked
from conformance.checks.smpp34.calls import Smsc
from conformance.checks.smpp34.reports import FINAL, fated, reported, told
from conformance.drivers.smpp_operations import cancel
from conformance.drivers.smpp_pdus import CANCEL_SM
from conformance.drivers.smpp_statuses import Status
from conformance.drivers.smpp_times import relative
from conformance.requirement import requirement
from conformance.verify import verify

WORDS = {"DELIVRD", "EXPIRED", "DELETED", "UNDELIV", "ACCEPTD", "UNKNOWN", "REJECTD"}

HALF_A_MINUTE, AN_HOUR = relative(30), relative(3600)


def word(smsc: Smsc, ending: str | None = None, validity: str = "") -> str:
    """What the receipt of a message says of its state."""
    destination = fated(smsc, ending) if ending else smsc.number()
    letter = smsc.letter(registered=FINAL, destination=destination, validity=validity)
    return reported(smsc, smsc.bound(), letter).parts["stat"]


@requirement("smpp34/receipts/states")
@pytest.mark.parametrize(
    ("ending", "validity"),
    [(None, ""), ("9001", ""), ("9002", HALF_A_MINUTE), ("9003", ""), ("9006", "")],
    ids=["delivered", "failed", "expired", "refused", "unroutable"],
)
def test_a_state_is_one_of_the_appendix(smsc: Smsc, ending: str | None, validity: str) -> None:
    """Whatever becomes of the message."""
    verify(word(smsc, ending, validity)).holds(WORDS.__contains__, f"one of {', '.join(sorted(WORDS))}")


@requirement("smpp34/receipts/delivered")
def test_a_message_that_arrived_is_delivered(smsc: Smsc) -> None:
    verify(word(smsc)).equals("DELIVRD")


@requirement("smpp34/receipts/expired")
def test_a_message_that_outlived_its_validity_is_expired(smsc: Smsc) -> None:
    """Half a minute, for somebody who is not there."""
    verify(word(smsc, "9002", HALF_A_MINUTE)).equals("EXPIRED")


@requirement("smpp34/receipts/undeliverable")
@pytest.mark.parametrize("ending", ["9001", "9003", "9006"], ids=["failed", "refused", "unroutable"])
def test_a_message_that_failed_is_undeliverable_or_rejected(smsc: Smsc, ending: str) -> None:
    """On the handset, in the network, on the way there."""
    verify(word(smsc, ending)).is_one_of("UNDELIV", "REJECTD")


@requirement("smpp34/receipts/deleted")
def test_a_message_that_was_cancelled_is_deleted(smsc: Smsc) -> None:
    """Blocked where it cannot be cancelled, or has no receipt."""
    link, destination = smsc.bound(), smsc.number()
    message_id = smsc.submit(link, registered=FINAL, schedule=AN_HOUR, destination=destination)
    if link.ask(CANCEL_SM, cancel(message_id, destination)).status != Status.ROK:
        raise Blocked("needs a message that can be cancelled; cancel_sm was refused")

    words = [one.receipt.get("stat", "") for one in told(smsc, link, message_id)]
    if not words:
        raise Blocked("needs the receipt of a cancelled message; the target sends none")
    verify(words).equals(["DELETED"])
