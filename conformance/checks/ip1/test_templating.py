"""Skicka SMS: values filled into the text, for each recipient."""

from collections.abc import Mapping

import pytest

from conformance.checks.ip1.calls import at_fault, batch, cost, done, message, messages, sent
from conformance.drivers.ip1 import Ip1Driver
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

HI = "Hi {name}!"


def texts(ip1: Ip1Driver, body: str, recipients: object) -> list[object]:
    """The texts of the messages of a batch, in the order of its recipients."""
    return [one.get("body") for one in messages(ip1, sent(ip1, recipients, body=body))]


def filled(ip1: Ip1Driver, numbers: Numbers, body: str, values: Mapping[str, object]) -> object:
    """The text for one recipient with these values."""
    return texts(ip1, body, {numbers()[0]: values})[0]


@requirement("ip1/templating/replaced")
def test_a_key_is_replaced_by_its_value(ip1: Ip1Driver, numbers: Numbers) -> None:
    """Wherever it stands."""
    body = "Hi {name}! {name}{name}, {town} {{name}}"

    verify(filled(ip1, numbers, body, {"name": "Earl", "town": "Åre"})).equals(
        "Hi Earl! EarlEarl, Åre {Earl}"
    )


@requirement("ip1/templating/default")
def test_the_default_stands_in_for_what_is_missing(ip1: Ip1Driver, numbers: Numbers) -> None:
    """And not for what is there."""
    one, other, third = numbers(3)
    values = {one: {"name": "Earl"}, "default": {"name": "you"}, other: {}, third: {"name": ""}}

    verify(texts(ip1, HI, values)).equals(["Hi Earl!", "Hi you!", "Hi !"])


@requirement("ip1/templating/body-kept")
def test_the_batch_keeps_the_keys(ip1: Ip1Driver, numbers: Numbers) -> None:
    """In its text."""
    made = batch(ip1, sent(ip1, {numbers()[0]: {"name": "Earl"}}, body=HI))

    verify(made.get("body")).equals(HI)


@requirement("ip1/templating/rendered")
def test_a_message_shows_the_values(ip1: Ip1Driver, numbers: Numbers) -> None:
    """Two recipients, two texts, in the list and by themselves."""
    one, other = numbers(2)

    verify(texts(ip1, HI, {one: {"name": "Earl"}, other: {"name": "Åsa"}})).equals(["Hi Earl!", "Hi Åsa!"])
    verify(message(ip1, sent(ip1, {one: {"name": "Earl"}}, body=HI)).get("body")).equals("Hi Earl!")


@requirement("ip1/templating/missing")
def test_a_key_that_others_have_becomes_empty(ip1: Ip1Driver, numbers: Numbers) -> None:
    """For who lacks it, without a default."""
    one, other = numbers(2)

    verify(texts(ip1, HI, {one: {"name": "Earl"}, other: {}})).equals(["Hi Earl!", "Hi !"])


@requirement("ip1/templating/unknown")
def test_a_key_that_nobody_has_stays(ip1: Ip1Driver, numbers: Numbers) -> None:
    """Braces and all."""
    verify(filled(ip1, numbers, "Hi {name}, {town} {}", {"name": "Earl"})).equals("Hi Earl, {town} {}")


@requirement("ip1/templating/case")
def test_keys_are_told_apart_by_letter_case(ip1: Ip1Driver, numbers: Numbers) -> None:
    """One of them is nobody's."""
    verify(filled(ip1, numbers, "{name} {Name} {NAME}", {"name": "a", "Name": "b"})).equals("a b {NAME}")


@requirement("ip1/templating/once")
def test_a_value_is_not_searched_for_keys(ip1: Ip1Driver, numbers: Numbers) -> None:
    """It stands as it was given."""
    verify(filled(ip1, numbers, "{a}{b}", {"a": "{b}", "b": "{a}"})).equals("{b}{a}")


@requirement("ip1/templating/once")
def test_braces_stay_where_nobody_has_values(ip1: Ip1Driver, numbers: Numbers) -> None:
    """With an array of recipients."""
    verify(texts(ip1, "Hi {name} {default}", numbers())).equals(["Hi {name} {default}"])


@requirement("ip1/templating/values")
def test_numbers_and_truth_values_are_written_as_json(ip1: Ip1Driver, numbers: Numbers) -> None:
    """As they were sent."""
    values = {"n": 7, "x": 2.5, "t": True, "f": False}

    verify(filled(ip1, numbers, "{n} {x} {t} {f}", values)).equals("7 2.5 true false")


@requirement("ip1/templating/values")
def test_other_values_refuse_the_call(ip1: Ip1Driver, numbers: Numbers) -> None:
    """A recipient's and the default's, and what is no object of values."""
    (number,) = numbers()
    bad_values: list[object] = [{"name": None}, {"name": []}, {"name": {}}, {"name": ["a"]}]

    for bad in (*bad_values, None, "Earl", [1]):
        verify(at_fault(ip1.send({number: bad}))).equals({"recipients"})
        verify(at_fault(ip1.send({number: {}, "default": bad}))).equals({"recipients"})


@requirement("ip1/templating/templated")
@pytest.mark.parametrize("given", ["own", "default"])
def test_a_batch_with_values_says_so(ip1: Ip1Driver, numbers: Numbers, given: str) -> None:
    """Whoever has them."""
    (number,) = numbers()
    name = {"name": "Earl"}
    values = {number: name} if given == "own" else {number: {}, "default": name}

    verify(done(ip1.send(values, HI)).get("templated")).equals(True)


@requirement("ip1/templating/templated-keys")
def test_a_batch_without_values_says_so(ip1: Ip1Driver, numbers: Numbers) -> None:
    """From an object, with an empty default, and from an array."""
    (number,) = numbers()
    without: list[object] = [{number: {}}, {number: {}, "default": {}}, [number]]

    for recipients in without:
        verify(done(ip1.send(recipients, HI)).get("templated")).equals(False)


@requirement("ip1/templating/length")
def test_the_limit_is_that_of_the_text_as_sent(ip1: Ip1Driver, numbers: Numbers) -> None:
    """A longer one may come of it, and is paid for."""
    (number,) = numbers()
    made: list[str] = []
    one = cost(ip1, lambda: sent(ip1, [number]))
    spent = cost(ip1, lambda: made.append(sent(ip1, {number: {"a": "a" * 2001}}, body="{a}")))
    shown = message(ip1, made[0])

    verify((shown.get("body"), shown.get("segments"))).equals(("a" * 2001, 14))
    verify(spent).equals(14 * one)
