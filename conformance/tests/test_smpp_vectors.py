"""Vectors of SMPP: what the emulator, the independent driver and libraries make of them."""

from datetime import UTC, datetime
from typing import Any

import gsm0338
import pytest

from conformance.drivers import smpp_times
from conformance.drivers.smpp_frames import Delivered, delivered, framed
from conformance.drivers.smpp_pdus import Submit, bind
from conformance.tests.vectors import each, vectors
from emulator.wire.smpp import pdus, receipts, texts, times

MESSAGES = ("submit_sm", "deliver_sm")

CODECS = {
    1: "ascii",
    3: "latin-1",
    4: "latin-1",
    6: "iso8859-5",
    7: "iso8859-8",
    8: "utf-16-be",
    0x18: "utf-16-be",
}
"""By data_coding; every other one is the alphabet of GSM."""


@each("texts")
def test_octets_are_shown_as_text(vector: Any) -> None:
    octets, scheme = bytes.fromhex(vector["octets"]), texts.scheme(vector["data_coding"])

    assert scheme is not None
    assert texts.decoded(octets, scheme.alphabet) == vector["text"]
    assert scheme.flash == vector.get("flash", False)


@each("texts")
def test_libraries_show_the_same_text(vector: Any) -> None:
    octets, codec = bytes.fromhex(vector["octets"]), CODECS.get(vector["data_coding"])

    shown = octets.decode(codec) if codec else gsm0338.Codec().decode(octets)[0]

    assert shown == vector["text"]


@each("stamps")
def test_a_time_of_smpp_means_a_moment(vector: Any) -> None:
    assert times.moment(vector["written"], datetime.fromisoformat(vector["now"])) == datetime.fromisoformat(
        vector["moment"]
    )


@pytest.mark.parametrize(
    "vector", [pytest.param(one, id=one["name"]) for one in vectors("stamps") if one["written"][-1] != "R"]
)
def test_the_driver_reads_a_time_of_smpp(vector: Any) -> None:
    assert smpp_times.moment(vector["written"]) == datetime.fromisoformat(vector["moment"])


@each("times")
def test_what_is_no_time_of_smpp_is_refused(vector: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        times.moment(vector["written"], datetime(2026, 3, 2, 9, tzinfo=UTC))


@each("receipts")
def test_the_text_of_a_receipt_is_read(vector: Any) -> None:
    names = {"submitted": "submit"}
    found = {names.get(name, name): value for name, value in receipts.read(vector["text"]).items()}

    assert found == (vector["fields"] or {})


@each("receipts")
def test_the_driver_reads_the_text_of_a_receipt(vector: Any) -> None:
    body = Submit(destination="306900010000", esm_class=4, message=vector["text"].encode()).body

    found = delivered(framed(bytes(16) + body)).receipt

    assert found == (vector["fields"] or {})


@each("pdus")
def test_a_pdu_is_read_and_written(vector: Any) -> None:
    octets = bytes.fromhex(vector["octets"])

    found = pdus.read(octets)

    message = {"short_message": bytes.fromhex(vector["message"])} if "message" in vector else {}
    assert (found.command, found.status, found.sequence) == (
        vector["command"],
        vector["status"],
        vector["sequence"],
    )
    assert dict(found.fields) == (vector["fields"] or {}) | message
    assert len(found.options) == len(vector["parameters"])
    assert pdus.written(found) == octets


@each("pdus")
def test_the_driver_reads_a_header(vector: Any) -> None:
    octets = bytes.fromhex(vector["octets"])

    frame = framed(octets)

    assert (frame.length, frame.command, frame.status, frame.sequence) == (
        len(octets),
        vector["command_id"],
        vector["status"],
        vector["sequence"],
    )


def messages() -> list[Any]:
    return [pytest.param(one, id=one["name"]) for one in vectors("pdus") if one["command"] in MESSAGES]


@pytest.mark.parametrize("vector", messages())
def test_the_driver_reads_a_message(vector: Any) -> None:
    found = delivered(framed(bytes.fromhex(vector["octets"])))

    assert told(found) == {name: vector["fields"][name] for name in told(found)}
    assert found.message.hex() == vector["message"]
    assert {f"{tag:#06x}": value.hex() for tag, value in found.parameters.items()} == vector["parameters"]


def told(found: Delivered) -> dict[str, str | int]:
    return {
        "source_addr": found.source,
        "destination_addr": found.destination,
        "esm_class": found.esm_class,
        "schedule_delivery_time": found.schedule,
        "validity_period": found.validity,
        "registered_delivery": found.registered,
        "replace_if_present_flag": found.replace,
        "data_coding": found.coding,
        "sm_default_msg_id": found.default_message,
    }


@pytest.mark.parametrize(
    "vector",
    [
        pytest.param(one, id=one["name"])
        for one in vectors("pdus")
        if "interface_version" in (one["fields"] or {})
    ],
)
def test_the_driver_writes_a_bind(vector: Any) -> None:
    fields = vector["fields"]

    body = bind(
        fields["system_id"],
        fields["password"],
        system_type=fields["system_type"],
        version=fields["interface_version"],
        ton=fields["addr_ton"],
        npi=fields["addr_npi"],
        address_range=fields["address_range"],
    )

    assert body.hex() == vector["octets"][32:]
