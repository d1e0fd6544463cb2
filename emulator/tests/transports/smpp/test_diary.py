"""What the journal and the log have of sessions."""

import pytest

from emulator.tests.esme import Centre
from emulator.tests.samples import NUMBER
from emulator.tests.standing import Within
from emulator.wire.smpp.pdus import HEADER
from emulator.wire.smpp.statuses import CommandStatus


def test_the_journal_has_octets_and_fields_and_no_password() -> None:
    centre = Centre()

    with centre.bound() as esme:
        esme.sent(registered_delivery=1)
        centre.advance(5)
        esme.told()
        esme.ask("enquire_link")

    entries = centre.space.journal.since(0, 10)
    assert [entry.method for entry in entries] == [
        "bind_transceiver",
        "submit_sm",
        "deliver_sm",
        "enquire_link",
    ]
    assert [entry.account for entry in entries] == ["demo"] * 4
    bind, submit, deliver, _ = entries
    assert bind.fields["password"] == "***"
    assert b"demo\0demo" not in bind.body
    assert submit.fields["short_message"] == b"Hello".hex()
    assert (submit.answer[4:8], submit.status) == (b"\x80\0\0\x04", 0)
    assert deliver.answer[4:8] == b"\x80\0\0\x05"


def test_the_journal_tells_what_was_wrong() -> None:
    centre = Centre()

    with centre.bound() as esme:
        esme.socket.sendall(HEADER.pack(20, 0x04, 0, 7) + b"\0\0\0\0")
        esme.received(16)

    entry = centre.space.journal.since(0, 10)[-1]
    assert (entry.method, entry.status) == ("submit_sm", CommandStatus.RINVCMDLEN)
    assert "malformed" in dict(entry.fields)


def test_the_control_api_shows_what_sessions_said() -> None:
    centre = Centre()
    with centre.bound() as esme:
        esme.sent()

    shown = Within(centre.emulator, f"/~{centre.name}").get("/_emulator/journal").json
    assert shown is not None
    assert [entry["request"]["method"] for entry in shown["entries"]] == ["bind_transceiver", "submit_sm"]
    assert shown["entries"][1]["fields"]["destination_addr"] == NUMBER


def test_the_log_names_space_account_and_message_and_no_password(caplog: pytest.LogCaptureFixture) -> None:
    centre = Centre()

    with caplog.at_level("INFO", logger="smslab"), centre.bound() as esme:
        message_id = esme.sent(registered_delivery=1)
        centre.advance(5)
        esme.told()
        assert esme.ask("query_sm", {"message_id": "unknown"}).status == CommandStatus.RQUERYFAIL

    who = f"space '{centre.name}' account 'demo': SMPP"
    assert caplog.messages == [
        f"{who} bind_transceiver -> bind_transceiver_resp ESME_ROK",
        f"{who} submit_sm -> submit_sm_resp ESME_ROK message '{message_id}'",
        f"{who} deliver_sm -> deliver_sm_resp ESME_ROK message '{message_id}'",
        f"{who} query_sm -> query_sm_resp ESME_RQUERYFAIL message 'unknown'",
    ]


def test_a_password_is_not_logged_even_where_the_bind_is_broken(caplog: pytest.LogCaptureFixture) -> None:
    centre = Centre()
    bind = b"demo\0open-sesame\0\0\x34\0\0\0"

    with caplog.at_level("INFO", logger="smslab"), centre.open() as esme:
        esme.socket.sendall(HEADER.pack(16 + len(bind), 0x09, 0, 1) + bind)
        esme.received(16)

    (said,) = caplog.messages
    assert said == "space '' account None: SMPP bind_transceiver -> bind_transceiver_resp ESME_RINVPASWD"
    assert "sesame" not in str(centre.emulator.spaces[""].journal.since(0, 10_000))
