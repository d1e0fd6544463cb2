"""The SMSC over a socket: framing, sessions, what is handed out to whom, and peers that misbehave."""

import socket
import ssl
from dataclasses import replace
from typing import Any

import pytest

from emulator.app import running
from emulator.core.model import Message
from emulator.core.timetable import status_at
from emulator.tests.esme import LETTER, LONG, Centre, Esme, listening
from emulator.tests.samples import NINE, NUMBER
from emulator.wire.smpp import pdus
from emulator.wire.smpp.pdus import HEADER, Pdu
from emulator.wire.smpp.session import Asked, Session, Side
from emulator.wire.smpp.statuses import CommandStatus

ENQUIRE = bytes.fromhex("00000010 00000015 00000000 00000005")
ENQUIRED = bytes.fromhex("00000010 80000015 00000000 00000005")


def received(esme: Esme, count: int) -> bytes:
    octets = b""
    while len(octets) < count and (more := esme.socket.recv(count - len(octets))):
        octets += more
    return octets


def receipts(esme: Esme, count: int) -> list[str]:
    return [str(esme.told().options["receipted_message_id"]) for _ in range(count)]


# Framing


def test_octets_that_come_one_by_one_are_obeyed() -> None:
    with Centre().open() as esme:
        for place in range(len(ENQUIRE)):
            esme.socket.sendall(ENQUIRE[place : place + 1])

        assert received(esme, 16) == ENQUIRED


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

        assert received(esme, 100) == HEADER.pack(16, 0x80000000, CommandStatus.RINVCMDLEN, 7)


def test_an_unknown_command_is_answered_and_the_session_goes_on() -> None:
    with Centre().bound() as esme:
        esme.socket.sendall(HEADER.pack(16, 0x0BAD, 0, 7))

        assert received(esme, 16) == HEADER.pack(16, 0x80000000, CommandStatus.RINVCMDID, 7)
        assert esme.ask("enquire_link").status == 0


def test_nothing_is_taken_before_a_bind_or_of_a_receiver() -> None:
    centre = Centre()
    submit = pdus.written(Pdu(command="submit_sm", sequence=7, fields=LETTER))

    with centre.open() as stranger, centre.bound("bind_receiver") as receiver:
        answers = []
        for esme in (stranger, receiver):
            esme.socket.sendall(submit)
            answers.append(received(esme, 16))

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


# What is handed out


def test_receipts_are_kept_until_somebody_is_bound_to_take_them() -> None:
    centre = Centre()
    with centre.bound("bind_transmitter") as esme:
        ids = [esme.sent(registered_delivery=1) for _ in range(3)]
        centre.advance(5)
        assert esme.is_told_nothing()

    with centre.bound("bind_receiver") as receiver:
        assert receipts(receiver, 3) == ids
        assert receiver.is_told_nothing()


def test_receivers_of_an_account_are_served_in_turn() -> None:
    centre = Centre()

    with centre.bound() as one, centre.bound("bind_receiver") as two, centre.bound(login="empty") as stranger:
        ids = [one.sent(registered_delivery=1) for _ in range(4)]
        centre.advance(5)

        assert sorted(receipts(one, 2) + receipts(two, 2)) == sorted(ids)
        assert stranger.is_told_nothing()


def test_the_turn_is_kept_however_many_are_handed_out_at_once() -> None:
    centre = Centre()

    with centre.bound() as one, centre.bound("bind_receiver") as two:
        for burst in (1, 2, 1):
            for _ in range(burst):
                one.sent(registered_delivery=1)
            centre.advance(5)

        assert [esme.told().command for esme in (one, one, two, two)] == ["deliver_sm"] * 4


def test_what_a_session_did_not_answer_is_told_the_next_one() -> None:
    centre = Centre()
    with centre.bound() as esme:
        ids = [esme.sent(registered_delivery=1) for _ in range(3)]
        centre.advance(5)
        assert [esme.told(), esme.requested()]

    with centre.bound() as esme:
        assert receipts(esme, 2) == ids[1:]
        assert esme.is_told_nothing()


@pytest.mark.parametrize("status", [CommandStatus.RX_T_APPN, CommandStatus.RMSGQFUL])
def test_what_is_refused_for_a_while_is_told_again_later(status: int) -> None:
    centre = Centre()

    with centre.bound() as esme:
        message_id = esme.sent(registered_delivery=1)
        centre.advance(5)
        esme.told(status)
        assert esme.is_told_nothing()
        centre.advance(60)

        assert receipts(esme, 1) == [message_id]


def test_what_is_refused_for_good_is_not_told_again() -> None:
    centre = Centre()

    with centre.bound() as esme:
        esme.sent(registered_delivery=1)
        centre.advance(5)
        esme.told(CommandStatus.RX_R_APPN)
        centre.advance(600)

        assert esme.is_told_nothing()
    assert centre.space.gateway.notices.kept("isms", "demo") == 0


def test_what_waits_survives_a_snapshot_and_is_told_by_what_was_restored() -> None:
    centre = Centre()
    with centre.bound("bind_transmitter") as esme:
        esme.sent(registered_delivery=1)
        centre.advance(5)
    snapshot = centre.space.remember("one")
    with centre.bound("bind_receiver") as receiver:
        receiver.told()
        receiver.ask("enquire_link")

        centre.space.restore(snapshot)

        assert receipts(receiver, 1)


