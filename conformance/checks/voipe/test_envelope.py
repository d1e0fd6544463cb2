"""The envelope: what every answer has."""

import pytest

from conformance.checks.voipe.calls import (
    NOBODYS,
    OWNED,
    SOON,
    every_format,
    refused,
    taken,
)
from conformance.clock import Clock
from conformance.drivers.voipe import VoipeDriver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify


@requirement("voipe/envelope/order")
@every_format
def test_keys_stand_in_their_order(voipe: VoipeDriver, stranger: VoipeDriver, format: str) -> None:
    """Those of the operation, then the text, then the time."""
    keys = [list(one.call("cr", format=format).document) for one in (voipe, stranger)]

    verify(keys).equals(
        [
            ["status", "error", "credit", "error_string", "timestamp"],
            ["status", "error", "error_string", "timestamp"],
        ]
    )


@requirement("voipe/envelope/error-string")
def test_failures_have_a_text(voipe: VoipeDriver, stranger: VoipeDriver) -> None:
    """Successes have none, lists included."""
    lists = voipe.call("get_contact", kwd=NOBODYS)
    texts = [one.document.get("error_string", 0) for one in (voipe.call("cr"), lists, stranger.call("cr"))]

    verify(texts).equals([None, None, "authentication failed"])


@requirement("voipe/envelope/timestamp")
@every_format
def test_the_moment_is_told(voipe: VoipeDriver, clock: Clock, format: str) -> None:
    """In whole seconds, give or take some minutes."""
    told = voipe.call("cr", format=format).document.get("timestamp")

    verify(told).holds(lambda one: isinstance(one, str if format == "xml" else int), "a whole number")
    verify(abs(int(str(told)) - clock.now().timestamp())).holds(lambda gap: gap < 300, "now")


@requirement("voipe/envelope/status", "voipe/envelope/error")
def test_status_and_code_are_texts(voipe: VoipeDriver, stranger: VoipeDriver) -> None:
    """Of a success, of failures."""
    answers = (voipe.call("cr"), stranger.call("cr"), voipe.call("pv"), voipe.call("creditview"))

    verify([(one.document.get("status"), one.code) for one in answers]).equals(
        [("OK", "0"), ("ERR", "100"), ("ERR", "201"), ("ERR", "600")]
    )


@requirement("voipe/envelope/list")
@every_format
def test_a_list_has_no_status(voipe: VoipeDriver, clock: Clock, numbers: Numbers, format: str) -> None:
    """Of a send, and of what was sent."""
    answer = voipe.pv(numbers()[0], format=format)
    id = taken(answer)
    clock.advance(SOON)

    keys = [
        set(one.document) - {"timestamp"} for one in (answer, voipe.call("ds", smslog_id=id, format=format))
    ]
    verify(keys).equals([{"data", "error_string"}] * 2)


@requirement("voipe/envelope/no-list")
@every_format
def test_no_list_has_a_status(voipe: VoipeDriver, format: str) -> None:
    """And no data."""
    for op, code in (("ds", "400"), ("in", "501"), ("ix", "501")):
        answer = voipe.call(op, **OWNED[op], format=format)
        refused(answer, code)
        verify("data" in answer.document).equals(False)


@requirement("voipe/envelope/texts")
@pytest.mark.parametrize("format", ["json", "serialize"])
def test_what_is_stored_comes_back_as_text(
    voipe: VoipeDriver, clock: Clock, numbers: Numbers, format: str
) -> None:
    """Identifiers and states of a message."""
    answer = voipe.pv(numbers()[0], format=format)
    id = taken(answer)
    clock.advance(SOON)

    rows = [*answer.entries, *voipe.call("ds", smslog_id=id, format=format).entries]
    verify({type(value) for row in rows for value in row.values()}).equals({str})
