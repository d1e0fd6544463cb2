"""PDUs against the octets of the specification and of worked exchanges."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.wire.smpp import glance, pdus
from emulator.wire.smpp.addresses import Destination, Destinations, Unsuccess, Unsuccesses
from emulator.wire.smpp.bodies import Body
from emulator.wire.smpp.fields import Counted, CString, Int, Malformed
from emulator.wire.smpp.options import TABLE, Integer, Octets, Options
from emulator.wire.smpp.pdus import COMMANDS, Pdu
from emulator.wire.smpp.statuses import CommandStatus

LETTERS = [chr(code) for code in range(1, 256)]

BIND = {
    "system_id": "u", "password": "p", "system_type": "",
    "interface_version": 0x34, "addr_ton": 0, "addr_npi": 0, "address_range": "",
}  # fmt: skip

SUBMIT = {
    "service_type": "", "source_addr_ton": 5, "source_addr_npi": 0, "source_addr": "myself",
    "dest_addr_ton": 1, "dest_addr_npi": 1, "destination_addr": "306912345678",
    "esm_class": 0, "protocol_id": 0, "priority_flag": 0, "schedule_delivery_time": "", "validity_period": "",
    "registered_delivery": 1, "replace_if_present_flag": 0, "data_coding": 0, "sm_default_msg_id": 0,
    "short_message": b"hi",
}  # fmt: skip

WORKED = [
    ("00000010 00000015 00000000 00000005", Pdu(command="enquire_link", sequence=5)),
    ("00000010 80000015 00000000 00000005", Pdu(command="enquire_link_resp", sequence=5)),
    (
        "00000019 00000009 00000000 00000001 7500 7000 00 34 00 00 00",
        Pdu(command="bind_transceiver", sequence=1, fields=BIND),
    ),
    (
        "0000001A 80000009 00000000 00000001 69736D7300 0210 0001 34",
        Pdu(
            command="bind_transceiver_resp", sequence=1,
            fields={"system_id": "isms"}, options={"sc_interface_version": 0x34},
        ),
    ),
    (
        "00000035 00000004 00000000 00000002 00 05 00 6D7973656C6600 01 01 33303639313233343536373800"
        " 00 00 00 00 00 01 00 00 00 02 6869",
        Pdu(command="submit_sm", sequence=2, fields=SUBMIT),
    ),
    (
        "0000003C 00000021 00000000 00000003 00 00 00 00 03 01 01 01 3100 02 4C00 01 00 00 3200"
        " 00 00 00 00 00 00 00 00 00 01 41 0204 0002 1234 1403 0001 99 130C 0000",
        Pdu(
            command="submit_multi", sequence=3,
            fields={
                "source_addr_ton": 0, "source_addr_npi": 0, "service_type": "", "source_addr": "",
                "dest_addresses": (
                    Destination(1, 1, "1"), Destination(list_name="L"), Destination(0, 0, "2"),
                ),
                "esm_class": 0, "protocol_id": 0, "priority_flag": 0, "schedule_delivery_time": "",
                "validity_period": "", "registered_delivery": 0, "replace_if_present_flag": 0,
                "data_coding": 0, "sm_default_msg_id": 0, "short_message": b"A",
            },
            options={"user_message_reference": 0x1234, "alert_on_message_delivery": b"", 0x1403: b"\x99"},
        ),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "pdu"), WORKED, ids=lambda value: getattr(value, "command", ""))
def test_octets_are_read_as_what_they_say(text: str, pdu: Pdu) -> None:
    assert pdus.read(bytes.fromhex(text)) == pdu


@pytest.mark.parametrize(("text", "pdu"), [row for row in WORKED if row[1].command != "submit_multi"])
def test_a_pdu_is_written_as_it_was_read(text: str, pdu: Pdu) -> None:
    assert pdus.written(pdu) == bytes.fromhex(text)


def any_field(field: Any) -> st.SearchStrategy[Any]:
    address = st.text("0123456789", min_size=1, max_size=20)
    match field:
        case Int(size=size):
            return st.integers(0, 256**size - 1)
        case CString(size=size, fixed=True):
            return st.sampled_from(["", "0" * (size - 1)])
        case CString(size=size):
            return st.text(LETTERS, max_size=size - 1)
        case Counted(most=most):
            return st.binary(max_size=most)
        case Destinations():
            one = st.tuples(st.integers(0, 6), st.integers(0, 18), address).map(lambda row: Destination(*row))
            named = st.text("ABC", min_size=1, max_size=20).map(lambda name: Destination(list_name=name))
            return st.lists(one | named, min_size=1, max_size=5).map(tuple)
        case Unsuccesses():
            row = st.builds(
                Unsuccess, st.integers(0, 6), st.integers(0, 18), address, st.integers(0, 2**32 - 1)
            )
            return st.lists(row, max_size=5).map(tuple)
    raise AssertionError(field)


def any_option(name: str) -> st.SearchStrategy[Any]:
    kind = TABLE[name][1]
    if isinstance(kind, Integer):
        return st.integers(0, 256**kind.size - 1)
    if isinstance(kind, Octets):
        return st.binary(min_size=kind.least, max_size=min(kind.most, 300))
    return st.text(LETTERS, max_size=kind.most - 1)


@st.composite
def any_pdu(draw: st.DrawFn) -> Pdu:
    command = draw(st.sampled_from(sorted(COMMANDS)))
    fields = {name: draw(any_field(field)) for name, field in COMMANDS[command].body.fields.items()}
    names = draw(st.lists(st.sampled_from(sorted(TABLE)), unique=True, max_size=3)) if fields else []
    options: Options = {name: draw(any_option(name)) for name in names}
    return Pdu(command=command, sequence=draw(st.integers(1, 2**31 - 1)), fields=fields, options=options)


@given(any_pdu())
def test_what_is_written_is_read_again(pdu: Pdu) -> None:
    octets = pdus.written(pdu)

    assert pdus.read(octets) == pdu
    assert pdus.header(octets).length == len(octets)


@given(any_pdu(), st.data())
def test_a_pdu_cut_short_is_malformed_or_another_pdu_and_never_a_defect(
    pdu: Pdu, data: st.DataObject
) -> None:
    octets = pdus.written(pdu)
    cut = octets[: data.draw(st.integers(16, len(octets)))]

    with suppress(Malformed):
        assert pdus.read(len(cut).to_bytes(4, "big") + cut[4:]).command == pdu.command


@given(any_pdu())
def test_a_glance_and_a_close_look_see_the_same(pdu: Pdu) -> None:
    body = COMMANDS[pdu.command].body
    octets = body.written(pdu.fields)

    assert body.read(octets) == body._read(octets, 0)


def test_an_answer_that_refuses_is_its_header_alone() -> None:
    refused = Pdu(command="submit_sm_resp", sequence=9, status=0x58, fields={"message_id": "x"})

    assert pdus.written(refused) == bytes.fromhex("00000010 80000004 00000058 00000009")


def raw(**changes: Any) -> bytes:
    """A submit_sm whose fields keep to no limit."""
    values: dict[str, Any] = SUBMIT | changes
    body = b""
    for name in pdus.SUBMIT:
        value = values[name]
        if isinstance(value, str):
            body += value.encode() + b"\0"
        else:
            body += bytes((len(value),)) + value if isinstance(value, bytes) else bytes((value,))
    return pdus.HEADER.pack(16 + len(body), 4, 0, 1) + body


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"source_addr": "x" * 21}, CommandStatus.RINVSRCADR),
        ({"destination_addr": "1" * 21}, CommandStatus.RINVDSTADR),
        ({"service_type": "sixsix"}, CommandStatus.RINVSERTYP),
        ({"schedule_delivery_time": "0203"}, CommandStatus.RINVSCHED),
        ({"validity_period": "x" * 17}, CommandStatus.RINVEXPIRY),
        ({"short_message": b"x" * 255}, CommandStatus.RINVMSGLEN),
    ],
)
def test_a_field_that_is_too_long_has_a_status_of_its_own(
    changed: dict[str, Any], status: CommandStatus
) -> None:
    with pytest.raises(Malformed) as caught:
        pdus.read(raw(**changed))

    assert caught.value.status is status


def test_what_could_be_read_before_a_fault_is_kept() -> None:
    with pytest.raises(Malformed) as caught:
        pdus.read(raw(destination_addr="1" * 21))

    assert caught.value.read["source_addr"] == "myself"


@pytest.mark.parametrize(
    ("tail", "status"),
    [
        ("0204 0003 1234", CommandStatus.RINVOPTPARSTREAM),
        ("0204", CommandStatus.RINVOPTPARSTREAM),
        ("0204 0001 12", CommandStatus.RINVPARLEN),
        ("001E 0042" + "41" * 66, CommandStatus.RINVPARLEN),
    ],
)
def test_a_broken_parameter_has_a_status_of_its_own(tail: str, status: CommandStatus) -> None:
    octets = raw() + bytes.fromhex(tail)

    with pytest.raises(Malformed) as caught:
        pdus.read(len(octets).to_bytes(4, "big") + octets[4:])

    assert caught.value.status is status


def test_an_unknown_command_is_malformed() -> None:
    with pytest.raises(Malformed) as caught:
        pdus.read(bytes.fromhex("00000010 00000777 00000000 00000001"))

    assert caught.value.status is CommandStatus.RINVCMDID


def test_bodies_that_are_alike_are_read_apart() -> None:
    first, second = pdus.read(raw()), pdus.read(raw(destination_addr="1", short_message=b"other"))

    assert first.fields == SUBMIT
    assert second.fields == SUBMIT | {"destination_addr": "1", "short_message": b"other"}


def test_what_is_known_of_bodies_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glance, "MOST_KNOWN", 2)
    body = Body(pdus.SUBMIT)

    read = [body.read(raw(source_addr=f"{number}")[16:])[0]["source_addr"] for number in range(5)]

    assert read == ["0", "1", "2", "3", "4"]
    assert body._glance is not None
    assert len(body._glance._known) <= 2


@pytest.mark.parametrize("command", sorted(COMMANDS))
@pytest.mark.parametrize("octet", [b"\0", b"A"])
def test_a_body_of_one_octet_is_read_like_any_other(command: str, octet: bytes) -> None:
    body = COMMANDS[command].body

    seen = [outcome(body.read, octet) for _ in range(3)]

    assert seen == [outcome(body._read, octet)] * 3


def outcome(read: Callable[[bytes, int], object], octets: bytes) -> object:
    try:
        return read(octets, 0)
    except Malformed as error:
        return error.status, error.read
