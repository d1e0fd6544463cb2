"""What is asked of messages sent before: their state, taking them back, putting others in their place."""

from typing import Any

import pytest

from emulator.core.model import Status
from emulator.core.timetable import status_at
from emulator.tests.esme import LETTER, Centre, Esme
from emulator.tests.samples import EXPIRES, FAILS, NUMBER, OTHER
from emulator.wire.smpp.addresses import Destination
from emulator.wire.smpp.pdus import Pdu
from emulator.wire.smpp.receipts import MessageState
from emulator.wire.smpp.statuses import CommandStatus

SOURCE = {"source_addr_ton": 5, "source_addr_npi": 0, "source_addr": "smslab"}
DESTINATION = {"dest_addr_ton": 1, "dest_addr_npi": 1, "destination_addr": NUMBER}
LATER, TWO_HOURS = "000000010000000R", "000000020000000R"


def query(esme: Esme, message_id: str, **fields: Any) -> Pdu:
    return esme.ask("query_sm", {"message_id": message_id, **SOURCE, **fields})


def cancel(esme: Esme, message_id: str, **fields: Any) -> int:
    return esme.ask("cancel_sm", {"message_id": message_id, **SOURCE, **DESTINATION, **fields}).status


def replace(esme: Esme, message_id: str, **fields: Any) -> int:
    given = {"message_id": message_id, **SOURCE, "short_message": b"new", **fields}
    return esme.ask("replace_sm", given).status


def states(centre: Centre) -> list[Status]:
    return [status_at(message, centre.space.clock.now()) for message in centre.messages]


def test_a_message_under_way_has_no_final_date() -> None:
    with Centre().bound() as esme:
        message_id = esme.sent()

        answer = query(esme, message_id)

        assert answer.fields == {
            "message_id": message_id,
            "final_date": "",
            "message_state": MessageState.ENROUTE,
            "error_code": 0,
        }


@pytest.mark.parametrize(
    ("number", "state", "error"),
    [(NUMBER, MessageState.DELIVERED, 0), (FAILS, MessageState.UNDELIVERABLE, 27)],
)
def test_a_final_state_has_a_date_and_an_error(number: str, state: MessageState, error: int) -> None:
    centre = Centre()

    with centre.bound() as esme:
        message_id = esme.sent(destination_addr=number)
        centre.advance(5)
        fields = query(esme, message_id).fields

        assert (fields["message_state"], fields["error_code"]) == (state, error)
        assert fields["final_date"] == "260302090003000+"


@pytest.mark.parametrize("message_id", ["", "AAAAAAAAAA", "too short", "a" * 64])
def test_an_unknown_message_is_refused_by_each_in_its_own_way(message_id: str) -> None:
    with Centre().bound() as esme:
        assert query(esme, message_id).status == CommandStatus.RQUERYFAIL
        assert cancel(esme, message_id) == CommandStatus.RCANCELFAIL
        assert replace(esme, message_id) == CommandStatus.RREPLACEFAIL


def test_a_message_of_another_source_is_not_known() -> None:
    with Centre().bound() as esme:
        message_id = esme.sent(schedule_delivery_time=LATER)

        assert query(esme, message_id, source_addr="other").status == CommandStatus.RQUERYFAIL
        assert cancel(esme, message_id, source_addr="other") == CommandStatus.RCANCELFAIL
        assert replace(esme, message_id, source_addr="other") == CommandStatus.RREPLACEFAIL


def test_a_message_of_another_account_is_not_known() -> None:
    centre = Centre()

    with centre.bound() as esme, centre.bound(login="empty") as stranger:
        message_id = esme.sent(schedule_delivery_time=LATER)

        assert query(stranger, message_id).status == CommandStatus.RQUERYFAIL
        assert cancel(stranger, message_id) == CommandStatus.RCANCELFAIL
        assert replace(stranger, message_id) == CommandStatus.RREPLACEFAIL


def test_a_message_that_waits_is_cancelled_and_paid_back() -> None:
    centre = Centre()

    with centre.bound() as esme:
        message_id = esme.sent(schedule_delivery_time=LATER, registered_delivery=1)

        assert cancel(esme, message_id) == 0
        assert esme.told().options["message_state"] == MessageState.DELETED
        assert query(esme, message_id).fields["message_state"] == MessageState.DELETED
        assert cancel(esme, message_id) == CommandStatus.RCANCELFAIL
    account = centre.space.store.account("isms", "demo")
    assert account is not None
    assert str(account.credit) == "3948.47"


