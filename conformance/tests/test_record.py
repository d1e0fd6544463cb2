"""A record is read back as it was written, and strictly."""

from pathlib import Path

import pytest

from conformance.drivers.smpp_pdus import BIND_TRANSCEIVER, bind, pdu
from conformance.masking import Mask
from conformance.record import Check, RecordError, exchange, masked, read, said, written
from conformance.tape import SMPP, By, Exchange

SMALL = Path(__file__).parent / "records" / "small.jsonl"


def talk(
    request: bytes, response: bytes = b"HTTP/1.1 200 OK\r\n\r\nID:7", fault: str | None = None
) -> Exchange:
    return Exchange(
        by=By.SUBJECT,
        surface="test",
        base="http://x",
        request=request,
        response=response,
        took=0.25,
        fault=fault,
    )


def test_a_finished_run_survives_writing_and_reading(tmp_path: Path) -> None:
    run = read(SMALL)
    copy = tmp_path / "copy.jsonl"
    copy.write_bytes(written(run.lines()))

    assert read(copy) == run
    assert copy.read_bytes() == SMALL.read_bytes()


@pytest.mark.parametrize("octets", ["text=ΟΚ\r\n".encode(), b"\xff\x00\x80", b""])
def test_octets_survive_whatever_they_are(octets: bytes) -> None:
    assert exchange(said(talk(octets))) == talk(octets)


def test_text_stays_readable_in_the_record() -> None:
    assert said(talk("text=ΟΚ".encode())).request == "text=ΟΚ"


def test_secrets_are_masked_wherever_they_stand() -> None:
    check = Check(
        id="c",
        title="t",
        requirements=(),
        outcome="unmet",
        reason="came 's3cret'",
        accepted=("not s3cret",),
        actual="'s3cret'",
        exchanges=(said(talk(b"GET /?p=s3cret HTTP/1.1\r\n\r\n", b"\xffs3cret", "no HTTP: s3cret")),),
    )

    clean = masked(check, Mask(["s3cret"]))

    assert (clean.reason, clean.accepted, clean.actual) == ("came '***'", ("not ***",), "'***'")
    assert exchange(clean.exchanges[0]).request == b"GET /?p=*** HTTP/1.1\r\n\r\n"
    assert exchange(clean.exchanges[0]).response == b"\xff***"
    assert clean.exchanges[0].fault == "no HTTP: ***"


def test_a_pdu_without_its_secrets_is_as_long_as_it_says() -> None:
    bound = pdu(BIND_TRANSCEIVER, bind("joe", "s3cret!"))
    spoken = Exchange(surface=SMPP, base="smpp://x", request=bound, response=b"", took=0.0)
    check = Check(id="c", title="t", requirements=(), outcome="met", exchanges=(said(spoken),))

    (clean,) = masked(check, Mask(["s3cret!"])).exchanges

    assert exchange(clean).request == bound.replace(b"s3cret!", b"*******")


def lines() -> list[bytes]:
    return SMALL.read_bytes().splitlines(keepends=True)


@pytest.mark.parametrize(
    ("octets", "complaint"),
    [
        (b"", "a record starts with one header line; this has 0"),
        (b"".join(lines()[1:]), "a record starts with one header line; this has 0"),
        (lines()[0] * 2, "a record starts with one header line; this has 2"),
        (b"".join(lines()[:9]), "the run did not finish; it holds no verdicts"),
        (lines()[0] + b"{}\n", "line 2 is no line of a run: "),
        (b"hello\n", "line 1 is no line of a run: "),
        (lines()[0].replace(b'"format":1', b'"format":2'), "format 2; this smslab reads format 1"),
    ],
)
def test_what_is_no_record_is_refused_in_one_line(tmp_path: Path, octets: bytes, complaint: str) -> None:
    path = tmp_path / "run.jsonl"
    path.write_bytes(octets)

    with pytest.raises(RecordError) as fault:
        read(path)

    assert str(fault.value).startswith(f"{path}: {complaint}")
    assert "\n" not in str(fault.value)
