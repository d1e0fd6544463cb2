"""Receipts: what has become of a message (table B-2)."""

import pytest

from conformance.blocked import Blocked
from conformance.checks.smpp34.calls import Smsc
from conformance.checks.smpp34.reports import FINAL, reported, said_of
from conformance.drivers.smpp_operations import cancel
from conformance.drivers.smpp_pdus import CANCEL_SM
from conformance.drivers.smpp_statuses import Status
from conformance.drivers.smpp_times import relative
from conformance.requirement import requirement
from conformance.verify import verify

WORDS = {"DELIVRD", "EXPIRED", "DELETED", "UNDELIV", "ACCEPTD", "UNKNOWN", "REJECTD"}

HALF_A_MINUTE, AN_HOUR = relative(30), relative(3600)


def word(smsc: Smsc, outcome: str | None = None, validity: str = "") -> str:
    """What the receipt of a message says of its state."""
    destination = smsc.fated(outcome) if outcome else smsc.number()
    letter = smsc.letter(registered=FINAL, destination=destination, validity=validity)
    return reported(smsc, smsc.bound(), letter).parts["stat"]


@requirement("smpp34/receipts/states")
@pytest.mark.parametrize(
    ("outcome", "validity"),
    [(None, ""), ("fails", ""), ("expires", HALF_A_MINUTE), ("refused", ""), ("unroutable", "")],
    ids=["delivered", "failed", "expired", "refused", "unroutable"],
)
def test_a_state_is_one_of_the_appendix(smsc: Smsc, outcome: str | None, validity: str) -> None:
    """Whatever becomes of the message."""
    verify(word(smsc, outcome, validity)).holds(WORDS.__contains__, f"one of {', '.join(sorted(WORDS))}")


@requirement("smpp34/receipts/delivered")
def test_a_message_that_arrived_is_delivered(smsc: Smsc) -> None:
    verify(word(smsc)).equals("DELIVRD")


@requirement("smpp34/receipts/expired")
def test_a_message_that_outlived_its_validity_is_expired(smsc: Smsc) -> None:
    """Half a minute, for somebody who is not there."""
    verify(word(smsc, "expires", HALF_A_MINUTE)).equals("EXPIRED")


@requirement("smpp34/receipts/undeliverable")
@pytest.mark.parametrize("outcome", ["fails", "refused", "unroutable"])
def test_a_message_that_failed_is_undeliverable_or_rejected(smsc: Smsc, outcome: str) -> None:
    """On the handset, in the network, on the way there."""
    verify(word(smsc, outcome)).is_one_of("UNDELIV", "REJECTD")


@requirement("smpp34/receipts/deleted")
def test_a_message_that_was_cancelled_is_deleted(smsc: Smsc) -> None:
    """Blocked where it cannot be cancelled, or has no receipt."""
    link, destination = smsc.bound(), smsc.number()
    message_id = smsc.submit(link, registered=FINAL, schedule=AN_HOUR, destination=destination)
    if link.ask(CANCEL_SM, cancel(message_id, destination)).status != Status.ROK:
        raise Blocked("needs a message that can be cancelled; cancel_sm was refused")

    words = [one.receipt.get("stat", "") for one in said_of(smsc, link, message_id)]
    if not words:
        raise Blocked("needs the receipt of a cancelled message; the target sends none")
    verify(words).equals(["DELETED"])
