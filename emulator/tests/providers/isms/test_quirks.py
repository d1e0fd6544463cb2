"""Every assumption as a switch, shown in both positions."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest

from emulator.core.model import Message
from emulator.core.pushes import Callback
from emulator.providers.isms.quirks import Quirks
from emulator.tests.providers.isms.envelopes import DEMO, SEND, called, envelope
from emulator.tests.providers.isms.envelopes import posted as posted_envelope
from emulator.tests.providers.isms.smsc.test_switches import TURNED
from emulator.tests.samples import EARLY, EXPIRES, NINE, NUMBER, OTHER
from emulator.tests.served import LETTER, LOGIN, Served

HOUR = 3600


def last(served: Served) -> Message:
    *_, message = served.space.store.messages()
    return message


def report(served: Served) -> Callback:
    """The report of a message that was delivered at once."""
    served.send(to=EARLY, dlr_url="http://192.0.2.1/dlr")
    (callback,) = served.space.gateway.agenda.fall_due(NINE)
    return callback


def posted(served: Served) -> str:
    return served.client.post("/api/http/credits.php", data=LOGIN).text


def refused(served: Served) -> int:
    return served.client.get("/api/http/credits.php").status_code


def labelled(served: Served) -> str | None:
    return served.answer("credits").headers["Content-Type"]


def repeated(served: Served) -> str:
    return served.client.get("/api/http/credits.php?username=x&username=demo&password=demo").text


def repeated_in_parts(served: Served) -> str:
    part = '--x\r\nContent-Disposition: form-data; name="username"\r\n\r\n{}\r\n'
    body = part.format("x") + part.format("demo") + "--x--\r\n"
    kind = "multipart/form-data; boundary=x"
    return served.client.post("/api/http/credits.php?password=demo", data=body, content_type=kind).text


def body_beside_query(served: Served) -> str:
    return served.client.post(
        "/api/http/credits.php?username=demo&password=x", data={"password": "demo"}
    ).text


def charged(to: str) -> Callable[[Served], str]:
    """The balance after a send to such a list, or the refusal."""

    def send(served: Served) -> str:
        reply = served.get("send", **{**LETTER, "to": to})
        return served.get("credits") if reply.startswith("ID:") else reply

    return send


def coded(**fields: str) -> Callable[[Served], str]:
    """The alphabet and the text of a message as it travels."""

    def send(served: Served) -> str:
        served.send(**fields)
        return f"{last(served).order.coding} {last(served).order.text}"

    return send


def accepted(**fields: str) -> Callable[[Served], str]:
    def send(served: Served) -> str:
        return served.get("send", **{**LETTER, **fields})[:3]

    return send


def scheduled(served: Served) -> str:
    served.send(schedule="2026-03-02 12:00")
    return f"{last(served).order.scheduled_at:%H:%M}"


def expired(served: Served) -> str:
    mid = served.send(to=EXPIRES)
    served.advance(24 * HOUR)
    return served.get("query", mid=mid, mobile=EXPIRES)


def prefixed(served: Served) -> str:
    return served.get("query", mid="ID:" + served.send(), mobile=NUMBER)


def saved(served: Served) -> bytes:
    return served.get("savecontact", mobile=NUMBER).encode()


def deleted(served: Served) -> str:
    return served.get("deletecontact", mobile=NUMBER)


def names(served: Served) -> str:
    """The names of the fields of a report."""
    return " ".join(pair.partition("=")[0] for pair in report(served).push.body.split("&"))


def method(served: Served) -> str:
    return report(served).push.method


def dated(served: Served) -> str:
    """The time of day in a report."""
    return report(served).push.body[-12:]


def pauses(served: Served) -> list[int]:
    """The waits before each retry of a report, in seconds."""
    return [wait.seconds for wait in report(served).push.retries]


def described(served: Served) -> int:
    """How many arguments and results the description of the SOAP service has."""
    return served.client.get("/api/soap/sms.wsdl").text.count("<part ")


def nameless(served: Served) -> str:
    return called(served, "query", "<a>demo</a><a>demo</a>")


def spoken(served: Served) -> str:
    """The namespace of an answer over SOAP."""
    answer = posted_envelope(served, envelope("send", SEND)).text
    return answer.partition('xmlns:ns1="')[2].partition('"')[0]


def blamed(served: Served) -> str:
    """The code of a fault over SOAP."""
    answer = posted_envelope(served, envelope("send", "")).text
    return answer.partition("<faultcode>")[2].partition("<")[0]


def taken_back(served: Served) -> str:
    mid = called(served, "send", f"{SEND}<schedule>+1 day</schedule>")
    return called(served, "delete_message", f"{DEMO}<id>{mid}</id>")


AUTHENTICATION = "Error: Authentication error."
NO_RECIPIENTS = "Error: No recipients."
UNKNOWN = "Error: No such message or recipient."

Case = tuple[dict[str, Any], Callable[[Served], object], object, object]

CASES: list[Case] = [
    # the switch turned, what is tried, what comes of it by default, what then
    ({"accept_post": False}, posted, "Credits:3948.47", "405 Method Not Allowed\n"),
    ({"accept_post": False}, body_beside_query, "Credits:3948.47", "405 Method Not Allowed\n"),
    ({"error_status": 401}, refused, 200, 401),
    ({"content_type": "text/plain"}, labelled, "text/html; charset=UTF-8", "text/plain"),
    ({"repeated_name": "first"}, repeated, "Credits:3948.47", AUTHENTICATION),
    ({"repeated_name": "first"}, repeated_in_parts, "Credits:3948.47", AUTHENTICATION),
    ({"tolerant_numbers": False}, charged(f"+{NUMBER}"), "Credits:3947.47", NO_RECIPIENTS),
    ({"tolerant_numbers": False}, charged(f"{NUMBER}, {OTHER}"), "Credits:3946.47", "Credits:3947.47"),
    ({"fewest_digits": 9}, charged("12345678"), "Credits:3947.47", NO_RECIPIENTS),
    ({"most_digits": 14}, charged("123456789012345"), "Credits:3947.47", NO_RECIPIENTS),
    ({"duplicates": "each"}, charged(f"{NUMBER},{NUMBER}"), "Credits:3947.47", "Credits:3946.47"),
    ({"decode_twice": True}, charged(f"{NUMBER}%2C{OTHER}"), NO_RECIPIENTS, "Credits:3946.47"),
    ({"sender_check": False}, accepted(sender="Καφές"), "Err", "ID:"),
    ({"sender_check": False}, accepted(sender=""), "Err", "Err"),
    ({"unknown_coding": "utf-8"}, coded(message="Γεια", coding="greek"), "gsm7 ΓEIA", "ucs2 Γεια"),
    ({"utf8_counts_as": "shortest"}, coded(message="Hi", coding="UTF-8"), "ucs2 Hi", "gsm7 Hi"),
    ({"utf8_counts_as": "shortest"}, coded(message="你", coding="UTF-8"), "ucs2 你", "ucs2 你"),
    ({"greek_transliteration": False}, coded(message="Γεια"), "gsm7 ΓEIA", "gsm7 Γ???"),
    ({"zone": "UTC"}, scheduled, "10:00", "12:00"),
    ({"zone": "UTC"}, dated, "11%3A00%3A00", "09%3A00%3A00"),
    ({"past_schedule": "refuse"}, accepted(schedule="last Monday"), "ID:", "Err"),
    ({"report_method": "GET"}, method, "POST", "GET"),
    ({"report_fields": ["id", "to", "state", "time"]}, names, "mid mobile status date", "id to state time"),
    ({"report_retries": [2]}, pauses, [60, 300, 900], [120]),
    ({"report_retries": []}, pauses, [60, 300, 900], []),
    ({"validity_hours": 24}, expired, "Status: Pending", "Status: Failed"),
    ({"id_prefix": True}, prefixed, UNKNOWN, "Status: Queued"),
    ({"contact_ok": "ascii"}, saved, b"\xce\x9f\xce\x9a", b"OK"),
    ({"delete_unknown": "ok"}, deleted, "FAILED", "ΟΚ"),
    ({"soap_namespace": "urn:isms"}, spoken, "urn:sms", "urn:isms"),
    ({"soap_fault_code": "Client"}, blamed, "SOAP-ENV:Server", "SOAP-ENV:Client"),
    ({"soap_positional": False}, nameless, "No message ID defined.", "Authentication error."),
    ({"soap_extended": True}, described, 13, 19),
    ({"soap_extended": True}, taken_back, "Function 'delete_message' doesn't exist", "true"),
]  # fmt: skip


@pytest.mark.parametrize(("turned", "tried", "by_default", "then"), CASES)
def test_a_switch_decides(
    turned: dict[str, Any], tried: Callable[[Served], object], by_default: object, then: object
) -> None:
    assert (tried(Served()), tried(Served(**turned))) == (by_default, then)


def test_every_switch_is_tried() -> None:
    tried = {name for turned, *_ in CASES for name in turned} | set(TURNED)

    assert tried == {field.name for field in fields(Quirks)}
