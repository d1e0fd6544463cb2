"""The two ways in: what is read of a request, and what stands around every answer."""

import json

import pytest

from emulator.core.refusals import Reason
from emulator.core.sabotage import Effect
from emulator.tests.providers.voipe.called import API, INDEX, NUMBER, TOKENS, UPSTREAM, Called

CREDENTIALS = {"app": "ws", "u": "demo", "h": TOKENS["demo"]}


@pytest.mark.parametrize("path", [INDEX, "/index.php"])
@pytest.mark.parametrize("app", ["ws", "webservice", "webservices"])
def test_a_call_is_taken_at_both_addresses(path: str, app: str) -> None:
    called = Called()

    answer = called.client.get(path, query_string={**CREDENTIALS, "app": app, "op": "Cr"})

    assert (answer.status_code, answer.json and answer.json["credit"]) == (200, 1000)


def test_a_form_wins_over_the_query() -> None:
    called = Called()

    answer = called.client.post(f"{INDEX}?app=ws&op=nothing&u=demo", data={"op": "cr", "h": TOKENS["demo"]})

    assert answer.json is not None
    assert answer.json["credit"] == 1000


def test_a_form_may_be_multipart() -> None:
    called = Called()

    answer = called.client.post(INDEX, data={**CREDENTIALS, "op": "cr"}, content_type="multipart/form-data")

    assert answer.json is not None
    assert answer.json["credit"] == 1000


@pytest.mark.parametrize(("others", "error"), [(997, "0"), (1000, "100")])
def test_a_form_of_far_too_many_parts_is_not_read(others: int, error: str) -> None:
    many = {f"a{place}": "" for place in range(others)}

    answer = Called().client.post(
        f"{INDEX}?app=ws&op=cr&u=demo", data={**many, "h": TOKENS["demo"]}, content_type="multipart/form-data"
    )

    assert answer.json is not None
    assert answer.json["error"] == error


def test_a_part_of_a_form_may_be_long() -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="msg"\r\n\r\n' + b"a" * 600_000 + b"\r\n--x--\r\n"
    query = {**CREDENTIALS, "op": "pv", "to": NUMBER}

    answer = Called().client.post(
        INDEX, query_string=query, data=part, content_type="multipart/form-data; boundary=x"
    )

    assert answer.json is not None
    assert answer.json["data"][0]["status"] == "OK"


def test_an_array_is_no_parameter() -> None:
    called = Called()

    answer = called.client.get(f"{INDEX}?app=ws&u=demo&h={TOKENS['demo']}&op=pv&to[]=1&to[]=2&msg=x")

    assert answer.json is not None
    assert answer.json["error"] == "201"


@pytest.mark.parametrize(
    ("path", "location"),
    [
        (INDEX, "index.php?app=main&inc=core_auth&route=login"),
        (f"{INDEX}?app=", "index.php?app=main&inc=core_auth&route=login"),
    ],
)
def test_who_names_no_module_is_sent_to_the_login_page(path: str, location: str) -> None:
    called = Called()

    answer = called.client.get(path)

    assert (answer.status_code, answer.headers["Location"], answer.text) == (302, location, "")


def test_another_module_has_nothing_to_say() -> None:
    called = Called()

    answer = called.client.get(f"{INDEX}?app=WS&op=cr")

    assert (answer.status_code, answer.text, answer.content_type) == (200, "", "text/html; charset=UTF-8")


def test_a_form_for_the_singular_is_turned_away() -> None:
    called = Called()

    answer = called.client.post(f"{INDEX}?app=webservice", data={"op": "cr"})

    assert answer.headers["Location"] == "index.php?app=main&inc=core_auth&route=block&op=block"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "HEAD"])
def test_every_method_reads_the_query(method: str) -> None:
    called = Called()

    answer = called.client.open(INDEX, method=method, query_string={**CREDENTIALS, "op": "cr"})

    assert answer.status_code == 200
    assert ("credit" in answer.text) is (method != "HEAD")


@pytest.mark.parametrize(
    ("op", "code"), [("zz", "101"), ("", "102"), ("0", "102"), (" cr ", "101"), ("c|r", "0"), ("../CR", "0")]
)
def test_an_operation_is_cleaned_and_looked_up(op: str, code: str) -> None:
    assert Called().error(op) == code


