"""XML of strangers is read within limits, and our own can be read by anybody."""

from contextlib import suppress
from time import process_time
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.wire.xml import (
    CHARSETS,
    DEPTH,
    LONGEST_NAMESPACE,
    MOST_ATTRIBUTES,
    MOST_TAGS,
    Malformed,
    escaped,
    local,
    read,
)

BILLION = b"""<?xml version="1.0"?>
<!DOCTYPE a [<!ENTITY b "lol"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>
<a>&d;</a>"""


def test_elements_have_names_attributes_texts_and_children() -> None:
    root = read(b'<a xmlns="urn:x" b="1">one<c/>two<c>&amp;&#65;<!-- no -->!</c></a>')

    assert (root.tag, local(root.tag), root.attrib, root.text) == ("{urn:x}a", "a", {"b": "1"}, "one")
    assert [child.text for child in root] == [None, "&A!"]


@pytest.mark.parametrize(
    ("octets", "charset", "text"),
    [
        ("<a>Γεια</a>".encode(), "", "Γεια"),
        ("<a>Γεια</a>".encode(), "UTF-8", "Γεια"),
        ("\ufeff<a>Γεια</a>".encode(), "", "Γεια"),
        ('<?xml version="1.0" encoding="ISO-8859-7"?><a>Γεια</a>'.encode("iso8859-7"), "", "Γεια"),
        ("<a>Γεια</a>".encode("cp1253"), "windows-1253", "Γεια"),
        ("<a>Γεια</a>".encode("utf-16"), "", "Γεια"),
        ('<?xml version="1.0" encoding="UTF-16"?><a>Γεια</a>'.encode("utf-16-be"), "utf-16be", None),
        ('<?xml version="1.0" encoding="UTF-16"?><a>Γεια</a>'.encode("utf-16"), "utf-16", "Γεια"),
        ('<?xml version="1.0" encoding="ISO-8859-1"?><a>Γεια</a>'.encode(), "utf-8", "Γεια"),
    ],
)
def test_the_charset_is_the_headers_else_the_documents(octets: bytes, charset: str, text: str | None) -> None:
    try:
        found = read(octets, charset).text
    except Malformed:
        found = None

    assert found == text


@pytest.mark.parametrize(
    ("octets", "charset"),
    [
        ("<a>é</a>".encode("latin-1"), ""),
        ("<a>é</a>".encode("latin-1"), "utf-8"),
        ("<a>é</a>".encode(), "us-ascii"),
        (b"<a/>", "punycode"),
        (b"<a/>", "base64"),
        (b"<a/>", "no\0such"),
        (b"<a/>", "utf-16"),
        (b'<?xml version="1.0" encoding="nonsense"?><a/>', ""),
        (b'<?xml version="1.0" encoding="shift_jis"?><a/>', ""),
        (b'<?xml version="1.0" encoding="base64"?><a/>', ""),
        ("<a/>".encode("utf-16-le"), ""),
        ("<!DOCTYPE a><a/>".encode("utf-16-le"), ""),
    ],
)
def test_octets_of_another_charset_are_malformed(octets: bytes, charset: str) -> None:
    with pytest.raises(Malformed):
        read(octets, charset)


@pytest.mark.parametrize(
    ("octets", "says"),
    [
        (b"", "no element found: line 1, column 0"),
        (b"<a>", "no element found: line 1, column 3"),
        (b"<a></b>", "mismatched tag: line 1, column 5"),
        (b"hello", "syntax error: line 1, column 0"),
        (b"<a/><b/>", "junk after document element: line 1, column 4"),
        (b"<a>&nbsp;</a>", "undefined entity: line 1, column 3"),
        (b"<a>\x01</a>", "not well-formed (invalid token): line 1, column 3"),
        (b"<a>&#1;</a>", "reference to invalid character number: line 1, column 3"),
    ],
)
def test_what_is_wrong_is_said_as_expat_says_it(octets: bytes, says: str) -> None:
    with pytest.raises(Malformed) as caught:
        read(octets)

    assert str(caught.value) == says


