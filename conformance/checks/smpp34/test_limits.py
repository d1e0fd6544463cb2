"""Limits: how much is taken, and who bears the consequences of too much."""

import pytest

from conformance.checks.smpp34.calls import RX, TX, Smsc, goes_on
from conformance.checks.smpp34.messages import texts
from conformance.drivers.smpp import Link
from conformance.drivers.smpp_pdus import ENQUIRE_LINK, pdu
from conformance.drivers.smpp_statuses import Status
from conformance.requirement import requirement
from conformance.verify import verify

LIMIT = 3


@pytest.fixture
def limited(smsc: Smsc) -> Smsc:
    """An SMSC that lets the account send three messages a second; Blocked where nobody knows how many."""
    login = smsc.place.login("smpp34").username
    smsc.place.control.patch_account("isms", login, limits={"submits_per_second": LIMIT})
    return smsc


@requirement("smpp34/limits/throttled")
def test_whoever_sends_too_fast_is_throttled(limited: Smsc) -> None:
    link = limited.bound()

    statuses = [limited.answer(link).status for _ in range(LIMIT + 2)]

    verify(statuses).equals([Status.ROK] * LIMIT + [Status.RTHROTTLED] * 2)
    verify(len(texts(limited))).equals(LIMIT)


@requirement("smpp34/limits/throttled-passes")
def test_later_on_messages_are_taken_again(limited: Smsc) -> None:
    link = limited.bound()
    for _ in range(LIMIT + 1):
        limited.answer(link)

    limited.place.clock.advance(1)

    limited.submit(link)


@requirement("smpp34/limits/queue-full")
def test_where_no_more_can_be_kept_messages_are_refused(smsc: Smsc) -> None:
    smsc.switched(queue=LIMIT)
    link = smsc.bound(TX)
    for _ in range(LIMIT):
        smsc.submit(link, registered=1)
    smsc.arrive()

    answer = smsc.answer(link, smsc.letter(registered=1))

    verify(answer.status).equals(Status.RMSGQFUL)


@requirement("smpp34/limits/others-unharmed")
def test_sessions_that_misbehave_harm_no_other(smsc: Smsc) -> None:
    good, raving, flooding, deaf = smsc.bound(), smsc.link(), smsc.bound(), smsc.bound(RX)

    raving.send(bytes(range(255, -1, -1)) * 16)
    flooding.send(b"".join(pdu(ENQUIRE_LINK, sequence=number) for number in range(1, 2001)))
    deaf.send(pdu(ENQUIRE_LINK)[:9])

    goes_on(good)
    smsc.submit(good)
    _is_answered(flooding)


def _is_answered(flooding: Link) -> None:
    """Even a flood is, to its end."""
    verify(flooding.answer(2000).status).is_one_of(Status.ROK, Status.RTHROTTLED)
