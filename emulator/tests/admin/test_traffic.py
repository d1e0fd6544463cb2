"""The journal and the callbacks, with secrets taken out."""

import base64

import pytest

from emulator.admin import masking
from emulator.tests.admin.called import Called
from emulator.tests.samples import NUMBER, URL

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


@pytest.mark.parametrize("query", ["since=-1", "since=x", "limit=100001", "sinc=1", "since=1&since=2"])
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


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("/a?password=x", "/a?password=***"),
        ("/a?b=1&password=x&c=why?", "/a?b=1&password=***&c=why?"),
        ("/a?pass%77ord=x", "/a?pass%77ord=***"),
        ("/a?+password=x&%20token=y", "/a?+password=***&%20token=***"),
        ("/a?password", "/a?password"),
        ("/a?passwords=x", "/a?passwords=x"),
        ("/password=x", "/password=x"),
    ],
)
def test_secrets_are_taken_out_of_a_target(target: str, shown: str) -> None:
    assert masking.target(target, SECRETS) == shown


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (b"user=a&password=x?y&b", b"user=a&password=***&b"),
        (b'{"password": "x\\"y", "n": 1}', b'{"password": "***", "n": 1}'),
        (b'[{"token":"x"},{"token":"y"}]', b'[{"token":"***"},{"token":"***"}]'),
        (
            b'--B\r\nContent-Disposition: form-data; name="password"\r\n\r\nx\r\ny\r\n--B\r\n'
            b'Content-Disposition: form-data; name="text"\r\n\r\n\xff\r\n--B--\r\n',
            b'--B\r\nContent-Disposition: form-data; name="password"\r\n\r\n***\r\n--B\r\n'
            b'Content-Disposition: form-data; name="text"\r\n\r\n\xff\r\n--B--\r\n',
        ),
        (
            b"--B\nContent-Disposition: form-data; name=token\nContent-Type: text/plain\n\nx\n--B--",
            b"--B\nContent-Disposition: form-data; name=token\nContent-Type: text/plain\n\n***\n--B--",
        ),
        (b"\x00\xff", b"\x00\xff"),
        (b"", b""),
    ],
)
def test_secrets_are_taken_out_of_a_body(body: bytes, shown: bytes) -> None:
    assert masking.body(body, SECRETS) == shown


def test_of_credentials_in_the_head_only_the_scheme_is_left() -> None:
    assert masking.header("Authorization", "Bearer abc") == ("Authorization", "Bearer ***")
    assert masking.header("Cookie", "a=b") == ("Cookie", "***")
    assert masking.header("Accept", "a b") == ("Accept", "a b")
