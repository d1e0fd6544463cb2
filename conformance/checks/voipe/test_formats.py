"""The envelope, and how the three formats write it."""

import json as text
import re

import pytest

from conformance.checks.voipe.calls import (
    ADMINISTRATION,
    HEBREW,
    NOBODYS,
    OWNED,
    SOON,
    succeeded,
    taken,
    timeless,
)
from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.voipe import FORMATS, Answer, VoipeDriver, plain
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

NASTY = f"{HEBREW} a/b 1 < 2 > 0 'c'\n\td"

KINDS = {"application/json": "json", "text/xml;charset=UTF-8": "xml", "text/plain;charset=UTF-8": "serialize"}


def kind(answer: Answer) -> str | None:
    return KINDS.get(answer.headers["Content-Type"])


def shown(voipe: VoipeDriver, clock: Clock, numbers: Numbers, format: str, msg: str = NASTY) -> str:
    """How ds writes a message."""
    id = taken(voipe.pv(numbers()[0], msg))
    clock.advance(SOON)
    return voipe.call("ds", smslog_id=id, format=format).text


@requirement("voipe/format/parameter")
def test_every_operation_takes_a_format(stranger: VoipeDriver) -> None:
    """Refused for a wrong token."""
    for op in ("get_token", *OWNED, *ADMINISTRATION):
        verify([kind(stranger.call(op, format=format)) for format in FORMATS]).equals(list(FORMATS))


@pytest.mark.parametrize(
    "format",
    [
        pytest.param(None, marks=requirement("voipe/format/default")),
        pytest.param("", marks=requirement("voipe/format/default")),
        pytest.param("json", marks=requirement("voipe/format/json")),
        pytest.param("JSON", marks=requirement("voipe/format/case")),
        *[
            pytest.param(name, marks=requirement("voipe/format/unknown"))
            for name in ("plain", "csv", "jsonp", "nonsense")
        ],
    ],
)
def test_json_is_the_rule(voipe: VoipeDriver, format: str | None) -> None:
    """Asked for, and wherever nothing else is known."""
    answer = voipe.call("cr", format=format)

    verify(kind(answer)).equals("json")
    verify(text.loads(answer.text).get("status")).equals("OK")


@pytest.mark.parametrize(
    ("format", "means"),
    [
        pytest.param("xml", "xml", marks=requirement("voipe/format/xml")),
        pytest.param("XML", "xml", marks=requirement("voipe/format/case")),
        pytest.param(" Xml ", "xml", marks=requirement("voipe/format/case")),
        pytest.param("serialize", "serialize", marks=requirement("voipe/format/serialize")),
        pytest.param("SERIALIZE", "serialize", marks=requirement("voipe/format/case")),
    ],
)
def test_the_others_are_had_by_their_names(voipe: VoipeDriver, format: str, means: str) -> None:
    """In any case."""
    answer = voipe.call("cr", format=format)

    verify(kind(answer)).equals(means)
    succeeded(answer)


@requirement("voipe/format/alike")
def test_the_formats_say_the_same(voipe: VoipeDriver, clock: Clock, numbers: Numbers) -> None:
    """Of a message, of the account, of what is not there."""
    id = taken(voipe.pv(numbers()[0]))
    clock.advance(SOON)

    for op, fields in (
        ("ds", {"smslog_id": id}),
        ("query", {}),
        ("get_contact", {"kwd": NOBODYS}),
        ("creditview", {}),
    ):
        said = [voipe.call(op, **fields, format=format) for format in FORMATS]
        documents = [{**one.document, "timestamp": 0} for one in said]
        verify([plain(one) for one in documents]).equals([plain(documents[0])] * 3)


@requirement("voipe/json/compact")
def test_json_has_no_white_space(voipe: VoipeDriver, clock: Clock, numbers: Numbers) -> None:
    """But in texts."""
    said = shown(voipe, clock, numbers, "json")

    verify(re.sub(r'"(?:\\.|[^"\\])*"', '""', said)).matches(r"\S+")


@pytest.mark.parametrize(
    ("msg", "as_written"),
    [
        pytest.param(HEBREW, r"\u05e9\u05dc\u05d5\u05dd", marks=requirement("voipe/json/characters")),
        pytest.param("é €", r"\u00e9 \u20ac", marks=requirement("voipe/json/characters")),
        pytest.param("a/b", r"a\/b", marks=requirement("voipe/json/slash")),
        pytest.param("1 < 2 > 0 & 'c'", "1 < 2 > 0 & 'c'", marks=requirement("voipe/json/signs")),
        pytest.param("a\nb\tc", r"a\nb\tc", marks=requirement("voipe/json/control")),
    ],
)
def test_json_writes_texts_as_php_does(
    voipe: VoipeDriver, clock: Clock, numbers: Numbers, msg: str, as_written: str
) -> None:
    """Octet by octet."""
    verify(shown(voipe, clock, numbers, "json", msg)).holds(
        lambda said: f'"msg":"{as_written}",' in said, f'"msg":"{as_written}",'
    )


