"""SMSCs that are wrong about binds, states, the exchange and limits."""

from collections.abc import Iterable
from functools import partial

from conformance.drivers.smpp_frames import Frame
from conformance.drivers.smpp_pdus import (
    ANSWER,
    BIND_RECEIVER,
    BIND_TRANSCEIVER,
    BIND_TRANSMITTER,
    DATA_SM,
    DELIVER_SM,
    ENQUIRE_LINK,
    QUERY_SM,
    SUBMIT_SM,
    UNBIND,
    Submit,
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


@told("smpp34/bind/transmitter", "takes a transmitter for a transceiver", BIND_TRANSMITTER | ANSWER)
def all_alike(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield changed(frame, command=BIND_TRANSCEIVER | ANSWER)


@told("smpp34/bind/system-id", "does not say who it is", BIND_TRANSCEIVER | ANSWER)
def nameless(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield changed(frame, body=b"\0")


@told("smpp34/bind/interface-version", "does not say which version it speaks", BIND_TRANSCEIVER | ANSWER)
def ageless(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield changed(frame, body=frame.body[:-5])


@told("smpp34/bind/interface-version-older", "sends parameters to everybody", BIND_RECEIVER | ANSWER)
def modern(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield changed(frame, body=frame.body + b"\2\x10\0\1\x34")


@asked("smpp34/bind/wrong-password", "takes any password", BIND_TRANSCEIVER)
def trusting(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield changed(frame, body=frame.body.replace(b"wrong\0", b"demo\0", 1))


@told("smpp34/bind/wrong-name", "says that nobody is bound to somebody unknown", BIND_TRANSCEIVER | ANSWER)
def beside_the_point(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield changed(frame, status=Status.RINVBNDSTS)


@told("smpp34/bind/refused-stays-open", "hangs up on who mistook a password", BIND_TRANSCEIVER | ANSWER)
def unforgiving(talk: Talk, frame: Frame) -> Iterable[bytes]:
    talk.say(frame.octets)
    if frame.status:
        talk.hang_up()
    return []


@asked("smpp34/bind/refused-not-bound", "takes messages of everybody", SUBMIT_SM)
def open_house(talk: Talk, frame: Frame) -> Iterable[bytes]:
    talk.say(answer(frame, body=b"1\0"))
    return []


@asked("smpp34/bind/twice", "binds who is bound", BIND_RECEIVER)
def again_and_again(talk: Talk, frame: Frame) -> Iterable[bytes]:
    talk.say(answer(frame, body=b"smsc\0"))
    return []


@told("smpp34/bind/any-version", "binds no ESME of an older version", BIND_TRANSMITTER | ANSWER)
def up_to_date(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield changed(frame, status=Status.RBINDFAIL, body=b"")


@asked("smpp34/bind/several", "ends a session when another begins", BIND_TRANSCEIVER, BIND_TRANSMITTER)
def one_at_a_time(talk: Talk, frame: Frame) -> Iterable[bytes]:
    if before := talk.shared.get("session"):
        before.hang_up()
    talk.shared["session"] = talk
    yield frame.octets


@asked("smpp34/states/tx-no-deliver", "confirms what a transmitter submits by deliver_sm", SUBMIT_SM)
def talks_back(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield frame.octets
    talk.say(pdu(DELIVER_SM, Submit(destination="306900000000", message=b"Thank you").body, sequence=9))


@told("smpp34/states/open-no-others", "lets everybody ask what became of a message", QUERY_SM | ANSWER)
def frank(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield changed(frame, status=Status.RINVMSGID)


@told("smpp34/states/rx-no-submit", "takes messages of receivers", SUBMIT_SM | ANSWER)
def both_ways(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield changed(frame, status=Status.ROK, body=b"1\0")


@told("smpp34/states/rx-data", "takes no more of a receiver than answers", DATA_SM | ANSWER)
def one_way(talk: Talk, frame: Frame) -> Iterable[bytes]:
    receiving = any(one.command == BIND_RECEIVER for one in talk.asked.values())
    yield changed(frame, status=Status.RINVBNDSTS, body=b"") if receiving else frame.octets


@asked("smpp34/states/bound-enquire", "knows enquire_link of transceivers alone", ENQUIRE_LINK)
def transceivers_first(talk: Talk, frame: Frame) -> Iterable[bytes]:
    if any(one.command == BIND_TRANSCEIVER for one in talk.asked.values()):
        yield frame.octets
    else:
        talk.say(answer(frame, Status.RINVBNDSTS))


@asked("smpp34/states/deliver-from-esme", "takes deliver_sm of ESMEs", DELIVER_SM)
def role_play(talk: Talk, frame: Frame) -> Iterable[bytes]:
    talk.say(answer(frame, body=b"\0"))
    return []


@told("smpp34/unbind/answered", "has something to say about unbind", UNBIND | ANSWER)
def clingy(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield changed(frame, status=Status.RSYSERR)


@asked("smpp34/unbind/nothing-after", "takes messages after unbind", UNBIND, SUBMIT_SM)
def last_words(talk: Talk, frame: Frame) -> Iterable[bytes]:
    talk.say(answer(frame, body=b"" if frame.command == UNBIND else b"1\0"))
    return []


@asked("smpp34/unbind/closed", "leaves connections open after unbind", UNBIND)
def lingers(talk: Talk, frame: Frame) -> Iterable[bytes]:
    talk.say(answer(frame))
    return []


@told("smpp34/link/enquire-answered", "has a body for an answer that has none", ENQUIRE_LINK | ANSWER)
def talkative(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield changed(frame, body=b"\0")


@told("smpp34/link/enquire-own", "never asks whether a session is there", ENQUIRE_LINK)
def incurious(talk: Talk, frame: Frame) -> Iterable[bytes]:
    return []


@told("smpp34/link/enquire-unanswered", "is content with silence", ENQUIRE_LINK)
def undemanding(talk: Talk, frame: Frame) -> Iterable[bytes]:
    talk.ask(answer(frame))
    yield frame.octets


@asked("smpp34/exchange/asynchronous", "takes one request after the other", SUBMIT_SM)
def one_by_one(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield from up_to(1, talk, frame)


@asked("smpp34/exchange/window", "has a window of five", SUBMIT_SM)
def half_a_window(talk: Talk, frame: Frame) -> Iterable[bytes]:
    yield from up_to(5, talk, frame)


def up_to(most: int, talk: Talk, frame: Frame) -> Iterable[bytes]:
    """Lets so many requests of a connection pass."""
    talk.kept["passed"] = talk.kept.get("passed", 0) + 1
    if talk.kept["passed"] > most:
        talk.say(answer(frame, Status.RTHROTTLED))
    else:
        yield frame.octets


@told("smpp34/exchange/window-smsc", "waits for an answer before it goes on", DELIVER_SM)
def patient(talk: Talk, frame: Frame) -> Iterable[bytes]:
    if not talk.kept.get("told"):
        talk.kept["told"] = True
        yield frame.octets


@asked("smpp34/exchange/any-order", "passes over answers that are out of turn", DELIVER_SM | ANSWER)
def in_turn(talk: Talk, frame: Frame) -> Iterable[bytes]:
    if frame.sequence == 1:
        yield frame.octets


@told("smpp34/exchange/lost-with-session", "takes what it sent for delivered", DELIVER_SM)
def confident(talk: Talk, frame: Frame) -> Iterable[bytes]:
    talk.ask(answer(frame, body=b"\0"))
    yield frame.octets


@told("smpp34/exchange/response-timer", "sends everything once", DELIVER_SM)
def once(talk: Talk, frame: Frame) -> Iterable[bytes]:
    talk.ask(answer(frame, body=b"\0"))
    yield frame.octets


@told("smpp34/limits/throttled", "says that it is full, not that it is slow", SUBMIT_SM | ANSWER)
def full(talk: Talk, frame: Frame) -> Iterable[bytes]:
    throttled = frame.status == Status.RTHROTTLED
    yield changed(frame, status=Status.RMSGQFUL) if throttled else frame.octets


@heard("smpp34/limits/others-unharmed", "breaks down when somebody talks nonsense")
def fragile(talk: Talk, octets: bytes) -> bytes:
    talk.shared[str(id(talk))] = talk
    if octets.startswith(b"\xff"):
        for one in talk.shared.values():
            one.hang_up()
    return octets
