"""A relay passes sessions on, and spoils them as it was told."""

from collections.abc import Iterable, Iterator
from itertools import count

import pytest

from conformance.drivers.smpp import Closed, Link
from conformance.drivers.smpp_frames import Frame
from conformance.drivers.smpp_pdus import ANSWER, BIND_TRANSCEIVER, ENQUIRE_LINK, GENERIC_NACK, bind, pdu
from conformance.drivers.smpp_statuses import Status
from conformance.relay import Relay, Spoiling, Talk
from conformance.tests.relaying import changed
from conformance.tests.subjects import nowhere
from emulator.tests.esme import listening

HELLO = bind("demo", "demo")


@pytest.fixture(scope="module")
def relay() -> Iterator[Relay]:
    _, server = listening()
    with Relay(("127.0.0.1", server.port)).open() as relay:
        yield relay


def test_what_is_not_spoilt_passes_in_both_directions(relay: Relay) -> None:
    relay.spoil(Spoiling())

    with Link(relay.address) as link:
        bound = link.ask(BIND_TRANSCEIVER, HELLO)
        link.send(pdu(ENQUIRE_LINK, length=7, sequence=3))
        nack = link.answer(3)
        closed = link.is_closed()

    assert bound.status == Status.ROK
    assert (nack.command, nack.status) == (GENERIC_NACK, Status.RINVCMDLEN)
    assert closed


def test_what_the_smsc_says_may_be_changed_doubled_or_lost(relay: Relay) -> None:
    fates = iter(range(3))

    def told(talk: Talk, frame: Frame) -> Iterable[bytes]:
        return [changed(frame, status=Status.RSYSERR)] * next(fates)

    relay.spoil(Spoiling(told=told))

    with Link(relay.address) as link:
        for sequence in (1, 2, 3):
            link.send(pdu(ENQUIRE_LINK, sequence=sequence))
        heard = [link.answer(2), link.answer(3), link.answer(3)]

    assert {frame.status for frame in heard} == {Status.RSYSERR}


def test_whom_no_smsc_answers_is_hung_up_on() -> None:
    host, _, port = nowhere().removeprefix("http://").partition(":")

    with Relay((host, int(port))).open() as relay, Link(relay.address) as link:
        assert link.is_closed()


def test_a_place_that_is_taken_is_told_at_once(relay: Relay) -> None:
    with pytest.raises(OSError, match="in use"), Relay(relay.address, relay.address).open():
        pass


def test_what_the_driver_asks_may_be_answered_in_the_smscs_stead(relay: Relay) -> None:
    def asked(talk: Talk, frame: Frame) -> Iterable[bytes]:
        talk.kept.setdefault("numbers", count(7))
        talk.say(changed(frame, command=frame.command | ANSWER, status=next(talk.kept["numbers"])))
        return []

    relay.spoil(Spoiling(asked=asked))

    with Link(relay.address) as link, Link(relay.address) as other:
        statuses = [link.ask(ENQUIRE_LINK).status, link.ask(ENQUIRE_LINK).status]
        elsewhere = other.ask(ENQUIRE_LINK).status

    assert (statuses, elsewhere) == ([7, 8], 7)


def test_octets_may_be_changed_before_they_are_pdus(relay: Relay) -> None:
    relay.spoil(Spoiling(raw=lambda talk, octets: octets.replace(b"\x15", b"\x16")))

    with Link(relay.address) as link:
        answer = link.ask(ENQUIRE_LINK)

    assert answer.status == Status.RINVCMDID


def test_a_relay_may_hang_up(relay: Relay) -> None:
    def asked(talk: Talk, frame: Frame) -> Iterable[bytes]:
        talk.hang_up()
        return []

    relay.spoil(Spoiling(asked=asked))

    with Link(relay.address) as link, pytest.raises(Closed):
        link.ask(ENQUIRE_LINK)
