"""What Wireshark's dissector makes of the SMSC's octets: every PDU by its name, and none malformed."""

import subprocess
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from shutil import which

import pytest

from emulator.tests.clients.capture import By, Tapped, kept
from emulator.tests.esme import Centre, Esme
from emulator.tests.samples import NUMBER, SLOW
from emulator.wire.smpp.addresses import Destination
from emulator.wire.smpp.pdus import BY_ID, HEADER

pytestmark = pytest.mark.skipif(
    not which("tshark"), reason="needs tshark (Debian: tshark); .ci/run installs it where it may"
)

GREEK = "Καλημέρα, αύριο βρέχει;"
ANSWERS = {"generic_nack", "bind_transceiver_resp", "submit_sm_resp", "submit_multi_resp", "data_sm_resp"} | {
    f"{command}_resp" for command in ("query_sm", "replace_sm", "cancel_sm", "enquire_link", "unbind")
}

UNKNOWN = 0x0A
"""A command_id that there is not."""

TOMORROW = "000001000000000R"


@pytest.fixture(scope="module")
def said() -> list[tuple[By, bytes]]:
    """A session in which each side says all it can."""
    centre = Centre()
    wire = Tapped(centre.address)
    with Esme(wire) as esme:
        esme.bind("bind_transceiver", f"demo@{centre.name}", "demo")
        submits(esme)
        changes(esme)
        reports(centre, esme)
        letters(centre, esme)
        esme.ask("enquire_link")
        wire.sendall(HEADER.pack(HEADER.size, UNKNOWN, 0, 99))
        esme.answer(99)
        esme.ask("unbind")
    return wire.said


def submits(esme: Esme) -> None:
    """Four that are delivered, and one that is refused."""
    esme.sent(registered_delivery=1)
    esme.sent(
        {"user_message_reference": 7},
        registered_delivery=1,
        data_coding=8,
        short_message=GREEK.encode("utf-16-be"),
    )
    esme.sent({"message_payload": b"x" * 300}, registered_delivery=1, short_message=b"")
    esme.submit(destination_addr="nobody")
    addresses = tuple(Destination(1, 1, one) for one in (NUMBER, "nobody"))
    many = {
        "source_addr_ton": 5,
        "source_addr": "smslab",
        "dest_addresses": addresses,
        "short_message": b"Hello",
    }
    esme.ask("submit_multi", {**many, "registered_delivery": 0})
    data = {"source_addr": "smslab", "dest_addr_ton": 1, "destination_addr": NUMBER, "registered_delivery": 1}
    esme.ask("data_sm", data, {"message_payload": b"Hello"})


def changes(esme: Esme) -> None:
    """To messages that wait, one of them without success."""
    source = {"source_addr_ton": 5, "source_addr": "smslab"}
    named = {"message_id": esme.sent(schedule_delivery_time=TOMORROW), **source}
    esme.ask("query_sm", named)
    esme.ask("replace_sm", {**named, "schedule_delivery_time": TOMORROW, "short_message": b"Later"})
    esme.ask("cancel_sm", {**named, "dest_addr_ton": 1, "dest_addr_npi": 1, "destination_addr": NUMBER})
    esme.ask("query_sm", {**named, "message_id": "none"})


def reports(centre: Centre, esme: Esme) -> None:
    """Of all that was sent, and that a handset which was away is back."""
    esme.sent({"set_dpf": 1}, destination_addr=SLOW, registered_delivery=1)
    centre.advance(4000)
    esme.receipts(4)
    assert esme.requested().command == "alert_notification"
    esme.receipts(1)


def letters(centre: Centre, esme: Esme) -> None:
    """From a handset: a short one, and one that needs message_payload."""
    for text in (GREEK, GREEK * 10):
        centre.space.gateway.receive("isms", "demo", sender=NUMBER, recipient="54111", text=text)
        esme.told()


@pytest.fixture(scope="module")
def capture(said: list[tuple[By, bytes]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("capture") / "session.pcap"
    kept(said, file)
    return file


def dissected(capture: Path, *options: str) -> list[str]:
    """The lines that tshark prints."""
    done = subprocess.run(
        ["tshark", "-n", "-r", str(capture), *options], capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout.splitlines()


def values(capture: Path, field: str) -> list[str]:
    """A field of every PDU that has it."""
    rows = dissected(
        capture, "-Y", "smpp", "-T", "fields", "-E", "separator=|", "-E", "aggregator=|", "-e", field
    )
    return [value for row in rows for value in row.split("|") if value]


def commands(said: list[tuple[By, bytes]], by: By) -> Iterator[int]:
    """As the headers have it."""
    octets = b"".join(part for speaker, part in said if speaker is by)
    while octets:
        length, command, _, _ = HEADER.unpack_from(octets)
        yield command
        octets = octets[length:]


def test_no_packet_is_malformed(capture: Path) -> None:
    assert dissected(capture, "-Y", '_ws.malformed || _ws.expert.severity >= "Warning"') == []


def test_every_pdu_is_seen_by_its_name(capture: Path, said: list[tuple[By, bytes]]) -> None:
    """But for a request that SMPP does not have, which the dissector leaves alone."""
    spoken = {by: list(commands(said, by)) for by in By}

    seen = [int(value, 16) for value in values(capture, "smpp.command_id")]

    assert sorted(seen) == sorted(one for one in chain(*spoken.values()) if one != UNKNOWN)
    assert {BY_ID[one][0] for one in spoken[By.SMSC]} == ANSWERS | {"deliver_sm", "alert_notification"}


def test_texts_and_states_are_read_as_they_were_meant(capture: Path) -> None:
    assert [text for text in values(capture, "smpp.message_text") if text == GREEK] == [GREEK, GREEK]
    assert set(values(capture, "smpp.receipted_message_id")) < set(values(capture, "smpp.message_id"))
    assert set(values(capture, "smpp.message_state")) == {"1", "2"}
