"""Numbers, addresses, documents and states, as the page and its gaps have them."""

from base64 import b64encode
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.core.ids import Ids
from emulator.core.model import Coding, Medium, Status
from emulator.providers.iro.quirks import Quirks
from emulator.providers.iro.wire import address, coding, document, number, reference, word
from emulator.tests.samples import NINE, a_message, an_order

DELIVERED, FAILED = Status.DELIVERED, Status.UNDELIVERABLE


@pytest.mark.parametrize(
    "text",
    [
        "+49 551 28293640",
        "+4955128293640",
        "0551-28293640",
        "+49551/28293640",
        "(0551) 28293640",
        "0049 551 28293640",
        " 0551.28293640\n",
    ],
)
def test_a_number_has_many_spellings(text: str) -> None:
    assert number(text) == "4955128293640"


@pytest.mark.parametrize(
    "text",
    ["", "hallo", "0?242", "28293640", "4955128293640", "+", "+0551282936", "0000", "+49 551 282a",
     "0551\n282936", "+49 5512829364+0", "٠551282936", "+123456", "+1234567890123456"],
)  # fmt: skip
def test_anything_else_is_no_number(text: str) -> None:
    assert number(text) is None


@pytest.mark.parametrize(
    ("text", "digits"), [("+1234567", "1234567"), ("+123456789012345", "123456789012345")]
)
def test_a_number_has_seven_to_fifteen_digits(text: str, digits: str) -> None:
    assert number(text) == digits


@given(st.text())
def test_what_is_a_number_has_only_digits(text: str) -> None:
    found = number(text)

    assert found is None or (found.isascii() and found.isdigit() and 7 <= len(found) <= 15)


@pytest.mark.parametrize(
    "text",
    [
        "a@example.org",
        "a.b+c@ex-ample.co.uk",
        "A!#$%&'*+/=?^_`{|}~-9@x.de",
        f"{'a' * 64}@example.org",
        f"{'a' * 64}@{'b.' * 126}com",
        "1@2.3.de",
    ],
)
def test_a_mail_address(text: str) -> None:
    assert address(text) == text


@pytest.mark.parametrize(
    "text",
    ["", "a", "@example.org", "a@", "a@b", "a@b.c", "a@b.12", "a@@b.de", "a@b@c.de", ".a@b.de", "a.@b.de",
     "a..b@c.de", "a b@c.de", "a@-b.de", "a@b-.de", "a@b..de", "a@b.de.", "ä@b.de", "a@ä.de",
     "a@b.de\n", f"{'a' * 64}@{'b.' * 126}info", f"{'a' * 65}@example.org"],
)  # fmt: skip
def test_anything_else_is_no_address(text: str) -> None:
    assert address(text) is None


@pytest.mark.parametrize("text", ["JVBERi0xLjQK", " JVBE\r\n  Ri0x\nLjQK \n"])
def test_a_document_may_come_in_lines(text: str) -> None:
    assert document(text, None) == "JVBERi0xLjQK"


@pytest.mark.parametrize("text", ["no base64", "JVBERi0xLjQ", "JVBE*i0x", "JVBE=Ri0xLjQK", "ä"])
def test_what_is_no_base64_is_no_document(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # whatever the decoder says
        document(text, None)


@given(st.binary())
def test_octets_are_the_document_unless_they_were_encoded_twice(octets: bytes) -> None:
    encoded = b64encode(octets)

    assert document("", encoded) == encoded.decode()
    assert document("", b"\xff" + octets) == b64encode(b"\xff" + octets).decode()


@pytest.mark.parametrize(
    ("text", "medium", "alphabet"),
    [
        ("Hello", Medium.SMS, Coding.GSM7),
        ("你", Medium.SMS, Coding.UCS2),
        ("你", Medium.MAIL, Coding.GSM7),
    ],
)
def test_only_a_text_message_needs_a_larger_alphabet(text: str, medium: Medium, alphabet: Coding) -> None:
    assert coding(text, medium) is alphabet


@pytest.mark.parametrize(
    ("states", "seconds", "expected"),
    [
        ([Status.QUEUED], 0, "init"),
        ([Status.QUEUED], 0.499, "init"),
        ([Status.QUEUED], 0.5, "started"),
        ([Status.QUEUED, Status.SUBMITTED], 0, "sending"),
        ([Status.QUEUED, FAILED], 0, "sending"),
        ([DELIVERED, Status.SUBMITTED], 9, "sending"),
        ([DELIVERED, DELIVERED], 9, "sended"),
        ([DELIVERED, FAILED], 9, "error"),
        ([Status.EXPIRED], 9, "error"),
        ([Status.REJECTED], 0, "error"),
        ([Status.UNROUTABLE], 9, "error"),
    ],
)
def test_the_state_of_a_job_is_that_of_its_messages(
    states: list[Status], seconds: float, expected: str
) -> None:
    messages = [(a_message(), status) for status in states]

    assert word(messages, NINE + timedelta(seconds=seconds), Quirks()) == expected


def test_a_job_is_named_by_its_number() -> None:
    assert reference(an_order(id=10)[0], Ids(1)) == "10"
