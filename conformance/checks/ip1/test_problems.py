"""Refusals: problem documents, what they name, and that nothing has happened."""

import json
from decimal import Decimal
from itertools import product

import pytest

from conformance.bench import Place
from conformance.checks.ip1.calls import (
    UNKNOWN,
    at_fault,
    balance,
    done,
    id_of,
    listed,
    refused,
    sent,
)
from conformance.checks.ip1.conftest import Afterwards
from conformance.clock import Clock
from conformance.drivers.ip1 import (
    BATCHES,
    BLACKLIST,
    CONTACTS,
    CONVERSATIONS,
    LANDINGS,
    PROBLEM,
    SENDER,
    SENDERS,
    SETTINGS,
    TEXT,
    Answer,
    Ip1Driver,
)
from conformance.numbers import Numbers
from conformance.receiver import Receiver
from conformance.requirement import requirement
from conformance.verify import verify

NUMBER = "46701740606"  # nobody has it: of a range for films, in bodies that are refused for something else
MINIMAL = {"sender": SENDER, "recipients": [NUMBER], "body": TEXT}

TEXTS = ("type", "title", "detail", "instance")

NO_JSON = [
    b"",
    b"hello",
    b'{"sender": "iP1", ',
    b"{}{}",
    b"sender=iP1",
    b'{"sender": "\xff"}',
    b'{"sender": "iP1", "recipients": ["46701740606"], "body": "\\ud83d"}',
    b'{"sender": "iP1", "recipients": ["46701740606"], "body": "a", "priority": NaN}',
]
WRONG_TYPES: dict[str, object] = {
    "sender": 46701740606,
    "body": ["a"],
    "recipients": NUMBER,
    "type": True,
    "datacoding": ["gsm"],
    "priority": "1",
    "deliveryReportUrl": 7,
    "reference": 7,
    "tags": "marketing",
    "deliveryWindows": {},
}
WRONG_BODIES: list[tuple[str, str, object]] = [
    ("POST", BATCHES, [MINIMAL]),
    ("POST", BATCHES, None),
    ("POST", BATCHES, {**MINIMAL, "tags": [1]}),
    ("POST", BLACKLIST, [NUMBER]),
    ("POST", BLACKLIST, {"msisdn": 46701740606}),
    ("POST", BLACKLIST, {}),
    ("PUT", SENDERS, "smslab"),
    ("PUT", SENDERS, {}),
    ("PUT", f"{SETTINGS}/IncomingCallbackUrl", 7),
    ("POST", f"{CONTACTS}?sync", {"properties": {}}),
    ("POST", LANDINGS, {"name": 7}),
]
STRANGE = [
    b'{"sender": "iP1", "recipients": {"46701740606": 1e999}, "body": "{a}"}',
    b'{"sender": "\\u0000", "recipients": ["\\u0000"], "body": "\\u0000", "type": 1e400}',
    b'{"priority": 9999999999999999999999999999, "type": -9223372036854775809, "recipients": {}}',
    b'{"deliveryWindows": [{"opens": "9999-12-31T23:59:59Z"}, {"closes": "0001-01-01T00:00:00+23:59"}]}',
    b'{"recipients": {"default": {"": ""}}, "body": "{}", "sender": "iP1", "SENDER": "iP1"}',
    b"[" * 5000,
    b"-",
    b"1" * 5000,
    b"\xef\xbb\xbf{}",
    b'"\xed\xa0\xbd"',
]
BAD_IDS = [
    f"{BATCHES}/x",
    f"{BATCHES}/{UNKNOWN}0",
    f"{BATCHES}/x/messages",
    f"{BATCHES}/{UNKNOWN}/messages/x",
    f"{CONTACTS}/x",
    f"{LANDINGS}/x",
    f"{LANDINGS}/{UNKNOWN}/elements/x",
]
PATHS = [
    f"{BATCHES}/%00",
    f"{BATCHES}/%ff/messages/%ff",
    f"{CONVERSATIONS}/%E5%25%2F",
    f"{SENDERS}/%0d%0a",
    f"{BLACKLIST}/%F0%9F%98%80",
    f"{SETTINGS}/{'x' * 3000}",
    f"{BATCHES}?start=1e5&limit=%ff&order=%00",
    f"{CONTACTS}?properties[=&metadata[a]=b&labels",
]


def nested(levels: int) -> bytes:
    """A send with a member besides, nested so deep that the whole has so many levels."""
    inside = levels - 1
    return json.dumps(MINIMAL)[:-1].encode() + b', "more": ' + b"[" * inside + b"]" * inside + b"}"


