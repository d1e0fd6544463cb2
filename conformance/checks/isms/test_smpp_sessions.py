"""SMPP: what the page leaves open about sessions, windows and timers.

Timers of sessions go by the wall even where the clock is ours: what takes a minute is seen not to come at
once, and to come in its time where the target file allows to wait so long.
"""

import time
from collections import Counter

import pytest

from conformance.checks.isms.bursts import burst
from conformance.checks.smpp34.calls import TX, Smsc
from conformance.checks.smpp34.reports import FINAL, is_about, receipt
from conformance.clock import Clock
from conformance.drivers.http import Unanswered
from conformance.drivers.smpp import Link
from conformance.drivers.smpp_frames import Delivered, Reader, delivered
from conformance.drivers.smpp_pdus import DELIVER_SM, ENQUIRE_LINK
from conformance.drivers.smpp_statuses import Status
from conformance.requirement import requirement
from conformance.verify import verify

WINDOW = 500

SESSION_INIT, RESPONSE, SILENCE, RETRY = 30, 30, 60, 60
"""Seconds."""

SLACK = 5
ARRIVED = 20
"""Seconds in which messages have arrived, and what is not answered has not come again."""

AT_ONCE = 0.3
"""Seconds in which nothing comes that has half a minute or more to come."""


def came(link: Link) -> list[Delivered]:
    """What has been delivered by now, and was not answered."""
    return [delivered(frame) for frame in link.said() if frame.command == DELIVER_SM]


def due(smsc: Smsc, seconds: float) -> bool:
    """Whether so long may be waited for what has to come by then."""
    return smsc.place.target.longest >= seconds + SLACK


def comes(link: Link, message_id: str, patience: float) -> bool:
    """Whether a deliver_sm about the message comes in time, not to be answered; others are."""
    until, found = time.monotonic() + patience, False
    try:
        while not found:
            one = delivered(link.request(DELIVER_SM, patience=until - time.monotonic()))
            found = is_about(one, message_id)
            if not found:
                link.accept(one)
    except Unanswered:
        pass
    return found


# Binds


@requirement("isms/smpp/system-id")
def test_the_smsc_has_a_name(smsc: Smsc) -> None:
    """In the answer to a bind."""
    verify(Reader(smsc.bind(smsc.link()).body).string(16)).equals("isms")


@requirement("isms/smpp/bind-refusal")
def test_an_unknown_name_and_a_wrong_password_are_told_apart(smsc: Smsc) -> None:
    """Each by a status of its own."""
    stranger = smsc.system_id().replace(smsc.place.login("isms").username, "nobody", 1)

    verify(smsc.bind(smsc.link(), system_id=stranger).status).equals(Status.RINVSYSID)
    verify(smsc.bind(smsc.link(), password="wrong").status).equals(Status.RINVPASWD)


@requirement("isms/smpp/binds")
def test_an_account_may_have_many_sessions(smsc: Smsc) -> None:
    """Ten at the same time."""
    answers = [smsc.bind(smsc.link()).status for _ in range(10)]

    verify(answers).equals([Status.ROK] * 10)


# Windows


@requirement("isms/smpp/window")
def test_many_requests_may_come_at_a_time(smsc: Smsc) -> None:
    """Fifty submits in one write."""
    verify(burst(smsc, smsc.bound(), 50)).equals(Counter({Status.ROK: 50}))


@requirement("isms/smpp/deliver-window")
def test_five_hundred_receipts_come_before_one_is_answered(smsc: Smsc, clock: Clock) -> None:
    """Of 501; the last comes after answers."""
    link = smsc.bound()
    verify(burst(smsc, link, WINDOW + 1, registered=FINAL)).equals(Counter({Status.ROK: WINDOW + 1}))
    clock.advance(ARRIVED)
    found = came(link)
    verify(len(found)).equals(WINDOW)

    for one in found:
        link.accept(one)
    link.deliver()


@requirement("isms/smpp/queue")
def test_messages_are_taken_though_a_receipt_waits(smsc: Smsc) -> None:
    """One, of which nobody has been told: 99,999 more would fit."""
    link = smsc.bound(TX)
    smsc.submit(link, registered=FINAL)
    smsc.arrive()

    verify(smsc.answer(link).status).equals(Status.ROK)


# Timers


@requirement("isms/smpp/session-init")
def test_who_was_refused_may_try_again_for_a_while(smsc: Smsc) -> None:
    """The connection is not closed at once, but half a minute after it began."""
    link = smsc.link()
    verify(smsc.bind(link, password="wrong").status).holds(bool, "a status that refuses")

    verify(link.is_closed(AT_ONCE)).equals(False)
    if due(smsc, SESSION_INIT):
        verify(link.is_closed(SESSION_INIT + SLACK)).equals(True)


@requirement("isms/smpp/enquire-link")
def test_a_silent_session_is_asked_after_a_minute(smsc: Smsc) -> None:
    """And not at once."""
    link = smsc.bound()

    with pytest.raises(Unanswered):
        link.request(ENQUIRE_LINK, patience=AT_ONCE)
    if due(smsc, SILENCE):
        link.request(ENQUIRE_LINK, patience=SILENCE + SLACK)


@requirement("isms/smpp/response")
def test_what_was_not_answered_comes_again_after_half_a_minute(smsc: Smsc) -> None:
    """And who answers no enquire_link is parted from."""
    link = smsc.bound()
    message_id = smsc.submit(link, registered=FINAL)
    smsc.arrive()
    verify(comes(link, message_id, smsc.patience)).equals(True)

    verify(comes(link, message_id, AT_ONCE)).equals(False)
    if due(smsc, RESPONSE):
        verify(comes(link, message_id, RESPONSE + SLACK)).equals(True)
    if due(smsc, SILENCE + RESPONSE):
        verify(link.is_closed(SILENCE + RESPONSE + SLACK)).equals(True)


@requirement("isms/smpp/retry")
def test_what_was_refused_for_a_while_comes_again_after_a_minute(smsc: Smsc, clock: Clock) -> None:
    """Not earlier."""
    link = smsc.bound()
    message_id = smsc.submit(link, registered=FINAL)
    receipt(smsc, link, message_id, status=Status.RX_T_APPN)

    told = []
    for seconds in (0, RETRY - SLACK, 2 * SLACK):
        clock.advance(seconds)
        told.append(sum(is_about(one, message_id) for one in came(link)))
    verify(told).equals([0, 0, 1])
