"""Fields of a submit_sm beside its text: kinds of addresses, service, priority, modes."""

from typing import Any

import pytest

from conformance.checks.smpp34.calls import Smsc, refuses
from conformance.checks.smpp34.messages import arrives
from conformance.drivers.smpp_pdus import SUBMIT_SM, UDHI
from conformance.drivers.smpp_statuses import Status
from conformance.requirement import requirement
from conformance.verify import verify

PORTS = bytes((6, 0x05, 4, 0x23, 0xF4, 0, 0))
"""A user data header that names ports (GSM 03.40, 9.2.3.24.4), as a message to an application has it."""


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        pytest.param(
            {"source_ton": 7, "source": "30690"},
            Status.RINVSRCTON,
            marks=requirement("smpp34/submit/bad-source-ton"),
            id="source-ton",
        ),
        pytest.param(
            {"dest_ton": 7},
            Status.RINVDSTTON,
            marks=requirement("smpp34/submit/bad-dest-ton"),
            id="dest-ton",
        ),
        pytest.param(
            {"source_npi": 2},
            Status.RINVSRCNPI,
            marks=requirement("smpp34/submit/bad-source-npi"),
            id="source-npi",
        ),
        pytest.param(
            {"dest_npi": 255},
            Status.RINVDSTNPI,
            marks=requirement("smpp34/submit/bad-dest-npi"),
            id="dest-npi",
        ),
        pytest.param(
            {"service_type": "NONE"},
            Status.RINVSERTYP,
            marks=requirement("smpp34/submit/bad-service-type"),
            id="service-type",
        ),
        pytest.param(
            {"priority": 4},
            Status.RINVPRTFLG,
            marks=requirement("smpp34/submit/bad-priority"),
            id="priority",
        ),
        pytest.param(
            {"replace": 2},
            Status.RINVREPFLAG,
            marks=requirement("smpp34/replace/bad-flag"),
            id="replace-if-present",
        ),
        pytest.param(
            {"esm_class": 1},
            Status.RINVESMCLASS,
            marks=requirement("smpp34/submit/esm-datagram"),
            id="datagram",
        ),
        pytest.param(
            {"esm_class": 2},
            Status.RINVESMCLASS,
            marks=requirement("smpp34/submit/esm-transaction"),
            id="transaction",
        ),
    ],
)
def test_what_an_smsc_need_not_have_is_refused_by_its_name_or_taken(
    smsc: Smsc, fields: dict[str, Any], status: Status
) -> None:
    """By nothing else."""
    answer = smsc.answer(smsc.bound(), smsc.letter(**fields))

    verify(answer.status).is_one_of(Status.ROK, status)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"service_type": ""}, marks=requirement("smpp34/submit/service-type"), id="default"),
        pytest.param({"service_type": "CMT"}, marks=requirement("smpp34/submit/service-type"), id="cmt"),
        pytest.param({"protocol_id": 0}, marks=requirement("smpp34/submit/protocol-id"), id="protocol-id"),
        pytest.param({"priority": 0}, marks=requirement("smpp34/submit/priority"), id="bulk"),
        pytest.param({"priority": 1}, marks=requirement("smpp34/submit/priority"), id="normal"),
        pytest.param({"priority": 2}, marks=requirement("smpp34/submit/priority"), id="urgent"),
        pytest.param({"priority": 3}, marks=requirement("smpp34/submit/priority"), id="very-urgent"),
        pytest.param({"esm_class": 0}, marks=requirement("smpp34/submit/esm-default"), id="mode-default"),
        pytest.param({"esm_class": 3}, marks=requirement("smpp34/submit/esm-store"), id="store-and-forward"),
    ],
)
def test_what_every_smsc_has_is_taken(smsc: Smsc, fields: dict[str, Any]) -> None:
    """And the message arrives as any other does."""
    link = smsc.bound()
    name = smsc.submit(link, registered=1, **fields)

    arrives(smsc, link, name, "Hello")


@requirement("smpp34/submit/default-message")
def test_a_ready_made_text_that_nobody_has_is_refused(smsc: Smsc) -> None:
    """255 is reserved."""
    answer = smsc.answer(smsc.bound(), smsc.letter("", default_message=255))

    verify(answer.status).equals(Status.RINVDFTMSGID)


@requirement("smpp34/submit/esm-udhi")
def test_a_header_is_no_part_of_the_text(smsc: Smsc) -> None:
    """One that names ports, and has nothing to do with long texts."""
    link = smsc.bound()
    name = smsc.submit(link, message=PORTS + b"Hello", esm_class=UDHI, registered=1)

    if smsc.place.remote is not None:
        arrives(smsc, link, name, "Hello")


@requirement("smpp34/submit/esm-bad-header")
@pytest.mark.parametrize("octets", [b"\x30abcde", b"\x05\x00\x09\x01\x02\x01Hello"], ids=["whole", "element"])
def test_a_header_that_goes_beyond_its_message_is_refused(smsc: Smsc, octets: bytes) -> None:
    """The whole of it, or an element in it."""
    answer = smsc.answer(smsc.bound(), smsc.letter(message=octets, esm_class=UDHI))

    refuses(answer, SUBMIT_SM)
