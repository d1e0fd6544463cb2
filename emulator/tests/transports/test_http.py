"""In front of the providers: spaces, limits, faults on purpose, the journal."""

import gc
import io
import logging
import time
from dataclasses import replace
from typing import Any

import pytest
from flask import Request
from werkzeug.test import Client, EnvironBuilder, run_wsgi_app

from emulator.core.ports import StoreError
from emulator.core.refusals import Reason
from emulator.core.sabotage import Effect
from emulator.provider import Context, Declined, Reply
from emulator.providers.isms import ISMS
from emulator.tests.samples import EARLY, NUMBER
from emulator.tests.served import LOGIN, Served
from emulator.transports import bodies
from emulator.transports.http import Front
from emulator.transports.web import web_app

CREDITS = "/api/http/credits.php"
SEND = "/api/http/send.php"

AUTHORISED = f"{CREDITS}?username=demo&password=demo"
BALANCE = "Credits:3948.47"


@pytest.fixture
def served() -> Served:
    return Served(alone=True)


def texts(served: Served, space: str = "") -> list[str]:
    """What the messages of a space say."""
    return [message.order.text for message in served.emulator.spaces[space].store.messages()]


# Stores that fail


UNKEPT = "500 Internal Server Error: the store does not work: the disk is full\n"


def failing(*given: object) -> None:
    raise StoreError("the disk is full")


