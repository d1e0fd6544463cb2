"""Binds: who gets a session, and what it is told."""

import pytest

from conformance.blocked import Blocked
from conformance.checks.smpp34.calls import RX, TRX, TX, Smsc, every_bind, goes_on, refuses
from conformance.drivers.smpp import Closed, Link
from conformance.drivers.smpp_frames import Reader
from conformance.drivers.smpp_pdus import ANSWER, BIND_TRANSCEIVER, SC_INTERFACE_VERSION, SUBMIT_SM
from conformance.drivers.smpp_statuses import Status
from conformance.requirement import requirement
from conformance.verify import verify

WRONG = "wrong"


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(TX, marks=requirement("smpp34/bind/transmitter"), id="transmitter"),
        pytest.param(RX, marks=requirement("smpp34/bind/receiver"), id="receiver"),
        pytest.param(TRX, marks=requirement("smpp34/bind/transceiver"), id="transceiver"),
    ],
)
def test_the_right_name_and_password_bind(smsc: Smsc, command: int) -> None:
    answer = smsc.bind(smsc.link(), command)

    verify(hex(answer.command)).equals(hex(command | ANSWER))
    verify(answer.status).equals(Status.ROK)


@requirement("smpp34/bind/system-id")
def test_the_answer_names_the_smsc(smsc: Smsc) -> None:
    answer = smsc.bind(smsc.link())

    name = Reader(answer.body).string(16)
    verify(name).holds(bool, "a system_id that is not empty")


@requirement("smpp34/bind/interface-version")
def test_the_answer_says_which_version_the_smsc_speaks(smsc: Smsc) -> None:
    answer = smsc.bind(smsc.link(), version=0x34)

    read = Reader(answer.body)
    read.string(16)
    verify(read.parameters().get(SC_INTERFACE_VERSION)).is_one_of(b"\x34", b"\x50")


@requirement("smpp34/bind/interface-version-older")
def test_an_older_esme_is_sent_no_optional_parameters(smsc: Smsc) -> None:
    answer = smsc.bind(smsc.link(), RX, version=0x33)

    verify(answer.status).equals(Status.ROK)
    verify(answer.body).holds(lambda body: body.find(b"\0") == len(body) - 1, "a system_id and no more")


@requirement("smpp34/bind/wrong-password")
def test_a_wrong_password_is_refused(smsc: Smsc) -> None:
    answer = smsc.bind(smsc.link(), password=WRONG)

    verify(answer.status).is_one_of(Status.RINVPASWD, Status.RBINDFAIL)


@requirement("smpp34/bind/wrong-name")
def test_an_unknown_name_is_refused(smsc: Smsc) -> None:
    answer = smsc.bind(smsc.link(), system_id=smsc.stranger())

    verify(answer.status).is_one_of(Status.RINVSYSID, Status.RBINDFAIL)


@requirement("smpp34/bind/refused-stays-open")
def test_after_a_refusal_another_bind_may_be_tried(smsc: Smsc) -> None:
    link = _refused(smsc)

    answer = smsc.bind(link)

    verify(answer.status).equals(Status.ROK)


@requirement("smpp34/bind/refused-not-bound")
def test_after_a_refusal_nothing_can_be_sent(smsc: Smsc) -> None:
    link = _refused(smsc)

    try:
        answer = smsc.answer(link)
    except Closed:  # it takes nothing any more
        return

    refuses(answer, SUBMIT_SM, Status.RINVBNDSTS)


@requirement("smpp34/bind/twice")
@every_bind
def test_a_second_bind_is_refused_and_changes_nothing(smsc: Smsc, command: int) -> None:
    link = smsc.bound(TRX)

    answer = smsc.bind(link, command)

    refuses(answer, command, Status.RALYBND, Status.RINVBNDSTS)
    smsc.submit(link)


@requirement("smpp34/bind/any-version")
@pytest.mark.parametrize("version", [0x33, 0x34, 0x50], ids=hex)
def test_every_version_binds(smsc: Smsc, version: int) -> None:
    command = TX if version < 0x34 else TRX  # 3.3 has no transceiver

    answer = smsc.bind(smsc.link(), command, version=version)

    verify(answer.status).equals(Status.ROK)


@requirement("smpp34/bind/address-range")
@pytest.mark.parametrize("addresses", ["", "54321", "^306[0-9]*"])
def test_a_bind_with_an_address_range_is_granted(smsc: Smsc, addresses: str) -> None:
    answer = smsc.bind(smsc.link(), RX, ton=1, npi=1, address_range=addresses)

    verify(answer.status).equals(Status.ROK)


@requirement("smpp34/bind/address-range-long")
def test_an_address_range_of_41_characters_is_refused(smsc: Smsc) -> None:
    answer = smsc.bind(smsc.link(), address_range="1" * 41)

    refuses(answer, BIND_TRANSCEIVER)


@requirement("smpp34/bind/before-any", "smpp34/states/open-no-submit")
def test_before_a_bind_no_message_is_taken(smsc: Smsc) -> None:
    answer = smsc.answer(smsc.link())

    refuses(answer, SUBMIT_SM, Status.RINVBNDSTS)


@requirement("smpp34/bind/several")
def test_several_sessions_of_an_account_live_at_the_same_time(smsc: Smsc) -> None:
    links = [smsc.bound(command) for command in (TRX, TX, RX, TRX)]

    for link in links:
        goes_on(link)


@requirement("smpp34/bind/session-init")
def test_a_connection_without_a_bind_is_closed_after_a_while(smsc: Smsc) -> None:
    patience = smsc.timed(60, session_init=0.2)
    link = _refused(smsc)  # it belongs to nobody, but to the SMSC whose timers are known

    verify(link.is_closed(patience)).equals(True)


def _refused(smsc: Smsc) -> Link:
    """A connection in which a bind was refused; Blocked where everybody may bind."""
    link = smsc.link()
    if not smsc.bind(link, password=WRONG).status:
        raise Blocked("needs a bind that is refused; the target takes any password")
    return link
