"""Every assumption as a switch, shown in both positions."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any
from xmlrpc.client import Fault, dumps

import pytest

from emulator.providers.netoxygen.quirks import Quirks
from emulator.tests.providers.netoxygen.called import CLEAN, EXPIRES, NUMBER, UNPAID, Called, result

HOUR = 3600


def labelled(called: Called) -> str | None:
    return called.post(b"").headers["Content-Type"]


def taken(called: Called) -> Any:
    """The second element of a result, with its type."""
    return repr(called.ask("send_message", NUMBER, "Hello")[0][1])


def echoed(called: Called) -> Any:
    return called.ask("send_message", NUMBER, "Hello")[0][0]


def said(dest: str = NUMBER, message: str = "Hello", sender: str = "") -> Callable[[Called], Any]:
    """The error code of a message, or the truth that there is none."""

    def send(called: Called) -> Any:
        ((_, accepted, code),) = called.ask("send_message", dest, message, sender)
        return accepted or code

    return send


def cleaned(number: str) -> Callable[[Called], Any]:
    return lambda called: called.ask("clean_number", number)


def dated(called: Called) -> str:
    identifier = called.send(NUMBER, "Hello", "", "2026-03-04")
    return str(called.state(identifier)["sent_date"])


def told(called: Called) -> Any:
    """The codes and texts of a message on its way."""
    struct = called.state(called.send())
    return [struct[f"{name}_status{text}"] for name in ("sent", "last") for text in ("", "_text")]


def later(seconds: float, dest: str = NUMBER) -> Callable[[Called], Any]:
    """The codes of a message after so many seconds."""

    def state(called: Called) -> Any:
        identifier = called.send(dest)
        called.advance(seconds)
        return called.codes(identifier)

    return state


def paid_back(called: Called) -> Any:
    called.ask("cancel_message", called.send(NUMBER, "Hello", "", "2026-03-04 12:00:00"))
    return called.ask("get_credits")


def faulted(*params: str, method: str = "account_status") -> Callable[[Called], Any]:
    """The code of the fault that a call is answered with, or its result."""

    def call(called: Called) -> Any:
        try:
            return result(called.post(dumps(params, method)))
        except Fault as fault:
            return fault.faultCode

    return call


OK, SHORT, LONG = True, "a" * 160, "a" * 161

Case = tuple[dict[str, Any], Callable[[Called], Any], Any, Any]

CASES: list[Case] = [
    # the switch turned, what is tried, what comes of it by default, what then
    ({"content_type": "text/xml"}, labelled, "text/xml; charset=UTF-8", "text/xml"),
    ({"result": "int"}, taken, "True", "1"),
    ({"number_echo": "given"}, echoed, CLEAN, NUMBER),
    ({"sender_check": False}, said(sender="no possible sender"), 6, OK),
    ({"date_only": "invalid"}, dated, "2026-03-04 00:00:00", "2026-03-02 10:00:00"),
    ({"most_parts": 1}, said(message=LONG), OK, 8),
    ({"most_parts": 1}, said(message=SHORT), OK, OK),
    ({"most_parts": 1}, said(message="ë" * 71), OK, 8),
    ({"no_credit_code": 3}, said(UNPAID), 2, 3),
    ({"fewest_digits": 9}, cleaned("12345678"), "12345678", False),
    ({"most_digits": 14}, cleaned("123456789012345"), "123456789012345", False),
    ({"tables_swapped": True}, told, [1, "OK", 8, "Message in queue"], [8, "Message in queue", 1, "OK"]),
    ({"network_seconds": 0}, later(1), (1, 3), (1, 2)),
    ({"network_seconds": 5}, later(2), (1, 2), (1, 3)),
    ({"validity_hours": 24}, later(24 * HOUR, EXPIRES), (1, 2), (3, 6)),
    ({"refund": False}, paid_back, 1000, 999),
    ({"bad_credentials": "false"}, faulted("demo", "x"), 401, False),
    ({"bad_credentials": "false"}, faulted("demo", "x", method="nonsense"), 1, 1),
    ({"fault_codes": "interop"}, faulted("demo", "demo", method="nonsense"), 1, -32601),
    ({"fault_codes": "interop"}, faulted("demo"), 3, -32602),
]


@pytest.mark.parametrize(("turned", "tried", "by_default", "then"), CASES)
def test_a_switch_decides(
    turned: dict[str, Any], tried: Callable[[Called], Any], by_default: Any, then: Any
) -> None:
    assert (tried(Called()), tried(Called(**turned))) == (by_default, then)


def test_every_switch_is_tried() -> None:
    assert {name for turned, *_ in CASES for name in turned} == {field.name for field in fields(Quirks)}


@pytest.mark.parametrize(
    "wrong",
    [
        {"content_type": "text/xml\r\nX: y"},
        {"most_parts": 0},
        {"no_credit_code": 11},
        {"fewest_digits": 0},
        {"fewest_digits": 16},
        {"network_seconds": -1.0},
        {"network_seconds": float("nan")},
        {"validity_hours": 0},
    ],
)
def test_a_value_that_makes_no_sense_is_told(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=f"{next(iter(wrong))} .*: write"):
        Quirks(**wrong)