@pytest.mark.parametrize(
    ("path", "content_type", "told"),
    [
        (AUTHORISED, "text/plain", UNKEPT),
        ("/v2/me", "application/problem+json", '"title":"Internal Server Error"'),
        ("/nobody/s", "text/plain", UNKEPT),
    ],
)
@pytest.mark.parametrize(
    ("verb", "space"),
    [("space.Spaces._made", "/~new"), ("core.agenda.Agenda.next_due", ""), ("space.Space.struck", "")],
)
def test_a_store_that_fails_before_a_provider_is_asked_is_told_in_its_words(
    verb: str, space: str, path: str, content_type: str, told: str,
    served: Served, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    served.break_(Effect.STATUS)
    monkeypatch.setattr(f"emulator.{verb}", failing)

    answer = served.client.get(space + path)

    assert answer.status_code == 500
    assert told in answer.text
    assert answer.headers["Content-Type"].startswith(content_type)


@pytest.mark.parametrize(
    ("verb", "space"), [("space.Spaces._made", "/~new"), ("core.agenda.Agenda.next_due", "")]
)
def test_a_store_that_fails_before_the_control_api_is_asked_is_a_problem_like_others(
    verb: str, space: str, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"emulator.{verb}", failing)

    answer = served.client.get(f"{space}/_emulator/messages")

    assert (answer.status_code, answer.headers["Content-Type"]) == (500, "application/problem+json")
    assert "the store does not work: the disk is full" in answer.text


# Spaces


def send(served: Served, prefix: str, text: str) -> str:
    fields = {**LOGIN, "from": "me", "to": NUMBER, "message": text}
    return served.client.get(f"{prefix}{SEND}", query_string=fields).text


def test_a_space_is_a_world_of_its_own(served: Served) -> None:
    first = send(served, "/~one", "in one")
    send(served, "/~two", "in two")

    assert (texts(served, "one"), texts(served, "two"), texts(served)) == (["in one"], ["in two"], [])
    assert send(served, "", "in none") == first


def test_an_identifier_of_one_space_is_unknown_in_another(served: Served) -> None:
    send(served, "/~one", "first")
    mid = send(served, "/~one", "second")[3:]
    fields = {**LOGIN, "mid": mid, "mobile": NUMBER}

    here = served.client.get("/~one/api/http/query.php", query_string=fields).text
    there = served.client.get("/~two/api/http/query.php", query_string=fields).text

    assert (here, there) == ("Status: Queued", "Error: No such message or recipient.")


@pytest.mark.parametrize("name", ["a", "A-b_c.9", "0", "x" * 64])
def test_these_are_names_for_a_space(name: str, served: Served) -> None:
    assert served.client.get(f"/~{name}{AUTHORISED}").text == BALANCE


@pytest.mark.parametrize("name", ["x" * 65, "-a", ".a", "_a", "a b", "α", "a%20b", "a~b"])
def test_these_are_none(name: str, served: Served) -> None:
    answer = served.client.get(f"/~{name}{AUTHORISED}")

    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.text.endswith("use up to 64 letters, digits, _ . -\n")


def test_there_is_a_bound_to_spaces(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("emulator.space.spaces.MOST_SPACES", 2)
    served.client.get(f"/~one{AUTHORISED}")

    answer = served.client.get(f"/~two{AUTHORISED}")

    assert (answer.status_code, answer.text) == (404, "there are 2 spaces already: delete one first\n")
    assert served.client.get(f"/~one{AUTHORISED}").text == BALANCE


def test_a_tilde_inside_a_path_means_nothing(served: Served) -> None:
    assert served.client.get(f"/api/http/~one{AUTHORISED}").status_code == 404


# Lines of text for what no provider serves


@pytest.mark.parametrize(
    "path",
    [
        "/api/http/nothing.php",
        "/api/http/CREDITS.php",
        "/api/http/credits",
        "/api/http/",
        "/nothing",
        "/_emulatoring",
    ],
)
def test_an_unknown_path_is_told_in_a_line(path: str, served: Served) -> None:
    answer = served.client.get(path)

    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.text == f"404 Not Found: GET {path}\n"


@pytest.mark.parametrize(
    ("path", "told"),
    [("/a%0d%0ab%00", "/a??b?"), ("/%CE%B1%E2%80%A8", "/α?"), ("/" + "a" * 300, "/" + "a" * 199)],
)
def test_a_strange_path_is_told_in_one_short_line(path: str, told: str, served: Served) -> None:
    assert served.client.get(path).text == f"404 Not Found: GET {told}\n"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
def test_a_wrong_method_is_told_in_a_line(method: str, served: Served) -> None:
    answer = served.client.open(CREDITS, method=method)

    assert answer.status_code == 405
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert set(answer.headers["Allow"].split(", ")) >= {"GET", "POST"}
    assert answer.text == f"405 Method Not Allowed: {method} /api/http/credits.php\n"


def test_a_head_is_a_get_without_its_body(served: Served) -> None:
    answer = served.client.head(AUTHORISED)

    assert (answer.status_code, answer.data) == (200, b"")


# Bodies


def post(served: Served, body: bytes, **more: Any) -> tuple[int, str]:
    answer = served.client.post(CREDITS, data=body, content_type="application/x-www-form-urlencoded", **more)
    return answer.status_code, answer.text


FORM = b"username=demo&password=demo"


def test_a_form_is_read(served: Served) -> None:
    assert post(served, FORM) == (200, BALANCE)


def test_a_multipart_form_is_read_like_any_other(served: Served) -> None:
    answer = served.client.post(CREDITS, data=LOGIN, content_type="multipart/form-data")

    assert answer.text == BALANCE


@pytest.mark.parametrize("kind", ["application/json", "text/plain", ""])
def test_a_body_of_another_kind_is_no_form(kind: str, served: Served) -> None:
    answer = served.client.post(CREDITS, data=FORM, content_type=kind)

    assert answer.text == "Error: Authentication error."


def test_a_chunked_body_is_read_to_its_end(served: Served) -> None:
    """As servers hand it on: without a length, and with an end they see to."""
    builder = EnvironBuilder(
        CREDITS,
        method="POST",
        input_stream=io.BytesIO(FORM),
        content_type="application/x-www-form-urlencoded",
    )
    environ = builder.get_environ()
    del environ["CONTENT_LENGTH"]
    environ |= {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}

    answer, status, _ = run_wsgi_app(served.emulator.wsgi, environ)

    assert (status, b"".join(answer)) == ("200 OK", BALANCE.encode())


def test_a_body_of_the_largest_size_is_served(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "LARGEST", 100)

    assert post(served, FORM.ljust(100, b"&")) == (200, BALANCE)


def test_a_larger_body_is_refused(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "LARGEST", 100)

    assert post(served, FORM.ljust(101, b"&")) == (413, "a body may have 100 octets\n")


def test_a_larger_body_is_refused_also_when_it_comes_in_chunks(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "LARGEST", 100)
    builder = EnvironBuilder(CREDITS, method="POST", input_stream=io.BytesIO(FORM.ljust(101, b"&")))
    environ = builder.get_environ()
    del environ["CONTENT_LENGTH"]
    environ["HTTP_TRANSFER_ENCODING"] = "chunked"

    _, status, _ = run_wsgi_app(served.emulator.wsgi, environ)

    assert status == "413 Content Too Large"


def test_a_body_that_breaks_off_is_refused_and_costs_nothing(served: Served) -> None:
    form = b"username=demo&password=demo&from=me&to=306912345678"
    builder = EnvironBuilder("/api/http/send.php", method="POST", input_stream=io.BytesIO(form))
    environ = builder.get_environ()
    environ["CONTENT_TYPE"], environ["CONTENT_LENGTH"] = "application/x-www-form-urlencoded", "100"

    answer, status, _ = run_wsgi_app(served.emulator.wsgi, environ)

    assert (status, b"".join(answer)) == ("400 Bad Request", b"the body ended before it was complete\n")
    assert (served.get("credits"), served.space.messages) == (BALANCE, 0)


def test_nothing_of_a_request_is_left_to_the_garbage_collector(served: Served) -> None:
    """A large body would otherwise stay until the next collection, and many of them with it."""
    post(served, FORM)
    gc.collect()
    gc.disable()
    try:
        post(served, FORM)
        post(served, b"username=nobody")
        served.client.post("/nowhere", data=FORM)
        served.client.put("/api/http/send.php", data=FORM)
        left = [one for one in gc.get_objects() if type(one) is Request]
    finally:
        gc.enable()

    assert left == []


def test_the_largest_body_is_eight_mebibytes() -> None:
    assert bodies.LARGEST == 8_388_608


# Faults on purpose


def test_a_status_fault_answers_in_the_provider_s_stead(served: Served) -> None:
    served.break_(Effect.STATUS, status=503, times=1)

    answers = [served.answer("send", sender="me", to=NUMBER) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [503, 200]
    assert answers[0].text == "503 by the fault f\n"
    assert texts(served) == [""]


def a_worded_front(served: Served) -> Front:
    """In front of a provider that has words for what no surface answers."""

    def words(declined: Declined) -> Reply:
        return Reply(f"{declined.title} at {declined.path}", "text/x-words", declined.status)

    providers, emulator = (replace(ISMS, declined=words),), served.emulator
    return Front(web_app(providers), emulator.wsgi, emulator.spaces, emulator.pump, providers)


def test_a_provider_has_its_own_words_for_a_status_that_a_fault_gives(served: Served) -> None:
    served.break_(Effect.STATUS, status=503)

    answer = Client(a_worded_front(served)).get(CREDITS)

    assert (answer.status_code, answer.text) == (503, f"Service Unavailable at {CREDITS}")
    assert served.journal[-1].answer == answer.data


def test_a_provider_has_its_own_words_for_a_body_too_large(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "LARGEST", 100)

    answer = Client(a_worded_front(served)).post(CREDITS, data=b"&" * 101)

    assert (answer.status, answer.text) == ("413 Content Too Large", f"Content Too Large at {CREDITS}")


def test_an_empty_fault_says_nothing(served: Served) -> None:
    served.break_(Effect.EMPTY)

    answer = served.answer("credits")

    assert (answer.status_code, answer.data, answer.headers["Content-Length"]) == (200, b"", "0")


def test_a_delay_is_a_real_one(served: Served) -> None:
    served.break_(Effect.DELAY, seconds=0.05)

    began = time.monotonic()
    text = served.get("credits")

    assert text == BALANCE
    assert time.monotonic() - began >= 0.05


def test_a_truncated_answer_breaks_off_in_the_middle(served: Served) -> None:
    """The work was done and its length announced; only the answer does not arrive whole."""
    served.break_(Effect.TRUNCATE)

    answer, status, headers = run_wsgi_app(served.emulator.wsgi, EnvironBuilder(AUTHORISED).get_environ())

    parts: list[bytes] = []
    with pytest.raises(ConnectionAbortedError):
        parts.extend(answer)
    assert (status, headers["Content-Length"]) == ("200 OK", "15")
    assert parts == [b"Credits"]


def test_a_refusal_on_purpose_speaks_the_provider_s_words(served: Served) -> None:
    served.break_(Effect.REFUSE, reason=Reason.STORAGE_FAILED, path="/api/http/savecontact.php")

    assert served.get("savecontact", mobile=NUMBER) == "FAILED"
    assert served.get("credits") == BALANCE


def test_a_refusal_on_purpose_keeps_its_place_among_the_others(served: Served) -> None:
    """A wrong password is still the more pressing objection."""
    served.break_(Effect.REFUSE, reason=Reason.NO_CREDIT)

    assert served.get("credits", password="wrong") == "Error: Authentication error."
    assert served.get("send", sender="me", to=NUMBER) == "Error: Insufficient credits."


def test_a_refusal_can_be_aimed_at_an_account(served: Served) -> None:
    served.break_(Effect.REFUSE, reason=Reason.BAD_CREDENTIALS, account="demo")

    assert served.get("credits") == "Error: Authentication error."
    assert served.get("credits", username="empty", password="empty") == "Credits:0.00"


@pytest.mark.parametrize(
    ("aim", "status"),
    [
        ({}, 503),
        ({"provider": "isms"}, 503),
        ({"provider": "iro"}, 200),
        ({"path": "/api/http/*"}, 503),
        ({"path": "/api/http/send.php"}, 200),
    ],
)
def test_a_fault_strikes_where_it_is_aimed(aim: dict[str, str], status: int, served: Served) -> None:
    served.break_(Effect.STATUS, **aim)

    assert served.answer("credits").status_code == status


def test_a_fault_stays_in_its_space(served: Served) -> None:
    served.break_(Effect.STATUS)

    assert served.client.get(f"/~other{AUTHORISED}").text == BALANCE


# The journal


def test_an_exchange_is_noted_as_octets_and_as_understood(served: Served) -> None:
    served.client.post(f"{CREDITS}?username=demo", data={"password": "wrong"}, headers={"X-Trace": "7"})

    (exchange,) = served.journal
    assert (exchange.id, exchange.surface, exchange.account) == (1, "isms-http", "demo")
    assert (exchange.method, exchange.target) == ("POST", "/api/http/credits.php?username=demo")
    assert exchange.body == b"password=wrong"
    assert ("HTTP_X_TRACE", "7") in exchange.headers
    assert exchange.fields == {"username": "demo", "password": "wrong"}
    assert (exchange.status, exchange.answer) == (200, b"Error: Authentication error.")
    assert exchange.voiced == ("isms/http/bad-credentials",)
    assert exchange.defect is None


def test_what_was_spoiled_is_noted_too(served: Served) -> None:
    served.break_(Effect.STATUS)

    served.answer("credits")

    assert [exchange.status for exchange in served.journal] == [503]


def test_unknown_paths_are_noted(served: Served) -> None:
    served.client.get("/nothing")

    (exchange,) = served.journal
    assert (exchange.surface, exchange.status) == ("http", 404)


def test_our_own_addresses_are_not_noted(served: Served) -> None:
    assert served.client.get("/_emulator/livez").status_code == 200

    assert served.journal == []


def test_a_defect_is_named_in_the_journal_and_told_without_a_traceback(
    served: Served, defects: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("what nobody thought of")

    monkeypatch.setattr("emulator.providers.isms.wire.balance", broken)

    answer = served.answer("credits")

    assert (answer.status_code, answer.text) == (500, "500 Internal Server Error: see the journal\n")
    (exchange,) = served.journal
    assert exchange.defect == "ZeroDivisionError: what nobody thought of"
    assert defects == [
        "defect in space '', account 'demo', at /api/http/credits.php: "
        "ZeroDivisionError: what nobody thought of"
    ]
    defects.clear()


# Time


def test_what_earlier_requests_caused_at_once_comes_before_the_next(served: Served) -> None:
    served.send(to=EARLY)

    served.get("credits")

    assert [event.kind for event in served.space.feed.after(0)][:4] == [
        "accepted",
        "exchange",
        "step",
        "step",
    ]


def test_the_log_names_space_and_account_and_no_secret(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", logger="smslab"):
        send(served, "/~shop", "hello")

    (said,) = caplog.messages
    assert said.startswith("space 'shop' account 'demo': GET '/api/http/send.php' -> 200 'ID:")
    assert "password" not in said


def test_the_log_names_what_an_answer_obeyed(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", logger="smslab"):
        served.answer("credits", username="nobody")

    assert caplog.messages[-1].endswith(" isms/http/bad-credentials"), caplog.messages


def test_a_line_of_the_log_is_short_whoever_calls(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", logger="smslab"):
        served.answer("credits", username="x" * 100_000)

    (said,) = caplog.messages
    assert len(said) < 400


def test_secrets_in_an_answer_are_not_logged(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    def told(here: Context, request: Request) -> Reply:
        return Reply('{"token":"open-sesame"}', "application/json")

    emulator, provider = served.emulator, replace(ISMS, views={CREDITS: told}, secrets=frozenset({"token"}))
    front = Front(web_app((provider,)), emulator.wsgi, emulator.spaces, emulator.pump, (provider,))

    with caplog.at_level(logging.INFO, logger="smslab"):
        Client(front).get(CREDITS)

    assert '"token":"***"' in caplog.messages[-1]
    assert "open-sesame" not in caplog.text


# What waits for nothing


@pytest.mark.parametrize(
    ("path", "is_swift"),
    [
        (SEND, True),
        ("/nowhere", True),
        (f"/~used{SEND}", True),
        (f"/~unused{SEND}", False),
        (f"/~no name{SEND}", False),
        ("/", False),
        ("/_emulator/messages", False),
        ("/~used/_emulator/messages", False),
        ("/~used", False),
        ("/_emulator/livez", True),
        ("/~used/_emulator/readyz", True),
    ],
)
def test_calls_of_ours_and_of_spaces_yet_to_be_made_may_wait(
    served: Served, path: str, is_swift: bool
) -> None:
    send(served, "/~used", "there")

    assert served.emulator.wsgi.is_swift(path) is is_swift


def test_calls_that_a_fault_may_delay_may_wait(served: Served) -> None:
    send(served, "/~used", "there")
    fault = {"effect": "delay", "seconds": 9}
    assert served.client.put("/~used/_emulator/faults/slow", json=fault).status_code < 300

    assert not served.emulator.wsgi.is_swift(f"/~used{SEND}")
    assert served.emulator.wsgi.is_swift(SEND)
