"""What sessions are told: receipts for each value of registered_delivery, and messages from handsets."""

import pytest

from emulator.tests.esme import Centre
from emulator.tests.samples import ANSWERS, EARLY, EXPIRES, FAILS, NUMBER, SILENT, SLOW, STUCK, TWICE
from emulator.wire.smpp.receipts import MessageState, read

DAYS = 3 * 24 * 3600


def states(centre: Centre, number: str, registered: int, seconds: float = DAYS) -> list[int]:
    """The states that are reported of a message."""
    with centre.bound() as esme:
        esme.sent(destination_addr=number, registered_delivery=registered)
        centre.advance(seconds)
        return [int(told.options["message_state"]) for told in esme.all_told()]


@pytest.mark.parametrize(
    ("number", "registered", "told"),
    [
        (NUMBER, 0x00, []),
        (NUMBER, 0x01, [MessageState.DELIVERED]),
        (NUMBER, 0x02, []),
        (NUMBER, 0x11, [MessageState.ENROUTE, MessageState.DELIVERED]),
        (NUMBER, 0x10, [MessageState.ENROUTE]),
        (NUMBER, 0x05, [MessageState.DELIVERED]),
        (FAILS, 0x00, []),
        (FAILS, 0x01, [MessageState.UNDELIVERABLE]),
        (FAILS, 0x02, [MessageState.UNDELIVERABLE]),
        (EXPIRES, 0x01, [MessageState.EXPIRED]),
        ("306900009003", 0x01, [MessageState.REJECTED]),
        ("306900009006", 0x01, [MessageState.UNDELIVERABLE]),
        (STUCK, 0x01, []),
        (TWICE, 0x01, [MessageState.DELIVERED, MessageState.DELIVERED]),
        (EARLY, 0x01, [MessageState.DELIVERED]),
        (SILENT, 0x01, []),
    ],
)
def test_what_was_asked_for_is_told(number: str, registered: int, told: list[int]) -> None:
    assert states(Centre(), number, registered) == told


def test_a_receipt_has_the_form_of_the_appendix() -> None:
    centre = Centre()

    with centre.bound() as esme:
        message_id = esme.sent({"user_message_reference": 7}, registered_delivery=1, short_message=b"a" * 30)
        centre.advance(5)
        told = esme.told()

    assert read(told.fields["short_message"].decode("ascii")) == {
        "id": message_id,
        "sub": "001",
        "dlvrd": "001",
        "submitted": "2603021100",
        "done": "2603021100",
        "stat": "DELIVRD",
        "err": "000",
        "text": "a" * 20,
    }
    assert told.options == {
        "receipted_message_id": message_id,
        "user_message_reference": 7,
        "message_state": MessageState.DELIVERED,
    }
    fields = {
        name: told.fields[name] for name in ("source_addr", "destination_addr", "esm_class", "data_coding")
    }
    assert fields == {"source_addr": NUMBER, "destination_addr": "smslab", "esm_class": 4, "data_coding": 0}
    assert (told.fields["dest_addr_ton"], told.fields["source_addr_ton"]) == (5, 1)
    assert (told.fields["schedule_delivery_time"], told.fields["registered_delivery"]) == ("", 0)


def test_a_failure_says_what_the_network_said() -> None:
    centre = Centre()

    with centre.bound() as esme:
        esme.sent(registered_delivery=1, destination_addr=FAILS)
        centre.advance(5)
        told = esme.told()

    assert told.options["network_error_code"] == b"\x03\x00\x1b"
    assert read(told.fields["short_message"].decode("ascii"))["err"] == "027"


def test_a_notification_on_the_way_says_that_it_is_one() -> None:
    centre = Centre()

    with centre.bound() as esme:
        esme.sent(registered_delivery=0x10)
        centre.advance(1)

        assert esme.told().fields["esm_class"] == 0x20


