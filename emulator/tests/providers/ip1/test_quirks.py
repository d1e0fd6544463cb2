"""Every assumption as a switch, shown in both positions."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest

from emulator.core import callbacks
from emulator.core.pushes import Callback
from emulator.providers.ip1.quirks import Quirks
from emulator.settings import Misconfigured
from emulator.tests.providers.ip1.called import (
    ACCOUNT,
    KEY,
    NOTHING,
    NUMBER,
    OTHER_KEY,
    SECOND,
    UNKNOWN,
    Called,
)

SLOW, NO_NUMBER = "46700009005", "0701234567"
SETTINGS, SENDERS, BLACKLIST, CONTACTS = (
    "/v2/me/sms/settings",
    "/v2/me/senders",
    "/v2/blacklist",
    "/v2/contacts",
)
PAST = [{"opens": "2020-01-01T00:00:00Z", "closes": "2020-01-02T00:00:00Z"}]
AHEAD = [{"opens": "2026-03-02T10:00:00Z"}]

Tried = Callable[[Called], object]


def status(method: str, path: str, value: Any = NOTHING, key: str = KEY) -> Tried:
    return lambda called: called.ask(method, path, value, key).status_code


def sends(*recipients: Any, key: str = KEY, **more: Any) -> Tried:
    """The status of a call that sends."""
    sent = {"sender": "iP1", "recipients": recipients, "body": "Hello", **more}
    return status("POST", "/v2/batches", sent, key)


def code(*recipients: Any, **more: Any) -> Tried:
    """The status of a batch a minute after it was sent."""

    def send(called: Called) -> object:
        batch = called.send(*recipients, **more)
        called.advance(60)
        return called.get(f"/v2/batches/{batch['id']}")["status"]

    return send


def blocked_code(called: Called) -> object:
    called.ask("PUT", f"{BLACKLIST}/{NUMBER}")
    return code(NUMBER)(called)


def history(called: Called) -> list[int]:
    batch = called.send(NUMBER)
    called.advance(60)
    (message,) = called.get(f"/v2/batches/{batch['id']}/messages")
    whole = called.get(f"/v2/batches/{batch['id']}/messages/{message['id']}")
    return [status["code"] for status in whole["statuses"]]


def batch(member: str, *recipients: Any, **more: Any) -> Tried:
    """That member of a batch that is sent."""
    return lambda called: called.send(*recipients, **more)[member]


def texts(called: Called) -> list[str]:
    called.send({NUMBER: {"a": "x"}, SECOND: {}}, body="!{a}")
    return [message.text for message in called.messages]


def recipients(called: Called) -> int:
    called.send(NUMBER, NUMBER)
    return len(called.messages)


def cancelled(called: Called) -> int:
    """The status of what is left of a batch that was cancelled."""
    path = f"/v2/batches/{called.send(NUMBER, deliveryWindows=AHEAD)['id']}"
    called.ask("DELETE", path)
    return called.ask("GET", path).status_code


def push(called: Called) -> tuple[int, tuple[int, int]]:
    """How often a report is tried again, and what ends that."""
    called.send(NUMBER, deliveryReportUrl="http://127.0.0.1:1/")
    callback = next(iter(called.space.store.values(callbacks.KIND)))
    assert isinstance(callback, Callback)
    return len(callback.push.retries), callback.push.accepted


def basic(called: Called) -> int:
    pair = b64encode(f"{ACCOUNT}:{KEY}".encode()).decode()
    return called.ask("GET", SENDERS, headers={"Authorization": f"Basic {pair}"}).status_code


def stranger(called: Called) -> str:
    return called.ask("GET", SENDERS, key="").text[:1]


def senders(**query: str) -> Tried:
    return lambda called: [sender["sender"] for sender in called.get(SENDERS, **query)]


def at_fault(called: Called) -> list[str]:
    return list(called.errors("PUT", SENDERS, {}))


def setting(called: Called) -> object:
    return called.get(f"{SETTINGS}/IncomingCallbackUrl")


def with_contact(tried: Tried) -> Tried:
    """The same with a contact to look for."""

    def try_it(called: Called) -> object:
        called.ask("POST", CONTACTS, [{"properties": {"phoneNumber": f"+{NUMBER}"}}])
        return tried(called)

    return try_it


def labels(called: Called) -> object:
    return called.get(CONTACTS)[0]["labels"]


def found(**query: str) -> Tried:
    return lambda called: len(called.get(CONTACTS, **query))


def account_error(called: Called) -> list[str]:
    return sorted(called.ask("GET", f"/api/me/children/{ACCOUNT}").get_json())


Case = tuple[dict[str, Any], Tried, object, object]

CASES: list[Case] = [
    # the switch turned, what is tried, what comes of it by default, what then
    ({"settings_root": "/api"}, status("GET", SETTINGS), 200, 404),
    ({"settings_root": "/api"}, status("GET", "/api/me/sms/settings"), 404, 200),
    ({"settings_root": ""}, status("GET", SETTINGS), 200, 404),
    ({"settings_root": ""}, status("GET", "/me/sms/settings"), 200, 200),
    ({"property_case": "exact"}, status("POST", BLACKLIST, {"MSISDN": NUMBER}), 201, 400),
    ({"accept_basic": True}, basic, 401, 200),
    ({"unauthorized_body": "empty"}, stranger, "{", ""),
    ({"first_index": 1}, status("GET", f"{SENDERS}?start=0"), 200, 400),
    ({"first_index": 1}, senders(start="1"), ["iP1sms"], ["iP1", "iP1sms"]),
    ({"limit_cap": 1}, senders(limit="2"), ["iP1", "iP1sms"], ["iP1"]),
    ({"error_keys": "camel"}, at_fault, ["Sender"], ["sender"]),
    ({"created_status": 200}, status("POST", BLACKLIST, {"msisdn": NUMBER}), 201, 200),
    ({"created_status": 200}, status("POST", "/v2/landings", {"name": "x"}), 201, 200),
    ({"created_status": 200}, sends(NUMBER), 201, 200),
    ({"registered_at_start": False}, senders(), ["iP1", "iP1sms"], []),
    ({"integer_enums": "refuse"}, sends(NUMBER, type=0, datacoding=2), 201, 400),
    ({"leading_plus": "refuse"}, status("PUT", f"{BLACKLIST}/+{NUMBER}"), 200, 400),
    ({"leading_plus": "refuse"}, sends(NUMBER, sender=f"+{SECOND}"), 201, 400),
    ({"unregistered_sender": "http400"}, sends(NUMBER, sender="Other"), 201, 400),
    ({"unregistered_sender": "http422"}, sends(NUMBER, sender="Other"), 201, 422),
    ({"unregistered_sender": "allow"}, code(NUMBER, sender="Other"), 403, 201),
    ({"unparsable_code": 409}, code(NO_NUMBER), 405, 409),
    ({"repeated_recipients": "each"}, recipients, 1, 2),
    ({"blacklisted_code": 406}, blocked_code, 405, 406),
    ({"missing_value": "kept"}, texts, ["!x", "!"], ["!x", "!{a}"]),
    ({"templated": "object"}, batch("templated", {NUMBER: {}}), False, True),
    ({"past_windows": "ignore"}, sends(NUMBER, deliveryWindows=PAST), 400, 201),
    ({"cancelled_batches": "remove"}, cancelled, 200, 404),
    ({"enum_case": "upper"}, batch("datacoding", NUMBER), "ucs", "UCS"),
    ({"batch_status": "majority"}, code(NUMBER, SECOND, SLOW), 112, 201),
    ({"coding_rejected_code": 404}, code(NUMBER, body="☃", datacoding="gsm"), 406, 404),
    ({"unknown_participant": "missing"}, status("GET", f"/v2/conversations/{NUMBER}"), 200, 404),
    ({"unknown_participant": "missing"}, status("GET", f"/v2/conversations/{NUMBER}/summary"), 200, 404),
    ({"lifecycle": "101 102 110 113 201"}, history, [101, 103, 102, 110, 111, 112, 201],
     [101, 102, 110, 113, 201]),
    ({"push_attempts": 1}, push, (9, (200, 200)), (0, (200, 200))),
    ({"push_accepts": "2xx"}, push, (9, (200, 200)), (9, (200, 299))),
    ({"setting_answer": "value"}, setting, {"setting": "IncomingCallbackUrl", "value": None}, None),
    ({"all_label": False}, with_contact(labels), ["all"], []),
    ({"contact_delay_seconds": 60}, with_contact(found()), 1, 0),
    ({"filter_plus": "keep"}, with_contact(found(**{"properties[phoneNumber]": f" {NUMBER}"})), 1, 0),
    ({"unknown_label": 200}, status("DELETE", "/v2/labels/x"), 404, 200),
    ({"element_calls": False}, status("DELETE", f"/v2/landings/{UNKNOWN}/elements/{UNKNOWN}"), 404, 405),
    ({"account_errors": "problem"}, account_error, ["Message"], ["detail", "status", "title", "type"]),
    ({"no_credit": "http403"}, sends(NUMBER, key=OTHER_KEY), 201, 403),
    ({"empty_reference": "accept"}, sends(NUMBER, reference=""), 400, 201),
]  # fmt: skip


@pytest.mark.parametrize(("turned", "tried", "by_default", "then"), CASES)
def test_a_switch_decides(turned: dict[str, Any], tried: Tried, by_default: object, then: object) -> None:
    assert (tried(Called()), tried(Called(**turned))) == (by_default, then)


def test_every_switch_is_tried() -> None:
    assert {name for turned, *_ in CASES for name in turned} == {field.name for field in fields(Quirks)}


@pytest.mark.parametrize(
    "wrong",
    [
        {"limit_cap": 0},
        {"unparsable_code": 401},
        {"blacklisted_code": 201},
        {"coding_rejected_code": 417},
        {"lifecycle": "101 110 102 201"},
        {"lifecycle": "102 201"},
        {"lifecycle": "101 x 201"},
        {"lifecycle": ""},
        {"push_attempts": 0},
        {"contact_delay_seconds": -1.0},
        {"first_index": 2},
    ],
)
def test_a_switch_takes_only_what_can_be_obeyed(wrong: dict[str, Any]) -> None:
    with pytest.raises(Misconfigured, match=next(iter(wrong))):
        Called(**wrong)
