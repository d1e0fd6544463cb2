"""Calls that know places only, read as the document names them."""

import pytest

from emulator.providers.netoxygen import calls
from emulator.wire.values import Scalar, Value
from emulator.wire.xmlrpc import Call


def call(method: str, *params: Value) -> Call:
    return Call(method, params)


def asked(made: Call) -> calls.Asked:
    return calls.asked(made, calls.fields(made))


USER, PASS, DEST, TEXT = Scalar("me"), Scalar("s3cret"), Scalar("0791112233", "int"), Scalar("12.5", "double")


def test_what_is_said_by_place_gets_the_names_of_the_document() -> None:
    found = calls.fields(call("send_message", USER, PASS, [DEST, Scalar("12")], TEXT))

    assert found == {
        "method": "send_message",
        "user": "me",
        "pass": "s3cret",
        "dest": "0791112233,12",
        "message": "12.5",
    }
    assert {type(value) for value in found.values()} == {str}


def test_whatever_is_called_a_password_comes_second() -> None:
    """It must be known to be kept out of sight."""
    assert calls.fields(call("nonsense", USER, PASS, DEST)) == {
        "method": "nonsense",
        "user": "me",
        "pass": "s3cret",
    }


@pytest.mark.parametrize(
    ("made", "listed"),
    [
        (call("auth", USER, PASS), ()),
        (call("send_message", USER, PASS, DEST, TEXT), ("0791112233",)),
        (call("send_message", USER, PASS, [DEST, DEST], TEXT), ("0791112233", "0791112233")),
        (call("get_status", USER, PASS, []), ()),
        (call("cancel_message", USER, PASS, [Scalar("a"), Scalar("b")]), ("a", "b")),
        (call("get_status", USER, PASS, [Scalar("a")] * 10_000), ("a",) * 10_000),
    ],
)
def test_one_text_or_an_array_of_them_is_listed(made: Call, listed: tuple[str, ...]) -> None:
    assert asked(made).listed == listed


@pytest.mark.parametrize(
    "made",
    [
        call("auth"),
        call("auth", USER),
        call("auth", USER, PASS, USER),
        call("send_message", USER, PASS, DEST),
        call("send_message", *[USER] * 8),
        call("clean_number", USER, PASS),
        call("clean_number", USER, PASS, [DEST]),
        call("auth", USER, {"pass": PASS}),
        call("auth", USER, None),
        call("send_message", USER, PASS, {"dest": DEST}, TEXT),
        call("send_message", USER, PASS, [[DEST]], TEXT),
        call("send_message", USER, PASS, [DEST, None], TEXT),
        call("send_message", USER, PASS, DEST, [TEXT]),
        call("get_status", USER, PASS, None),
        call("get_status", USER, PASS, [Scalar("a")] * 10_001),
    ],
)
def test_parameters_that_do_not_fit_are_told(made: Call) -> None:
    with pytest.raises(calls.Misfit):
        asked(made)


@pytest.mark.parametrize("name", ["", "Auth", "send", "auth ", "system.listMethods"])
def test_a_method_is_known_by_its_exact_name(name: str) -> None:
    with pytest.raises(calls.UnknownMethod):
        asked(call(name, USER, PASS))
