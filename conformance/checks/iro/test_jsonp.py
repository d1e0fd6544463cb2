"""JSONP: how it is called and how it answers."""

import pytest

from conformance.checks.iro.calls import GERMAN, NOBODY, STRANGER, international, job, yes
from conformance.drivers.iro import Argument
from conformance.drivers.iro_json import IroJson, IroJsonp, read
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

VALID: dict[str, Argument] = {"recipients": [GERMAN]}

kinds_of_answer = pytest.mark.parametrize("number", [GERMAN, "hallo"], ids=["result", "fault"])


@requirement("iro/jsonp/address")
def test_calls_are_taken_at_the_address(jsonp: IroJsonp) -> None:
    """The method is the last part of it."""
    yes(jsonp.telnumber([GERMAN]))


@requirement("iro/jsonp/callback")
@pytest.mark.parametrize("callback", ["cb", "jQuery1124_1699", "$.my.answers", "_"])
def test_the_answer_calls_what_callback_names(jsonp: IroJsonp, callback: str) -> None:
    """A function, or one within an object."""
    reply = jsonp.query("telnumber", {"callback": callback, **VALID})

    verify(reply.text).holds(lambda said: said.startswith(f"{callback}("), f"a call of {callback}")
    yes(read(reply))


@requirement("iro/jsonp/same-result")
def test_the_object_is_the_one_of_json(jsonp: IroJsonp, json: IroJson, numbers: Numbers) -> None:
    """Of a question and of a fault."""
    job(jsonp.sms(international(numbers())))

    for fields in ({"user": json.key}, {"user": NOBODY}):
        said = jsonp.query("status", {"callback": "cb", **fields}).text
        verify(said.partition("(")[2].rpartition(")")[0]).equals(json.query("status", fields).text)


@requirement("iro/jsonp/get-only")
@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_only_get_is_understood(jsonp: IroJsonp, method: str) -> None:
    """With everything in the query, too."""
    target = "/jsonp/email?callback=cb&recipients=check%40example.org"

    verify(jsonp.client.request(method, target, body=b"").status).equals(405)


@requirement("iro/jsonp/text")
def test_the_answer_is_a_call_and_nothing_else(jsonp: IroJsonp) -> None:
    """From the name to the semicolon."""
    said = jsonp.query("telnumber", {"callback": "cb", **VALID}).text

    verify(said).matches(r"cb\(\{[^\n]*\}\);")


@requirement("iro/jsonp/content-type")
@kinds_of_answer
def test_answers_are_labelled_as_javascript(jsonp: IroJsonp, number: str) -> None:
    """Results and faults."""
    reply = jsonp.query("telnumber", {"callback": "cb", "recipients": [number]})

    verify(reply.headers["Content-Type"]).equals("application/javascript; charset=utf-8")


@requirement("iro/jsonp/http-status")
@pytest.mark.parametrize(
    "fields", [{"user": NOBODY}, {}, {"user": NOBODY, "more": "x"}], ids=["apikey", "too-few", "too-many"]
)
def test_a_fault_has_status_200(jsonp: IroJsonp, fields: dict[str, Argument]) -> None:
    """So that the script runs."""
    verify(jsonp.query("bill", {"callback": "cb", **fields}).status).equals(200)


@requirement("iro/jsonp/http-status")
def test_a_fault_reaches_the_callback(jsonp: IroJsonp) -> None:
    """With its number and its text."""
    verify(read(jsonp.query("bill", {"callback": "cb", "user": NOBODY}))).equals(STRANGER)


@requirement("iro/jsonp/cache-breaker")
def test_a_number_against_caches_means_nothing(jsonp: IroJsonp) -> None:
    """As libraries add one."""
    yes(read(jsonp.query("telnumber", {"callback": "cb", "_": "1699999999999", **VALID})))


@requirement("iro/jsonp/bad-callback")
@pytest.mark.parametrize(
    "callback",
    [None, "", "1cb", "alert(1)//", "a b", "cb;", "a-b", "<script>"],
    ids=["left-out", "empty", "digit", "call", "blank", "semicolon", "hyphen", "tag"],
)
def test_what_cannot_be_called_is_refused(jsonp: IroJsonp, callback: str | None) -> None:
    """In plain text, which no browser runs."""
    fields = VALID if callback is None else {"callback": callback, **VALID}
    reply = jsonp.query("telnumber", fields)

    verify((reply.status, reply.headers.get_content_type())).equals((400, "text/plain"))
