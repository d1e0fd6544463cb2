"""Peers that misbehave: they get the answer of the specification, and harm nobody else."""

import resource
import socket
from contextlib import suppress
from dataclasses import replace

import pytest

from emulator.tests.esme import ENQUIRE, LETTER, LONG, Centre
from emulator.wire.smpp import pdus
from emulator.wire.smpp.pdus import HEADER, Pdu
from emulator.wire.smpp.statuses import CommandStatus


def test_who_floods_and_does_not_read_harms_nobody() -> None:
    """That it is not listened to any more is shown of lines, which no buffers are around."""
    centre = Centre()

    with centre.bound() as deaf, centre.bound() as other:
        deaf.socket.settimeout(0.1)
        with suppress(TimeoutError):
            deaf.socket.sendall(ENQUIRE * 500_000)

        assert other.submit().status == 0
        assert other.ask("enquire_link").status == 0


def test_a_thousand_connections_leave_room_for_one_that_has_something_to_say() -> None:
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if files < 4096:
        pytest.skip(f"{files} open files are too few")
    centre = Centre()
    idle = [socket.create_connection(centre.address, timeout=LONG) for _ in range(1000)]

    with centre.bound() as esme:
        for one in idle:
            one.sendall(HEADER.pack(1000, 0x09, 0, 1) + b"never ending")
        assert esme.submit().status == 0
    for one in idle:
        one.close()


def test_a_connection_beyond_the_bound_is_ended_and_harms_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    centre = Centre()

    with centre.bound() as esme:
        monkeypatch.setattr(centre.server, "_most", 1)
        with centre.open() as other:
            assert other.is_closed()
        assert esme.submit().status == 0


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


BODY = pdus.body("submit_sm", LETTER, {})
TAGS = {"no length": b"\x02\x04", "too long": b"\x04\x24\xff\xffab", "of a wrong length": b"\x02\x04\0\1a"}


@pytest.mark.parametrize(
    ("command", "body", "status"),
    [
        pytest.param(0x04, b"", CommandStatus.RINVCMDLEN, id="nothing"),
        pytest.param(0x04, BODY[:-1], CommandStatus.RINVMSGLEN, id="an octet too few"),
        pytest.param(0x04, BODY[:10], CommandStatus.RINVCMDLEN, id="no more than a source"),
        pytest.param(0x04, b"x" * 100, CommandStatus.RINVSERTYP, id="a string without an end"),
        pytest.param(0x03, b"x" * 100, CommandStatus.RINVMSGID, id="a message_id without an end"),
        pytest.param(0x21, BODY[:10] + b"\0", CommandStatus.RINVNUMDESTS, id="no destination"),
        pytest.param(0x04, BODY + TAGS["no length"], CommandStatus.RINVOPTPARSTREAM, id="half a parameter"),
        pytest.param(0x04, BODY + TAGS["too long"], CommandStatus.RINVOPTPARSTREAM, id="a lying parameter"),
        pytest.param(
            0x04, BODY + TAGS["of a wrong length"], CommandStatus.RINVPARLEN, id="a short parameter"
        ),
        pytest.param(0x05, BODY, CommandStatus.RINVBNDSTS, id="a deliver_sm of an ESME"),
        pytest.param(0x09, b"demo\0demo\0\0\x34\0\0\0", CommandStatus.RALYBND, id="a second bind"),
    ],
)
def test_what_cannot_be_obeyed_is_answered_and_the_session_goes_on(
    command: int, body: bytes, status: CommandStatus
) -> None:
    centre = Centre()

    with centre.bound() as esme:
        esme.socket.sendall(HEADER.pack(16 + len(body), command, 0, 7) + body)

        assert esme.received(16) == HEADER.pack(16, 0x80000000 | command, status, 7)
        assert esme.ask("enquire_link").status == 0
    assert centre.messages == []


def test_who_is_asked_to_send_less_and_goes_on_is_still_told() -> None:
    """The answer is not lost to what was on its way meanwhile."""
    centre = Centre()

    with centre.bound() as esme:
        esme.socket.sendall(HEADER.pack(7, 0x04, 0, 7) + b"x" * 1_000_000)

        assert esme.received(100) == HEADER.pack(16, 0x80000000, CommandStatus.RINVCMDLEN, 7)


def test_a_space_that_is_taken_away_has_no_sessions_any_more() -> None:
    centre = Centre()

    with centre.bound() as esme, Centre().bound() as other:
        centre.emulator.spaces.drop(centre.name)

        assert esme.is_closed()
        assert other.submit().status == 0


def test_moving_the_clock_by_years_ends_no_session() -> None:
    centre = Centre()

    with centre.bound() as esme:
        message_id = esme.sent(registered_delivery=1, schedule_delivery_time="010000000000000R")
        centre.advance(2 * 365 * 24 * 3600)

        assert esme.receipts(1) == [message_id]
        assert esme.submit().status == 0
