"""Receipts: for what they are sent, to whom, and how often."""

import pytest

from conformance.blocked import Blocked
from conformance.checks.smpp34.calls import RX, TX, Smsc
from conformance.checks.smpp34.reports import (
    FAILURES,
    FINAL,
    INTERMEDIATE,
    KINDS,
    ON_THE_WAY,
    RECEIPT,
    RESERVED,
    is_about,
    receipt,
    reported,
    said_of,
)
from conformance.drivers.smpp_pdus import ENQUIRE_LINK
from conformance.drivers.smpp_statuses import Status
from conformance.requirement import requirement
from conformance.verify import verify

AGAIN = 120
"""Seconds within which what was refused for a while is sent again, where the clock is ours."""


# For what


@requirement("smpp34/receipts/none")
def test_no_receipt_unasked(smsc: Smsc) -> None:
    """Though one submitted later has its own."""
    link = smsc.bound()
    message_id = smsc.submit(link, registered=0)

    verify(said_of(smsc, link, message_id)).equals([])


@requirement("smpp34/receipts/final")
def test_success_is_told(smsc: Smsc) -> None:
    """To who asked for every outcome."""
    link = smsc.bound()
    message_id = smsc.submit(link, registered=FINAL)

    verify(is_about(receipt(smsc, link, message_id), message_id)).equals(True)


@requirement("smpp34/receipts/final")
def test_failure_is_told(smsc: Smsc) -> None:
    """To who asked for every outcome."""
    link = smsc.bound()
    message_id = smsc.submit(link, registered=FINAL, destination=smsc.fated("fails"))

    verify(is_about(receipt(smsc, link, message_id), message_id)).equals(True)


@requirement("smpp34/receipts/failure-only")
def test_success_is_not_told_to_who_asked_for_failures(smsc: Smsc) -> None:
    """Though one submitted later has its receipt."""
    link = smsc.bound()
    message_id = smsc.submit(link, registered=FAILURES)

    verify(said_of(smsc, link, message_id)).equals([])


@requirement("smpp34/receipts/failure-only-fails")
def test_failure_is_told_to_who_asked_for_failures(smsc: Smsc) -> None:
    link = smsc.bound()
    message_id = smsc.submit(link, registered=FAILURES, destination=smsc.fated("fails"))

    verify(is_about(receipt(smsc, link, message_id), message_id)).equals(True)


@requirement("smpp34/receipts/reserved")
def test_a_reserved_wish_is_refused_or_has_no_receipt(smsc: Smsc) -> None:
    """registered_delivery 3."""
    link = smsc.bound()
    answer = smsc.answer(link, smsc.letter(registered=RESERVED))

    verify(answer.status).is_one_of(Status.RINVREGDLVFLG, Status.ROK)
    if answer.status == Status.ROK:
        verify(said_of(smsc, link, answer.message_id)).equals([])


@requirement("smpp34/receipts/intermediate")
def test_what_is_told_on_the_way_says_so(smsc: Smsc) -> None:
    """Blocked where nothing is told before the outcome."""
    link = smsc.bound()
    message_id = smsc.submit(link, registered=FINAL | ON_THE_WAY)

    kinds = [one.esm_class & KINDS for one in said_of(smsc, link, message_id)]
    before = [hex(kind) for kind in kinds if kind != RECEIPT]
    if kinds and not before:
        raise Blocked("needs an intermediate notification; the target sends none")
    verify(before).equals([hex(INTERMEDIATE)])


# As what


@requirement("smpp34/receipts/deliver-sm")
def test_a_receipt_says_that_it_is_one(smsc: Smsc) -> None:
    """Among all that is said of a message."""
    link = smsc.bound()
    message_id = smsc.submit(link, registered=FINAL)

    kinds = [hex(one.esm_class & KINDS) for one in said_of(smsc, link, message_id)]
    verify(kinds).holds(bool, "a deliver_sm about the message")
    verify(set(kinds)).equals({hex(RECEIPT)})


@requirement("smpp34/receipts/addresses")
@pytest.mark.parametrize("source", ["smslab", "306900000001"], ids=["name", "number"])
def test_a_receipt_goes_the_way_back(smsc: Smsc, source: str) -> None:
    """From whom the message went to, to whom it came from, however a number is written."""
    kind = (5, 0) if source.isalpha() else (1, 1)
    letter = smsc.letter(registered=FINAL, source=source, source_ton=kind[0], source_npi=kind[1])
    found = reported(smsc, smsc.bound(), letter)

    way = (bare(found.receipt.source), bare(found.receipt.destination))
    verify(way).equals((bare(letter.destination), source))


def bare(address: str) -> str:
    """A number without what may stand before its country code."""
    return address.removeprefix("+").removeprefix("00")


# To whom, and how often


@requirement("smpp34/receipts/once")
def test_a_message_has_one_receipt(smsc: Smsc) -> None:
    """And no second one until a later message has its own."""
    link = smsc.bound()
    message_id = smsc.submit(link, registered=FINAL)

    verify(len(said_of(smsc, link, message_id))).equals(1)


@requirement("smpp34/receipts/any-receiver")
def test_a_receipt_goes_to_a_receiver_of_the_account(smsc: Smsc) -> None:
    """Who submitted cannot receive."""
    sender, receiver = smsc.bound(TX), smsc.bound(RX)
    message_id = smsc.submit(sender, registered=FINAL)

    verify(is_about(receipt(smsc, receiver, message_id), message_id)).equals(True)


@requirement("smpp34/receipts/kept")
def test_a_receipt_waits_for_somebody_to_be_bound(smsc: Smsc) -> None:
    """The message has arrived long before."""
    message_id = smsc.submit(smsc.bound(TX), registered=FINAL)
    smsc.arrive()

    verify(is_about(receipt(smsc, smsc.bound(RX), message_id), message_id)).equals(True)


@requirement("smpp34/receipts/answered-once")
def test_a_receipt_that_was_taken_does_not_come_again(smsc: Smsc) -> None:
    """Neither in this session nor in the next."""
    with smsc.bound() as link:
        message_id = smsc.submit(link, registered=FINAL)
        receipt(smsc, link, message_id)
        smsc.arrive(AGAIN)
        verify(said_of(smsc, link, message_id)).equals([])

    verify(said_of(smsc, smsc.bound(), message_id)).equals([])


@requirement("smpp34/receipts/temporary-refusal")
def test_a_receipt_that_was_refused_for_a_while_comes_again(smsc: Smsc) -> None:
    """Blocked where it takes longer than the target may take."""
    link = smsc.bound()
    message_id = smsc.submit(link, registered=FINAL)
    receipt(smsc, link, message_id, status=Status.RX_T_APPN)
    link.ask(ENQUIRE_LINK)  # by its answer the refusal has been heard

    smsc.arrive(AGAIN)
    verify(is_about(receipt(smsc, link, message_id), message_id)).equals(True)
