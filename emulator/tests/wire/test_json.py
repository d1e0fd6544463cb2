"""JSON as it is taken, and as it is refused."""

import pytest

from emulator.wire.json import decoded, is_json


@pytest.mark.parametrize(
    "octets",
    [
        b"", b"{", b'{"a":1,}', b"[1,]", b'{"a":NaN}', b"Infinity", b'"\\ud800"', b'{"\\udc00":1}', b'"\xff"',
        b'"\xed\xa0\x80"', b'"\x01"', b"{'a':1}", b"1e999", b"9" * 5000, b'{"a":1}x', '"ä"'.encode("utf-16"),
        b"[" * 65 + b"]" * 65, b'{"a":' * 5000 + b"1" + b"}" * 5000,
        b"[" + b"{}," * 500_001 + b"1]",
    ],
    ids=lambda octets: repr(octets[:12]),
)  # fmt: skip
def test_what_is_no_json_of_sane_depth_is_refused(octets: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        decoded(octets, deepest=64)


@pytest.mark.parametrize(
    ("octets", "value"),
    [
        (b' {"a" : 1}\n', {"a": 1}),
        (b'{"a":1,"a":2}', {"a": 2}),
        (b'"\\ud83d\\ude00"', "😀"),
        (b"123456789012345678901234567890", 123456789012345678901234567890),
        (b"[" * 64 + b"]" * 64, None),
        (b"[" + b"[]," * 100 + b"1]", None),
    ],
)
def test_other_json_is_read(octets: bytes, value: object) -> None:
    read = decoded(octets, deepest=64)

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


def test_the_bounds_are_the_callers() -> None:
    deep = b"[" * 5 + b"]" * 5

    with pytest.raises(ValueError, match="more than 4 brackets"):
        decoded(deep, most=4)
    with pytest.raises(ValueError, match="nested deeper than 4 levels"):
        decoded(deep, deepest=4)
    assert decoded(deep, most=5, deepest=5) == [[[[[]]]]]


def test_no_depth_that_is_sent_breaks_the_reader() -> None:
    with pytest.raises(ValueError, match="nested too deep"):
        decoded(b"[" * 100_000 + b"]" * 100_000)
