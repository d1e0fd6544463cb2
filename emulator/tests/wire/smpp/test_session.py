"""What may be said when, which answer belongs to which request, and that cutting makes no difference."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.wire.smpp import pdus
from emulator.wire.smpp.addresses import Destination
from emulator.wire.smpp.pdus import COMMANDS, Pdu, is_answer
from emulator.wire.smpp.session import BINDS, Answered, Asked, Session, Side, State, Wrong
from emulator.wire.smpp.statuses import CommandStatus
from emulator.wire.smpp.stream import Desynchronised

ENQUIRE = bytes.fromhex("00000010 00000015 00000000 00000005")


def octets_of(command: str, sequence: int = 1) -> bytes:
    fields = {"dest_addresses": (Destination(1, 1, "306900000001"),)}
    return pdus.written(Pdu(command=command, sequence=sequence, fields=fields))


def in_state(state: State, side: Side = Side.SMSC) -> Session:
    session = Session(side)
    session.state = state
    return session


REQUESTS = sorted(name for name in COMMANDS if not is_answer(name))

TABLE = {
    Side.ESME: """
        bind_transmitter    open outbound
        bind_receiver       open outbound
        bind_transceiver    open outbound
        submit_sm           bound_tx bound_trx
        submit_multi        bound_tx bound_trx
        data_sm             bound_tx bound_rx bound_trx
        query_sm            bound_tx bound_trx
        cancel_sm           bound_tx bound_trx
        replace_sm          bound_tx bound_trx
        enquire_link        open outbound bound_tx bound_rx bound_trx
        unbind              bound_tx bound_rx bound_trx
    """,
    Side.SMSC: """
        outbind             open
        deliver_sm          bound_rx bound_trx
        data_sm             bound_tx bound_rx bound_trx
        alert_notification  bound_rx bound_trx
        enquire_link        open outbound bound_tx bound_rx bound_trx
        unbind              bound_tx bound_rx bound_trx
    """,
}
"""Who may send what in which states: table 2-1, with enquiries before a bind and replacing transceivers."""


def allowed(side: Side, command: str, state: State) -> bool:
    rows = {command: states for command, *states in map(str.split, TABLE[side].strip().splitlines())}
    return state in rows.get(command, [])


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("command", REQUESTS)
def test_a_request_is_heard_exactly_where_the_table_allows_it(side: Side, state: State, command: str) -> None:
    session = in_state(state, side)

    [heard] = session.heard(octets_of(command))

    assert isinstance(heard, Asked if allowed(side.other, command, state) else Wrong)


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("command", REQUESTS)
def test_a_request_is_made_exactly_where_the_table_allows_it(side: Side, state: State, command: str) -> None:
    session = in_state(state, side)

    if allowed(side, command, state):
        assert session.ask(command).sequence == 1
    else:
        with pytest.raises(ValueError, match=command):
            session.ask(command)


@pytest.mark.parametrize("command", BINDS)
def test_a_second_bind_is_told_that_it_is_one(command: str) -> None:
    session = in_state(State.BOUND_TX)

    [heard] = session.heard(octets_of(command))

    assert isinstance(heard, Wrong)
    assert heard.answer == Pdu(command=f"{command}_resp", sequence=1, status=CommandStatus.RALYBND)


@pytest.mark.parametrize(("command", "state"), BINDS.items())
def test_a_bind_that_is_granted_opens_both_ends(command: str, state: State) -> None:
    esme, smsc = Session(Side.ESME), Session(Side.SMSC)
    [asked] = smsc.heard(pdus.written(esme.ask(command, {"system_id": "demo"})))
    assert isinstance(asked, Asked)

    [answered] = esme.heard(pdus.written(smsc.answer(asked.pdu, fields={"system_id": "smsc"})))

    assert isinstance(answered, Answered)
    assert (esme.state, smsc.state) == (state, state)


def test_a_bind_that_is_refused_opens_nothing() -> None:
    esme, smsc = Session(Side.ESME), Session(Side.SMSC)
    [asked] = smsc.heard(pdus.written(esme.ask("bind_transmitter", {"system_id": "demo"})))
    assert isinstance(asked, Asked)

    list(esme.heard(pdus.written(smsc.answer(asked.pdu, CommandStatus.RINVPASWD))))

    assert (esme.state, smsc.state) == (State.OPEN, State.OPEN)


@given(st.lists(st.integers(1, 30), max_size=40))
def test_how_the_octets_arrive_makes_no_difference(cuts: list[int]) -> None:
    sent = (
        octets_of("bind_transceiver", 1) + b"".join(octets_of("submit_sm", n) for n in range(2, 6)) + ENQUIRE
    )
    session, heard, at = Session(Side.SMSC), [], 0

    for size in [*cuts, len(sent)]:
        for one in session.heard(sent[at : at + size]):
            heard.append(one)
            assert isinstance(one, Asked)
            session.answer(one.pdu)
        at += size

    assert [(one.pdu.command, one.pdu.sequence) for one in heard if isinstance(one, Asked)] == [
        ("bind_transceiver", 1), *[("submit_sm", n) for n in range(2, 6)], ("enquire_link", 5),
    ]  # fmt: skip


@pytest.mark.parametrize("length", [0, 15, 128 * 1024 + 1, 0xFFFFFFFF])
def test_an_impossible_length_ends_the_stream_after_what_was_good(length: int) -> None:
    session = in_state(State.BOUND_TX)
    heard = session.heard(ENQUIRE + length.to_bytes(4, "big") + ENQUIRE[4:])

    assert isinstance(next(heard), Asked)
    with pytest.raises(Desynchronised):
        next(heard)


def test_answers_find_their_requests_in_any_order() -> None:
    session = in_state(State.BOUND_TRX)
    first, second = session.ask("deliver_sm"), session.ask("deliver_sm")

    answers = b"".join(octets_of("deliver_sm_resp", pdu.sequence) for pdu in (second, first))
    heard = list(session.heard(answers))

    assert [(one.pdu.sequence, one.to) for one in heard if isinstance(one, Answered)] == [
        (second.sequence, "deliver_sm"),
        (first.sequence, "deliver_sm"),
    ]
    assert session.unanswered == 0


def test_an_answer_that_nobody_waits_for_belongs_to_nothing() -> None:
    [heard] = in_state(State.BOUND_TRX).heard(octets_of("deliver_sm_resp", 77))

    assert isinstance(heard, Answered)
    assert heard.to is None


def test_an_unknown_command_is_answered_with_generic_nack() -> None:
    [heard] = Session(Side.SMSC).heard(bytes.fromhex("00000010 00000777 00000000 00000009"))

    assert isinstance(heard, Wrong)
    assert heard.answer == Pdu(command="generic_nack", sequence=9, status=CommandStatus.RINVCMDID)


def test_a_broken_answer_is_one_all_the_same() -> None:
    session = in_state(State.BOUND_TRX)
    asked = session.ask("data_sm")
    broken = pdus.HEADER.pack(18, 0x80000103, 0x64, asked.sequence) + b"xx"

    [heard] = session.heard(broken)

    assert isinstance(heard, Answered)
    assert (heard.to, heard.pdu.status) == (asked.command, CommandStatus.RX_T_APPN)
    assert session.unanswered == 0


def test_an_answer_of_no_known_command_is_not_answered() -> None:
    session = in_state(State.BOUND_TRX)
    asked = session.ask("deliver_sm")

    [heard] = session.heard(pdus.HEADER.pack(16, 0x80000777, 0, asked.sequence))

    assert isinstance(heard, Wrong)
    assert heard.answer is None
    assert session.unanswered == 1


def test_where_a_broken_request_is_not_allowed_that_is_what_it_is_told() -> None:
    [heard] = Session(Side.SMSC).heard(pdus.HEADER.pack(18, 0x04, 0, 9) + b"xx")

    assert isinstance(heard, Wrong)
    assert heard.answer == Pdu(command="submit_sm_resp", sequence=9, status=CommandStatus.RINVBNDSTS)


def test_a_stranger_may_not_begin_what_has_no_end() -> None:
    session = Session(Side.SMSC)
    long = (5000).to_bytes(4, "big") + ENQUIRE[4:]

    with pytest.raises(Desynchronised):
        list(session.heard(long))
    session = Session(Side.SMSC)
    session.answer(Pdu(command="bind_receiver", sequence=1))
    assert list(session.heard(long)) == []


def test_sequence_numbers_begin_anew_behind_the_last() -> None:
    session = in_state(State.BOUND_TRX)
    session._sequence = 0x7FFFFFFF

    assert session.ask("enquire_link").sequence == 1


def test_nothing_is_asked_that_the_state_does_not_allow() -> None:
    with pytest.raises(ValueError, match="no deliver_sm from the smsc while bound_tx"):
        in_state(State.BOUND_TX).ask("deliver_sm")


@pytest.mark.parametrize(
    ("command", "status", "fields"),
    [("submit_sm", 0, {"message_id": "A1"}), ("submit_sm", 0x58, {}), ("unbind", 0, {}), ("outbind", 0, {})],
)
def test_a_reply_is_an_answer_that_is_written(command: str, status: int, fields: dict[str, str]) -> None:
    one, other = in_state(State.BOUND_TRX), in_state(State.BOUND_TRX)
    asked = Pdu(command=command, sequence=7)

    octets = one.reply(asked, status, fields)

    assert octets == pdus.written(other.answer(asked, status, fields))
    assert one.state is other.state
