"""Receipts: what they say to people (appendix B), and what the fields around the text say."""

import pytest

from conformance.checks.smpp34.calls import Smsc
from conformance.checks.smpp34.messages import EXCERPT
from conformance.checks.smpp34.reports import FINAL, Reported, moment, reported
from conformance.requirement import requirement
from conformance.verify import verify

LONG = "Nobody expects a receipt to repeat all of this"

ACKNOWLEDGED = 0x0F
"""The bits of registered_delivery that ask for something in return (5.2.17)."""

LATIN = (0x00, 0x01, 0x03)
"""data_coding of alphabets in which ASCII is what it is everywhere: the default one, IA5, Latin 1."""


@pytest.fixture
def arrived(smsc: Smsc) -> Reported:
    """A message that was delivered, and its receipt."""
    return reported(smsc, smsc.bound())


@requirement("smpp34/receipts/text")
def test_a_receipt_has_the_form_of_the_appendix(arrived: Reported) -> None:
    """All eight parts in their order."""
    verify(arrived.receipt.text).holds(lambda _: bool(arrived.receipt.receipt), "the form of appendix B")


@requirement("smpp34/receipts/message-id")
def test_a_receipt_names_its_message(arrived: Reported) -> None:
    """As the answer to submit_sm did, in the parameter or, without one, in the text."""
    verify(arrived.receipt.message_id).equals(arrived.message_id)


@requirement("smpp34/receipts/id-text")
def test_the_text_of_a_receipt_names_its_message(arrived: Reported) -> None:
    """As the answer to submit_sm did."""
    verify(arrived.parts["id"]).equals(arrived.message_id)


@requirement("smpp34/receipts/counts")
def test_as_many_were_delivered_as_were_submitted(arrived: Reported) -> None:
    """In three digits each; what they count matters for many recipients only."""
    verify(arrived.parts["sub"]).matches("[0-9]{3}")
    verify(arrived.parts["dlvrd"]).equals(arrived.parts["sub"])


@requirement("smpp34/receipts/dates")
def test_a_message_is_done_after_it_was_submitted(arrived: Reported) -> None:
    """By dates of ten digits."""
    submitted, done = moment(arrived.parts["submit"]), moment(arrived.parts["done"])

    verify(done).holds(lambda found: found >= submitted, f"not before {submitted}")


@requirement("smpp34/receipts/excerpt")
def test_a_receipt_repeats_how_its_message_began(smsc: Smsc) -> None:
    """Twenty characters at most, of a text that is longer."""
    found = reported(smsc, smsc.bound(), smsc.letter(LONG, registered=FINAL))

    verify(found.parts["text"].rstrip()).holds(
        LONG[:EXCERPT].startswith, f"the beginning of {LONG[:EXCERPT]!r}"
    )


@requirement("smpp34/receipts/err")
def test_nothing_went_wrong_with_what_arrived(arrived: Reported) -> None:
    """By the code of the network."""
    verify(arrived.parts["err"]).matches("0{1,3}")


@requirement("smpp34/receipts/coding")
def test_a_receipt_can_be_read_by_anybody(arrived: Reported) -> None:
    """ASCII in the default alphabet."""
    verify(arrived.receipt.coding).is_one_of(*LATIN)
    verify(arrived.receipt.text).holds(
        lambda text: text.isascii() and text.decode("ascii").isprintable(), "printable ASCII"
    )


@requirement("smpp34/receipts/null-fields")
def test_what_a_delivery_has_no_use_for_is_empty(arrived: Reported) -> None:
    """Times, replace_if_present_flag, sm_default_msg_id."""
    found = arrived.receipt

    verify((found.schedule, found.validity)).equals(("", ""))
    verify((found.replace, found.default_message)).equals((0, 0))


@requirement("smpp34/receipts/unasked-receipt")
def test_a_receipt_asks_for_none_itself(arrived: Reported) -> None:
    """Of none of the kinds that there are."""
    verify(arrived.receipt.registered & ACKNOWLEDGED).equals(0)