@requirement("voipe/json/numbers")
@pytest.mark.parametrize(
    ("credit", "as_written"), [(52.5, "52.5"), (52, "52"), (12.345, "12.345"), (-85, "-85")]
)
def test_json_writes_numbers_as_php_does(
    voipe: VoipeDriver, control: Control, credit: float, as_written: str
) -> None:
    """With as many decimals as are needed."""
    control.patch_account("voipe", voipe.username, credit=credit)

    verify(voipe.call("cr").text).holds(
        lambda said: f'"credit":{as_written},' in said, f'"credit":{as_written},'
    )


@requirement("voipe/xml/prolog", "voipe/xml/line", "voipe/xml/root", "voipe/xml/empty")
def test_xml_is_written_in_two_lines(voipe: VoipeDriver, admin: VoipeDriver) -> None:
    """The whole of an answer."""
    verify(timeless(admin.call("accountban", format="xml").text)).equals(
        '<?xml version="1.0"?>\n<response><status>ERR</status><error>611</error>'
        "<error_string>account ban failed due to unknown username</error_string>"
        "<timestamp>NOW</timestamp></response>\n"
    )
    verify(timeless(voipe.call("get_contact", kwd=NOBODYS, format="xml").text)).equals(
        '<?xml version="1.0"?>\n<response><status>OK</status><error>0</error><data/>'
        "<error_string/><timestamp>NOW</timestamp></response>\n"
    )


@requirement("voipe/xml/items")
def test_entries_are_items(voipe: VoipeDriver, numbers: Numbers) -> None:
    """Two of them."""
    said = voipe.pv(",".join(numbers(2)), format="xml").text

    verify(said).matches(r"(?s).*<data><item>.*</item><item>.*</item></data>.*")


@pytest.mark.parametrize(
    ("msg", "as_written"),
    [
        pytest.param(HEBREW, "&#x5E9;&#x5DC;&#x5D5;&#x5DD;", marks=requirement("voipe/xml/characters")),
        pytest.param("1 < 2 > 0 'c'", "1 &lt; 2 &gt; 0 'c'", marks=requirement("voipe/xml/escapes")),
        pytest.param("Fish & Chips", "Fish &amp; Chips", marks=requirement("voipe/xml/ampersand")),
    ],
)
def test_xml_writes_texts_as_php_does(
    voipe: VoipeDriver, clock: Clock, numbers: Numbers, msg: str, as_written: str
) -> None:
    """Octet by octet."""
    verify(shown(voipe, clock, numbers, "xml", msg)).holds(
        lambda said: f"<msg>{as_written}</msg>" in said, f"<msg>{as_written}</msg>"
    )


@requirement("voipe/xml/well-formed")
def test_xml_can_be_read(voipe: VoipeDriver, clock: Clock, numbers: Numbers) -> None:
    """With a text that would hurt it."""
    id = taken(voipe.pv(numbers()[0], "]]> <!-- <![CDATA[ </msg> \x01\x0b\ufffe %s"))
    clock.advance(SOON)

    verify(voipe.call("ds", smslog_id=id, format="xml").entries[0]["smslog_id"]).equals(id)


@requirement("voipe/serialize/lengths")
def test_serialized_texts_have_their_length(voipe: VoipeDriver, clock: Clock, numbers: Numbers) -> None:
    """In octets, with nothing escaped."""
    said = shown(voipe, clock, numbers, "serialize", f'{HEBREW}\\n";')

    verify(said).holds(lambda one: f's:3:"msg";s:12:"{HEBREW}\\n\';";' in one, "12 octets as they are")


@requirement("voipe/serialize/types", "voipe/serialize/no-line-end")
def test_serialized_values_have_their_types(voipe: VoipeDriver, control: Control) -> None:
    """The whole of an answer."""
    control.patch_account("voipe", voipe.username, credit=52.5)

    verify(timeless(voipe.call("cr", format="serialize").text)).equals(
        'a:5:{s:6:"status";s:2:"OK";s:5:"error";s:1:"0";s:6:"credit";d:52.5;'
        's:12:"error_string";N;s:9:"timestamp";i:NOW;}'
    )


@requirement("voipe/serialize/types")
def test_serialized_lists_count_from_nought(voipe: VoipeDriver, numbers: Numbers) -> None:
    """The entries of a send."""
    said = voipe.pv(",".join(numbers(2)), format="serialize").text

    verify(said).matches(r'a:3:\{s:4:"data";a:2:\{i:0;a:5:\{.*\}i:1;a:5:\{.*\}\}s:12:"error_string";N;.*\}')
