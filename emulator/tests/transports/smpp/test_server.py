"""The SMSC over a socket: framing and sessions."""

from typing import Any

import pytest

from emulator.app import running
from emulator.core.model import Message
from emulator.tests.esme import ENQUIRE, LETTER, Centre, Esme
from emulator.tests.samples import NINE, NUMBER
from emulator.wire.smpp import pdus
from emulator.wire.smpp.pdus import HEADER, Pdu
from emulator.wire.smpp.session import Asked, Session, Side
from emulator.wire.smpp.statuses import CommandStatus

ENQUIRED = bytes.fromhex("00000010 80000015 00000000 00000005")


def test_octets_that_come_one_by_one_are_obeyed() -> None:
    with Centre().open() as esme:
        for place in range(len(ENQUIRE)):
            esme.socket.sendall(ENQUIRE[place : place + 1])

        assert esme.received(16) == ENQUIRED


def test_several_in_one_write_are_answered_in_their_order() -> None:
    centre = Centre()

    with centre.open() as esme:
        name = {"system_id": f"demo@{centre.name}", "password": "demo", "interface_version": 0x34}
        said = [
            Pdu(command="bind_transceiver", sequence=1, fields=name),
            Pdu(command="submit_sm", sequence=9, fields=LETTER),
            Pdu(command="enquire_link", sequence=3),
            Pdu(command="submit_sm", sequence=4, fields=LETTER),
            Pdu(command="unbind", sequence=5),
            Pdu(command="submit_sm", sequence=6, fields=LETTER),
        ]
        esme.socket.sendall(b"".join(pdus.written(pdu) for pdu in said))
        octets = b""
        while more := esme.socket.recv(4096):
            octets += more

    sequences = []
    while octets:
        length, _, status, sequence = HEADER.unpack_from(octets)
        sequences.append((sequence, status))
        octets = octets[length:]
    assert sequences == [(1, 0), (9, 0), (3, 0), (4, 0), (5, 0)]
    assert len(centre.messages) == 2


@pytest.mark.parametrize("length", [0, 15, 2**31])
def test_a_length_that_no_pdu_has_ends_the_session(length: int) -> None:
    with Centre().bound() as esme:
        esme.socket.sendall(HEADER.pack(length, 0x15, 0, 7))

        assert esme.received(100) == HEADER.pack(16, 0x80000000, CommandStatus.RINVCMDLEN, 7)


def test_an_unknown_command_is_answered_and_the_session_goes_on() -> None:
    with Centre().bound() as esme:
        esme.socket.sendall(HEADER.pack(16, 0x0BAD, 0, 7))

        assert esme.received(16) == HEADER.pack(16, 0x80000000, CommandStatus.RINVCMDID, 7)
        assert esme.ask("enquire_link").status == 0


def test_nothing_is_taken_before_a_bind_or_of_a_receiver() -> None:
    centre = Centre()
    submit = pdus.written(Pdu(command="submit_sm", sequence=7, fields=LETTER))

    with centre.open() as stranger, centre.bound("bind_receiver") as receiver:
        answers = []
        for esme in (stranger, receiver):
            esme.socket.sendall(submit)
            answers.append(esme.received(16))

    assert answers == [HEADER.pack(16, 0x80000004, CommandStatus.RINVBNDSTS, 7)] * 2
    assert centre.messages == []


def test_after_an_unbind_the_connection_is_closed() -> None:
    with Centre().bound() as esme:
        assert esme.ask("unbind").status == 0

        assert esme.is_closed()


def test_an_answer_that_nobody_asked_for_is_passed_over() -> None:
    with Centre().bound() as esme:
        esme.socket.sendall(pdus.written(Pdu(command="deliver_sm_resp", sequence=99)))
        esme.socket.sendall(pdus.written(Pdu(command="generic_nack", sequence=98, status=3)))

        assert esme.ask("enquire_link").status == 0


# Beside it


def test_a_port_that_is_taken_is_said_at_the_start() -> None:
    centre = Centre()
    server = centre.emulator.smsc("127.0.0.1", centre.server.port)

    with pytest.raises(OSError, match="in use"):
        server.start()


def test_an_emulator_in_this_process_has_an_smsc_of_its_own() -> None:
    with running(clock=NINE.isoformat(), rate=0.0) as emulator:
        host, _, port = emulator.smpp.rpartition(":")
        with Esme((host, int(port))) as esme:
            assert esme.bind("bind_transceiver", "demo", "demo").status == 0
            esme.sent()

        (message,) = emulator.spaces[""].store.messages()
    assert isinstance(message, Message)
    assert (message.recipient, message.text) == (NUMBER, "Hello")


def test_how_the_octets_arrive_makes_no_difference() -> None:
    """The same requests in the same order give the same octets, in pieces and at once."""

    def said(size: int) -> bytes:
        with running(seed=7, clock=NINE.isoformat(), rate=0.0) as emulator:
            host, _, port = emulator.smpp.rpartition(":")
            with Esme((host, int(port))) as esme:
                asked = session_of(20)
                for place in range(0, len(asked), size):
                    esme.socket.sendall(asked[place : place + size])
                octets = b""
                while more := esme.socket.recv(65536):
                    octets += more
                return octets

    assert said(7) == said(10_000)


def session_of(count: int) -> bytes:
    """A whole session with so many submits."""
    session, out = Session(Side.ESME), list[Pdu]()
    smsc = Session(Side.SMSC)

    def say(command: str, fields: Any = None) -> None:
        asked = session.ask(command, fields)
        out.append(asked)
        for heard in smsc.heard(pdus.written(asked)):
            assert isinstance(heard, Asked)
            list(session.heard(pdus.written(smsc.answer(heard.pdu))))

    say("bind_transceiver", {"system_id": "demo", "password": "demo", "interface_version": 0x34})
    for number in range(count):
        say("submit_sm", {**LETTER, "short_message": b"a" * number})
    say("unbind")
    return b"".join(pdus.written(pdu) for pdu in out)
