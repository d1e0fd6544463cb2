"""Frames: lengths, ids, sequence numbers, and what happens to those that are wrong."""

import pytest

from conformance.checks.smpp34.calls import Smsc, goes_on, refuses
from conformance.checks.smpp34.messages import nothing_left
from conformance.checks.smpp34.requests import REQUESTS, request
from conformance.drivers.smpp_frames import Reader
from conformance.drivers.smpp_pdus import (
    ANSWER,
    BIND_TRANSCEIVER,
    DELIVER_SM,
    ENQUIRE_LINK,
    GENERIC_NACK,
    SUBMIT_SM,
    bind,
    pdu,
)
from conformance.drivers.smpp_statuses import Status
from conformance.requirement import requirement
from conformance.verify import verify

UNKNOWN = 0x0D
"""A command_id that the specification reserves (table 5-1)."""

LAST = 0x7FFFFFFF


@requirement("smpp34/framing/header")
def test_an_answer_begins_with_four_integers_most_significant_octet_first(smsc: Smsc) -> None:
    link = smsc.bound()

    answer = link.ask(ENQUIRE_LINK, sequence=0x01020304)

    verify(answer.octets[:16].hex(" ", 4)).equals("00000010 80000015 00000000 01020304")


@requirement("smpp34/framing/length-whole")
def test_a_length_counts_the_whole_pdu(smsc: Smsc) -> None:
    link = smsc.link()

    answer = smsc.bind(link)

    read = Reader(answer.body)
    read.string(16)
    read.parameters()
    goes_on(link)


@requirement("smpp34/framing/several-at-once")
def test_pdus_that_come_together_are_each_obeyed(smsc: Smsc) -> None:
    link = smsc.bound()
    smsc.place.spend(2, 0)

    link.send(
        pdu(SUBMIT_SM, smsc.letter("one").body, sequence=11)
        + pdu(ENQUIRE_LINK, sequence=12)
        + pdu(SUBMIT_SM, smsc.letter("two").body, sequence=13)
    )

    statuses = [link.answer(sequence).status for sequence in (11, 12, 13)]
    verify(statuses).equals([Status.ROK] * 3)


@requirement("smpp34/framing/in-pieces")
def test_a_pdu_that_comes_octet_by_octet_is_obeyed(smsc: Smsc) -> None:
    link, other = smsc.link(), smsc.bound()

    for octet in pdu(BIND_TRANSCEIVER, bind(smsc.system_id(), smsc.password()), sequence=5):
        link.send(bytes((octet,)))
        goes_on(other)  # by then the octet has arrived, too

    verify(link.answer(5).status).equals(Status.ROK)


@requirement("smpp34/framing/unknown-command")
def test_an_unknown_command_is_answered_with_generic_nack(smsc: Smsc) -> None:
    answer = smsc.bound().ask(UNKNOWN, b"\0", sequence=99)

    verify(hex(answer.command)).equals(hex(GENERIC_NACK))
    verify(answer.status).equals(Status.RINVCMDID)


@requirement("smpp34/framing/lives-on")
def test_after_an_unknown_command_the_session_goes_on(smsc: Smsc) -> None:
    link = smsc.bound()

    link.ask(UNKNOWN)

    goes_on(link)
    smsc.submit(link)


@requirement("smpp34/framing/request-status")
def test_a_request_of_the_smsc_has_no_status(smsc: Smsc) -> None:
    told = smsc.told(smsc.bound())

    verify(told.frame.status).equals(Status.ROK)


@requirement("smpp34/framing/status-unread")
def test_the_status_of_a_request_says_nothing(smsc: Smsc) -> None:
    link = smsc.bound()
    smsc.place.spend(1, 0)

    sequence = link.say(SUBMIT_SM, smsc.letter().body, status=Status.RSUBMITFAIL)

    verify(link.answer(sequence).status).equals(Status.ROK)


@requirement("smpp34/framing/answer-id")
@pytest.mark.parametrize("name", [name for name in REQUESTS if name != "unbind"])
def test_an_answer_has_the_id_of_its_request_with_the_highest_bit(smsc: Smsc, name: str) -> None:
    command, body = request(smsc, name)

    answer = smsc.ask(smsc.bound(), command, body)

    if answer.status == Status.RINVCMDID:  # it does not know this one
        verify(hex(answer.command)).is_one_of(hex(command | ANSWER), hex(GENERIC_NACK))
    else:
        verify(hex(answer.command)).equals(hex(command | ANSWER))


@requirement("smpp34/framing/same-sequence", "smpp34/framing/any-sequence")
def test_an_answer_has_the_sequence_number_of_its_request_whichever_that_is(smsc: Smsc) -> None:
    link = smsc.bound()
    numbers = (5, 3, LAST, 1, 100, 0x10000)

    for number in numbers:
        link.say(ENQUIRE_LINK, sequence=number)
    answered = [link.answer().sequence for _ in numbers]

    verify(sorted(answered)).equals(sorted(numbers))


@requirement("smpp34/framing/own-sequence", "smpp34/framing/no-sequence-zero")
def test_the_smsc_numbers_its_requests_by_itself(smsc: Smsc) -> None:
    link = smsc.bound()

    first, second = smsc.told(link), smsc.told(link)

    numbers = [first.frame.sequence, second.frame.sequence]
    verify(numbers).holds(lambda both: both[0] != both[1], "two numbers that are not the same")
    verify(numbers).holds(lambda both: all(1 <= one <= LAST for one in both), "numbers from 1 to 0x7FFFFFFF")


@requirement("smpp34/framing/body-short")
@pytest.mark.parametrize("missing", [1, 6, 15], ids=lambda octets: f"{octets} octets")
def test_a_body_that_ends_early_is_refused_and_nothing_of_it_done(smsc: Smsc, missing: int) -> None:
    body = smsc.letter().body[:-missing]

    answer = smsc.ask(smsc.bound(), SUBMIT_SM, body)

    refuses(answer, SUBMIT_SM)
    nothing_left(smsc)


@requirement("smpp34/framing/refused-without-body")
def test_an_answer_that_refuses_is_a_header_or_whole(smsc: Smsc) -> None:
    answer = smsc.answer(smsc.bound(), smsc.letter(destination=""))

    refuses(answer, SUBMIT_SM)
    if answer.body:
        verify(answer.message_id).holds(lambda _: answer.body.endswith(b"\0"), "a message_id, and no more")


@requirement("smpp34/framing/unasked-answer")
@pytest.mark.parametrize("command", [SUBMIT_SM, DELIVER_SM, ENQUIRE_LINK], ids=hex)
def test_an_answer_that_nobody_asked_for_is_passed_over(smsc: Smsc, command: int) -> None:
    link = smsc.bound()

    link.send(pdu(command | ANSWER, b"" if command == ENQUIRE_LINK else b"\0", sequence=4711))

    goes_on(link)
    smsc.submit(link)


@requirement("smpp34/framing/nack-unanswered")
def test_a_generic_nack_is_never_answered(smsc: Smsc) -> None:
    link = smsc.bound()

    link.send(pdu(GENERIC_NACK, sequence=4711, status=Status.RINVCMDID))

    verify([hex(frame.command) for frame in link.said() if frame.sequence == 4711]).equals([])


@requirement("smpp34/framing/reserved-answer-id")
def test_an_unknown_answer_is_not_answered(smsc: Smsc) -> None:
    link = smsc.bound()

    link.send(pdu(UNKNOWN | ANSWER, sequence=4711))

    verify([hex(frame.command) for frame in link.said() if frame.sequence == 4711]).equals([])
