"""The journal and the callbacks, with secrets taken out."""

import base64

import pytest

from emulator.core.journal import Exchange
from emulator.tests.admin.called import Called
from emulator.tests.samples import NINE, NUMBER, URL

SECRETS = frozenset({"password", "token"})


def test_the_journal_shows_what_was_said(control: Called) -> None:
    reference = control.send()

    (entry,) = control.get("/journal")["entries"]
    assert (entry["id"], entry["surface"], entry["account"]) == (1, "isms-http", "demo")
    assert entry["request"]["target"] == (
        "/api/http/send.php?username=demo&password=***&from=smslab&to=306912345678&message=Hello"
    )
    assert (entry["response"]["status"], entry["response"]["body"]) == (200, f"ID:{reference}")
    assert entry["fields"]["password"] == "***"
    assert entry["defect"] is None


def test_the_journal_is_read_on_from_where_one_was(control: Called) -> None:
    for _ in range(3):
        control.send()

    first = control.get("/journal?limit=2")

    assert ([entry["id"] for entry in first["entries"]], first["next"]) == ([1, 2], 2)
    assert [entry["id"] for entry in control.get("/journal?since=2")["entries"]] == [3]
    assert control.get("/journal?since=99") == {"entries": [], "next": 99, "dropped": 0}


def test_the_journal_is_asked_for_what_broke_alone(control: Called) -> None:
    control.send()
    control.space.journal.keep(
        Exchange(
            at=NINE, surface="x", method="GET", target="/", headers=(), body=b"", defect="ValueError: slip"
        )
    )

    assert [one["defect"] for one in control.get("/journal")["entries"]] == [None, "ValueError: slip"]
    assert [one["id"] for one in control.get("/journal?defective=true")["entries"]] == [2]


@pytest.mark.parametrize(
    "query", ["since=-1", "since=x", "limit=100001", "sinc=1", "since=1&since=2", "defective=maybe"]
)
def test_other_questions_are_refused(control: Called, query: str) -> None:
    assert control.problem("GET", f"/journal?{query}")[0] == 400


def test_octets_that_are_no_text_are_kept(control: Called) -> None:
    control.client.post("/api/http/send.php", data=b"message=\xe1\xe2&password=x")

    (entry,) = control.get("/journal")["entries"]
    assert entry["request"]["body"] == "message=\ufffd\ufffd&password=***"
    assert base64.b64decode(entry["request"]["base64"]) == b"message=\xe1\xe2&password=***"
    assert entry["response"]["base64"] is None


def test_a_visit_to_the_page_for_people_is_no_exchange(control: Called) -> None:
    control.client.get("/")
    control.get("/clock")

    assert control.get("/journal")["entries"] == []


def test_callbacks_show_every_attempt(control: Called) -> None:
    reference = control.send(NUMBER, **{"dlr-url": URL})
    control.post("/clock/advance", {"seconds": 3})

    (callback,) = control.get("/callbacks")["callbacks"]
    assert (callback["url"], callback["message"], callback["state"]) == (URL, 1, "pending")
    assert callback["body"].startswith(f"mid={reference}&mobile={NUMBER}&status=Delivered")
    assert callback["attempts"] == [
        {"at": "2026-03-02T09:00:03Z", "result": "refused", "status": None, "body": ""}
    ]
    assert callback["next_at"] == "2026-03-02T09:01:03Z"


def test_a_request_that_nobody_read_does_not_show_what_customers_hold(control: Called) -> None:
    control.patch("/accounts/isms/demo", {"password": "open-sesame"})
    control.put("/faults/busy", {"effect": "status"})

    control.client.post("/api/http/send.php", data=b"<call>open-sesame</call>", content_type="text/xml")

    (entry,) = control.get("/journal")["entries"]
    assert entry["request"]["body"] == "<call>***</call>"


def test_a_request_that_went_astray_does_not_show_what_customers_hold(control: Called) -> None:
    """Whose customer it was is not to be known from an address that is nobody's."""
    control.patch("/accounts/isms/demo", {"password": "open-sesame"})

    control.client.post("/api3/", data=b"<call>open-sesame</call>", content_type="text/xml")

    (entry,) = control.get("/journal")["entries"]
    assert entry["response"]["status"] == 404
    assert entry["request"]["body"] == "<call>***</call>"


def test_a_secret_in_the_wrong_place_is_taken_out_of_the_body_too(control: Called) -> None:
    control.patch("/accounts/isms/demo", {"password": "open-sesame"})
    swapped = "<query><username>open-sesame</username><password>demo</password></query>"
    envelope = f"<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body>{swapped}</e:Body>"

    control.client.post("/api/soap/sms.php", data=f"{envelope}</e:Envelope>", content_type="text/xml")

    (entry,) = control.get("/journal")["entries"]
    assert "<username>***</username><password>***</password>" in entry["request"]["body"]


def test_what_a_surface_calls_a_secret_is_shown_nowhere(control: Called) -> None:
    """Positional parameters have no names in the request; the surface gives them some."""
    exchange = Exchange(
        at=NINE,
        surface="isms-soap",
        method="POST",
        target="/api/http/credits.php",
        headers=(),
        body=b"<call><a>guest</a><b>no&#45;such</b></call>",
        fields={"username": "guest", "password": "no-such"},
    )
    control.space.journal.keep(exchange)

    (entry,) = control.get("/journal")["entries"]
    assert entry["request"]["body"] == "<call><a>guest</a><b>***</b></call>"
    assert entry["fields"] == {"username": "guest", "password": "***"}


def test_the_journal_shows_no_secret_that_an_answer_tells(control: Called) -> None:
    exchange = Exchange(
        at=NINE,
        surface="isms-http",
        method="GET",
        target="/api/http/credits.php",
        headers=(),
        body=b"",
        status=200,
        answer_headers=[("Set-Cookie", "session=open-sesame; path=/")],
        answer=b'{"password":"open-sesame"}',
    )
    control.space.journal.keep(exchange)

    (entry,) = control.get("/journal")["entries"]
    assert entry["response"]["body"] == '{"password":"***"}'
    assert entry["response"]["headers"] == [["Set-Cookie", "***"]]
