"""fax: one document to one or many telephones."""

from base64 import b64decode, b64encode

import pytest

from conformance.checks.iro.calls import (
    NOWHERE,
    SOON,
    arrived,
    billed,
    default,
    inbox,
    international,
    invalid,
    job,
    no_number,
    send,
    unused,
)
from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.iro import DOCUMENT, Argument, IroDriver
from conformance.drivers.iro_xmlrpc import IroXmlRpc
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"


@requirement("iro/fax/user")
def test_a_fax_belongs_to_the_user(iro: IroDriver, numbers: Numbers) -> None:
    """Who is told of it."""
    id = job(iro.fax(international(numbers())))

    verify(iro.status()).holds(lambda jobs: isinstance(jobs, dict) and str(id) in jobs, f"a dict with {id}")


@requirement("iro/fax/job-id")
def test_the_answer_is_a_whole_number(iro: IroDriver, numbers: Numbers) -> None:
    """Another for every fax."""
    to = international(numbers())

    verify(job(iro.fax(to))).holds(lambda id: id != job(iro.fax(to)), "another id for another fax")


@requirement("iro/fax/subject")
def test_the_subject_goes_along(iro: IroDriver, control: Control, numbers: Numbers) -> None:
    """With what XML has a meaning for."""
    id = job(iro.fax(international(numbers()), subject="Angebot <1> & mehr"))

    verify(arrived(control, id)["extras"]["subject"]).equals("Angebot <1> & mehr")


@requirement("iro/fax/content")
def test_the_document_arrives(iro: IroDriver, control: Control, numbers: Numbers) -> None:
    """Octet by octet."""
    id = job(iro.fax(international(numbers()), b64encode(PDF).decode()))

    message = arrived(control, id)
    verify((message["medium"], b64decode(message["text"]))).equals(("fax", PDF))


@requirement("iro/fax/content")
def test_lines_of_base64_are_one_document(iro: IroDriver, control: Control, numbers: Numbers) -> None:
    """As mail programs break them."""
    encoded = b64encode(PDF * 10).decode()
    lines = "\n".join(encoded[start : start + 76] for start in range(0, len(encoded), 76))
    id = job(iro.fax(international(numbers()), lines))

    verify(b64decode(arrived(control, id)["text"])).equals(PDF * 10)


@requirement("iro/fax/recipients")
def test_each_number_gets_the_fax(iro: IroDriver, control: Control, numbers: Numbers) -> None:
    """Three of them."""
    to = numbers(3)
    id = job(iro.fax(international(to)))

    verify(sorted(one["to"] for one in inbox(control, id))).equals(sorted(to))


@requirement("iro/fax/recipients")
def test_a_fax_goes_to_numbers_alone(iro: IroDriver) -> None:
    """A mail address is none."""
    verify(iro.fax(["check@example.org"])).equals(no_number("check@example.org"))


@requirement("iro/fax/info")
def test_faxes_of_one_name_are_billed_together(iro: IroDriver, clock: Clock, numbers: Numbers) -> None:
    """Two of three."""
    one, other = unused(clock, "one"), unused(clock, "other")
    for info in (one, one, other):
        job(iro.fax(international(numbers()), info=info))
    clock.advance(SOON)

    offer = default(iro, "fax")
    verify([billed(iro, offer, info)["anz"] for info in (one, other)]).equals([2, 1])


@requirement("iro/fax/base64-type")
@pytest.mark.parametrize("octets", [PDF, b"plain words, no base64"], ids=["pdf", "words"])
def test_octets_are_the_document(
    xmlrpc: IroXmlRpc, control: Control, numbers: Numbers, octets: bytes
) -> None:
    """As a client's library encodes them."""
    id = job(xmlrpc.fax(international(numbers()), octets))

    verify(b64decode(arrived(control, id)["text"])).equals(octets)


@requirement("iro/fax/bad-content")
@pytest.mark.parametrize(
    "fax",
    ["%PDF-1.4", "JVBERi0xLjQ", "ä", "JVBE?Ri0x!LjQK"],
    ids=["document", "cut-off", "letters", "strays"],
)
def test_what_is_no_base64_is_refused(iro: IroDriver, fax: str) -> None:
    """The document itself, a piece of base64, other letters, and some in the midst of it."""
    verify(iro.fax([NOWHERE], fax)).equals(invalid("fax"))


@requirement("iro/fax/bad-content")
@pytest.mark.parametrize("fax", [[DOCUMENT], True], ids=["list", "boolean"])
def test_what_is_no_text_is_refused(typed: IroDriver, fax: Argument) -> None:
    """Of another type."""
    verify(send(typed, "fax", fax=fax)).equals(invalid("fax"))


@requirement("iro/fax/any-document")
@pytest.mark.parametrize("octets", [b"", b"hello", b"\x89PNG\r\n"], ids=["empty", "text", "picture"])
def test_any_document_is_taken(iro: IroDriver, numbers: Numbers, octets: bytes) -> None:
    """No PDF, and none at all."""
    job(iro.fax(international(numbers()), b64encode(octets).decode()))
