"""JSON as it is taken, and as it is refused."""

import pytest

from emulator.providers.ip1.bodies import DEEPEST, decoded, is_json, members, names
from emulator.providers.ip1.faults import Declined
from emulator.providers.ip1.quirks import Quirks


@pytest.mark.parametrize(
    "octets",
    [
        b"", b"{", b'{"a":1,}', b"[1,]", b'{"a":NaN}', b"Infinity", b'"\\ud800"', b'{"\\udc00":1}', b'"\xff"',
        b'"\xed\xa0\x80"', b'"\x01"', b"{'a':1}", b"1e999", b"9" * 5000, b'{"a":1}x', '"ä"'.encode("utf-16"),
        b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1), b'{"a":' * 5000 + b"1" + b"}" * 5000,
        b"[" + b"{}," * 500_001 + b"1]",
    ],
    ids=lambda octets: repr(octets[:12]),
)  # fmt: skip
def test_what_is_no_json_of_sane_depth_is_refused(octets: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        decoded(octets)


@pytest.mark.parametrize(
    ("octets", "value"),
    [
        (b'\xef\xbb\xbf{"a":1}', {"a": 1}),
        (b'{"a":1,"a":2}', {"a": 2}),
        (b'"\\ud83d\\ude00"', "😀"),
        (b"123456789012345678901234567890", 123456789012345678901234567890),
        (b"[" * DEEPEST + b"]" * DEEPEST, None),
        (b"[" + b"[]," * 100 + b"1]", None),
    ],
)
def test_other_json_is_read(octets: bytes, value: object) -> None:
    read = decoded(octets)

    assert value in (None, read)


@pytest.mark.parametrize(
    ("label", "is_one"),
    [
        ("application/json", True),
        ("Application/JSON; charset=iso-8859-1", True),
        ("application/vnd.api+json", True),
        ("text/plain", False),
        ("application/x-www-form-urlencoded", False),
        ("", False),
    ],
)
def test_a_label_says_whether_a_body_is_json(label: str, is_one: bool) -> None:
    assert is_json(label) is is_one


def test_members_are_known_in_any_letter_case_and_strangers_passed_over() -> None:
    given = {"SENDER": 1, "Sender": 2, "deliverywindows": 3, "x": 4}

    found = members(given, names("sender", "deliveryWindows"), Quirks())

    assert found == {"sender": 2, "deliveryWindows": 3}


def test_members_may_have_to_be_spelled_exactly() -> None:
    found = members({"SENDER": 1, "body": 2}, names("sender", "body"), Quirks(property_case="exact"))

    assert found == {"body": 2}


@pytest.mark.parametrize("value", [None, [], "text", 5, True])
def test_what_is_no_object_has_no_members(value: object) -> None:
    with pytest.raises(Declined):
        members(value, names("sender"), Quirks())
