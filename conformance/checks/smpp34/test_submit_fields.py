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


def case(row: str, *values: object) -> Any:
    """A parameter set that shows a requirement, under the last word of its id."""
    return pytest.param(*values, marks=requirement(row), id=row.rpartition("/")[2])


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        case("smpp34/submit/bad-source-ton", {"source_ton": 7, "source": "30690"}, Status.RINVSRCTON),
        case("smpp34/submit/bad-source-npi", {"source_npi": 2}, Status.RINVSRCNPI),
        case("smpp34/submit/bad-dest-ton", {"dest_ton": 7}, Status.RINVDSTTON),
        case("smpp34/submit/bad-dest-npi", {"dest_npi": 255}, Status.RINVDSTNPI),
        case("smpp34/submit/bad-service-type", {"service_type": "NONE"}, Status.RINVSERTYP),
        case("smpp34/submit/bad-priority", {"priority": 4}, Status.RINVPRTFLG),
        case("smpp34/replace/bad-flag", {"replace": 2}, Status.RINVREPFLAG),
        case("smpp34/submit/esm-datagram", {"esm_class": 1}, Status.RINVESMCLASS),
        case("smpp34/submit/esm-transaction", {"esm_class": 2}, Status.RINVESMCLASS),
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
        case("smpp34/submit/service-type", {"service_type": ""}),
        case("smpp34/submit/service-type", {"service_type": "CMT"}),
        case("smpp34/submit/protocol-id", {"protocol_id": 0}),
        *(case("smpp34/submit/priority", {"priority": level}) for level in range(4)),
        case("smpp34/submit/esm-default", {"esm_class": 0}),
        case("smpp34/submit/esm-store", {"esm_class": 3}),
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