def test_an_account_that_wants_to_be_called_is_called_when_something_waits_for_it() -> None:
    centre = Centre()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(LONG)
        host, port = listener.getsockname()
        account = centre.space.store.account("isms", "demo")
        assert account is not None
        centre.space.store.put_account(replace(account, attributes={"smpp_outbind": f"{host}:{port}"}))
        centre.space.gateway.receive("isms", "demo", NUMBER, "54321", "Hi")

        called, _ = listener.accept()
        called.settimeout(LONG)
        with Esme(called) as esme:
            outbind = esme.requested()
            assert outbind.fields == {"system_id": f"demo@{centre.name}", "password": "demo"}
            assert esme.bind("bind_receiver", f"demo@{centre.name}", "demo").status == 0
            assert esme.told().fields["short_message"] == b"Hi"


def test_an_older_client_is_told_without_optional_parameters() -> None:
    centre = Centre()

    with centre.bound(interface_version=0x33) as esme:
        esme.sent(registered_delivery=1)
        centre.advance(5)
        told = esme.told()

    assert told.options == {}
    assert told.fields["short_message"].startswith(b"id:")


# The journal


def test_the_journal_has_octets_and_fields_and_no_password() -> None:
    centre = Centre()

    with centre.bound() as esme:
        esme.sent(registered_delivery=1)
        centre.advance(5)
        esme.told()
        esme.ask("enquire_link")

    entries = centre.space.journal.since(0, 10)
    assert [entry.method for entry in entries] == [
        "bind_transceiver",
        "submit_sm",
        "deliver_sm",
        "enquire_link",
    ]
    assert [entry.account for entry in entries] == ["demo"] * 4
    bind, submit, deliver, _ = entries
    assert bind.fields["password"] == "***"
    assert b"demo\0demo" not in bind.body
    assert submit.fields["short_message"] == b"Hello".hex()
    assert (submit.answer[4:8], submit.status) == (b"\x80\0\0\x04", 0)
    assert deliver.answer[4:8] == b"\x80\0\0\x05"


def test_the_journal_tells_what_was_wrong() -> None:
    centre = Centre()

    with centre.bound() as esme:
        esme.socket.sendall(HEADER.pack(20, 0x04, 0, 7) + b"\0\0\0\0")
        received(esme, 16)

    entry = centre.space.journal.since(0, 10)[-1]
    assert (entry.method, entry.status) == ("submit_sm", CommandStatus.RINVCMDLEN)
    assert "malformed" in dict(entry.fields)


def test_the_control_api_shows_what_sessions_said() -> None:
    from emulator.tests.standing import Within

    centre = Centre()
    with centre.bound() as esme:
        esme.sent()

    shown = Within(centre.emulator, f"/~{centre.name}").get("/_emulator/journal").json
    assert shown is not None
    assert [entry["request"]["method"] for entry in shown["entries"]] == ["bind_transceiver", "submit_sm"]
    assert shown["entries"][1]["fields"]["destination_addr"] == NUMBER


# Peers that misbehave


def test_who_does_not_read_harms_nobody_and_is_not_listened_to() -> None:
    centre = Centre()
    flood = ENQUIRE * 4096

    with centre.bound() as deaf, centre.bound() as other:
        deaf.socket.settimeout(0.2)
        with pytest.raises(TimeoutError):
            deaf.socket.sendall(flood * 200)

        assert other.submit().status == 0
        assert other.ask("enquire_link").status == 0


def test_many_connections_leave_room_for_one_that_has_something_to_say() -> None:
    centre = Centre()
    idle = [socket.create_connection(centre.address, timeout=LONG) for _ in range(200)]

    with centre.bound() as esme:
        assert esme.submit().status == 0
    for one in idle:
        one.close()


def test_a_session_that_is_cut_off_in_the_middle_leaves_nothing_behind() -> None:
    centre = Centre()
    with centre.bound() as esme:
        esme.socket.sendall(pdus.written(Pdu(command="submit_sm", sequence=7, fields=LETTER))[:-1])

    with centre.bound() as esme:
        assert esme.ask("enquire_link").status == 0
    assert centre.messages == []


def test_nonsense_of_one_session_is_not_the_business_of_another() -> None:
    centre = Centre()

    with centre.bound() as good:
        for octets in (b"\0" * 100, b"GET / HTTP/1.1\r\n\r\n", b"\xff" * 64):
            with centre.open() as bad:
                bad.socket.sendall(octets)
                assert bad.is_closed()

        assert good.submit().status == 0


def test_a_space_whose_place_another_takes_has_no_sessions_any_more() -> None:
    centre = Centre()

    with centre.bound() as esme:
        centre.emulator.spaces.put(centre.name, replace(centre.space.start, seed=2))

        assert esme.is_closed()


# Beside it


def test_over_tls_it_is_the_same() -> None:
    trustme = pytest.importorskip("trustme")
    authority, outside = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(outside)
    inside = ssl.create_default_context()
    authority.configure_trust(inside)
    centre = Centre()
    server = centre.emulator.smsc("127.0.0.1", 0, tls=outside)
    board, before = centre.emulator.board, listening()[1]
    server.start()
    try:
        plain = socket.create_connection(("127.0.0.1", server.port), timeout=LONG)
        with Esme(inside.wrap_socket(plain, server_hostname="localhost")) as esme:
            assert esme.bind("bind_transmitter", f"demo@{centre.name}", "demo").status == 0
            assert esme.submit().status == 0
    finally:
        server.stop()
        board.open(before.loop, before.address)


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
    assert status_at(message, NINE)


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
