"""SMSCs that are wrong about what is submitted: fields, texts, times, and whom it is for."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from conformance.drivers.smpp_frames import Frame
from conformance.drivers.smpp_operations import OURS
from conformance.drivers.smpp_pdus import ANSWER, DATA_SM, SUBMIT_MULTI, SUBMIT_SM, UDHI, Submit, string
from conformance.drivers.smpp_statuses import Status
from conformance.miniature import Miniature
from conformance.relay import Talk
from conformance.tests import relaying
from conformance.tests.relaying import changed
from conformance.tests.shelf import smpp_letters

MINIATURES: list[Miniature] = []

asked = partial(relaying.asked, MINIATURES)
told = partial(relaying.told, MINIATURES)
obeying = partial(smpp_letters.obeying, MINIATURES)

UCS2, FLASHES = 8, (0xF0, 0x10)
PORTS, WIDE = 0x05, 0x08
"""Elements of user data headers."""

REFERENCE = 3
"""Where a header of five octets has its reference."""


# submit_sm


@told("smpp34/submit/message-id", "calls all messages alike", SUBMIT_SM | ANSWER)
def one_name(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield changed(frame, body=string("1"))


@told("smpp34/submit/message-id-characters", "has no names for messages", SUBMIT_SM | ANSWER)
def no_name(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield changed(frame, body=string(""))


@obeying("smpp34/submit/arrives", "loses the last letter")
def cut(given: Submit) -> Submit:
    return replace(given, message=given.message[:-1])


@obeying("smpp34/submit/bad-destination", "takes letters for digits")
def any_destination(given: Submit) -> Submit:
    return replace(given, destination="306900000001")


@obeying("smpp34/submit/longest", "has room for 160 octets")
def short(given: Submit) -> Submit:
    return replace(given, message=given.message[:160])


@obeying("smpp34/submit/length-over", "leaves out what is too much")
def shortened(given: Submit) -> Submit:
    return replace(given, message=given.message[:254])


@told("smpp34/submit/bad-priority", "blames itself for a priority it does not know", SUBMIT_SM | ANSWER)
def self_accusing(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield changed(frame, status=Status.RSYSERR if frame.status == Status.RINVPRTFLG else frame.status)


@obeying("smpp34/submit/esm-udhi", "shows the header as text")
def headers_shown(given: Submit) -> Submit:
    return replace(given, esm_class=given.esm_class & ~UDHI)


@told("smpp34/submit/credit", "lets everybody send", SUBMIT_SM | ANSWER)
def generous(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield changed(frame, status=Status.ROK, body=frame.body or string("1"))


@obeying("smpp34/replace/if-present", "sends all, whatever was to be replaced")
def additional(given: Submit) -> Submit:
    return replace(given, replace=0)


# Times


@obeying("smpp34/times/absolute-zone", "takes every time for UTC")
def no_zones(given: Submit) -> Submit:
    return replace(given, schedule=given.schedule[:-3] + "00+")


@obeying("smpp34/times/relative", "knows absolute times only")
def at_once(given: Submit) -> Submit:
    return replace(given, schedule="")


@obeying("smpp34/times/bad-schedule", "sends at once what has no time that it knows")
def impatient(given: Submit) -> Submit:
    return replace(given, schedule="")


@obeying("smpp34/times/validity-relative", "tries on after the end")
def tireless(given: Submit) -> Submit:
    return replace(given, validity="")


# Texts, short and long


@obeying("smpp34/text/ucs2", "reads the least significant octet first")
def swapped_octets(given: Submit) -> Submit:
    octets = given.message
    turned = bytes(octets[place ^ 1] for place in range(len(octets)))
    return replace(given, message=turned if given.coding == UCS2 else octets)


@obeying("smpp34/text/extension", "does not know the extension table")
def no_extension(given: Submit) -> Submit:
    return replace(given, message=given.message.replace(b"\x1b", b""))


@obeying("smpp34/text/latin1", "takes Latin-1 for its own alphabet")
def one_alphabet(given: Submit) -> Submit:
    return replace(given, coding=0)


@obeying("smpp34/text/flash", "keeps what should be shown")
def no_flash(given: Submit) -> Submit:
    return replace(given, coding=0 if given.coding in FLASHES else given.coding)


@obeying("smpp34/long/both", "chooses one of two texts")
def payload_first(given: Submit) -> Submit:
    return replace(given, message=b"")


@obeying("smpp34/long/udh-16", "reads references of 8 bits only")
def narrow(given: Submit) -> Submit:
    wide = given.message[1:2] == bytes((WIDE,))
    return replace(given, message=given.message[:1] + bytes((PORTS,)) + given.message[2:]) if wide else given


@obeying("smpp34/long/apart", "does not look at references of pieces")
def mingling(given: Submit) -> Submit:
    octets = given.message
    return replace(given, message=octets[:REFERENCE] + b"\0" + octets[REFERENCE + 1 :])


@obeying("smpp34/long/sar", "does not know the parameters of pieces")
def no_pieces(given: Submit) -> Submit:
    return replace(given, parameters=b"")


# submit_multi, data_sm


@told("smpp34/multi/some-fail", "does not say whom it missed", SUBMIT_MULTI | ANSWER)
def silent(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield changed(frame, body=string(frame.message_id) + b"\0")


@asked("smpp34/multi/bad-flag", "takes everything for an address", SUBMIT_MULTI)
def addresses_only(talk: Talk, frame: Frame) -> Iterable[bytes]:
    flag = len(string("")) + len(OURS.octets) + 1
    yield changed(frame, body=frame.body[:flag] + b"\1" + frame.body[flag + 1 :])


@told("smpp34/data/accepted", "answers data_sm as if it were submit_sm", DATA_SM | ANSWER)
def mistaken(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield changed(frame, command=SUBMIT_SM | ANSWER)
