"""The planned surfaces: JSON, by query, form and object, and JSONP."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.tests.providers.iro.called import DOCUMENT, KEY, NUMBER, Called, from_json

FORM, OBJECT = "application/x-www-form-urlencoded", "application/json"

ERROR = (8002, "error")

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=9)
    | st.sampled_from([KEY, NUMBER, DOCUMENT, "sms", "default", "a@b.de"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip
NAMES = st.sampled_from(
    ["user", "id", "detailed", "message", "subject", "fax", "body", "recipients", "frm", "route", "info",
     "typ", "x"],
)  # fmt: skip
METHODS = st.sampled_from(["status", "sms", "fax", "mail", "routes", "bill", "telnumber", "email", "nope"])


@pytest.fixture
def called() -> Called:
    return Called()


def posted(called: Called, method: str, text: str | bytes, content_type: str = OBJECT) -> Any:
    return from_json(called.post(f"/json/{method}", text, content_type).text)


# JSON


def test_an_answer_is_an_object(called: Called) -> None:
    called.sms()

    answer = called.get("/json/status", user=KEY)

    assert (answer.status_code, answer.content_type) == (200, "application/json; charset=utf-8")
    assert answer.text == '{"status": true, "result": {"1": {"status": "init"}}}'


def test_a_fault_is_an_object_too(called: Called) -> None:
    answer = called.get("/json/bill", user="x")

    assert (answer.status_code, answer.content_type) == (200, "application/json; charset=utf-8")
    assert answer.text == '{"status": false, "error": {"code": 901, "msg": "API-Key is false."}}'


@pytest.mark.parametrize("path", ["/json/nope", "/json/Status", "/json/a/b", "/json/a.b"])
def test_an_unknown_method_is_not_found(path: str, called: Called) -> None:
    answer = called.get(path, user=KEY)

    assert answer.status_code == 404
    assert from_json(answer.text) == (8001, f"procedure {path[6:]} not found")


@pytest.mark.parametrize("path", ["/json/sms", "/json/nope"])
def test_other_methods_than_get_and_post_are_refused(path: str, called: Called) -> None:
    assert called.open("PUT", path).status_code == 405


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("user={key}", {"1": {"status": "init"}}),
        ("user={key}&id=", {"1": {"status": "init"}}),
        ("id=1&user={key}&detailed=TRUE", {"1": {"status": "init"}}),
        ("user={key}&id=false&detailed=0", {"1": {"status": "init"}}),
        ("user=x&user={key}", {"1": {"status": "init"}}),
        ("user={key}&id=0", (801, "Job not found.")),
        ("user={key}&detailed=", (700, "Validation of 'detailed' failed.")),
        ("user={key}&callback=f", ERROR),
        ("id=1", ERROR),
        ("", ERROR),
        ("user=%FF%00", (901, "API-Key is false.")),
    ],
)
def test_a_query_is_read(query: str, told: Any, called: Called) -> None:
    called.sms()

    assert from_json(called.get(f"/json/status?{query.format(key=KEY)}").text) == told


def test_a_name_that_is_repeated_is_a_list(called: Called) -> None:
    called.get(
        f"/json/sms?user={KEY}&message=Hi&recipients=%2B49551111111&recipients=0551222222&route=x&route=sipgate_plus"
    )

    assert [message.recipient for message in called.messages] == ["49551111111", "49551222222"]
    assert called.messages[0].order.route == "sipgate_plus"


def test_a_plus_that_was_not_encoded_is_a_blank(called: Called) -> None:
    answer = called.get(f"/json/sms?user={KEY}&message=Hi&recipients=+49551111111")

    assert from_json(answer.text) == (702, "No valid telnumber: ' 49551111111'")


@pytest.mark.parametrize(
    ("text", "content_type"),
    [
        (f"user={KEY}", FORM), (f"user={KEY}", "text/plain"), (f"user={KEY}", ""),
        (f'{{"user": "{KEY}"}}', OBJECT), (f'{{"user": "{KEY}"}}', "application/json; charset=utf-8"),
        (f' {{"user": "{KEY}"}}', FORM), (f'{{"user": "{KEY}"}}', ""),
        (f'{{"user": "x", "user": "{KEY}"}}', OBJECT),
        (f'{{"user": "{KEY}", "id": null, "detailed": false}}', OBJECT),
    ],
)  # fmt: skip
def test_a_body_is_a_form_or_an_object(text: str, content_type: str, called: Called) -> None:
    assert posted(called, "status", text, content_type) == {}


def test_a_body_stands_over_the_query(called: Called) -> None:
    answer = called.post(f"/json/status?user={KEY}&id=9", '{"id": ""}', OBJECT)

    assert from_json(answer.text) == {}


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '"x"', "1", "null", '{"user": NaN}', "{'user': 1}", '{"user": "x",}',
     '{"a": 1e999}', '{"user": "\\ud800"}', "\ufeff{}", '{"user": "\x01"}', '{"a":' * 5000],
)  # fmt: skip
def test_a_broken_object_is_told_so(text: str, called: Called) -> None:
    code, told = posted(called, "bill", text)

    assert (code, told.partition(": ")[0]) == (8002, "Can't deserialize input")
    assert called.journal[0].surface == "iro-json"


@pytest.mark.parametrize("name", ["USER", "apikey", "user[]"])
def test_a_key_under_another_name_is_not_in_the_journal(name: str, called: Called) -> None:
    called.get("/json/bill", **{name: KEY})

    assert KEY not in called.get("/_emulator/journal").text


def test_an_object_of_nothing_but_brackets_is_not_taken_apart(called: Called) -> None:
    assert posted(called, "bill", '{"user": [' + "[]," * 500_000 + "1]}") == (
        8002, "Can't deserialize input: more than 500000 brackets",
    )  # fmt: skip


def test_octets_that_are_no_text_are_no_object(called: Called) -> None:
    assert posted(called, "bill", b'{"user": "\xff"}')[0] == 8002


def test_a_form_without_end_is_told_so(called: Called) -> None:
    assert posted(called, "bill", "&a=" * 20_001, FORM) == (
        8002, "Can't deserialize input: more than 20000 fields",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"user": 1}', (901, "API-Key is false.")),
        ('{"user": null}', (700, "Validation of 'user' failed.")),
        ('{"user": ["demo-iro"]}', (700, "Validation of 'user' failed.")),
        ('{"user": {}}', (700, "Validation of 'user' failed.")),
        ('{"user": ' + "[" * 100 + "]" * 100 + "}", (700, "Validation of 'user' failed.")),
        ('{"user": true}', (700, "Validation of 'user' failed.")),
        ('{"user": 123456789012345678901234567890}', (901, "API-Key is false.")),
        ('{"user": "demo-iro", "x": 1}', ERROR),
        ("{}", ERROR),
    ],
)
def test_a_member_of_the_wrong_type_is_told_so(text: str, told: tuple[int, str], called: Called) -> None:
    assert posted(called, "bill", text) == told


@given(METHODS, st.dictionaries(NAMES, VALUES))
def test_whatever_is_posted_is_answered(method: str, members: dict[str, Any]) -> None:
    answer = EVERY.post(f"/json/{method}", json.dumps(members), OBJECT)

    assert answer.status_code == (404 if method == "nope" else 200)
    assert set(json.loads(answer.text)) in ({"status", "result"}, {"status", "error"})


@given(METHODS, st.lists(st.tuples(NAMES, st.text(max_size=9))))
def test_whatever_is_asked_is_answered(method: str, fields: list[tuple[str, str]]) -> None:
    answer = EVERY.get(f"/json/{method}", **dict(fields))

    assert answer.status_code == (404 if method == "nope" else 200)
    assert set(json.loads(answer.text)) in ({"status", "result"}, {"status", "error"})


EVERY = Called()
"""One emulator for all that Hypothesis thinks of; a defect in it fails the test."""


# JSONP


def test_a_script_calls_what_it_was_told_to(called: Called) -> None:
    answer = called.get("/jsonp/status", callback="$a.b_1", user=KEY)

    assert (answer.status_code, answer.content_type) == (200, "application/javascript; charset=utf-8")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.text == '$a.b_1({"status": true, "result": {}});'


def test_a_fault_calls_it_too(called: Called) -> None:
    answers = [called.get(path, callback="f", user="x") for path in ("/jsonp/bill", "/jsonp/nope")]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert [answer.text for answer in answers] == [
        'f({"status": false, "error": {"code": 901, "msg": "API-Key is false."}});',
        'f({"status": false, "error": {"code": 8001, "msg": "procedure nope not found"}});',
    ]


@pytest.mark.parametrize(
    "callback",
    ["", "1a", "a-b", "alert(1)//", "<script>", "a;b", "a b", "é", "a\n", "a[0]", "\u2028a", "a" * 129, "f(",
     "%00"],
)  # fmt: skip
def test_what_is_no_name_of_a_function_is_refused(callback: str, called: Called) -> None:
    answer = called.get("/jsonp/telnumber", callback=callback, recipients=[NUMBER])

    assert (answer.status_code, answer.content_type) == (400, "text/plain")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert callback not in answer.text or callback == ""


def test_without_a_callback_it_is_refused(called: Called) -> None:
    assert called.get("/jsonp/telnumber", recipients=[NUMBER]).status_code == 400


def test_nothing_ends_a_line_of_a_script(called: Called) -> None:
    """U+2028 and U+2029 may stand in JSON, and end a line of JavaScript."""
    text = called.get("/jsonp/telnumber", callback="f", recipients=["\u2028\u2029</script>"]).text

    assert text.isascii()
    assert "\\u2028\\u2029</script>" in text


def test_what_jquery_adds_is_no_parameter(called: Called) -> None:
    assert called.get("/jsonp/email", callback="f", _="1", recipients=["a@b.de"]).text == (
        'f({"status": true, "result": true});'
    )


@pytest.mark.parametrize("path", ["/jsonp/status", "/jsonp/nope"])
def test_only_get_is_understood(path: str, called: Called) -> None:
    answer = called.post(f"{path}?callback=f", f"user={KEY}", FORM)

    assert answer.status_code == 405
    assert "POST" not in answer.headers["Allow"]
