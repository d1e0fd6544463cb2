"""What sessions are handed: to whom, in which order, and what comes of what they answer."""

import socket
import struct
from collections import Counter

import pytest

from emulator.tests.esme import Centre
from emulator.wire.smpp.pdus import written
from emulator.wire.smpp.statuses import CommandStatus


def test_receipts_are_kept_until_somebody_is_bound_to_take_them() -> None:
    centre = Centre()
    with centre.bound("bind_transmitter") as esme:
        ids = [esme.sent(registered_delivery=1) for _ in range(3)]
        centre.advance(5)
        assert esme.is_told_nothing()

    with centre.bound("bind_receiver") as receiver:
        assert receiver.receipts(3) == ids
        assert receiver.is_told_nothing()


def test_receivers_of_an_account_are_served_in_turn() -> None:
    centre = Centre()

    with centre.bound() as one, centre.bound("bind_receiver") as two, centre.bound(login="empty") as stranger:
        ids = [one.sent(registered_delivery=1) for _ in range(4)]
        centre.advance(5)

        assert sorted(one.receipts(2) + two.receipts(2)) == sorted(ids)
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
        esme.told()
        esme.requested()

    with centre.bound() as esme:
        assert esme.receipts(2) == ids[1:]
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

        assert esme.receipts(1) == [message_id]


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
        message_id = esme.sent(registered_delivery=1)
        centre.advance(5)
    snapshot = centre.space.remember("one")
    with centre.bound("bind_receiver") as receiver:
        receiver.told()
        receiver.ask("enquire_link")

        centre.space.restore(snapshot)

        assert receiver.receipts(1) == [message_id]


def test_an_older_client_is_told_without_optional_parameters() -> None:
    centre = Centre()

    with centre.bound(interface_version=0x33) as esme:
        esme.sent(registered_delivery=1)
        centre.advance(5)
        told = esme.told()

    assert told.options == {}
    assert told.fields["short_message"].startswith(b"id:")


def test_sessions_that_die_lose_no_receipt_and_are_told_none_that_they_answered() -> None:
    """Each takes some, answers some of those, and is cut off."""
    centre, told = Centre(), Counter[str]()
    with centre.bound("bind_transmitter") as esme:
        ids = [esme.sent(registered_delivery=1) for _ in range(30)]
        centre.advance(5)

    for _ in range(5):
        with centre.bound() as esme:
            told.update(esme.receipts(4))
            esme.requested()
            esme.ask("enquire_link")  # what was answered before it was heard
            esme.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    with centre.bound("bind_receiver") as esme:
        told.update(esme.receipts(10))
        assert esme.is_told_nothing()

    assert told == Counter(ids)


def test_a_reset_forgets_what_waited_and_the_session_goes_on() -> None:
    centre = Centre()

    with centre.bound() as esme:
        esme.sent(registered_delivery=1)
        centre.space.reset()
        centre.advance(5)
        assert esme.is_told_nothing()
        message_id = esme.sent(registered_delivery=1)
        centre.advance(5)

        assert esme.receipts(1) == [message_id]
        assert esme.is_told_nothing()


def test_an_answer_to_what_a_reset_took_away_is_passed_over() -> None:
    centre = Centre()

    with centre.bound() as esme:
        esme.sent(registered_delivery=1)
        centre.advance(5)
        old = esme.requested()
        centre.space.reset()
        message_id = esme.sent(registered_delivery=1)
        centre.advance(5)
        esme.socket.sendall(written(esme.session.answer(old)))

        assert esme.receipts(1) == [message_id]
        assert esme.is_told_nothing()
    assert centre.space.gateway.notices.kept("isms", "demo") == 0


def test_a_session_that_unbinds_leaves_its_place_to_another_at_once() -> None:
    centre = Centre(smpp_binds=1)

    with centre.bound() as first:
        assert first.ask("unbind").status == 0
        with centre.bound() as second:
            assert second.submit().status == 0