@pytest.mark.parametrize(("op", "body"), [("zz", ""), ("", '{"error_string":null,"timestamp":1772442000}')])
def test_a_real_server_says_less_of_operations_that_are_none(op: str, body: str) -> None:
    assert Called(**UPSTREAM).get(op).text == body


def test_an_answer_may_go_without_its_moment() -> None:
    called = Called(timestamp=False)

    answer = called.get("cr")

    assert answer.text == '{"status":"OK","error":"0","credit":1000,"error_string":null}'


@pytest.mark.parametrize(
    ("wanted", "kind", "spelling", "beginning"),
    [
        ("", "application/json", "Content-Type", '{"status":"OK"'),
        ("PLAIN", "application/json", "Content-Type", '{"status":"OK"'),
        ("XML", "text/xml;charset=UTF-8", "Content-type", '<?xml version="1.0"?>\n<response><status>OK<'),
        ("serialize", "text/plain;charset=UTF-8", "Content-type", 'a:5:{s:6:"status";s:2:"OK";'),
    ],
)
def test_a_format_has_its_type(wanted: str, kind: str, spelling: str, beginning: str) -> None:
    answer = Called().get("cr", format=wanted)

    assert answer.text.startswith(beginning)
    assert (spelling, kind) in list(answer.headers)


@pytest.mark.parametrize(
    "query",
    [
        "app=ws&u=demo&h=fe01ce2a7fbac8fafaed7c982a04e229&op=cr&format=xml",
        "app=ws&op=get_token&u=demo&p=demo",
        "app=ws&op=ws_login&u=demo",
        "app=ws&op=nothing",
        "app=other",
        "",
    ],
)
def test_a_real_server_without_its_database_says_so_to_everything(query: str) -> None:
    called = Called(**UPSTREAM)
    called.break_(Effect.REFUSE, reason=Reason.STORAGE_FAILED)

    answer = called.client.get(f"{INDEX}?{query}")

    assert (answer.status_code, answer.text) == (200, "<p align=left>DB Error: connect failed<br><br>")
    assert ("Content-type", "text/html; charset=UTF-8") in list(answer.headers)


def test_a_visitor_without_a_cookie_gets_one() -> None:
    called = Called()

    first, second = called.get("cr"), called.get("cr")

    assert [name for name, _ in first.headers][:5] == [
        "X-Frame-Options", "Set-Cookie", "Expires", "Cache-Control", "Pragma",
    ]  # fmt: skip
    assert "Set-Cookie" not in second.headers


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"user": "demo", "token": TOKENS["demo"], "op": "cr", "app": "ws"}, "0"),
        ({"u": "demo", "h": TOKENS["demo"], "op": "cr"}, "100"),
        ({"user": "demo", "token": TOKENS["demo"], "op": "pv", "to": 521234567, "msg": True}, ""),
        ({"user": "demo", "token": TOKENS["demo"], "op": "pv", "to": ["1"], "msg": "x"}, "201"),
        ({"user": "demo", "token": TOKENS["demo"], "op": "pv", "to": None, "msg": 1.0}, "201"),
        ([], "102"),
        ("pv", "102"),
    ],
)
def test_an_object_names_user_and_token_otherwise(body: object, code: str) -> None:
    answer = Called().client.post(API, data=json.dumps(body))

    assert answer.json is not None
    assert answer.json.get("error", "") == code


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b'{"op":"\\ud800"}', b"[" * 20_000, b"\xef\xbb\xbf{}"])
def test_what_is_no_object_is_a_call_without_an_operation(body: bytes) -> None:
    answer = Called().client.post(f"{API}?op=cr", data=body)

    assert answer.json is not None
    assert answer.json["error"] == "102"


def test_an_address_for_https_alone_refuses_anything_else() -> None:
    called, body = Called(plain_http=False), {"user": "demo", "token": TOKENS["demo"], "op": "cr"}

    plain = called.client.post(API, json=body)
    safe = called.client.post(API, json=body, base_url="https://localhost")

    assert (plain.status_code, safe.status_code) == (403, 200)