@pytest.mark.parametrize(
    ("text", "coding", "octets"),
    [("STOP", 0, b"STOP"), ("€", 0, b"\x1b\x65"), ("Γειά", 8, "Γειά".encode("utf-16-be"))],
)
def test_a_message_from_a_handset_is_told_in_its_alphabet(text: str, coding: int, octets: bytes) -> None:
    centre = Centre()

    with centre.bound("bind_receiver") as esme:
        centre.space.gateway.receive("isms", "demo", NUMBER, "54321", text)
        told = esme.told()

    fields = {name: told.fields[name] for name in ("source_addr", "destination_addr", "esm_class")}
    assert fields == {"source_addr": NUMBER, "destination_addr": "54321", "esm_class": 0}
    assert (told.fields["data_coding"], told.fields["short_message"]) == (coding, octets)


def test_a_long_message_from_a_handset_is_a_payload() -> None:
    centre = Centre()

    with centre.bound("bind_receiver") as esme:
        centre.space.gateway.receive("isms", "demo", NUMBER, "54321", "a" * 300)
        told = esme.told()

    assert (told.fields["short_message"], told.options) == (b"", {"message_payload": b"a" * 300})


def test_an_older_client_gets_as_much_of_a_long_message_as_fits() -> None:
    centre = Centre()

    with centre.bound("bind_receiver", interface_version=0x33) as esme:
        centre.space.gateway.receive("isms", "demo", NUMBER, "54321", "a" * 300)
        told = esme.told()

    assert (told.fields["short_message"], told.options) == (b"a" * 254, {})


@pytest.mark.parametrize(
    ("sender", "told"),
    [
        (NUMBER, (1, 1, NUMBER)),
        (f"+{NUMBER}", (1, 1, NUMBER)),
        ("54321", (3, 1, "54321")),
        ("Taxi", (5, 0, "Taxi")),
        ("Δημο\0s", (5, 0, "s")),
        ("1" * 50, (1, 1, "1" * 20)),
        ("", (5, 0, "")),
    ],
)
def test_whoever_writes_is_told_as_a_number_or_a_name(sender: str, told: tuple[int, int, str]) -> None:
    centre = Centre()

    with centre.bound("bind_receiver") as esme:
        centre.space.gateway.receive("isms", "demo", sender, "54321", "Hi")
        fields = esme.told().fields

    assert tuple(fields[name] for name in ("source_addr_ton", "source_addr_npi", "source_addr")) == told


def test_a_text_that_no_payload_has_room_for_is_cut_off() -> None:
    centre = Centre()

    with centre.bound("bind_receiver") as esme:
        centre.space.gateway.receive("isms", "demo", NUMBER, "54321", "é" * 70_000)

        assert len(esme.told().options["message_payload"]) == 65_534


def test_a_sender_for_which_a_receipt_has_no_room_is_cut_off() -> None:
    centre = Centre(sender_check=False)
    fields = {"source_addr": "x" * 60, "destination_addr": NUMBER, "registered_delivery": 1}

    with centre.bound() as esme:
        assert esme.ask("data_sm", fields, {"message_payload": b"Hi"}).status == 0
        centre.advance(5)

        assert esme.told().fields["destination_addr"] == "x" * 20


def test_a_handset_that_answers_is_heard_after_the_receipt() -> None:
    centre = Centre()

    with centre.bound() as esme:
        esme.sent(destination_addr=ANSWERS, registered_delivery=1)
        centre.advance(10)

        assert [esme.told().fields["esm_class"] for _ in range(2)] == [4, 0]


@pytest.mark.parametrize(("number", "alerts"), [(SLOW, 1), (NUMBER, 0)])
def test_whoever_flags_a_pending_delivery_hears_when_the_handset_is_back(number: str, alerts: int) -> None:
    centre = Centre()

    with centre.bound() as esme:
        esme.sent({"set_dpf": 1}, destination_addr=number, registered_delivery=1)
        centre.advance(4000)
        told = [esme.requested() for _ in range(alerts)]

        assert [one.command for one in told] == ["alert_notification"] * alerts
        assert [one.fields["source_addr"] for one in told] == [number] * alerts
        assert esme.told().options["message_state"] == MessageState.DELIVERED
        assert esme.is_told_nothing()