def problem(answer: Answer, status: int) -> dict[str, object]:
    """The document of a refusal."""
    refused(answer, status)
    return answer.document


def state(ip1: Ip1Driver, number: str) -> tuple[Decimal, list[str], list[str]]:
    """The balance, the latest batches, and the latest messages to and from a number."""
    batches, talk = [ids(ip1.get(path, {"order": "DESC"})) for path in (BATCHES, f"{CONVERSATIONS}/{number}")]
    return balance(ip1), batches, talk


def ids(answer: Answer) -> list[str]:
    return [id_of(one) for one in listed(answer)]


@requirement("ip1/problems/document")
@pytest.mark.parametrize(
    ("method", "path", "value", "status"),
    [
        ("POST", BATCHES, {}, 400),
        ("GET", f"{BATCHES}?limit=0", {}, 400),
        ("GET", f"{BATCHES}/{UNKNOWN}", {}, 404),
        ("GET", f"{SENDERS}/smslabnone", {}, 404),
    ],
    ids=["body", "query", "id", "sender"],
)
def test_a_refusal_has_a_document(ip1: Ip1Driver, method: str, path: str, value: object, status: int) -> None:
    """Its status is that of the answer; it has a title, and of the other members texts."""
    answer = ip1.call(method, path, value) if method == "POST" else ip1.call(method, path)
    said = problem(answer, status)

    verify(said.get("status")).equals(status)
    verify(bool(said.get("title"))).equals(True)
    verify({name: said[name] for name in TEXTS if name in said}).holds(
        lambda there: all(one is None or isinstance(one, str) for one in there.values()), "texts or nothing"
    )


@requirement("ip1/problems/label")
@pytest.mark.parametrize(
    ("path", "status"), [(f"{BATCHES}?limit=0", 400), (f"{BATCHES}/{UNKNOWN}", 404)], ids=["query", "id"]
)
def test_a_problem_is_labelled_as_one(ip1: Ip1Driver, path: str, status: int) -> None:
    """In a type of its own."""
    answer = ip1.get(path)
    refused(answer, status)

    verify(answer.headers.get_content_type()).equals(PROBLEM)


@requirement("ip1/problems/validation")
def test_a_body_that_breaks_a_rule_is_told_which(ip1: Ip1Driver) -> None:
    """In a title and in errors."""
    answer = ip1.post(BATCHES, {**MINIMAL, "body": ""})

    verify(at_fault(answer)).equals({"body"})
    verify(answer.document.get("title")).holds(
        lambda title: isinstance(title, str) and bool(title), "a title"
    )


@requirement("ip1/problems/errors")
def test_every_field_at_fault_is_named(ip1: Ip1Driver) -> None:
    """Three of them, each with sentences."""
    answer = ip1.post(BATCHES, {"sender": "?", "recipients": [], "body": " "})

    verify(at_fault(answer)).equals({"sender", "recipients", "body"})
    verify(answer.document["errors"]).holds(
        lambda errors: all(
            isinstance(all_of_one, list) and all_of_one and all(isinstance(one, str) for one in all_of_one)
            for all_of_one in errors.values()
        ),
        "an array of sentences for each",
    )


@requirement("ip1/problems/field-names")
def test_fields_at_fault_are_named_in_pascal_case(ip1: Ip1Driver) -> None:
    """As the classes of a program name them."""
    errors = problem(ip1.post(BATCHES, {"sender": "?", "recipients": [], "body": ""}), 400).get("errors")

    verify(errors).holds(
        lambda one: isinstance(one, dict) and set(one) == {"Sender", "Recipients", "Body"},
        "errors of Sender, Recipients and Body",
    )


@requirement("ip1/problems/validation-status")
def test_a_body_that_breaks_a_rule_is_a_bad_request(ip1: Ip1Driver) -> None:
    """400, whichever the rule."""
    for broken in ({"sender": "ab"}, {"body": ""}, {"type": "mms"}, {"reference": "x" * 41}):
        refused(ip1.post(BATCHES, {**MINIMAL, **broken}))


@requirement("ip1/problems/malformed")
def test_what_is_no_json_is_a_problem(ip1: Ip1Driver) -> None:
    """For a send."""
    for body in NO_JSON:
        verify(problem(ip1.raw("POST", BATCHES, body), 400).get("status")).equals(400)


