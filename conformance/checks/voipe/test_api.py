"""JSON over POST."""

import json as text

import pytest

from conformance.bench import Place
from conformance.blocked import Blocked
from conformance.checks.voipe.calls import (
    ADMINISTRATION,
    HEBREW,
    HIGH,
    OWNED,
    SOON,
    accepted,
    every_format,
    numbered,
    only,
    query,
    refused,
    sent,
    succeeded,
    taken,
    timeless,
)
from conformance.clock import Clock
from conformance.control import Control
from conformance.drivers.voipe import API, Answer, VoipeDriver, VoipeJson
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

kinds_of_body = pytest.mark.parametrize(
    "kind",
    [
        None,
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/xml",
        "application/json; charset=x",
    ],
)


@pytest.fixture
def who(json: VoipeJson) -> dict[str, object]:
    """The members that say who calls."""
    return {"user": json.username, "token": json.token}


@requirement("voipe/api/address", "voipe/api/user", "voipe/api/token", "voipe/api/object")
def test_a_call_is_an_object(json: VoipeJson, who: dict[str, object]) -> None:
    """With names of its own for who calls."""
    succeeded(Answer(json.object({**who, "op": "cr"})))
    refused(Answer(json.object({**who, "op": "cr", "token": "x"})), "100")
    refused(Answer(json.object({**who, "op": "cr", "user": "x"})), "100")


@requirement("voipe/api/example")
def test_the_printed_call_is_taken(json: VoipeJson, control: Control) -> None:
    """As it is printed, but for who calls."""
    body = (
        f'{{"user":"{json.username}","token":"{json.token}","op":"pv","to":"052111222",'
        '"msg":"Test message","from":"VipInvest"}'
    )
    answer = Answer(json.post(API, body.encode(), None))

    verify(numbered(answer)).equals(["052111222"])
    found = control.messages(provider="voipe")[-1]
    verify((found["from"], found["text"].startswith("Test message"))).equals(("VipInvest", True))


@requirement("voipe/api/others")
def test_other_members_are_the_parameters(json: VoipeJson, clock: Clock, numbers: Numbers) -> None:
    """Of a send, and of the question about it."""
    (number,) = numbers()
    id = taken(json.pv(number, "hello there"))
    clock.advance(SOON)

    row = only(json.call("ds", smslog_id=id, dst=number, format="json"))
    verify((row["dst"], row["msg"])).equals((number, "hello there"))


@requirement("voipe/api/alike")
@every_format
def test_the_answer_is_that_of_the_query(voipe: VoipeDriver, json: VoipeJson, format: str) -> None:
    """A success, a refusal, a list that is not there."""
    for op, fields in (("cr", {}), ("pv", {}), ("creditview", {}), ("ix", {"last": HIGH})):
        asked, posted = voipe.call(op, **fields, format=format), json.call(op, **fields, format=format)
        verify((posted.status, posted.headers["Content-Type"], timeless(posted.text))).equals(
            (asked.status, asked.headers["Content-Type"], timeless(asked.text))
        )


@requirement("voipe/api/any-type")
@kinds_of_body
def test_a_body_may_be_called_anything(json: VoipeJson, who: dict[str, object], kind: str | None) -> None:
    """Or nothing."""
    succeeded(Answer(json.object({**who, "op": "cr"}, kind)))


@requirement("voipe/api/app")
@pytest.mark.parametrize("app", ["ws", "nonsense"])
def test_a_module_changes_nothing(json: VoipeJson, who: dict[str, object], app: str) -> None:
    """The right one, and another."""
    succeeded(Answer(json.object({"app": app, **who, "op": "cr"})))


@requirement("voipe/api/escapes")
def test_letters_may_be_escaped(json: VoipeJson, clock: Clock, numbers: Numbers) -> None:
    """Or stand as they are."""
    verify(sent(json, clock, json.pv(numbers()[0], HEBREW))["msg"]).equals(HEBREW)


@requirement("voipe/api/scalars")
def test_values_may_have_other_types(
    json: VoipeJson, clock: Clock, numbers: Numbers, who: dict[str, object]
) -> None:
    """Numbers, true, false, null."""
    queue = accepted(json.pv(",".join(numbers(2))))[0]["queue"]
    clock.advance(SOON)
    asked = {**who, "op": "ds", "queue": queue}

    found = [len(Answer(json.object({**asked, "c": c})).entries) for c in (1, True, "1", 2, False, None)]
    verify(found).equals([1, 1, 1, 2, 2, 2])


@requirement("voipe/api/arrays")
@pytest.mark.parametrize("name", ["to", "msg"])
def test_arrays_count_as_missing(json: VoipeJson, who: dict[str, object], name: str) -> None:
    """Of destinations, of messages."""
    members = {"to": "1", "msg": "x"} | {name: ["1"]}

    refused(Answer(json.object({**who, "op": "pv", **members})), "201")


@requirement("voipe/api/own-names")
def test_the_names_of_the_query_are_not_read(json: VoipeJson) -> None:
    """Together, and one of them."""
    refused(Answer(json.object({"u": json.username, "h": json.token, "op": "cr"})), "100")
    refused(Answer(json.object({"user": json.username, "h": json.token, "op": "cr"})), "100")


@requirement("voipe/api/unreadable")
@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'"cr"', b"null", b"1", b'{"op":"cr"', b'{"op":"\xff\xfe"}', b"op=cr", b"[" * 100_000],
    ids=["nothing", "open", "array", "text", "null", "number", "cut", "octets", "form", "deep"],
)
def test_what_is_no_object_has_no_operation(json: VoipeJson, body: bytes) -> None:
    """Nor does it break anything."""
    reply = json.post(API, body, "application/json")

    verify((reply.status, timeless(reply.text))).equals((200, timeless(json.object({}).text)))


@requirement("voipe/api/unreadable")
def test_a_get_request_has_no_operation(json: VoipeJson) -> None:
    """Whatever its query has."""
    reply = json.get(f"{API}?user={json.username}&token={json.token}&op=cr")

    verify(timeless(reply.text)).equals(timeless(json.object({}).text))


@requirement("voipe/api/no-query")
def test_the_query_is_not_read(json: VoipeJson, who: dict[str, object]) -> None:
    """Instead of the body, or beside it."""
    reply = json.post(f"{API}?{query(json, 'cr')}&user={json.username}&token={json.token}", b"{}")
    beside = json.post(f"{API}?op=nosuchop&format=xml", text.dumps({**who, "op": "cr"}).encode())

    verify(timeless(reply.text)).equals(timeless(json.object({}).text))
    succeeded(Answer(beside))


@requirement("voipe/api/all")
def test_every_operation_is_there(json: VoipeJson) -> None:
    """Refused for a wrong token, each in its words."""
    wrong = json.as_user(json.username, "x")

    for op in OWNED:
        refused(wrong.call(op), "100")
    for op in ADMINISTRATION:
        refused(wrong.call(op), "600")
    refused(json.call("get_token", p="nobody-has-this"), "100")


@requirement("voipe/api/all")
def test_a_login_leads_on(json: VoipeJson, control: Control) -> None:
    """As everywhere."""
    reply = json.object({"user": json.username, "op": "ws_login", "login_key": "x"})

    verify((reply.status, reply.headers["Location"], reply.body)).equals((302, "index.php", b""))


@requirement("voipe/api/plain-http")
def test_plain_http_will_do(json: VoipeJson, place: Place) -> None:
    """Where the target is called so."""
    if place.http("voipe").startswith("https:"):
        raise Blocked("the target is called over HTTPS")

    verify(json.call("cr").status).equals(200)
    succeeded(json.call("cr"))
