"""What may stand for a parameter, and what is refused."""

from typing import Any

import pytest

from emulator.providers.iro import arguments
from emulator.providers.iro.arguments import MOST_ENTRIES
from emulator.providers.iro.faults import Invalid
from emulator.providers.iro.quirks import Quirks
from emulator.wire.values import Scalar

QUIRKS = Quirks()

NO_TEXTS = [
    Scalar("1", "int"), Scalar("1.0", "double"), Scalar("1", "boolean"),
    Scalar("20260302T09:00:00", "dateTime.iso8601"), 1, 1.5, True, [], ["x"], {}, {"x": "y"},
]  # fmt: skip
NUMBERS = [f"+49551{place:06}" for place in range(MOST_ENTRIES + 1)]


def integer(text: str) -> Scalar:
    return Scalar(text, "int")


@pytest.mark.parametrize("given", ["x", "", Scalar("x"), Scalar("x", "string"), Scalar("x", "base64", b"x")])
def test_text_is_text(given: str) -> None:
    found = arguments.text("message", given, QUIRKS)

    assert (found, type(found)) == (str(given), str)


@pytest.mark.parametrize("given", NO_TEXTS, ids=repr)
@pytest.mark.parametrize("reader", [arguments.text, arguments.sender, arguments.document, arguments.medium])
def test_what_is_no_text_is_refused(reader: Any, given: Any) -> None:
    with pytest.raises(Invalid, match="field"):
        reader("field", given, QUIRKS)


@pytest.mark.parametrize(
    ("given", "id"),
    [
        (10, 10), ("10", 10), (Scalar("10"), 10), (integer("10"), 10), (Scalar("10", "i8"), 10),
        (" +010 ", 10),        (0, 0), ("0", 0), (Scalar("0"), 0),
        (10**18, 0), ("9" * 5000, 0), (10**400, 0), ("0" * 100_000, 0),
        (False, None), ("", None), (Scalar("0", "boolean"), None), (Scalar("false", "boolean"), None),
    ],
)  # fmt: skip
def test_a_job_is_named_by_a_number_or_not_at_all(given: Any, id: int | None) -> None:
    assert arguments.job("id", given, QUIRKS) == id


@pytest.mark.parametrize(
    "given", ["x", "-1", -1, "1.0", 1.0, True, Scalar("1", "boolean"), Scalar("1.0", "double"), "٣", [], {}]
)
def test_anything_else_is_no_job(given: Any) -> None:
    with pytest.raises(Invalid, match="id"):
        arguments.job("id", given, QUIRKS)


@pytest.mark.parametrize(
    ("given", "meant"),
    [(True, True), (False, False), (Scalar("1", "boolean"), True), (Scalar("false", "boolean"), False),
     (Scalar("TRUE"), True), (Scalar("0"), False)],
)  # fmt: skip
def test_a_boolean_may_come_untyped(given: Any, meant: bool) -> None:
    assert arguments.flag("detailed", given, QUIRKS) is meant


@pytest.mark.parametrize(
    "given", ["true", Scalar("true", "string"), integer("1"), 1, 0, Scalar("yes"), "", [], {}]
)
def test_anything_else_is_no_boolean(given: Any) -> None:
    with pytest.raises(Invalid, match="detailed"):
        arguments.flag("detailed", given, QUIRKS)


def test_a_number_may_be_typed_as_one() -> None:
    """Clients that guess types from the text take +4955128293640 for an integer."""
    given = [Scalar("+4955128293640", "i8"), Scalar("055128293641", "int"), "055128293642"]

    assert arguments.numbers("recipients", given, QUIRKS) == (
        "4955128293640", "4955128293641", "4955128293642",
    )  # fmt: skip


@pytest.mark.parametrize(
    "given",
    ["+4955128293640", {}, {"x": "+4955128293640"}, 5, True, [[]], [{}], [True], [None], [1.5], NUMBERS],
)
@pytest.mark.parametrize("reader", [arguments.entries, arguments.numbers, arguments.addresses])
def test_what_is_no_list_of_texts_is_refused(reader: Any, given: Any) -> None:
    with pytest.raises(Invalid, match="recipients"):
        reader("recipients", given, QUIRKS)


def test_a_list_may_be_ten_thousand_long() -> None:
    assert len(arguments.numbers("recipients", NUMBERS[:-1], QUIRKS)) == MOST_ENTRIES


def test_an_element_with_nothing_in_it_is_an_empty_list() -> None:
    assert arguments.entries("recipients", Scalar(""), QUIRKS) == ()


@pytest.mark.parametrize(("given", "names"), [("a", ("a",)), (["a", "b"], ("a", "b")), ([], ()), ("", ("",))])
def test_a_route_is_a_name_or_several(given: Any, names: tuple[str, ...]) -> None:
    assert arguments.route("route", given, QUIRKS) == names


@pytest.mark.parametrize("given", [1, True, {}, [1], [[]], ["a", None], NUMBERS])
def test_anything_else_is_no_route(given: Any) -> None:
    with pytest.raises(Invalid, match="route"):
        arguments.route("route", given, QUIRKS)