def test_without_a_message_id_everything_alike_that_waits_is_cancelled() -> None:
    centre = Centre()

    with centre.bound() as esme:
        for _ in range(2):
            esme.sent(schedule_delivery_time=LATER)
        esme.sent(schedule_delivery_time=LATER, source_addr="other")
        esme.sent(schedule_delivery_time=LATER, destination_addr=OTHER)
        esme.sent(schedule_delivery_time=LATER, service_type="CMT")

        assert cancel(esme, "") == 0
        assert cancel(esme, "") == CommandStatus.RCANCELFAIL
    assert states(centre) == [Status.CANCELLED] * 2 + [Status.SCHEDULED] * 3


@pytest.mark.parametrize("operation", [cancel, replace])
def test_it_is_too_late_for_what_was_delivered(operation: Any) -> None:
    centre = Centre()

    with centre.bound() as esme:
        message_id = esme.sent()
        centre.advance(5)

        assert operation(esme, message_id) in {CommandStatus.RCANCELFAIL, CommandStatus.RREPLACEFAIL}
    assert states(centre) == [Status.DELIVERED]


def test_the_text_of_a_message_that_waits_is_replaced_in_its_own_alphabet() -> None:
    centre = Centre()

    with centre.bound() as esme:
        message_id = esme.sent(schedule_delivery_time=LATER, data_coding=8, short_message=b"\0a")

        assert replace(esme, message_id, short_message="β".encode("utf-16-be"), registered_delivery=1) == 0
        centre.advance(3605)
        assert esme.told().options["receipted_message_id"] == message_id
    assert centre.messages[0].text == "β"


def test_times_are_replaced_where_they_are_given() -> None:
    centre = Centre()

    with centre.bound() as esme:
        message_id = esme.sent(schedule_delivery_time=LATER)
        assert replace(esme, message_id) == 0
        centre.advance(60)
        assert states(centre) == [Status.SCHEDULED]
        assert replace(esme, message_id, schedule_delivery_time="000000000100000R") == 0
        centre.advance(65)

    assert states(centre) == [Status.DELIVERED]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {"validity_period": TWO_HOURS}),
        ({"validity_period": TWO_HOURS}, {}),
        ({"validity_period": TWO_HOURS}, {"schedule_delivery_time": "000000013000000R"}),
        ({"validity_period": "000000030000000R"}, {"validity_period": TWO_HOURS}),
    ],
)
def test_a_message_ends_when_it_was_last_said_to(before: dict[str, Any], after: dict[str, Any]) -> None:
    centre = Centre()

    with centre.bound() as esme:
        message_id = esme.sent(destination_addr=EXPIRES, schedule_delivery_time=LATER, **before)
        assert replace(esme, message_id, **after) == 0
        centre.advance(7199)
        assert states(centre) == [Status.SUBMITTED]
        centre.advance(1)

    assert states(centre) == [Status.EXPIRED]


def test_a_message_for_many_is_cancelled_for_any_of_them() -> None:
    centre = Centre()

    with centre.bound() as esme:
        both = (Destination(1, 1, NUMBER), Destination(1, 1, OTHER))
        given = {**LETTER, "dest_addresses": both, "schedule_delivery_time": LATER}
        message_id = str(esme.ask("submit_multi", given).fields["message_id"])

        assert cancel(esme, message_id, destination_addr=FAILS) == CommandStatus.RCANCELFAIL
        assert cancel(esme, message_id, destination_addr=OTHER) == 0
    assert states(centre) == [Status.CANCELLED] * 2


def test_a_default_message_that_there_is_not_cannot_replace() -> None:
    with Centre().bound() as esme:
        message_id = esme.sent(schedule_delivery_time=LATER)

        assert replace(esme, message_id, sm_default_msg_id=1) == CommandStatus.RINVDFTMSGID


def test_a_message_sent_over_http_is_asked_for_by_its_identifier() -> None:
    from emulator.tests.standing import Within

    centre = Centre()
    web = Within(centre.emulator, f"/~{centre.name}")
    sent = web.get(f"/api/http/send.php?username=demo&password=demo&from=smslab&to={NUMBER}&message=Hi")

    with centre.bound() as esme:
        assert query(esme, sent.text.removeprefix("ID:")).fields["message_state"] == MessageState.ENROUTE
        assert LETTER["source_addr"] == "smslab"


def test_a_reserved_wish_for_receipts_replaces_nothing() -> None:
    centre = Centre()

    with centre.bound() as esme:
        message_id = esme.sent(schedule_delivery_time="000001000000000R")
        fields = {**LETTER, "message_id": message_id, "registered_delivery": 3, "short_message": b"new"}
        answer = esme.ask("replace_sm", fields)

    assert answer.status == CommandStatus.RINVREGDLVFLG
    assert centre.messages[0].text == "Hello"
