"""Exchange: several requests at a time, and answers that come in any order, or never."""

from collections.abc import Iterator
from itertools import count

import pytest

from conformance.checks.smpp34.calls import RX, TRX, Smsc
from conformance.drivers.smpp import Link
from conformance.drivers.smpp_frames import Delivered, delivered
from conformance.drivers.smpp_pdus import DELIVER_SM, ENQUIRE_LINK, SUBMIT_SM
from conformance.drivers.smpp_statuses import Status
from conformance.requirement import requirement
from conformance.verify import verify

WINDOW = 10


@requirement("smpp34/exchange/asynchronous")
def test_requests_need_not_wait_for_each_other(smsc: Smsc) -> None:
    link = smsc.bound()
    smsc.place.spend(2, 0)
    requests = [(ENQUIRE_LINK, b""), (SUBMIT_SM, smsc.letter().body)] * 2

    asked = [link.say(command, body) for command, body in requests]

    verify([link.answer(sequence).status for sequence in asked]).equals([Status.ROK] * 4)


@requirement("smpp34/exchange/window")
def test_ten_requests_may_be_outstanding(smsc: Smsc) -> None:
    link = smsc.bound()
    smsc.place.spend(WINDOW, 0)
    letters = [smsc.letter().body for _ in range(WINDOW)]

    asked = [link.say(SUBMIT_SM, letter) for letter in letters]

    verify([link.answer(sequence).status for sequence in asked]).equals([Status.ROK] * WINDOW)


@requirement("smpp34/exchange/window-smsc")
def test_one_delivery_does_not_wait_for_the_answer_to_another(smsc: Smsc) -> None:
    link = smsc.bound()

    first, second = _unanswered(smsc, link, 2)

    verify(first.frame.sequence).holds(lambda one: one != second.frame.sequence, "another number each")


@requirement("smpp34/exchange/any-order")
def test_deliveries_may_be_answered_in_any_order(smsc: Smsc) -> None:
    link = smsc.bound()
    told = _unanswered(smsc, link, 3)

    for one in reversed(told):
        link.accept(one)
    verify(link.ask(ENQUIRE_LINK).status).equals(Status.ROK)
    link.close()

    again = smsc.bound()
    last = smsc.submit(again, registered=1)
    smsc.arrive()
    came = [found.message_id for found in _up_to(smsc, again, last)]
    verify(came).holds(lambda ids: not {one.message_id for one in told} & set(ids), "none of them once more")


@requirement("smpp34/exchange/response-timer")
def test_a_delivery_that_is_not_answered_comes_again(smsc: Smsc) -> None:
    patience = smsc.timed(300, response=0.2)
    link = smsc.bound()
    (told,) = _unanswered(smsc, link, 1)

    again = (delivered(link.request(DELIVER_SM, patience=patience)) for _ in count())

    _comes(told, again)


@requirement("smpp34/exchange/lost-with-session")
@pytest.mark.parametrize("command", [RX, TRX], ids=["receiver", "transceiver"])
def test_what_a_broken_session_did_not_answer_is_delivered_again(smsc: Smsc, command: int) -> None:
    link = smsc.bound(TRX)
    (told,) = _unanswered(smsc, link, 1)

    link.close()

    another = smsc.bound(command)
    _comes(told, (another.deliver(patience=smsc.patience) for _ in count()))


def _comes(told: Delivered, again: Iterator[Delivered]) -> None:
    """It has to be among these; Unanswered ends the search, and the check."""
    assert any(one.message == told.message for one in again)


def _up_to(smsc: Smsc, link: Link, message_id: str) -> list[Delivered]:
    """What is delivered until the receipt of a message comes, answered."""
    came = [link.deliver(patience=smsc.patience)]
    while came[-1].message_id != message_id:
        came.append(link.deliver(patience=smsc.patience))
    return came


def _unanswered(smsc: Smsc, link: Link, count: int) -> list[Delivered]:
    """So many receipts that wait for an answer; Blocked where not even one comes."""
    for _ in range(count):
        smsc.submit(link, registered=1)
    smsc.arrive()
    first = smsc.owed(link)
    others = (link.request(DELIVER_SM, patience=smsc.patience) for _ in range(count - 1))
    return [first, *map(delivered, others)]
