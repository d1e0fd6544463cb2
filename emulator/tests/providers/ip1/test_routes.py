"""Who is heard, and what is said where nothing answers."""

import gc
import re
from base64 import b64encode

import pytest
from flask import Request

from emulator.tests.providers.ip1.called import ACCOUNT, KEY, OTHER, UNKNOWN, Called


@pytest.mark.parametrize("path", ["/v2/batches", "/v2/nothing", "/v2/", "/api/me", "/me/sms/settings"])
def test_a_call_without_a_token_is_told_nothing_else(path: str) -> None:
    answer = Called().ask("TRACE", path, key="")

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_an_address_that_no_page_has_is_a_problem() -> None:
    answer = Called().ask("GET", "/v2/nothing")

    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")
    assert answer.json == {
        "type": "about:blank", "title": "Not Found", "status": 404, "detail": "There is no such address.",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("PATCH", "/v2/batches", "GET, POST"),
        ("POST", "/v2/batches/x/", "GET, DELETE"),
        ("OPTIONS", "/v2/contacts/meta", "GET"),
        ("BREW", "/v2/batches", "GET, POST"),
        ("BREW", "/v2/me/senders/iP1", "GET, PUT, DELETE"),
        ("DELETE", "/api/me", "GET"),
    ],
)
def test_a_method_that_an_address_has_not_is_told_which_it_has(method: str, path: str, allow: str) -> None:
    answer = Called().ask(method, path)

    assert (answer.status_code, answer.headers["Allow"]) == (405, allow)
    assert answer.is_json


@pytest.mark.parametrize("path", ["/v2/batches", "/v2/batches/", "/v2/me/senders/iP1/"])
def test_a_slash_at_the_end_changes_nothing(path: str) -> None:
    assert Called().ask("GET", path).status_code == 200


def test_what_is_asked_for_in_head_has_no_body() -> None:
    answer = Called().ask("HEAD", "/v2/batches")

    assert (answer.status_code, answer.data) == (200, b"")


def test_a_key_bound_to_networks_is_refused_from_elsewhere() -> None:
    called = Called()
    called.is_a(networks="10.0.0.0/8 192.0.2.7")

    asked = [
        called.ask("GET", "/v2/batches", environ_base={"REMOTE_ADDR": address}).status_code
        for address in ("127.0.0.1", "10.9.8.7", "192.0.2.7", "::1", "")
    ]

    assert asked == [403, 200, 200, 403, 403]


@pytest.mark.parametrize(
    ("field", "v2", "account"),
    [
        (f"bearer  {KEY}", 200, 200),
        (f"Basic {b64encode(f'{ACCOUNT}:{KEY}'.encode()).decode()}", 401, 200),
        (f"Basic {b64encode(f'{OTHER}:{KEY}'.encode()).decode()}", 401, 401),
        ("Basic ???", 401, 401),
        ("Basic \xff", 401, 401),
        (f"Token {KEY}", 401, 401),
        ("Bearer", 401, 401),
        ("Bearer \xe4", 401, 401),
    ],
)
def test_a_key_is_told_in_one_way_or_two(field: str, v2: int, account: int) -> None:
    called = Called()
    statuses = [
        called.ask("GET", path, headers={"Authorization": field}).status_code
        for path in ("/v2/batches", "/api/me")
    ]

    assert statuses == [v2, account]


@pytest.mark.parametrize(
    "query",
    ["start=-1", "limit=0", "order=up", "limit=1.5", "start=", "start=2147483648", "limit=1&limit=1",
     "start=٣", "limit=1e3", "&".join(["x"] * 1001)],
)  # fmt: skip
def test_a_page_that_cannot_be_is_refused(query: str) -> None:
    answer = Called().ask("GET", f"/v2/blacklist?{query}")

    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")


def test_a_page_leads_to_the_others() -> None:
    headers = {"Authorization": f"Bearer {KEY}", "Host": "h:1"}

    answer = Called().ask("GET", "/v2/me/senders?limit=1&x=%C3%A4", headers=headers)

    first, last = (f"/v2/me/senders?x=%C3%A4&start={start}&limit=1&order=ASC" for start in (0, 1))
    links = re.findall(r'<http://h:1/~\w+(\S+)>; rel="(\w+)"', answer.headers["Link"])
    assert links == [(first, "self"), (first, "first"), (last, "next"), (last, "last")]


@pytest.mark.parametrize("path", ["/v2/batches", f"/v2/contacts/{UNKNOWN}", "/v2/nothing"])
def test_a_call_that_is_declined_is_not_left_to_the_collector(path: str) -> None:
    """A large body would otherwise stay until the next collection, and many of them with it."""
    called = Called()
    gc.collect()
    gc.disable()
    try:
        called.ask("PATCH", path, {})
        called.ask("POST", path, {})
        left = [one for one in gc.get_objects() if type(one) is Request]
    finally:
        gc.enable()

    assert left == []


@pytest.mark.parametrize("host", ['h>; rel="next"', "a,b", "<h>", "h/h", ""])
def test_a_host_that_is_none_is_in_no_link(host: str) -> None:
    headers = {"Authorization": f"Bearer {KEY}", "Host": host}

    answer = Called().ask("GET", "/v2/me/senders", headers=headers)

    assert answer.headers["Link"].startswith("<http://localhost:80/~")


@pytest.mark.parametrize(
    ("octets", "label", "status"),
    [
        (b"{", "application/json", 400),
        (b"", "application/json", 400),
        (b"", None, 400),
        (b"null", "application/json", 400),
        (b'{"msisdn":"46701234567"}', "application/json; charset=utf-16", 201),
        (b'\xef\xbb\xbf{"msisdn":"46701234567"}', "application/json", 201),
        (b'{"msisdn":"46701234567"}', "text/plain", 415),
        (b'{"msisdn":"46701234567"}', None, 415),
        ('{"msisdn":"46701234567"}'.encode("utf-16"), "application/json", 400),
    ],
)
def test_a_body_must_be_json_and_say_so(octets: bytes, label: str | None, status: int) -> None:
    answer = Called().ask("POST", "/v2/blacklist", data=octets, content_type=label)

    assert answer.status_code == status
