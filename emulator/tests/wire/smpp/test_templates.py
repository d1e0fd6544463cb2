"""Bodies most of which never change: written as the tables write them."""

from typing import Any

import pytest

from emulator.wire.smpp import pdus
from emulator.wire.smpp.session import Answered, Asked, Session, Side, State
from emulator.wire.smpp.template import Template

FIXED: dict[str, Any] = {"service_type": "CMT", "source_addr_ton": 1, "dest_addr_ton": 5, "esm_class": 4}
OPEN: dict[str, Any] = {"source_addr": "306912345678", "destination_addr": "me", "short_message": b"id:1"}
OPTIONS: dict[str | int, Any] = {"message_state": 2, "network_error_code": b"\x03\x00\x1b"}


def test_a_template_writes_what_the_table_writes() -> None:
    template = Template("deliver_sm", FIXED, OPTIONS, tuple(OPEN), "receipted_message_id")

    written = template.written(OPEN, "I7I5R4HTAA")

    options = {**OPTIONS, "receipted_message_id": "I7I5R4HTAA"}
    assert written == pdus.body("deliver_sm", {**FIXED, **OPEN}, options)


def test_a_template_without_options_has_none() -> None:
    template = Template("deliver_sm", FIXED, {}, tuple(OPEN))

    assert template.written(OPEN) == pdus.body("deliver_sm", {**FIXED, **OPEN}, {})


def test_a_template_takes_no_more_than_its_field() -> None:
    template = Template("deliver_sm", FIXED, {}, tuple(OPEN))

    with pytest.raises(ValueError, match="destination_addr takes 20 characters"):
        template.written({**OPEN, "destination_addr": "x" * 21})


def test_a_body_is_bare_without_its_options() -> None:
    whole = pdus.body("deliver_sm", {**FIXED, **OPEN}, OPTIONS)

    assert pdus.bare("deliver_sm", whole) == pdus.body("deliver_sm", {**FIXED, **OPEN}, {})


def bound(side: Side) -> Session:
    session = Session(side)
    session.state = State.BOUND_TRX
    return session


def test_a_request_whose_body_is_written_is_paired_with_its_answer() -> None:
    smsc, esme = bound(Side.SMSC), bound(Side.ESME)

    octets = smsc.told("deliver_sm", pdus.body("deliver_sm", OPEN, {}))
    [asked] = esme.heard(octets)
    assert isinstance(asked, Asked)
    [answered] = smsc.heard(pdus.written(esme.answer(asked.pdu)))

    assert asked.pdu.fields["short_message"] == b"id:1"
    assert isinstance(answered, Answered)
    assert (answered.to, answered.pdu.sequence, smsc.unanswered) == ("deliver_sm", 1, 0)


def test_a_request_without_an_answer_is_not_waited_for() -> None:
    smsc = bound(Side.SMSC)

    smsc.told("alert_notification", pdus.body("alert_notification", {}, {}))

    assert (smsc.sequence, smsc.unanswered) == (1, 0)


def test_nothing_is_told_where_the_state_does_not_allow_it() -> None:
    smsc = Session(Side.SMSC)

    with pytest.raises(ValueError, match="no deliver_sm from the smsc while open"):
        smsc.told("deliver_sm", b"")
