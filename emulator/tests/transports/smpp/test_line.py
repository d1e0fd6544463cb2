"""What a session does as time passes: it ends, asks, gives up; without a socket and without waiting."""

import weakref

import pytest

from emulator.tests.transports.smpp.bench import Bench, Wire, within_a_loop
from emulator.transports.smpp.line import Line
from emulator.transports.smpp.talk import Talk
from emulator.wire.smpp import pdus
from emulator.wire.smpp.pdus import Pdu


@within_a_loop
def test_a_connection_without_a_bind_is_closed(bench: Bench) -> None:
    bench.after(29)
    assert bench.wire.is_open

    bench.after(31)

    assert not bench.wire.is_open


@within_a_loop
def test_a_silent_session_is_asked_once_and_closed_when_it_does_not_answer(bench: Bench) -> None:
    bench.bind()
    bench.asked()

    bench.after(59)
    assert bench.asked() == []
    bench.after(61)
    bench.after(62)
    assert bench.asked() == ["enquire_link"]
    bench.after(89)
    assert bench.wire.is_open
    bench.after(92)
    assert not bench.wire.is_open


@within_a_loop
def test_a_session_that_answers_lives_on(bench: Bench) -> None:
    bench.bind()
    bench.asked()
    bench.after(61)
    bench.hear(Pdu(command="enquire_link_resp", sequence=1))

    bench.after(59)

    assert bench.asked() == ["enquire_link"]
    assert bench.wire.is_open


@within_a_loop
def test_what_is_not_answered_is_sent_again(bench: Bench) -> None:
    bench.bind()
    bench.tell()
    assert bench.asked()[-1] == "deliver_sm"

    bench.after(29)
    bench.deal()
    assert bench.asked() == []
    bench.after(31)
    bench.deal()

    assert bench.asked() == ["deliver_sm"]


@within_a_loop
def test_who_does_not_read_is_neither_heard_nor_told_anything(bench: Bench) -> None:
    bench.bind()
    bench.asked()

    bench.line.pause_writing()
    bench.tell()
    assert (bench.wire.listens, bench.asked()) == (False, [])
    bench.line.resume_writing()

    assert (bench.wire.listens, bench.asked()) == (True, ["deliver_sm"])


@within_a_loop
def test_who_does_not_read_for_too_long_is_cut_off(bench: Bench) -> None:
    bench.bind()
    bench.line.pause_writing()

    bench.after(89)
    assert bench.wire.is_open
    bench.after(91)

    assert not bench.wire.is_open


@within_a_loop
def test_what_was_handed_to_a_session_that_ends_waits_again(bench: Bench) -> None:
    bench.bind()
    bench.tell()
    notices = bench.emulator.spaces[bench.name].gateway.notices
    assert notices.handed("isms", "demo", 1) == []

    bench.line.connection_lost(None)

    assert len(notices.handed("isms", "demo", 1)) == 1


@within_a_loop
def test_a_session_that_is_asked_to_end_is_told_nothing_more_and_ends(bench: Bench) -> None:
    bench.bind()
    bench.asked()

    bench.line.talk.unbind()
    bench.tell()
    assert bench.asked() == ["unbind"]
    bench.hear(Pdu(command="unbind_resp", sequence=1))

    assert bench.wire.is_ended
    assert bench.line.place is None


@within_a_loop
def test_who_is_not_bound_when_all_end_is_hung_up_on(bench: Bench) -> None:
    bench.line.talk.unbind()

    assert bench.asked() == []
    assert bench.wire.is_ended


@within_a_loop
def test_the_last_answer_can_be_read_for_a_while_and_nothing_is_heard_meanwhile(bench: Bench) -> None:
    bench.bind()
    bench.asked()

    bench.hear(Pdu(command="unbind", sequence=7))
    bench.hear(Pdu(command="enquire_link", sequence=8))
    assert bench.asked() == ["unbind_resp"]
    bench.after(4)
    assert bench.wire.is_open
    bench.after(6)

    assert not bench.wire.is_open


@within_a_loop
def test_hanging_up_on_who_is_gone_already_is_no_defect(bench: Bench) -> None:
    bench.bind()
    bench.asked()
    bench.wire.is_open = False

    bench.hear(Pdu(command="unbind", sequence=7))

    assert not bench.wire.is_ended


@within_a_loop
def test_an_answer_with_a_broken_body_is_one_all_the_same(bench: Bench) -> None:
    bench.bind()
    bench.tell()

    bench.hear_octets(pdus.HEADER.pack(18, 0x80000005, 0, 1) + b"xx")

    bench.after(31)
    bench.deal()
    assert bench.asked() == ["bind_transceiver_resp", "deliver_sm"]


def test_a_defect_ends_the_session_that_has_it_and_no_more(
    defects: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def defect(talk: Talk, before: float) -> None:
        raise RuntimeError

    @within_a_loop
    def look(bench: Bench) -> None:
        bench.bind()
        bench.tell()
        monkeypatch.setattr(Talk, "give_up", defect)
        bench.after(1)
        monkeypatch.undo()
        assert not bench.wire.is_open

    look()

    (said,) = defects
    assert said.endswith("account 'demo': defect in an SMPP session")
    defects.clear()


@within_a_loop
def test_who_hung_up_takes_all_memory_along(bench: Bench) -> None:
    """Closed lines are many, and the collector of a busy server comes seldom."""
    gone: list[weakref.ref[Line] | weakref.ref[Talk]] = [
        weakref.ref(bench.line),
        weakref.ref(bench.line.talk),
    ]
    bench.bind()
    bench.hear_octets(pdus.HEADER.pack(15, 0, 0, 1))

    bench.line.connection_lost(None)
    bench.line = Line(bench.server, bytearray(16))
    bench.line.connection_made(Wire())

    assert [line() for line in gone] == [None, None]
