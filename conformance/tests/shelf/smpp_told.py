"""SMSCs that are wrong about whom they tell something, and how often; messages from handsets, alerts."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from conformance.drivers.smpp_frames import Frame
from conformance.drivers.smpp_pdus import (
    ALERT_NOTIFICATION,
    ANSWER,
    BIND_RECEIVER,
    BIND_TRANSCEIVER,
    DELIVER_SM,
    ENQUIRE_LINK,
    SUBMIT_SM,
    Submit,
)
from conformance.miniature import Miniature
from conformance.relay import Talk
from conformance.tests import relaying
from conformance.tests.relaying import changed
from conformance.tests.shelf import smpp_letters
from conformance.tests.shelf.smpp_letters import letter

MINIATURES: list[Miniature] = []

asked = partial(relaying.asked, MINIATURES)
told = partial(relaying.told, MINIATURES)
delivering = partial(smpp_letters.delivering, MINIATURES)

OTHER = 1000
"""How far away sequence numbers are that the SMSC does not use itself."""


# Receipts


@told("smpp34/receipts/once", "says everything twice", DELIVER_SM)
def twice(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield frame.octets
    yield changed(frame, sequence=frame.sequence + OTHER)


@told("smpp34/receipts/any-receiver", "has no receipts for who did not send", DELIVER_SM)
def receipts_for_senders(talk: Talk, frame: Frame) -> Iterable[bytes]:
    submitted = any(one.command == SUBMIT_SM for one in talk.asked.values())
    return [frame.octets] if submitted else []


@asked("smpp34/receipts/kept", "drops what nobody is there for", BIND_RECEIVER, BIND_TRANSCEIVER, SUBMIT_SM)
def forgetful(talk: Talk, frame: Frame) -> Iterable[bytes]:
    if frame.command != SUBMIT_SM:
        talk.shared["receiving"] = True
    lost = not talk.shared.get("receiving")
    yield changed(frame, body=replace(letter(frame), registered=0).body) if lost else frame.octets


@told("smpp34/receipts/answered-once", "repeats itself at each bind", DELIVER_SM, BIND_TRANSCEIVER | ANSWER)
def repeating(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield frame.octets
    if frame.command == DELIVER_SM:
        talk.shared.setdefault("first", changed(frame, sequence=frame.sequence + OTHER))
    elif "first" in talk.shared:
        yield talk.shared["first"]


@asked("smpp34/receipts/temporary-refusal", "takes any answer for the end of it", DELIVER_SM | ANSWER)
def once_and_for_all(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield changed(frame, status=0)


# Messages from handsets


@delivering("smpp34/deliver/inbound", "takes everything for a receipt")
def receipts_only(said: Submit) -> Submit:
    return replace(said, esm_class=0x04)


@delivering("smpp34/deliver/addresses", "takes who writes for who is written to")
def turned_around(said: Submit) -> Submit:
    return replace(said, source=said.destination, destination=said.source)


@delivering("smpp34/deliver/text", "says that all is in the default alphabet")
def default_alphabet(said: Submit) -> Submit:
    return replace(said, coding=0)


@told("smpp34/deliver/kept", "begins with what comes after the bind", DELIVER_SM, ENQUIRE_LINK | ANSWER)
def fresh_start(talk: Talk, frame: Frame) -> Iterable[bytes]:
    if frame.command != DELIVER_SM:
        talk.kept["begun"] = True
    return [frame.octets] if frame.command != DELIVER_SM or "begun" in talk.kept else []


@told("smpp34/deliver/turns", "has one receiver that it likes best", DELIVER_SM)
def favourite(talk: Talk, frame: Frame) -> Iterable[bytes]:
    first = talk.shared.setdefault("first", talk)
    first.say(frame.octets)
    return []


# Alerts


@told("smpp34/alert/sent", "alerts who did not ask", ALERT_NOTIFICATION)
def alert_of_itself(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield changed(frame, body=frame.body.replace(b"smslab\0", b"nobody\0"))
