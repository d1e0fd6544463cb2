"""SMPP: what the page leaves open about submits and receipts."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from conformance.checks.isms.calls import state
from conformance.checks.smpp34.calls import Smsc
from conformance.checks.smpp34.reports import FINAL, reported, said_of
from conformance.control import Control
from conformance.drivers.isms import IsmsDriver
from conformance.drivers.smpp_pdus import (
    ANSWER,
    DELIVER_SM,
    MESSAGE_STATE,
    RECEIPTED_MESSAGE_ID,
    SUBMIT_SM,
)
from conformance.drivers.smpp_statuses import Status
from conformance.requirement import requirement
from conformance.tape import Tape
from conformance.verify import verify

SERVICES = ("", "CMT", "CPT", "VMN", "VMA", "WAP", "USSD")

RESERVED = {
    "source_ton": (7, Status.RINVSRCTON),
    "source_npi": (2, Status.RINVSRCNPI),
    "dest_ton": (7, Status.RINVDSTTON),
    "dest_npi": (2, Status.RINVDSTNPI),
    "priority": (4, Status.RINVPRTFLG),
    "registered": (3, Status.RINVREGDLVFLG),
    "replace": (2, Status.RINVREPFLAG),
}
"""Fields, a value that the specification has no meaning for, and what says so."""


# Submits


@requirement("isms/smpp/no-credit")
def test_what_cannot_be_paid_is_refused(smsc: Smsc) -> None:
    """For an account that has nothing."""
    verify(smsc.answer(smsc.bound(role="empty")).status).equals(Status.RSUBMITFAIL)


@requirement("isms/smpp/default-source")
def test_who_says_no_sender_is_the_gateway(smsc: Smsc) -> None:
    """As the receipt has it."""
    letter = smsc.letter(registered=FINAL, source="", source_ton=0)

    verify(reported(smsc, smsc.bound(), letter).receipt.destination).equals("iSMS")


@requirement("isms/smpp/service-types")
def test_the_services_of_the_specification_are_taken(smsc: Smsc) -> None:
    """And no others."""
    link = smsc.bound()
    taken = [smsc.answer(link, smsc.letter(service_type=one)).status for one in SERVICES]

    verify(taken).equals([Status.ROK] * len(SERVICES))
    verify(smsc.answer(link, smsc.letter(service_type="FAX")).status).equals(Status.RINVSERTYP)


@requirement("isms/smpp/reserved")
def test_what_is_reserved_is_refused(smsc: Smsc) -> None:
    """Field by field, by the status that is its own."""
    link = smsc.bound()
    given: dict[str, dict[str, Any]] = {name: {name: value} for name, (value, _) in RESERVED.items()}

    refused = {name: smsc.answer(link, smsc.letter(**fields)).status for name, fields in given.items()}
    verify(refused).equals({name: status for name, (_, status) in RESERVED.items()})


@requirement("isms/smpp/message-id")
def test_a_message_id_is_an_identifier_of_send(smsc: Smsc, isms: IsmsDriver) -> None:
    """query.php finds the message by it."""
    mobile = smsc.number()
    message_id = smsc.submit(smsc.bound(), destination=mobile)

    verify(state(isms, message_id, mobile)).is_one_of("Queued", "Pending", "Delivered")


# Receipts


@requirement("isms/smpp/receipt-id")
def test_a_receipt_spells_the_message_id_as_the_answer_did(smsc: Smsc) -> None:
    """Wherever it does."""
    found = reported(smsc, smsc.bound())
    named = found.receipt.parameters.get(RECEIPTED_MESSAGE_ID, b"").rstrip(b"\0").decode("ascii")

    verify({named, found.receipt.receipt.get("id", "")} - {""}).equals({found.message_id})


@requirement("isms/smpp/receipt-form")
def test_a_receipt_has_a_text_and_parameters(smsc: Smsc) -> None:
    """For people and for programs."""
    found = reported(smsc, smsc.bound()).receipt

    verify(found.message).holds(lambda _: bool(found.receipt), "a text in the form of appendix B")
    verify({RECEIPTED_MESSAGE_ID, MESSAGE_STATE} - found.parameters.keys()).equals(set())


@requirement("isms/smpp/receipt-dates")
@pytest.mark.parametrize("day", ["2026-07-01", "2026-12-01"], ids=["summer", "winter"])
def test_a_receipt_is_dated_in_athens(smsc: Smsc, control: Control, day: str) -> None:
    """To the minute, in summer and in winter: delivered three seconds after it was submitted."""
    now = datetime.fromisoformat(f"{day}T22:30:58+00:00").astimezone(ZoneInfo("Europe/Athens"))
    control.set_clock(now=now)
    parts = reported(smsc, smsc.bound()).parts

    done = now + timedelta(seconds=3)
    verify((parts["submit"], parts["done"])).equals((f"{now:%y%m%d%H%M}", f"{done:%y%m%d%H%M}"))


@requirement("isms/smpp/receipts-once")
def test_a_receipt_is_sent_once(smsc: Smsc) -> None:
    """And not again before that of a later message."""
    link = smsc.bound()

    verify(len(said_of(smsc, link, smsc.submit(link, registered=FINAL)))).equals(1)


@requirement("isms/smpp/receipts-after")
@pytest.mark.parametrize("ending", [None, "9008"], ids=["ordinary", "at once"])
def test_a_receipt_comes_after_the_answer(smsc: Smsc, tape: Tape, ending: str | None) -> None:
    """However early the message arrives."""
    (destination,) = smsc.place.numbers(1, ending)
    reported(smsc, smsc.bound(), smsc.letter(registered=FINAL, destination=destination))

    heard = [int.from_bytes(one.response[4:8], "big") for one in tape.exchanges if one.surface == "smpp"]
    order = [command for command in heard if command in (SUBMIT_SM | ANSWER, DELIVER_SM)]
    verify(list(map(hex, order))).equals([hex(SUBMIT_SM | ANSWER), hex(DELIVER_SM)])
