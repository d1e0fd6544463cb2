"""Long messages: in message_payload, and in pieces that become one text."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from conformance.checks.smpp34.calls import Smsc, refuses
from conformance.checks.smpp34.messages import arrives, texts
from conformance.checks.smpp34.reports import receipts
from conformance.drivers.smpp_operations import SAR_MSG_REF_NUM, header, segment, wide_header
from conformance.drivers.smpp_pdus import MESSAGE_PAYLOAD, SUBMIT_SM, UDHI, Submit, parameter
from conformance.drivers.smpp_statuses import Status
from conformance.requirement import requirement
from conformance.verify import verify

HALVES = ("The first half of a text, ", "and the second half of it.")
WHOLE = "".join(HALVES)

Way = Callable[[int, str], dict[str, Any]]
"""How a half says which one it is."""


def with_header(place: int, half: str) -> dict[str, Any]:
    return {"message": header(0x5A, len(HALVES), place) + half.encode(), "esm_class": UDHI}


def with_wide_header(place: int, half: str) -> dict[str, Any]:
    return {"message": wide_header(0x1234, len(HALVES), place) + half.encode(), "esm_class": UDHI}


def with_parameters(place: int, half: str) -> dict[str, Any]:
    return {"message": half.encode(), "parameters": segment(0x1234, len(HALVES), place)}


def halves(smsc: Smsc, way: Way = with_header, **fields: Any) -> list[Submit]:
    """Both halves, for one destination."""
    number = smsc.number()
    return [
        smsc.letter(destination=number, **way(place, half), **fields)
        for place, half in enumerate(HALVES, start=1)
    ]


@requirement("smpp34/long/payload")
def test_message_payload_stands_for_a_text_that_is_too_long(smsc: Smsc) -> None:
    """With sm_length 0."""
    payload = parameter(MESSAGE_PAYLOAD, b"x" * 400)
    answer = smsc.answer(smsc.bound(), smsc.letter("", parameters=payload))

    verify(answer.status).equals(Status.ROK)


@requirement("smpp34/long/payload-whole")
def test_a_text_in_message_payload_arrives_whole(smsc: Smsc) -> None:
    """A thousand letters of it."""
    link, text = smsc.bound(), "0123456789abcdefghi " * 50
    name = smsc.submit(link, "", parameters=parameter(MESSAGE_PAYLOAD, text.encode()), registered=1)

    arrives(smsc, link, name, text)


@requirement("smpp34/long/both")
def test_two_texts_are_refused(smsc: Smsc) -> None:
    """Though they are the same."""
    payload = parameter(MESSAGE_PAYLOAD, b"Hello")
    answer = smsc.answer(smsc.bound(), smsc.letter("Hello", parameters=payload))

    refuses(answer, SUBMIT_SM)


@pytest.mark.parametrize(
    "way",
    [
        pytest.param(with_header, marks=requirement("smpp34/long/udh"), id="header"),
        pytest.param(with_wide_header, marks=requirement("smpp34/long/udh-16"), id="wide-header"),
        pytest.param(with_parameters, marks=requirement("smpp34/long/sar"), id="parameters"),
    ],
)
def test_pieces_become_one_text(smsc: Smsc, way: Way) -> None:
    """As soon as the last of them has come."""
    link = smsc.bound()
    statuses = [smsc.answer(link, half).status for half in halves(smsc, way)]

    verify(statuses).equals([Status.ROK, Status.ROK])
    verify(texts(smsc)).holds(lambda found: WHOLE in found, f"{WHOLE!r} among the texts that arrived")


@requirement("smpp34/long/udh-order")
def test_pieces_may_come_in_another_order(smsc: Smsc) -> None:
    """The last one first."""
    link = smsc.bound()
    for half in reversed(halves(smsc)):
        smsc.answer(link, half)

    verify(texts(smsc)).holds(lambda found: WHOLE in found, f"{WHOLE!r} among the texts that arrived")


@requirement("smpp34/long/apart")
@pytest.mark.parametrize("other", ["reference", "destination"])
def test_pieces_of_different_texts_stay_apart(smsc: Smsc, other: str) -> None:
    """Though one is a first half, and the other a second."""
    link = smsc.bound()
    first, second = halves(smsc)
    if other == "reference":
        second = replace(second, message=header(0x5B, len(HALVES), 2) + HALVES[1].encode())
    else:
        second = replace(second, destination=smsc.number())
    for half in (first, second):
        verify(smsc.answer(link, half).status).equals(Status.ROK)

    verify(texts(smsc)).holds(lambda found: WHOLE not in found, "no text of both")


@requirement("smpp34/long/sar-all")
def test_a_reference_alone_makes_no_piece(smsc: Smsc) -> None:
    """The message arrives by itself."""
    link = smsc.bound()
    name = smsc.submit(link, parameters=parameter(SAR_MSG_REF_NUM, b"\x00\x07"), registered=1)

    arrives(smsc, link, name, "Hello")


@requirement("smpp34/long/each-id", "smpp34/long/each-receipt")
def test_each_piece_has_a_name_and_a_receipt(smsc: Smsc) -> None:
    """In whichever order the receipts come."""
    link = smsc.bound()
    names = [smsc.answer(link, half).message_id for half in halves(smsc, registered=1)]
    told = [one.message_id for one in receipts(smsc, link, len(names))]

    verify(names).holds(lambda found: len({*found, ""}) == len(HALVES) + 1, "two names that differ")
    verify(sorted(told)).equals(sorted(names))