@requirement("ip1/problems/malformed")
def test_what_is_nested_too_deep_is_a_problem(place: Place, ip1: Ip1Driver, numbers: Numbers) -> None:
    """65 levels and 5000; 64 are read."""
    refused(ip1.raw("POST", BATCHES, nested(65)))
    refused(ip1.raw("POST", BATCHES, nested(5000)))

    place.spend(1, 0)
    done(ip1.raw("POST", BATCHES, nested(64).replace(NUMBER.encode(), numbers()[0].encode())))


@requirement("ip1/problems/trailing-comma")
@pytest.mark.parametrize(
    "comma", [b'"body": "a",}', b'"body": "a", "tags": ["a",]}'], ids=["object", "array"]
)
def test_a_comma_too_many_is_no_json(ip1: Ip1Driver, comma: bytes) -> None:
    """As the first example of the page has one."""
    refused(ip1.raw("POST", BATCHES, b'{"sender": "iP1", "recipients": ["46701740606"], ' + comma))


@requirement("ip1/problems/wrong-type")
def test_a_value_of_another_type_is_refused(ip1: Ip1Driver) -> None:
    """For each member of a send."""
    for name, value in WRONG_TYPES.items():
        verify(at_fault(ip1.post(BATCHES, {**MINIMAL, name: value}))).equals({name.lower()})


@requirement("ip1/problems/wrong-type")
def test_a_body_of_another_type_is_refused(ip1: Ip1Driver) -> None:
    """Or one that lacks what the page names."""
    for method, path, value in WRONG_BODIES:
        refused(ip1.call(method, path, value))


@requirement("ip1/problems/bad-id")
def test_what_cannot_be_an_id_is_refused(ip1: Ip1Driver) -> None:
    """Wherever one stands in a path."""
    for path in BAD_IDS:
        refused(ip1.get(path))


@requirement("ip1/problems/not-found")
@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_an_id_that_was_never_given_out_is_not_found(ip1: Ip1Driver, method: str) -> None:
    """To read and to delete."""
    for root in (BATCHES, CONTACTS, LANDINGS):
        refused(ip1.call(method, f"{root}/{UNKNOWN}"), 404)


@requirement("ip1/problems/nothing-half-done")
def test_a_refused_send_changes_nothing(
    ip1: Ip1Driver, clock: Clock, numbers: Numbers, receiver: Receiver
) -> None:
    """One bad number among good ones."""
    good = numbers()
    before = state(ip1, good[0])

    refused(ip1.send([*good, "abc"], deliveryReportUrl=receiver.url()))
    clock.advance(1)

    verify(state(ip1, good[0])).equals(before)
    verify(receiver.callbacks(settle=0.1)).equals([])


@requirement("ip1/problems/nothing-half-done")
def test_a_refused_value_leaves_the_old_one(ip1: Ip1Driver, setting: str) -> None:
    """Of a setting."""
    done(ip1.put(setting, "http://smslab.example/"))
    before = done(ip1.get(setting))
    refused(ip1.put(setting, "nonsense"))

    verify(done(ip1.get(setting))).equals(before)


@requirement("ip1/problems/no-server-error")
def test_no_body_breaks_the_server(ip1: Ip1Driver) -> None:
    """Numbers without end, depths without end, moments at the end of time."""
    places = [("POST", BATCHES), ("POST", BLACKLIST), ("PUT", SENDERS), ("POST", CONTACTS)]

    for (method, path), body in product(places, STRANGE):
        verify(ip1.raw(method, path, body).status).holds(lambda status: status < 500, "no 5xx")


@requirement("ip1/problems/no-server-error")
def test_no_path_breaks_the_server(ip1: Ip1Driver) -> None:
    """Signs that no path should have."""
    for path in PATHS:
        verify(ip1.get(path).status).holds(lambda status: status < 500, "no 5xx")


@requirement("ip1/problems/not-found")
def test_a_message_that_was_never_given_out_is_not_found(
    ip1: Ip1Driver, numbers: Numbers, afterwards: Afterwards
) -> None:
    """In a batch that is there, nor an element in a page that is."""
    refused(ip1.get(f"{BATCHES}/{sent(ip1, numbers())}/messages/{UNKNOWN}"), 404)
    page = id_of(done(ip1.post(LANDINGS, {"name": "smslab"})))
    afterwards(ip1, f"{LANDINGS}/{page}")
    refused(ip1.get(f"{LANDINGS}/{page}/elements/{UNKNOWN}"), 404)
