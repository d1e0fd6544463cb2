"""data_sm: the shorter way to submit."""

from typing import Any

import pytest

from conformance.checks.smpp34.calls import Smsc
from conformance.checks.smpp34.messages import arrives
from conformance.checks.smpp34.reports import receipt
from conformance.drivers.smpp import Link
from conformance.drivers.smpp_frames import Frame
from conformance.drivers.smpp_operations import Whose, data
from conformance.drivers.smpp_pdus import ANSWER, DATA_SM
from conformance.drivers.smpp_statuses import Status
from conformance.requirement import requirement
from conformance.verify import verify

LONG = "1234567890" * 6 + "1234"
"""As many characters as an address of data_sm has room for."""


def sent(smsc: Smsc, link: Link, message: bytes | None = b"Hello", **fields: Any) -> Frame:
    """The answer to a data_sm."""
    body = data(fields.pop("destination", None) or smsc.number(), message, **fields)
    return smsc.ask(link, DATA_SM, body)


@requirement("smpp34/data/accepted")
def test_a_message_is_taken_and_gets_a_name(smsc: Smsc) -> None:
    """In the answer of its own command, with status 0."""
    answer = sent(smsc, smsc.bound())

    verify((hex(answer.command), answer.status)).equals((hex(DATA_SM | ANSWER), Status.ROK))
    verify(answer.message_id).holds(bool, "a message_id that is not empty")


@requirement("smpp34/data/arrives")
def test_a_message_arrives_with_its_text(smsc: Smsc) -> None:
    """From message_payload."""
    link = smsc.bound()
    answer = sent(smsc, link, b"Here at last", registered=1)

    verify(answer.status).equals(Status.ROK)
    arrives(smsc, link, answer.message_id, "Here at last")


@requirement("smpp34/data/coding")
def test_a_text_arrives_in_its_alphabet(smsc: Smsc) -> None:
    """In UCS-2, as in a submit_sm."""
    link = smsc.bound()
    answer = sent(smsc, link, "Καλημέρα".encode("utf-16-be"), coding=8, registered=1)

    verify(answer.status).equals(Status.ROK)
    arrives(smsc, link, answer.message_id, "Καλημέρα")


@requirement("smpp34/data/no-payload")
def test_a_message_without_a_text_is_answered(smsc: Smsc) -> None:
    """Taken, or refused by whatever status; and the next one is taken."""
    link = smsc.bound()
    answer = sent(smsc, link, None)

    verify(hex(answer.command)).equals(hex(DATA_SM | ANSWER))
    verify(sent(smsc, link).status).equals(Status.ROK)


@requirement("smpp34/data/receipt")
def test_a_message_has_a_receipt_if_it_asks_for_one(smsc: Smsc) -> None:
    """Under the name that the answer gave."""
    link = smsc.bound()
    answer = sent(smsc, link, registered=1)

    verify(answer.status).equals(Status.ROK)
    verify(receipt(smsc, link, answer.message_id).is_receipt).equals(True)


@requirement("smpp34/data/long-address")
@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"whose": Whose(ton=1, npi=1, address=LONG)}, Status.RINVSRCADR),
        ({"destination": LONG}, Status.RINVDSTADR),
    ],
    ids=["source", "destination"],
)
def test_an_address_may_have_64_characters(smsc: Smsc, fields: dict[str, Any], refusal: Status) -> None:
    """Nobody need have it; yet it is no fault of the PDU."""
    link = smsc.bound()
    answer = sent(smsc, link, **fields)

    verify(hex(answer.command)).equals(hex(DATA_SM | ANSWER))
    verify(answer.status).is_one_of(Status.ROK, refusal)
    verify(sent(smsc, link).status).equals(Status.ROK)
