"""Every assumption as a switch, shown in both positions."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest

from emulator.providers.iro.quirks import Quirks
from emulator.settings import Misconfigured
from emulator.tests.providers.iro.called import FAILS, KEY, NUMBER, Called, by_json, from_soap
from emulator.tests.providers.iro.called import enveloped as call

INVALID = (700, "Validation of 'recipients' failed.")
ERROR, UNKNOWN = (8002, "error"), (999, "Unknown Error.")
STRANGER = (901, "API-Key is false.")


def asked(method: str, *params: Any) -> Callable[[Called], object]:
    return lambda called: called.ask(method, *params)


def soaped(method: str, *arguments: Any) -> Callable[[Called], object]:
    return lambda called: from_soap(called.post("/soap", call(method, *arguments)))


def label(called: Called) -> str:
    return called.post("/xmlrpc", "x").content_type


def schemas(called: Called) -> bool:
    return "1999/XMLSchema" in called.post("/soap", call("email", [])).text


def result(called: Called) -> bool:
    return "<Result " in called.post("/soap", call("email", [])).text


def described(called: Called) -> int:
    return called.get("/soap?wsdl").status_code


def found(path: str) -> Callable[[Called], int]:
    return lambda called: called.get(path, callback="f").status_code


def named(called: Called) -> object:
    return by_json(called, "bill", {"x": KEY})


def recipients(*numbers: str) -> Callable[[Called], object]:
    """Who gets a message that is sent to them."""

    def send(called: Called) -> list[str]:
        called.sms(*numbers)
        return [message.recipient for message in called.messages]

    return send


def mailed(called: Called) -> int:
    called.ask("mail", KEY, "Hi", "text", ["a@b.de", "A@b.de"])
    return len(called.messages)


def after(seconds: float) -> Callable[[Called], str]:
    """The state of a job so long after it was sent."""

    def send(called: Called) -> str:
        id = called.sms()
        called.advance(seconds)
        return called.state(id)

    return send


def half_failed(called: Called) -> str:
    id = called.sms(NUMBER, FAILS)
    called.advance(5)
    return called.state(id)


def billed(*path: str) -> Callable[[Called], object]:
    """What stands there in the bill of a group of two, one of which failed."""

    def send(called: Called) -> object:
        called.sms(NUMBER, FAILS, info="group")
        called.advance(5)
        found = called.ask("bill", KEY)["smstrade"]
        for step in path:
            found = found.get(step, {})
        return found

    return send


Case = tuple[dict[str, Any], Callable[[Called], object], object, object]

CASES: list[Case] = [
    # the switch turned, what is tried, what comes of it by default, what then
    ({"xmlrpc_content_type": "text/xml"}, label, "text/xml; charset=utf-8", "text/xml"),
    ({"bad_arguments": "own"}, asked("bill"), ERROR, UNKNOWN),
    ({"bad_arguments": "own"}, named, ERROR, UNKNOWN),
    ({"bad_arguments": "own"}, soaped("bill"), ("SOAP-ENV:Server", "Method bill failed."), UNKNOWN),
    ({"soap_schema": "2001"}, schemas, True, False),
    ({"soap_result": "wrapped"}, result, False, True),
    ({"soap_result": "wrapped"}, soaped("email", []), True, {"Result": True}),
    ({"soap_faults": "framework"}, soaped("bill", "x"), STRANGER, ("SOAP-ENV:Server", "Method bill failed.")),
    ({"wsdl": False}, described, 200, 405),
    ({"json_enabled": False}, found("/json/bill"), 200, 404),
    ({"json_enabled": False}, found("/jsonp/bill"), 200, 404),
    ({"json_error_status": 400}, found("/json/bill"), 200, 400),
    ({"json_error_status": 400}, found("/json/nope"), 404, 404),
    ({"json_error_status": 400}, found("/jsonp/bill"), 200, 200),
    ({"values_first": False}, asked("sms", "x", "Hi", []), INVALID, STRANGER),
    ({"values_first": False}, asked("telnumber", "x"), INVALID, INVALID),
    ({"bare_recipients": "accept"}, asked("sms", KEY, "Hi", NUMBER), INVALID, 1),
    ({"repeated_recipients": "each"}, recipients("0551222222", "+49551222222"), ["49551222222"],
     ["49551222222", "49551222222"]),
    ({"repeated_recipients": "each"}, mailed, 1, 2),
    ({"invalid_numbers": "false"}, asked("telnumber", ["x"]), (702, "No valid telnumber: 'x'"), False),
    ({"invalid_numbers": "false"}, asked("email", ["x"]), (703, "No valid email: 'x'"), False),
    ({"invalid_numbers": "false"}, asked("email", "x"), INVALID, INVALID),
    ({"unknown_route": "refuse"}, asked("sms", KEY, "Hi", [NUMBER], ["x", "default"]), 1,
     (800, "No route found.")),
    ({"pickup_seconds": 0.1}, after(0.2), "init", "started"),
    ({"pickup_seconds": 0}, after(0), "init", "started"),
    ({"job_error": "all"}, half_failed, "error", "sended"),
    ({"bill_groups": "info"}, billed("group", "anz"), 1, {}),
    ({"bill_groups": "info"}, billed("info", "group", "anz"), {}, 1),
    ({"bill_failed": True}, billed("anz"), 1, 2),
]  # fmt: skip


@pytest.mark.parametrize(("turned", "tried", "by_default", "then"), CASES)
def test_a_switch_decides(
    turned: dict[str, Any], tried: Callable[[Called], object], by_default: object, then: object
) -> None:
    assert (tried(Called()), tried(Called(**turned))) == (by_default, then)


def test_every_switch_is_tried() -> None:
    assert {name for turned, *_ in CASES for name in turned} == {field.name for field in fields(Quirks)}


def test_a_switch_takes_only_what_can_be_obeyed() -> None:
    for wrong in (
        {"xmlrpc_content_type": "text/xml\r\nX: y"},
        {"json_error_status": 204},
        {"json_error_status": 99},
        {"pickup_seconds": -1},
        {"pickup_seconds": 1e9},
        {"soap_schema": "2000"},
    ):
        with pytest.raises(Misconfigured, match=next(iter(wrong))):
            Called(**wrong)
