"""Binds: who gets a session, and what it is told."""

import pytest

from conformance.checks.smpp34.calls import RX, TRX, TX, Smsc
from conformance.drivers.smpp_frames import Reader
from conformance.drivers.smpp_pdus import ANSWER, SUBMIT_SM
from conformance.drivers.smpp_statuses import Status
from conformance.verify import verify


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(TX, marks=pytest.mark.requirement("smpp34/bind/transmitter"), id="transmitter"),
        pytest.param(RX, marks=pytest.mark.requirement("smpp34/bind/receiver"), id="receiver"),
        pytest.param(TRX, marks=pytest.mark.requirement("smpp34/bind/transceiver"), id="transceiver"),
    ],
)
def test_the_right_name_and_password_bind(smsc: Smsc, command: int) -> None:
    answer = smsc.bind(smsc.link(), command)

    verify(hex(answer.command)).equals(hex(command | ANSWER))
    verify(answer.status).equals(Status.ROK)


@pytest.mark.requirement("smpp34/bind/system-id")
def test_the_answer_names_the_smsc(smsc: Smsc) -> None:
    answer = smsc.bind(smsc.link())

    name = Reader(answer.body).string(16)
    verify(name).holds(bool, "a system_id that is not empty")


@pytest.mark.requirement("smpp34/bind/wrong-password")
def test_a_wrong_password_is_refused(smsc: Smsc) -> None:
    answer = smsc.bind(smsc.link(), password="wrong")

    verify(answer.status).is_one_of(Status.RINVPASWD, Status.RBINDFAIL)


@pytest.mark.requirement("smpp34/bind/before-any", "smpp34/states/open-no-submit")
def test_before_a_bind_no_message_is_taken(smsc: Smsc) -> None:
    answer = smsc.answer(smsc.link())

    verify(hex(answer.command)).equals(hex(SUBMIT_SM | ANSWER))
    verify(answer.status).equals(Status.RINVBNDSTS)
