"""States: what may be said in which (table 2-1)."""

import pytest

from conformance.checks.smpp34.calls import RX, TRX, TX, Smsc, every_bind, goes_on, reaction, refuses
from conformance.checks.smpp34.requests import request
from conformance.drivers.smpp import Link
from conformance.drivers.smpp_pdus import (
    ALERT_NOTIFICATION,
    ANSWER,
    DELIVER_SM,
    ENQUIRE_LINK,
    GENERIC_NACK,
    UNBIND,
    pdu,
    string,
)
from conformance.drivers.smpp_statuses import Status
from conformance.requirement import requirement
from conformance.verify import verify


@requirement("smpp34/states/tx-no-deliver")
def test_a_transmitter_is_told_nothing(smsc: Smsc) -> None:
    sender, receiver = smsc.bound(TX), smsc.bound(RX)

    told = smsc.told(receiver, by=sender)

    verify(told.is_receipt).equals(True)
    verify([hex(frame.command) for frame in sender.said() if frame.command == DELIVER_SM]).equals([])


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("submit_sm", marks=requirement("smpp34/states/rx-no-submit")),
        pytest.param("submit_multi", marks=requirement("smpp34/states/rx-no-multi")),
        pytest.param("query_sm", marks=requirement("smpp34/states/rx-no-query")),
        pytest.param("cancel_sm", marks=requirement("smpp34/states/rx-no-cancel")),
        pytest.param("replace_sm", marks=requirement("smpp34/states/rx-no-replace")),
    ],
)
def test_a_receiver_may_not_ask_this(smsc: Smsc, name: str) -> None:
    command, body = request(smsc, name)

    answer = smsc.ask(smsc.bound(RX), command, body)

    refuses(answer, command, Status.RINVBNDSTS, Status.RINVCMDID)


@requirement("smpp34/states/rx-data")
def test_a_receiver_may_send_data(smsc: Smsc) -> None:
    command, body = request(smsc, "data_sm")

    answer = smsc.ask(smsc.bound(RX), command, body)

    verify((hex(answer.command), answer.status)).equals((hex(command | ANSWER), Status.ROK))


@requirement("smpp34/states/open-no-others")
@pytest.mark.parametrize("name", ["submit_multi", "data_sm", "query_sm", "cancel_sm", "replace_sm"])
def test_before_a_bind_nobody_may_ask_this(smsc: Smsc, name: str) -> None:
    command, body = request(smsc, name)

    answer = smsc.ask(smsc.link(), command, body)

    refuses(answer, command, Status.RINVBNDSTS, Status.RINVCMDID)


@requirement("smpp34/states/open-no-unbind")
def test_unbind_before_a_bind_is_refused_or_ends_the_session(smsc: Smsc) -> None:
    link = smsc.link()

    answer = reaction(link, pdu(UNBIND))

    if answer is None:
        return
    refuses(answer, UNBIND, Status.RINVBNDSTS, Status.ROK)
    verify(bool(answer.status) or link.is_closed()).equals(True)


@requirement("smpp34/states/open-enquire")
def test_enquire_link_before_a_bind_is_answered_or_out_of_place(smsc: Smsc) -> None:
    answer = smsc.link().ask(ENQUIRE_LINK)

    verify(hex(answer.command)).is_one_of(hex(ENQUIRE_LINK | ANSWER), hex(GENERIC_NACK))
    verify(answer.status).is_one_of(Status.ROK, Status.RINVBNDSTS)


@requirement("smpp34/states/bound-enquire")
@every_bind
def test_enquire_link_is_answered_in_every_bound_state(smsc: Smsc, command: int) -> None:
    answer = smsc.bound(command).ask(ENQUIRE_LINK)

    verify(hex(answer.command)).equals(hex(ENQUIRE_LINK | ANSWER))
    verify(answer.status).equals(Status.ROK)


@requirement("smpp34/states/deliver-from-esme")
@every_bind
def test_deliver_sm_of_an_esme_is_refused(smsc: Smsc, command: int) -> None:
    link = smsc.bound(command)

    answer = link.ask(DELIVER_SM, smsc.letter().body)

    refuses(answer, DELIVER_SM)
    goes_on(link)


@requirement("smpp34/states/alert-from-esme")
def test_alert_notification_of_an_esme_does_no_harm(smsc: Smsc) -> None:
    link = smsc.bound()

    link.say(ALERT_NOTIFICATION, bytes((1, 1)) + string("306900000000") + bytes((1, 1)) + string("54321"))

    _says_nothing_but_nacks(link)
    smsc.submit(link)


def _says_nothing_but_nacks(link: Link) -> None:
    answers = [frame.command for frame in link.said() if frame.command & ANSWER]
    verify([hex(command) for command in answers if command != GENERIC_NACK]).equals([])


@requirement("smpp34/states/trx-both")
def test_a_transceiver_sends_and_receives(smsc: Smsc) -> None:
    told = smsc.told(smsc.bound(TRX))

    verify(told.is_receipt).equals(True)