@pytest.mark.parametrize(
    "octets",
    [
        BILLION,
        b"<!DOCTYPE a><a/>",
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>',
        b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>',
        b'<!DOCTYPE a [<!ENTITY % b SYSTEM "http://127.0.0.1:9/b"> %b;]><a/>',
        "<!DOCTYPE a><a/>".encode("utf-16"),
    ],
)
def test_a_document_type_ends_the_reading(octets: bytes) -> None:
    with pytest.raises(Malformed, match="a document type is not allowed"):
        read(octets)


def test_text_that_looks_like_a_document_type_is_text() -> None:
    assert read(b"<a><![CDATA[<!DOCTYPE a>]]></a>").text == "<!DOCTYPE a>"


def test_so_many_levels_are_read_and_no_more() -> None:
    assert read(b"<a>" * DEPTH + b"</a>" * DEPTH).tag == "a"
    with pytest.raises(Malformed, match="levels"):
        read(b"<a>" * (DEPTH + 1) + b"</a>" * (DEPTH + 1))


@pytest.mark.parametrize(
    "octets",
    [
        b"<a>" * 2_700_000,
        b"<a>" * (MOST_TAGS // 2) + b"</a>" * (MOST_TAGS // 2),
        b"<a>" + b"<b/>" * 2_000_000 + b"</a>",
        b"<a " + b" ".join(b'a%d=""' % number for number in range(100_000)) + b"/>",
        b"<a xmlns:b='n' " + b" ".join(b'b:a%d=""' % number for number in range(800_000)) + b"/>",
        b'<a xmlns:b="%s">' % (b"n" * 4_000_000) + b'<c b:d=""/>' * 300 + b"</a>",
        b"<a " + b"xmlns:" * 1_300_000,
        b"<a " + b"xmlns:a\n" * 1_000_000,
    ],
    ids=["unclosed", "deep", "wide", "attributes", "qualified", "namespace", "prefixes", "declarations"],
)
def test_large_bodies_are_done_with_at_once(octets: bytes) -> None:
    started = process_time()
    with suppress(Malformed):
        read(octets)

    assert process_time() - started < 2


@pytest.mark.parametrize("declared", ["xmlns='{}'", 'xmlns:a-b = "{}"', 'a="b" xmlns\n=\t"{}"'])
def test_a_namespace_has_so_many_characters_and_no_more(declared: str) -> None:
    """Every name that is in it would repeat it."""
    assert read(f"<a {declared.format('n' * LONGEST_NAMESPACE)}/>".encode()).tag.endswith("a")
    with pytest.raises(Malformed, match="namespace"):
        read(f"<a {declared.format('n' * (LONGEST_NAMESPACE + 1))}/>".encode())


def test_texts_are_not_taken_for_attributes_or_namespaces() -> None:
    text = "=" * (MOST_ATTRIBUTES + 1) + " xmlns " + "n" * 1000

    assert read(f"<a>{text}</a>".encode()).text == text


@given(st.text(st.characters(codec="utf-8")))
def test_escaped_text_is_read_back_as_it_was(text: str) -> None:
    octets = f'<a b="{escaped(text)}">{escaped(text)}</a>'.encode()

    root = read(octets)

    kept = "".join(letter if held(letter) else "\ufffd" for letter in text)
    assert (root.text or "") == kept
    assert root.attrib["b"] == kept.replace("\n", " ").replace("\t", " ")


def held(letter: str) -> bool:
    """Whether XML 1.0 has the character, asked of the parser."""
    try:
        ElementTree.fromstring(f"<a>&#{ord(letter)};</a>")
    except ElementTree.ParseError:
        return False
    return True


def test_surrogates_and_controls_are_replaced() -> None:
    assert escaped("a\x00b\x1b\ud800\ufffe\t\n\rc") == "a\ufffdb\ufffd\ufffd\ufffd\t\n&#13;c"
    assert escaped("""<'&">""") == "&lt;'&amp;&quot;&gt;"


@given(st.binary(max_size=200), st.sampled_from(["", "nonsense", *sorted(CHARSETS)]))
def test_any_octets_are_a_document_or_malformed(octets: bytes, charset: str) -> None:
    try:
        root = read(octets, charset)
    except Malformed:
        return
    assert root.tag
