"""How PHP reads query strings and forms."""

from time import process_time
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.wire.php import _known, decoded, fields, merged


@pytest.mark.parametrize(
    ("octets", "found"),
    [
        (b"", {}),
        (b"a=1&b=2", {"a": "1", "b": "2"}),
        (b"a=", {"a": ""}),
        (b"a", {"a": ""}),
        (b"a=1=2", {"a": "1=2"}),
        (b"&&a=1&&", {"a": "1"}),
        (b"=1", {}),
        (b"a=b+c", {"a": "b c"}),
        (b"a=b%2Bc", {"a": "b+c"}),
        (b"a=b%20c", {"a": "b c"}),
        (b"a=%ce%93%CE%B5%CE%B9%CE%B1", {"a": "Γεια"}),
        ("a=Γεια".encode(), {"a": "Γεια"}),
        (b"a=%26%3D%23", {"a": "&=#"}),
        (b"a=%2525", {"a": "%25"}),
        (b"a=100%", {"a": "100%"}),
        (b"a=%zz%4", {"a": "%zz%4"}),
        (b"a=1;b=2", {"a": "1;b=2"}),
        (b"dlr-url=http%3A%2F%2Fx%2F%3Fa%3D1%26b%3D2", {"dlr-url": "http://x/?a=1&b=2"}),
    ],
)
def test_fields_are_decoded(octets: bytes, found: dict[str, str]) -> None:
    assert fields(octets) == found


@pytest.mark.parametrize(
    ("octets", "text"),
    [
        (b"a=%FF", "\ufffd"),
        (b"a=\xff!", "\ufffd!"),
        (b"a=%CE", "\ufffd"),
        (b"a=x%C3%28y", "x\ufffd(y"),
        (b"a=%ED%A0%80", "\ufffd\ufffd\ufffd"),
    ],
)
def test_what_is_no_utf8_is_replaced(octets: bytes, text: str) -> None:
    assert fields(octets) == {"a": text}


def test_of_a_repeated_name_the_last_value_counts() -> None:
    assert fields(b"a=1&b=2&a=3") == {"a": "3", "b": "2"}


def test_the_first_value_counts_where_that_is_wanted() -> None:
    assert fields(b"a=1&b=2&a=3", first_wins=True) == {"a": "1", "b": "2"}


@pytest.mark.parametrize("octets", [b"to[]=1", b"to%5B%5D=1", b"to%5b0%5d=1", b"to[x][y]=1"])
def test_arrays_are_no_fields(octets: bytes) -> None:
    assert fields(b"a=1&" + octets) == {"a": "1"}


@pytest.mark.parametrize(
    ("octets", "name"),
    [
        (b"dlr.url=1", "dlr_url"),
        (b"dlr+url=1", "dlr_url"),
        (b"dlr%20url=1", "dlr_url"),
        (b"dlr%2Eurl=1", "dlr_url"),
        (b"+dlr=1", "dlr"),
        (b"user%6Eame=1", "username"),
        (b"user%5Fname=1", "user_name"),
        (b"%50assword=1", "Password"),
    ],
)
def test_names_are_spelled_as_php_spells_variables(octets: bytes, name: str) -> None:
    """A leading blank is dropped; other blanks, and dots, become underscores."""
    assert fields(octets) == {name: "1"}


def test_names_are_case_sensitive() -> None:
    assert fields(b"a=1&A=2") == {"a": "1", "A": "2"}


@pytest.mark.parametrize("first_wins", [False, True])
def test_only_a_thousand_fields_are_read(first_wins: bool) -> None:
    found = fields(b"&".join(b"f%d=%d" % (number, number) for number in range(1200)), first_wins=first_wins)

    assert len(found) == 1000
    assert (found["f999"], found.get("f1000")) == ("999", None)


def test_the_body_counts_where_query_and_body_give_a_name() -> None:
    assert merged({"a": "query", "b": "query"}, {"a": "body", "c": "body"}) == {
        "a": "body",
        "b": "query",
        "c": "body",
    }


@given(st.binary(max_size=200))
def test_no_octets_break_the_reading(octets: bytes) -> None:
    for name, value in fields(octets).items():
        assert isinstance(value, str)
        assert name
        assert not set(name) & {".", " ", "["}


@given(st.binary(max_size=60) | st.from_regex(rb"[%0-9a-g+]{0,40}", fullmatch=True))
def test_escapes_mean_what_they_mean_elsewhere(octets: bytes) -> None:
    assert decoded(octets) == unquote_to_bytes(octets.replace(b"+", b" ")).decode("utf-8", "replace")


@pytest.mark.parametrize("value", [b"%" * 8_000_000, b"%41" * 2_700_000], ids=["signs", "escapes"])
def test_the_longest_values_are_read_at_once(value: bytes) -> None:
    started = process_time()

    fields(b"a=" + value)

    assert process_time() - started < 1.5


def test_a_long_name_is_read_and_not_remembered() -> None:
    before = _known.cache_info().currsize

    assert fields(b"a." * 50_000 + b"=1") == {"a_" * 50_000: "1"}
    assert _known.cache_info().currsize == before
