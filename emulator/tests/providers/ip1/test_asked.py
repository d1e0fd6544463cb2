"""Members of a call that sends, one by one."""

from typing import Any

import pytest

from emulator.providers.ip1.asked import (
    LONGEST_BODY,
    LONGEST_REFERENCE,
    LONGEST_URL,
    Asked,
    asked,
    is_address,
)
from emulator.providers.ip1.faults import Declined
from emulator.providers.ip1.quirks import Quirks
from emulator.providers.ip1.recipients import MOST
from emulator.providers.ip1.windows import AT_ONCE, Schedule
from emulator.tests.providers.ip1.called import NUMBER
from emulator.tests.samples import NINE

CORE = {"sender": "iP1", "recipients": ["46701234567"], "body": "Hello"}

LONG_BODY, LONG_REFERENCE = "b" * LONGEST_BODY, "r" * LONGEST_REFERENCE


def read(**changes: Any) -> Asked:
    return asked({**CORE, **changes}, NINE, Quirks())


def errors(value: object, **quirks: Any) -> dict[str, Any]:
    with pytest.raises(Declined) as raised:
        asked(value, NINE, Quirks(**quirks))
    return dict(raised.value.errors)


def test_three_members_are_all_it_takes() -> None:
    told = read()

    assert told.recipients.numbers == ("46701234567",)
    assert told[3:] == ("sms", "ucs", 1, Schedule(), None, None, [])


def test_every_member_at_fault_is_named() -> None:
    assert list(errors({"type": "mms", "tags": "x"})) == ["sender", "recipients", "body", "type", "tags"]


@pytest.mark.parametrize(
    ("member", "given", "found"),
    [
        ("type", "FLASH", "flash"), ("type", 0, "flash"), ("type", 1, "sms"), ("type", None, "sms"),
        ("datacoding", "Gsm", "gsm"), ("datacoding", 0, "gsm"), ("datacoding", 2, "ucs"), ("priority", 2, 2),
        ("priority", None, 1), ("priority", 2.0, 2), ("reference", LONG_REFERENCE, LONG_REFERENCE),
        ("reference", None, None), ("tags", ["a", ""], ["a", ""]), ("body", LONG_BODY, LONG_BODY),
        ("deliveryReportUrl", None, None), ("deliveryReportUrl", "http://a/", "http://a/"),
    ],
)  # fmt: skip
def test_a_member_is_taken(member: str, given: object, found: object) -> None:
    place = {"type": "kind", "deliveryReportUrl": "url"}.get(member, member)

    assert getattr(read(**{member: given}), place) == found


WRONG: dict[str, list[Any]] = {
    "sender": [None, "", 5, [], {}, "iP.1"],
    "body": [None, "", " \n", 5, [], LONG_BODY + "b"],
    "recipients": [
        None, "46701234567", 5, [], {}, {"default": {}}, ["46 70"], [None], [5], [""],
        ["+46701234567"], ["1" * 16], ["٤٦"], [["46701234567"]], {"x": {}}, {"Default": {}},
        {NUMBER: {}, "default": 5}, {NUMBER: None}, {NUMBER: []}, {NUMBER: "x"}, {NUMBER: {"a": None}},
        {NUMBER: {"a": []}}, {NUMBER: {"a": {}}},
    ],
    "type": ["", "mms", 2, True, 1.5, [], {}],
    "datacoding": ["", "utf", 1, False, [], {}],
    "priority": [0, 3, "1", True, 1.5, 10**30, [], {}],
    "deliveryWindows": [None, {}, "x", [None], [[]]],
    "deliveryReportUrl": ["", "x", 5, [], "ftp://a/", "/relative", "http://", "http://a b/"],
    "reference": ["", LONG_REFERENCE + "r", 5, []],
    "tags": [None, "x", [1], [None], [["a"]], {}],
}  # fmt: skip


@pytest.mark.parametrize(("member", "given"), [(name, one) for name, every in WRONG.items() for one in every])
def test_a_member_is_refused(member: str, given: object) -> None:
    assert list(errors({**CORE, member: given})) == [member]


def test_windows_that_have_all_closed_are_refused_or_ignored() -> None:
    windows = [{"opens": "2020-01-01T00:00:00Z", "closes": "2020-01-02T00:00:00Z"}]

    ignored = asked({**CORE, "deliveryWindows": windows}, NINE, Quirks(past_windows="ignore"))

    assert list(errors({**CORE, "deliveryWindows": windows})) == ["deliveryWindows"]
    assert len(ignored.schedule.windows) == 1
    assert ignored.schedule.term == AT_ONCE


def test_too_many_recipients_are_refused() -> None:
    assert list(errors({**CORE, "recipients": ["46701234567"] * (MOST + 1)})) == ["recipients"]


def test_what_is_for_everybody_is_no_recipient() -> None:
    each: dict[str, object] = {f"4670{n:07d}": {} for n in range(MOST)}

    told = read(recipients={**each, "default": {"name": "you"}})

    assert len(told.recipients.numbers) == MOST
    assert list(errors({**CORE, "recipients": {**each, "46709999999": {}}})) == ["recipients"]


def test_a_number_that_stands_twice_counts_once() -> None:
    twice = ["46701234567", "46709876543", "46701234567"]

    assert read(recipients=twice).recipients.numbers == ("46701234567", "46709876543")


def test_a_template_has_values_of_each_and_of_everybody() -> None:
    told = read(recipients={"46701234567": {"a": 1}, "46709876543": {}, "default": {"b": True}}).recipients

    assert told.numbers == ("46701234567", "46709876543")
    assert (told.values, told.default) == ({"46701234567": {"a": "1"}, "46709876543": {}}, {"b": "true"})
    assert told.known == {"a", "b"}


@pytest.mark.parametrize(
    "text",
    ["http://a", "HTTPS://A.example:8080/x?y=z#f", "http://127.0.0.1:1/", "http://[::1]:9000/x", "http://a?x",
     "http://a/" + "x" * (LONGEST_URL - 9)],
)  # fmt: skip
def test_an_absolute_address_can_be_called(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    [None, 5, "", "http://", "http:///x", "http://a:0/", "http://a:65536/", "http://a:x/", "http://a..b/",
     "//a/", "mailto:a@b", "http://a/ä", "http://a/\n", "http://a/x y",
     "http://a/" + "x" * (LONGEST_URL - 8)],
)  # fmt: skip
def test_other_texts_are_no_addresses(text: object) -> None:
    assert not is_address(text)
