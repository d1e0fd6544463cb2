"""What is sent over SMPP: texts, times, many at once, pieces, and everything that is refused."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from emulator.core.model import Coding, Status
from emulator.core.refusals import Reason
from emulator.core.sabotage import KIND as FAULT
from emulator.core.sabotage import Effect, Fault
from emulator.tests.esme import LETTER, Centre
from emulator.tests.samples import NINE, NUMBER, OTHER, UNPAID, second
from emulator.wire.smpp.addresses import Destination, Unsuccess
from emulator.wire.smpp.pdus import written
from emulator.wire.smpp.statuses import CommandStatus

GREEK = "Γεια σου κόσμε"


@pytest.mark.parametrize(
    ("coding", "octets", "text", "alphabet"),
    [
        (0x00, b"Hello", "Hello", Coding.GSM7),
        (0x00, b"\x00\x13\x1b\x65", "@Γ€", Coding.GSM7),
        (0x01, b"Hi [x]", "Hi [x]", Coding.GSM7),
        (0x01, b"back`tick", "back`tick", Coding.UCS2),
        (0x03, "Grüße".encode("latin-1"), "Grüße", Coding.GSM7),
        (0x03, "façade".encode("latin-1"), "façade", Coding.UCS2),
        (0x04, b"\x00\xff", "\x00\xff", Coding.GSM7),
        (0x06, "привет".encode("iso8859-5"), "привет", Coding.UCS2),
        (0x08, GREEK.encode("utf-16-be"), GREEK, Coding.UCS2),
        (0x08, b"\x03", "\ufffd", Coding.UCS2),
    ],
)
def test_a_text_arrives_as_data_coding_says(coding: int, octets: bytes, text: str, alphabet: Coding) -> None:
    centre = Centre()

    with centre.bound() as esme:
        esme.sent(data_coding=coding, short_message=octets)

    (message,) = centre.messages
    assert (message.text, message.coding) == (text, alphabet)


@pytest.mark.parametrize(
    ("fields", "options", "flash"),
    [
        ({}, {}, False),
        ({"data_coding": 0xF0}, {}, True),
        ({"data_coding": 0x10}, {}, True),
        ({"data_coding": 0xF1}, {}, False),
        ({"data_coding": 0x18, "short_message": b"\0H"}, {}, True),
        ({}, {"dest_addr_subunit": 1}, True),
        ({}, {"dest_addr_subunit": 2}, False),
    ],
)
def test_a_flash_is_asked_for_by_class_or_by_display(
    fields: dict[str, Any], options: dict[str | int, Any], flash: bool
) -> None:
    centre = Centre()

    with centre.bound() as esme:
        esme.sent(options, **fields)

    assert centre.messages[0].order.flash is flash


def test_what_is_sent_costs_the_same_as_over_http_and_is_found_there() -> None:
    from emulator.tests.standing import Within

    centre = Centre()
    web = Within(centre.emulator, f"/~{centre.name}")

    with centre.bound() as esme:
        mid = esme.sent(short_message=b"a" * 161)

    login = "username=demo&password=demo"
    assert web.get(f"/api/http/credits.php?{login}").text == "Credits:3946.47"
    assert web.get(f"/api/http/query.php?{login}&mid={mid}&mobile={NUMBER}").text == "Status: Queued"


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"destination_addr": ""}, CommandStatus.RINVDSTADR),
        ({"destination_addr": "hello"}, CommandStatus.RINVDSTADR),
        ({"source_addr": "a name too long"}, CommandStatus.RINVSRCADR),
        ({"destination_addr": UNPAID}, CommandStatus.RSUBMITFAIL),
        ({"source_addr_ton": 7}, CommandStatus.RINVSRCTON),
        ({"source_addr_npi": 2}, CommandStatus.RINVSRCNPI),
        ({"dest_addr_ton": 7}, CommandStatus.RINVDSTTON),
        ({"dest_addr_npi": 2}, CommandStatus.RINVDSTNPI),
        ({"service_type": "XXX"}, CommandStatus.RINVSERTYP),
        ({"priority_flag": 4}, CommandStatus.RINVPRTFLG),
        ({"registered_delivery": 3}, CommandStatus.RINVREGDLVFLG),
        ({"replace_if_present_flag": 2}, CommandStatus.RINVREPFLAG),
        ({"sm_default_msg_id": 1}, CommandStatus.RINVDFTMSGID),
        ({"esm_class": 0x04}, CommandStatus.RINVESMCLASS),
        ({"esm_class": 0x18}, CommandStatus.RINVESMCLASS),
        ({"esm_class": 0x40, "short_message": b"\x09\x00"}, CommandStatus.RINVESMCLASS),
        ({"schedule_delivery_time": "260302250000000+"}, CommandStatus.RINVSCHED),
        ({"validity_period": "xxxxxxxxxxxxxxxx"}, CommandStatus.RINVEXPIRY),
        ({"validity_period": "260302080000000+"}, CommandStatus.RINVEXPIRY),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_comes_of_it(fields: dict[str, Any], status: int) -> None:
    centre = Centre()

    with centre.bound() as esme:
        answer = esme.submit(**fields)

    assert (answer.status, answer.fields) == (status, {})
    assert centre.messages == []


def test_two_texts_in_one_message_are_refused() -> None:
    with Centre().bound() as esme:
        answer = esme.submit({"message_payload": b"more"})

        assert answer.status == CommandStatus.RINVOPTPARAMVAL


@pytest.mark.parametrize(
    ("schedule", "at"),
    [
        ("260302100000000+", second(3600)),
        ("260302120000008+", second(3600)),
        ("260302080000008-", second(3600)),
        ("000000010000000R", second(3600)),
        ("000001000000000R", NINE + timedelta(days=1)),
        ("", None),
        ("260302080000000+", None),
    ],
)
def test_a_schedule_is_a_moment_or_counted_from_now(schedule: str, at: object) -> None:
    centre = Centre()

    with centre.bound() as esme:
        esme.sent(schedule_delivery_time=schedule)

    assert centre.messages[0].order.scheduled_at == at


def test_a_validity_counts_from_now_also_for_what_is_scheduled() -> None:
    centre = Centre()

    with centre.bound() as esme:
        esme.sent(schedule_delivery_time="000000010000000R", validity_period="000000010002000R")

    *_, last = centre.messages[0].timetable
    assert (last.after, last.status) == (timedelta(hours=1, seconds=2), Status.EXPIRED)


def test_a_validity_that_ends_before_the_message_leaves_is_refused() -> None:
    with Centre().bound() as esme:
        answer = esme.submit(schedule_delivery_time="000000020000000R", validity_period="000000010000000R")

        assert answer.status == CommandStatus.RINVEXPIRY


def test_a_payload_carries_a_long_text_as_one_message() -> None:
    centre = Centre()

    with centre.bound() as esme:
        esme.sent({"message_payload": b"a" * 1000}, short_message=b"")

    (message,) = centre.messages
    assert (len(message.text), message.parts) == (1000, 7)


def test_many_are_reached_by_one_request_and_the_others_named() -> None:
    centre = Centre()
    destinations = (Destination(1, 1, NUMBER), Destination(1, 1, "x"), Destination(list_name="friends"))

    with centre.bound() as esme:
        answer = esme.ask(
            "submit_multi", {**LETTER, "dest_addresses": (*destinations, Destination(1, 1, OTHER))}
        )

    assert answer.fields["unsuccess_sme"] == (
        Unsuccess(1, 1, "x", CommandStatus.RINVDSTADR),
        Unsuccess(0, 0, "friends", CommandStatus.RINVDLNAME),
    )
    assert [message.recipient for message in centre.messages] == [NUMBER, OTHER]
    assert len({message.order.id for message in centre.messages}) == 1


def test_where_nobody_is_reached_the_request_is_refused() -> None:
    with Centre().bound() as esme:
        answer = esme.ask("submit_multi", {**LETTER, "dest_addresses": (Destination(1, 1, "x"),)})

        assert answer.status == CommandStatus.RINVDSTADR


def test_data_sm_sends_what_its_payload_says() -> None:
    centre = Centre()
    fields = {name: value for name, value in LETTER.items() if name != "short_message"}

    with centre.bound() as esme:
        answer = esme.ask("data_sm", {**fields, "registered_delivery": 1}, {"message_payload": b"data"})
        centre.advance(5)

        assert esme.told().options["receipted_message_id"] == answer.fields["message_id"]
    assert centre.messages[0].text == "data"


def test_the_submit_beyond_the_limit_of_a_second_is_throttled() -> None:
    centre = Centre()
    centre.limit(3)

    with centre.bound() as esme:
        now = [esme.submit().status for _ in range(4)]
        centre.advance(1)
        later = esme.submit().status

    assert now == [0, 0, 0, CommandStatus.RTHROTTLED]
    assert later == 0
    assert len(centre.messages) == 4


def test_what_was_sent_before_a_reset_does_not_count_after_it() -> None:
    centre = Centre()

    with centre.bound() as esme:
        for _ in range(2):
            centre.limit(1)
            assert [esme.submit().status for _ in range(2)] == [0, CommandStatus.RTHROTTLED]
            centre.space.reset()


def test_one_request_to_many_counts_as_many() -> None:
    centre = Centre()
    centre.limit(3)
    destinations = tuple(Destination(1, 1, f"30690000000{n}") for n in range(4))

    with centre.bound() as esme:
        answer = esme.ask("submit_multi", {**LETTER, "dest_addresses": destinations})

    assert answer.status == CommandStatus.RTHROTTLED


def test_seven_hundred_of_one_write_are_taken_and_the_next_is_not() -> None:
    centre = Centre()

    with centre.bound() as esme:
        asked = [esme.session.ask("submit_sm", LETTER) for _ in range(701)]
        esme.socket.sendall(b"".join(written(pdu) for pdu in asked))
        statuses = [esme.answer(pdu.sequence).status for pdu in asked]

    assert statuses == [0] * 700 + [CommandStatus.RTHROTTLED]
    account = centre.space.store.account("isms", "demo")
    assert account is not None
    assert account.credit == Decimal("3248.47")


def test_a_message_that_waits_is_replaced_where_that_is_asked_for() -> None:
    centre, later = Centre(), "000000010000000R"

    with centre.bound() as esme:
        first = esme.sent(schedule_delivery_time=later)
        again = esme.sent(schedule_delivery_time=later, replace_if_present_flag=1, short_message=b"new")
        other = esme.sent(source_addr="another", replace_if_present_flag=1)

    assert (again == first, other == first) == (True, False)
    assert [message.text for message in centre.messages] == ["new", "Hello"]


def test_what_replaces_a_message_says_whether_there_is_a_receipt() -> None:
    centre, later = Centre(), "000000000100000R"

    with centre.bound() as esme:
        message_id = esme.sent(schedule_delivery_time=later)
        esme.sent(schedule_delivery_time=later, replace_if_present_flag=1, registered_delivery=1)
        centre.advance(100)

        assert esme.receipts(1) == [message_id]


def test_a_fault_on_purpose_refuses_as_its_reason_is_put() -> None:
    centre = Centre()
    fault = Fault(id="f", effect=Effect.REFUSE, path="smpp/submit_sm", reason=Reason.NO_CREDIT, times=1)

    with centre.bound() as esme:
        centre.space.store.put(FAULT, ("f",), fault)
        statuses = [esme.submit().status for _ in range(2)]

    assert statuses == [CommandStatus.RSUBMITFAIL, 0]


def test_a_fault_on_purpose_leaves_a_submit_without_an_answer() -> None:
    centre = Centre()

    with centre.bound() as esme:
        centre.space.store.put(FAULT, ("f",), Fault(id="f", effect=Effect.EMPTY, path="smpp/*", times=1))
        esme.say("submit_sm", LETTER)
        esme.sent()

    assert len(centre.messages) == 1
