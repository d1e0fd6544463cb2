"""What a finished run keeps to itself."""

import json
from urllib.parse import quote, urlencode

import pytest

from conformance.drivers import soap
from conformance.drivers.xmlrpc import document
from conformance.masking import Mask, spellings

SECRET = "s3c&r\u00e8t+<\"'\\> /" + "x" * 60  # longer than a line of base64

WRITTEN = {
    "query": f"?{urlencode({'password': SECRET})}".encode(),
    "path": f"/{quote(SECRET)}".encode(),
    "xml-rpc": document("auth", "joe", SECRET),
    "base64": document("auth", "joe", SECRET.encode()),
    "soap": soap.envelope("send", [("password", SECRET)], namespace="urn:x"),
    "json": json.dumps([SECRET]).encode(),
    "json-of-letters": json.dumps([SECRET], ensure_ascii=False).encode(),
}


@pytest.mark.parametrize("octets", WRITTEN.values(), ids=WRITTEN)
def test_a_secret_is_known_however_a_driver_writes_it(octets: bytes) -> None:
    """Else the record of a run would show it."""
    assert [spelled for spelled in spellings(SECRET) if spelled in octets] != []


def test_a_plain_secret_has_no_spelling_that_is_an_ordinary_word() -> None:
    assert spellings("demo") == {b"demo", b"ZGVtbw=="}


def test_the_longest_spelling_goes_first() -> None:
    """Else a piece of it would stay behind."""
    assert Mask(["hush", "hush-hush"]).text("came 'hush-hush'") == "came '***'"
