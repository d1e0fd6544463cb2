"""SMSCs that are wrong about frames, types and optional parameters."""

from collections.abc import Iterable
from functools import partial

from conformance.drivers.smpp_frames import Frame
from conformance.drivers.smpp_pdus import (
    ANSWER,
    BIND_TRANSCEIVER,
    DELIVER_SM,
    ENQUIRE_LINK,
    GENERIC_NACK,
    QUERY_SM,
    SUBMIT_MULTI,
    SUBMIT_SM,
    pdu,
)
from conformance.drivers.smpp_statuses import Status
from conformance.miniature import Miniature
from conformance.relay import Talk
from conformance.tests import relaying
from conformance.tests.relaying import answer, changed

MINIATURES: list[Miniature] = []

asked = partial(relaying.asked, MINIATURES)
told = partial(relaying.told, MINIATURES)
heard = partial(relaying.heard, MINIATURES)

HEADER = 16


def length(octets: bytes) -> int:
    return int.from_bytes(octets[:4], "big")


@told("smpp34/framing/header", "puts the least significant octet of a length first", ENQUIRE_LINK | ANSWER)
def wrong_way_round(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield changed(frame, length=frame.length << 24)


@told("smpp34/framing/length-whole", "does not count the length itself", BIND_TRANSCEIVER | ANSWER)
def counts_the_rest(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield changed(frame, length=frame.length - 4)


@heard("smpp34/framing/several-at-once", "obeys the first PDU of a packet")
def first_of_a_packet(talk: Talk, octets: bytes) -> bytes:
    return octets[: length(octets)]


@heard("smpp34/framing/in-pieces", "takes a packet for a PDU")
def packet_by_packet(talk: Talk, octets: bytes) -> bytes:
    if len(octets) < HEADER:
        talk.hang_up()
    return octets


@heard("smpp34/framing/too-short", "takes a length below 16 for 16")
def rounds_up(talk: Talk, octets: bytes) -> bytes:
    return (HEADER.to_bytes(4, "big") if length(octets) < HEADER else octets[:4]) + octets[4:]


@heard("smpp34/framing/too-long", "does not look at lengths")
def never_counts(talk: Talk, octets: bytes) -> bytes:
    return len(octets).to_bytes(4, "big") + octets[4:]


@told("smpp34/framing/unknown-command", "calls an unknown command an error of the system", GENERIC_NACK)
def system_error(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield changed(frame, status=Status.RSYSERR)


@told("smpp34/framing/lives-on", "hangs up after a command that it does not know", GENERIC_NACK)
def offended(talk: Talk, frame: Frame) -> Iterable[bytes]:
    talk.say(frame.octets)
    talk.hang_up()
    return []


@told("smpp34/framing/request-status", "gives a request a status", DELIVER_SM)
def request_with_status(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield changed(frame, status=Status.RSYSERR)


@asked("smpp34/framing/status-unread", "answers a request with the status that it came with", SUBMIT_SM)
def echo(talk: Talk, frame: Frame) -> Iterable[bytes]:
    if frame.status:
        talk.say(answer(frame, frame.status))
    else:
        yield frame.octets


@told("smpp34/framing/answer-id", "answers submit_multi as submit_sm", SUBMIT_MULTI | ANSWER)
def one_for_all(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield changed(frame, command=SUBMIT_SM | ANSWER)


@told("smpp34/framing/same-sequence", "numbers its answers by itself", ENQUIRE_LINK | ANSWER)
def own_numbers(talk: Talk, frame: Frame) -> Iterable[bytes]:
    talk.kept["number"] = talk.kept.get("number", 0) + 1
    yield changed(frame, sequence=talk.kept["number"])


@told("smpp34/framing/any-sequence", "keeps 16 bits of a sequence number", ENQUIRE_LINK | ANSWER)
def short_numbers(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield changed(frame, sequence=frame.sequence & 0xFFFF)


@told("smpp34/framing/own-sequence", "gives every request the number 1", DELIVER_SM)
def always_one(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield changed(frame, sequence=1)


@told("smpp34/framing/no-sequence-zero", "begins to count with 0", DELIVER_SM)
def from_zero(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield changed(frame, sequence=frame.sequence - 1)


@asked("smpp34/framing/body-short", "takes what is missing for NULs", SUBMIT_SM)
def fills_up(talk: Talk, frame: Frame) -> Iterable[bytes]:
    talk.say(answer(frame, body=b"1\0"))
    return []


@asked("smpp34/framing/unasked-answer", "hangs up on an answer that it did not ask for", SUBMIT_SM | ANSWER)
def startled(talk: Talk, frame: Frame) -> Iterable[bytes]:
    talk.hang_up()
    return []


@asked("smpp34/framing/nack-unanswered", "answers generic_nack with generic_nack", GENERIC_NACK)
def back_and_forth(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield frame.octets
    talk.say(frame.octets)


@asked("smpp34/framing/reserved-answer-id", "answers an answer that it does not know", 0x8000000D)
def answers_answers(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield frame.octets
    talk.say(answer(frame, Status.RINVCMDID, command=GENERIC_NACK))


@told("smpp34/types/c-octet-end", "ends no message_id", SUBMIT_SM | ANSWER)
def endless(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield changed(frame, body=frame.body.rstrip(b"\0"))


@told("smpp34/types/message-id-limit", "gives message_ids of 65 characters", SUBMIT_SM | ANSWER)
def long_winded(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield changed(frame, body=b"a" * 65 + b"\0")


@asked("smpp34/types/c-octet-endless", "takes the end of a PDU for the end of a string", QUERY_SM)
def lenient(talk: Talk, frame: Frame) -> Iterable[bytes]:
    talk.say(answer(frame, body=frame.body + b"\0\0\1\0"))
    return []


@asked("smpp34/types/system-type-limit", "reads 12 characters of a system_type", BIND_TRANSCEIVER)
def cuts_off(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield changed(frame, body=frame.body.replace(b"a" * 13, b"a" * 12))


@asked("smpp34/types/password-limit", "reads as many characters of a password as it knows", BIND_TRANSCEIVER)
def careless(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield changed(frame, body=frame.body.replace(b"\0demoxxxxx\0", b"\0demo\0"))


@asked("smpp34/options/order", "knows its parameters in one order", SUBMIT_SM)
def in_line(talk: Talk, frame: Frame) -> Iterable[bytes]:
    if frame.body.find(b"\2\4\0\2") < frame.body.find(b"\0\x19\0\1"):
        talk.say(answer(frame, Status.RINVOPTPARSTREAM))
    else:
        yield frame.octets


@asked("smpp34/options/unknown", "refuses what vendors have thought of", SUBMIT_SM)
def narrow_minded(talk: Talk, frame: Frame) -> Iterable[bytes]:
    if b"\x14\0\0\3" in frame.body:
        talk.say(answer(frame, Status.ROPTPARNOTALLWD))
    else:
        yield frame.octets


@told("smpp34/options/cut", "passes over octets that are no parameter", SUBMIT_SM | ANSWER)
def untidy(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield pdu(frame.command, b"1\0", sequence=frame.sequence)


@asked("smpp34/options/empty", "takes a parameter without octets for the end", SUBMIT_SM)
def wants_octets(talk: Talk, frame: Frame) -> Iterable[bytes]:
    talk.say(answer(frame, Status.RINVPARLEN))
    return []
