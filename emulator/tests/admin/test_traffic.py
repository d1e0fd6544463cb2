"""The journal and the callbacks, with secrets taken out."""

import base64
import json
from base64 import b64encode
from time import process_time
from urllib.parse import quote, quote_plus

import pytest

from emulator.admin import masking
from emulator.admin.masking import LONGEST
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
        (b"<a><password>x</password><b>y</b></a>", b"<a><password>***</password><b>y</b></a>"),
        (
            b"<n:password t='s'>x &lt;</n:password ><token>y</token>",
            b"<n:password t='s'>***</n:password ><token>***</token>",
        ),
        (b"<password><![CDATA[</a>]]><b>x</b></password>", b"<password>***</password>"),
        (b"<a><password>x</a", b"<a><password>***"),
        (
            b"<password/><b>y</b><token /><passwords>z</passwords>",
            b"<password/><b>y</b><token /><passwords>z</passwords>",
        ),
        (b"\x00\xff", b"\x00\xff"),
        (b"", b""),
    ],
)
def test_secrets_are_taken_out_of_a_body(body: bytes, shown: bytes) -> None:
    assert masking.body(body, SECRETS) == shown


KEY = "S3cret <&> 'Ω' \\ 😀"

SPELLINGS = {
    "plain": KEY,
    "a character section": f"<![CDATA[{KEY}]]>",
    "XML": "S3cret &lt;&amp;&gt; &apos;Ω&apos; \\ 😀",
    "numbers of letters": "".join(f"&#{ord(letter)};" for letter in KEY),
    "hexadecimal numbers": "".join(f"&#x{ord(letter):X};" for letter in KEY),
    "JSON": json.dumps(KEY)[1:-1],
    "percent": quote(KEY),
    "percent of a form": quote_plus(KEY),
    "all of it percent": "".join(f"%{octet:02x}" for octet in KEY.encode()),
    "base64": b64encode(KEY.encode()).decode(),
    "base64 in lines": "\r\n".join(b64encode(KEY.encode()).decode()[at : at + 8] for at in range(0, 32, 8)),
    "every letter otherwise": "S%33&#99;r\\u0065t+&#x3C;%26&gt; &apos;&#937;%27%20%5C \\ud83d\\ude00",
}


@pytest.mark.parametrize("spelled", SPELLINGS.values(), ids=SPELLINGS)
def test_a_secret_is_found_however_it_is_spelled(spelled: str) -> None:
    body = f"<call><pass>{spelled}</pass><text>Hello</text></call>".encode()

    shown = masking.body(body, SECRETS, [KEY])

    assert shown.replace(b"<![CDATA[***]]>", b"***") == b"<call><pass>***</pass><text>Hello</text></call>"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "latin-1"])
def test_a_secret_is_found_in_other_encodings(encoding: str) -> None:
    assert b"e" not in masking.body("<a>Pässe</a>".encode(encoding), SECRETS, ["Pässe"])


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (b"<a>demo</a><b>demonstration</b>", b"<a>***</a><b>demonstration</b>"),
        (b"<a>x=%3Ddemo</a><b>%3D demo demo1</b>", b"<a>x=%3D***</a><b>%3D *** demo1</b>"),
        (b"<a>&amp;password=1</a><b>demo</b>", b"<a>&amp;password=1</a><b>***</b>"),
        (b"user=demo&password=demo", b"user=demo&password=***"),
        (b"user=demo", b"user=***"),
    ],
)
def test_a_secret_is_a_word_of_its_own(body: bytes, shown: bytes) -> None:
    assert masking.body(body, SECRETS, ["demo"]) == shown


def test_a_part_without_an_end_is_secret_as_far_as_it_goes() -> None:
    part = b"--B\nContent-Disposition: form-data; name=token\n\n"

    assert masking.body(part + b"x\ny", SECRETS) == part + b"***"


@pytest.mark.parametrize("line", [b"name=password\n", b"name=password\n\n", b"<password>", b"</password "])
def test_what_is_like_secrets_many_times_is_done_with_at_once(line: bytes) -> None:
    started = process_time()
    masking.body(line * 50_000, SECRETS)

    assert process_time() - started < 2


def test_of_a_body_with_a_secret_too_long_to_search_for_nothing_is_shown() -> None:
    longest, longer = "x" * LONGEST, "x" * 1_000_000
    started = process_time()

    assert masking.body(f"<a>{longest}</a>".encode(), SECRETS, [longest]) == b"<a>***</a>"
    assert masking.body(f"<a>{longer}</a>".encode(), SECRETS, ["demo", longer]) == b"***"
    assert masking.target("/a", SECRETS, [longer]) == "/a"
    assert process_time() - started < 2


def test_a_target_without_names_is_searched_for_values() -> None:
    assert masking.target("/a/d%65mo?demo&x=Ω", SECRETS, ["demo"]) == "/a/***?***&x=Ω"


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


def test_of_secrets_within_each_other_the_longest_is_taken_out() -> None:
    body = b"<a>open-sesame</a><b>open</b>"

    assert masking.body(body, SECRETS, ["open", "open-sesame"]) == b"<a>***</a><b>***</b>"


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


def test_of_credentials_in_the_head_only_the_scheme_is_left() -> None:
    assert masking.header("Authorization", "Bearer abc") == ("Authorization", "Bearer ***")
    assert masking.header("Cookie", "a=b") == ("Cookie", "***")
    assert masking.header("Accept", "a b") == ("Accept", "a b")
