"""Every assumption about iSMS over SMPP as a switch, shown in both positions."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from emulator.tests.esme import LETTER, Centre
from emulator.tests.samples import EARLY, UNPAID
from emulator.wire.smpp.pdus import Pdu, header, written
from emulator.wire.smpp.statuses import CommandStatus


def named(centre: Centre) -> object:
    with centre.open() as esme:
        return esme.bind("bind_receiver", f"demo@{centre.name}", "demo").fields["system_id"]


def refused(centre: Centre) -> list[int]:
    with centre.open() as esme:
        tried = [("demo", "wrong"), ("nobody", "demo")]
        return [
            esme.bind("bind_receiver", f"{name}@{centre.name}", password).status for name, password in tried
        ]


def bound_twice(centre: Centre) -> int:
    with centre.bound(), centre.open() as second:
        return second.bind("bind_receiver", f"demo@{centre.name}", "demo").status


def at_a_time(centre: Centre) -> list[int]:
    with centre.bound() as esme:
        pdus = [esme.session.ask("submit_sm", LETTER) for _ in range(3)]
        esme.socket.sendall(b"".join(written(pdu) for pdu in pdus))
        return [esme.answer(pdu.sequence).status for pdu in pdus]


def unanswered(centre: Centre) -> int:
    """How many receipts of three come while none is answered."""
    with centre.bound() as esme:
        for _ in range(3):
            esme.sent(registered_delivery=1)
        centre.advance(5)
        came = [esme.requested()]
        while not esme.is_told_nothing():
            came.append(esme.requested())
        return len(came)


def life(name: str) -> Callable[[Centre], float]:
    """What the terms of a session say."""

    def told(centre: Centre) -> float:
        _, smsc = centre.server.entered(centre.name)
        return float(getattr(smsc.terms, name))

    return told


def crowded(centre: Centre) -> list[int]:
    with centre.bound("bind_transmitter") as esme:
        statuses = []
        for _ in range(3):
            statuses.append(esme.submit(registered_delivery=1).status)
            centre.advance(5)
        return statuses


def status(**fields: Any) -> Callable[[Centre], int]:
    def told(centre: Centre) -> int:
        with centre.bound() as esme:
            return esme.submit(**fields).status

    return told


def sender(centre: Centre) -> str:
    with centre.bound() as esme:
        esme.sent(source_addr="", source_addr_ton=0)
        return centre.messages[0].order.sender


def identifier(centre: Centre) -> str:
    """What a message_id is made of."""
    with centre.bound() as esme:
        message_id = esme.sent()
        fields = {"message_id": message_id, "source_addr_ton": 5, "source_addr": "smslab"}
        assert esme.ask("query_sm", fields).status == 0
        return kind(message_id)


def kind(id: str) -> str:
    forms = {"decimal": r"[0-9]{11,16}", "hex": r"[0-9A-F]{9,14}", "letters": r"[A-Z0-9]{10}"}
    return next(name for name, form in forms.items() if re.fullmatch(form, id))


def receipt(centre: Centre) -> Pdu:
    with centre.bound() as esme:
        esme.sent(registered_delivery=1)
        centre.advance(5)
        return esme.told()


def receipted(centre: Centre) -> str:
    return kind(str(receipt(centre).options["receipted_message_id"]))


def form(centre: Centre) -> list[bool]:
    """Whether a receipt has a text, and parameters."""
    told = receipt(centre)
    return [bool(told.fields["short_message"]), bool(told.options)]


def digits(centre: Centre) -> int:
    found = re.search(rb"submit date:(\d+)", receipt(centre).fields["short_message"])
    assert found is not None
    return len(found[1])


def times(centre: Centre) -> int:
    with centre.bound() as esme:
        esme.sent(registered_delivery=1)
        centre.advance(5)
        return len(esme.all_told())


def first(centre: Centre) -> str:
    """What comes first of a message that is delivered at once."""
    with centre.bound() as esme:
        esme.say("submit_sm", {**LETTER, "destination_addr": EARLY, "registered_delivery": 1})
        return "receipt" if header(esme.received(16)).command == "deliver_sm" else "answer"


Case = tuple[str, object, Callable[[Centre], object], object, object]

CASES: list[Case] = [
    # the switch, how it is turned, what is tried, what comes of it by default, what then
    ("smpp_system_id", "SMSC", named, "isms", "SMSC"),
    ("smpp_bind_refusal", "alike", refused, [0x0E, 0x0F], [0x0D, 0x0D]),
    ("smpp_binds", 1, bound_twice, 0, 0x0D),
    ("smpp_window", 2, at_a_time, [0, 0, 0], [0, 0, 0x58]),
    ("smpp_deliver_window", 2, unanswered, 3, 2),
    ("smpp_session_init", 5, life("session_init"), 30, 5),
    ("smpp_enquire_link", 5, life("enquire_link"), 60, 5),
    ("smpp_response", 5, life("response"), 30, 5),
    ("smpp_retry", 5, life("retry"), 60, 5),
    ("smpp_queue", 1, crowded, [0, 0, 0], [0, 0x14, 0x14]),
    ("smpp_no_credit", 0x400, status(destination_addr=UNPAID), 0x45, 0x400),
    ("smpp_default_source", "Demo", sender, "iSMS", "Demo"),
    ("smpp_service_types", ["", "TEST"], status(service_type="TEST"), CommandStatus.RINVSERTYP, 0),
    ("smpp_reserved", "take", status(dest_addr_ton=9), CommandStatus.RINVDSTTON, 0),
    ("smpp_message_id", "hex", identifier, "letters", "hex"),
    ("smpp_message_id", "decimal", identifier, "letters", "decimal"),
    ("smpp_receipt_id", "hex", receipted, "letters", "hex"),
    ("smpp_receipt_id", "decimal", receipted, "letters", "decimal"),
    ("smpp_receipt_form", "text", form, [True, True], [True, False]),
    ("smpp_receipt_form", "tlv", form, [True, True], [False, True]),
    ("smpp_receipt_seconds", True, digits, 10, 12),
    ("smpp_receipts_doubled", True, times, 1, 2),
    ("smpp_receipts_early", True, first, "answer", "receipt"),
]

TURNED = [name for name, *_ in CASES]


@pytest.mark.parametrize(("name", "turned", "tried", "by_default", "then"), CASES)
def test_a_switch_decides(
    name: str, turned: object, tried: Callable[[Centre], object], by_default: object, then: object
) -> None:
    assert (tried(Centre()), tried(Centre(**{name: turned}))) == (by_default, then)
