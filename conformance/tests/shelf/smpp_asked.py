"""SMSCs that are wrong about messages they have: what became of them, taking them back, other texts."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from conformance.drivers.smpp_frames import Frame, Reader
from conformance.drivers.smpp_operations import Queried, Whose, cancel, queried, query
from conformance.drivers.smpp_operations import replace as replacing
from conformance.drivers.smpp_pdus import ANSWER, CANCEL_SM, QUERY_SM, REPLACE_SM, pdu, string
from conformance.drivers.smpp_statuses import Status
from conformance.miniature import Miniature
from conformance.relay import Talk
from conformance.tests import relaying
from conformance.tests.relaying import changed

MINIATURES: list[Miniature] = []

asked = partial(relaying.asked, MINIATURES)
told = partial(relaying.told, MINIATURES)


def done(talk: Talk, frame: Frame) -> Iterable[bytes]:
    """Say that it was done; there is nothing for the SMSC to do."""
    talk.say(pdu(frame.command | ANSWER, sequence=frame.sequence))
    return []


def retold(frame: Frame, found: Queried) -> bytes:
    """The answer to a query_sm, which says something else."""
    body = string(found.message_id) + string(found.final_date) + bytes((found.state, found.error))
    return changed(frame, body=body)


@told("smpp34/query/final-date", "writes dates as receipts have them", QUERY_SM | ANSWER)
def short_dates(talk: Talk, frame: Frame) -> Iterable[bytes]:
    found = queried(frame)
    yield retold(frame, replace(found, final_date=found.final_date[:10]))


@told("smpp34/query/enroute", "has a date for what is not final", QUERY_SM | ANSWER)
def always_dated(talk: Talk, frame: Frame) -> Iterable[bytes]:
    found = queried(frame)
    yield retold(frame, replace(found, final_date=found.final_date or "260302090000000+"))


@asked("smpp34/query/wrong-source", "answers whoever asks", QUERY_SM)
def open_to_all(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield changed(frame, body=query(Reader(frame.body).string(65)))


@asked("smpp34/cancel/waiting", "says that it cancels, and sends", CANCEL_SM)
def unstoppable(talk: Talk, frame: Frame) -> Iterable[bytes]:
    return done(talk, frame)


@told("smpp34/cancel/delivered", "takes back what has arrived", CANCEL_SM | ANSWER)
def never_too_late(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield changed(frame, status=Status.ROK)


@asked("smpp34/cancel/wrong-destination", "does not look at the destination", CANCEL_SM)
def by_name_alone(talk: Talk, frame: Frame) -> Iterable[bytes]:
    read = Reader(frame.body)
    read.string(6)
    yield changed(frame, body=cancel(read.string(65), ""))


@asked("smpp34/replace/text", "says that it replaces, and sends the old text", REPLACE_SM)
def steadfast(talk: Talk, frame: Frame) -> Iterable[bytes]:
    return done(talk, frame)


@asked("smpp34/replace/times", "replaces texts only", REPLACE_SM)
def timeless(talk: Talk, frame: Frame) -> Iterable[bytes]:
    name, source, message = replacement(frame)
    yield changed(frame, body=replacing(name, message, Whose(address=source)))


@asked("smpp34/replace/wrong-source", "lets any source replace", REPLACE_SM)
def replaceable_by_all(talk: Talk, frame: Frame) -> Iterable[bytes]:
    name, _, message = replacement(frame)
    yield changed(frame, body=replacing(name, message))


def replacement(frame: Frame) -> tuple[str, str, bytes]:
    """Whose text a replace_sm replaces, from what source, and by what."""
    read = Reader(frame.body)
    name, _, source = read.string(65), read.numbers(2), read.string(21)
    read.string(17)
    read.string(17)
    _, _, length = read.numbers(3)
    return name, source, read.octets(length)
