"""What the driver of SMPP writes, how it reads, and what it says when the other side does not behave."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from conformance.drivers.http import Unanswered, Unreachable
from conformance.drivers.smpp import Closed, Link, Listener, probe
from conformance.drivers.smpp_frames import Reader, delivered, framed
from conformance.drivers.smpp_pdus import (
    ANSWER,
    BIND_TRANSMITTER,
    DELIVER_SM,
    ENQUIRE_LINK,
    SUBMIT_SM,
    Submit,
    bind,
    parameter,
    pdu,
)
from conformance.drivers.smpp_statuses import Status
from conformance.tape import By, Tape

RECEIPT = (
    b"id:7 sub:001 dlvrd:001 submit date:2603020900 done date:2603020901 stat:DELIVRD err:000 text:Hello"
)


@contextmanager
def smsc(serve: Callable[[socket.socket], None]) -> Iterator[tuple[str, int]]:
    """Where somebody listens who does this to whoever calls first, and hangs up."""
    listener = socket.create_server(("127.0.0.1", 0))

    def answering() -> None:
        with listener.accept()[0] as connection:
            serve(connection)

    thread = threading.Thread(target=answering, daemon=True)
    thread.start()
    with listener:
        yield listener.getsockname()
        thread.join(5)


def saying(*octets: bytes) -> Callable[[socket.socket], None]:
    """Reads something, says all this, and waits for the other side to end it."""

    def serve(connection: socket.socket) -> None:
        connection.recv(65536)
        for one in octets:
            connection.sendall(one)
        while connection.recv(65536):
            pass

    return serve


def ok(sequence: int, command: int = ENQUIRE_LINK) -> bytes:
    return pdu(command | ANSWER, sequence=sequence)


def test_a_bind_is_written_as_the_specification_shows_it() -> None:
    body = bind("SMPP3TEST", "secret08", system_type="SUBMIT1", version=0, ton=1, npi=1)

    written = pdu(BIND_TRANSMITTER, body, sequence=1)

    # the example in section 3.2
    assert written.hex(" ").upper() == (
        "00 00 00 2F 00 00 00 02 00 00 00 00 00 00 00 01 53 4D 50 50 33 54 45 53 54 00 "
        "73 65 63 72 65 74 30 38 00 53 55 42 4D 49 54 31 00 00 01 01 00"
    )


def test_lengths_can_lie() -> None:
    letter = Submit(destination="306900000001", message=b"Hello", sm_length=200)

    assert pdu(SUBMIT_SM, length=7)[:4] == b"\0\0\0\7"
    assert letter.body[-6:] == b"\xc8Hello"
    assert parameter(0x0204, b"\0\7", length=9) == b"\2\4\0\x09\0\7"


def test_a_deliver_sm_is_read_field_by_field() -> None:
    letter = Submit(
        source="306900000001",
        destination="smslab",
        esm_class=4,
        message=RECEIPT,
        parameters=parameter(0x001E, b"7\0"),
    )

    found = delivered(framed(pdu(DELIVER_SM, letter.body, sequence=3)))

    assert (found.source, found.destination, found.is_receipt) == ("306900000001", "smslab", True)
    assert (found.receipt["stat"], found.receipt["text"], found.message_id) == ("DELIVRD", "Hello", "7")


def test_fields_that_are_not_there_are_a_finding() -> None:
    with pytest.raises(AssertionError, match="a C-octet string that does not end within 3 octets"):
        Reader(b"abcd\0").string(3)
    with pytest.raises(AssertionError, match="the body ends 2 octets too early"):
        Reader(b"a").octets(3)
    with pytest.raises(AssertionError, match="the body ends 1 octets too early"):
        Reader(parameter(0x0204, b"\0\7", length=3)).parameters()


def test_a_status_that_nobody_knows_is_shown_as_a_number() -> None:
    assert (repr(Status(0x0E)), repr(Status(0x400))) == ("RINVPASWD", "0x00000400")
    assert Status(0x400) == 0x400


def test_an_answer_is_found_among_others_and_requests() -> None:
    letter = pdu(DELIVER_SM, Submit(destination="smslab").body, sequence=1)

    with smsc(saying(ok(2) + letter, ok(1))) as address, Link(address) as link:
        first, second = link.say(ENQUIRE_LINK), link.say(ENQUIRE_LINK)
        found = (link.answer(first).sequence, link.answer(second).sequence, link.request().command)

    assert found == (1, 2, DELIVER_SM)


def test_what_was_said_before_an_enquiry_is_known_after_it() -> None:
    letter = pdu(DELIVER_SM, Submit(destination="smslab").body, sequence=9)

    with smsc(saying(letter + ok(1))) as address, Link(address) as link:
        said = link.said()

    assert [frame.sequence for frame in said] == [9]


@pytest.mark.parametrize("lively", [True, False])
def test_enquiries_are_answered_while_something_else_is_waited_for(lively: bool) -> None:
    heard = bytearray()

    def serve(connection: socket.socket) -> None:
        heard.extend(connection.recv(65536))
        connection.sendall(pdu(ENQUIRE_LINK, sequence=9) + ok(1))
        while octets := connection.recv(65536):
            heard.extend(octets)

    with smsc(serve) as address, Link(address) as link:
        link.lively = lively
        link.ask(ENQUIRE_LINK)
        enquiry = link.request()
        link.close()

    assert enquiry.sequence == 9
    assert bytes(heard) == pdu(ENQUIRE_LINK) + (ok(9) if lively else b"")


def test_silence_and_an_end_are_told_apart() -> None:
    with (
        smsc(saying()) as address,
        Link(address, patience=0.05) as link,
        pytest.raises(Unanswered, match="nothing came in time") as silent,
    ):
        link.ask(ENQUIRE_LINK)
    with smsc(lambda connection: None) as address, Link(address) as link:
        closed = link.is_closed()
        with pytest.raises(Closed, match="the connection was closed"):
            link.ask(ENQUIRE_LINK)

    assert not isinstance(silent.value, Closed)
    assert closed


def test_a_length_that_cannot_be_is_a_finding() -> None:
    with (
        smsc(saying(pdu(ENQUIRE_LINK | ANSWER, length=7))) as address,
        Link(address) as link,
        pytest.raises(AssertionError, match="a PDU of 7 octets came"),
    ):
        link.ask(ENQUIRE_LINK)


def test_what_is_said_is_taped_in_both_directions() -> None:
    tape = Tape()
    letter = pdu(DELIVER_SM, Submit(destination="smslab").body, sequence=9)

    with smsc(saying(letter + ok(1))) as address, Link(address, tape=tape) as link:
        link.ask(ENQUIRE_LINK)

    assert [(one.by, one.request or one.response) for one in tape.exchanges] == [
        (By.HARNESS, pdu(ENQUIRE_LINK)),
        (By.SUBJECT, letter),
        (By.HARNESS, ok(1)),
    ]


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = listener.getsockname()

    with pytest.raises(Unreachable, match=r"nothing answers at smpp://127\.0\.0\.1:"):
        probe(address, timeout=1.0)
    with pytest.raises(Unreachable, match="Connection refused"):
        Link(address)


def test_somebody_may_call_us() -> None:
    with Listener(patience=0.05) as listener:
        with pytest.raises(Unanswered, match="nobody called in time"):
            listener.call()
        with Link(listener.address) as caller, listener.call() as called:
            caller.send(pdu(ENQUIRE_LINK, sequence=5))
            asked = called.request()

    assert asked.sequence == 5
