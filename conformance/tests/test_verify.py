"""A failure shows what was acceptable, what came, and the request."""

import pytest

from conformance.drivers.smpp_pdus import BIND_TRANSCEIVER, bind, pdu
from conformance.tape import Exchange, Tape, playing
from conformance.verify import Mismatch, verify


def exchange(target: str, body: bytes) -> Exchange:
    return Exchange(
        surface="test",
        base="http://127.0.0.1:8000",
        request=f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:8000\r\n\r\n".encode(),
        response=b"HTTP/1.1 200 OK\r\n\r\n" + body,
        took=0.001,
    )


def test_what_fits_passes() -> None:
    verify("ID:7").equals("ID:7")
    verify(2).is_one_of(1, 2)
    verify(3).holds(lambda number: number > 2, "more than two")

    assert verify("ID:7A").matches(r"ID:(\w+)")[1] == "7A"


@pytest.mark.parametrize(
    ("came", "wanted"), [(1, True), (False, 0), ([1], [True]), ({"a": [0]}, {"a": [False]})]
)
def test_a_boolean_is_no_number(came: object, wanted: object) -> None:
    with pytest.raises(Mismatch):
        verify(came).equals(wanted)


def test_every_acceptable_reaction_is_shown() -> None:
    with pytest.raises(Mismatch) as mismatch:
        verify("hello").is_one_of("ΟΚ", "OK")

    assert mismatch.value.accepted == ("'ΟΚ'", "'OK'")
    assert str(mismatch.value) == "accepted: 'ΟΚ'\n      or: 'OK'\ncame:     'hello'"


def test_a_pattern_must_fit_the_whole_text() -> None:
    with pytest.raises(Mismatch, match=r"accepted: text that fits ID:\\w\+"):
        verify("ID:7 and more").matches(r"ID:\w+")


def test_a_sentence_says_what_was_wanted() -> None:
    with pytest.raises(Mismatch, match="accepted: an even number\ncame:     3"):
        verify(3).holds(lambda number: number % 2 == 0, "an even number")


def test_the_request_shown_is_the_one_that_brought_the_answer() -> None:
    tape = Tape()
    tape.record(exchange("/first", b"hello"))
    tape.record(exchange("/second", b"Credits:1.00"))

    with playing(tape), pytest.raises(Mismatch) as mismatch:
        verify("hello").equals("ID:7")

    assert mismatch.value.exchange is tape.exchanges[0]
    assert str(mismatch.value).endswith("request:  curl -sSi http://127.0.0.1:8000/first")


def test_a_value_that_no_answer_holds_is_blamed_on_the_last_exchange() -> None:
    tape = Tape()
    tape.record(exchange("/first", b"hello"))
    tape.record(exchange("/second", b"Credits:1.00"))

    with playing(tape), pytest.raises(Mismatch) as mismatch:
        verify(3).equals(4)

    assert mismatch.value.exchange is tape.exchanges[1]


def test_a_long_value_is_cut_in_the_message() -> None:
    with pytest.raises(Mismatch) as mismatch:
        verify("x" * 1000).equals("y")

    assert mismatch.value.actual.endswith("x… (1002 characters)")


def test_what_is_shown_of_a_failure_keeps_the_secrets_of_the_target() -> None:
    tape = Tape(secrets=frozenset({"s3c&ret"}))
    tape.record(exchange("/credits?password=s3c%26ret", b"hello s3c&ret"))

    with playing(tape), pytest.raises(Mismatch) as mismatch:
        verify("hello s3c&ret").equals("ID:7")

    assert str(mismatch.value) == (
        "accepted: 'ID:7'\ncame:     'hello ***'\nrequest:  curl -sSi 'http://127.0.0.1:8000/credits?password=***'"
    )


def test_a_failure_over_smpp_is_shown_as_octets_without_secrets() -> None:
    bound = pdu(BIND_TRANSCEIVER, bind("joe", "s3cret"), sequence=7)
    tape = Tape(secrets=frozenset({"s3cret"}))
    tape.record(Exchange(surface="smpp", base="smpp://127.0.0.1:2775", request=bound, response=b"", took=0.0))

    with playing(tape), pytest.raises(Mismatch) as mismatch:
        verify("ROK").equals("RBINDFAIL")

    assert f"said:     bind_transceiver, sequence 7, {len(bound)} octets\n" in str(mismatch.value)
    assert "6a 6f 65 00 2a 2a 2a 2a  2a 2a 00" in str(mismatch.value)
