"""The exchanges in fixtures/transcripts/iro, as XML and JSON have them alike."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest

from conformance import places
from conformance.bench import Place
from conformance.control import Control
from conformance.drivers.http import HttpClient
from conformance.drivers.soap import ENVELOPE
from conformance.drivers.xmlrpc import plain
from conformance.requirement import requirement
from conformance.transcripts import Transcript, Turn, play, transcripts

TRANSCRIPTS = transcripts(places.fixtures() / "transcripts" / "iro")


@pytest.fixture
def line(place: Place) -> Iterator[HttpClient]:
    """A bare connection to the place."""
    with place.connection("iro", "iro") as client:
        yield client


@pytest.mark.parametrize(
    "transcript",
    [pytest.param(one, id=one.name, marks=requirement(*one.requirements)) for one in TRANSCRIPTS],
)
def test_an_exchange_goes_as_written(
    line: HttpClient, place: Place, control: Control, transcript: Transcript
) -> None:
    """With the numbers as they stand, hence only where sending reaches nobody."""

    def answer(turn: Turn) -> str:
        body = turn.body.encode() if turn.body is not None else None
        return level(line.request(turn.method, turn.target, body=body, headers=turn.headers).text)

    play(transcript, {"key": place.login("iro").key}, control, answer, level)


def level(text: str) -> str:
    """One spelling of what says the same: of an envelope what is in it, of JSON no blanks around signs."""
    if not text.startswith("<"):
        return re.sub(r"\s*([{}\[\]:,])\s*", r"\1", text)
    said = _inside(text)
    if said is None:
        return plain(text)
    return ElementTree.canonicalize(ElementTree.tostring(said), strip_text=True, rewrite_prefixes=True)


def _inside(text: str) -> ElementTree.Element | None:
    """What is in an envelope; None for other texts."""
    try:
        said = ElementTree.fromstring(text).find(f"{{{ENVELOPE}}}Body/*")
    except ElementTree.ParseError:
        return None
    if said is not None:
        said.tail = None
    return said
