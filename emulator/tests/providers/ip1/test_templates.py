"""Gaps of a text, and what fills them."""

import pytest

from emulator.providers.ip1.templates import filled, value

KNOWN = frozenset({"name", "Name", "x", ""})


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("Hi {name}!", "Hi Ada!"),
        ("{name}{name}", "AdaAda"),
        ("{x}", "everybody's"),
        ("{Name}", ""),  # others have it, under this very spelling
        ("{stranger} {na me} {", "{stranger} {na me} {"),
        ("{{name}}", "{Ada}"),
        ("{}", ""),
        ("{braces}", "{name}"),
    ],
)
def test_a_gap_takes_ones_own_value_then_everybodys_then_none(body: str, text: str) -> None:
    own = {"name": "Ada", "braces": "{name}"}

    assert filled(body, own, {"name": "you", "x": "everybody's"}, KNOWN, kept=False) == text


def test_a_gap_without_a_value_may_be_kept() -> None:
    assert filled("{name}{x}", {}, {"x": "1"}, KNOWN, kept=True) == "{name}1"


@pytest.mark.parametrize(
    ("given", "text"),
    [("a", "a"), (5, "5"), (1.5, "1.5"), (True, "true"), (10**30, "1" + "0" * 30), (None, None), ([], None),
     ({}, None)],
)  # fmt: skip
def test_values_are_written_as_json_has_them(given: object, text: str | None) -> None:
    assert value(given) == text
