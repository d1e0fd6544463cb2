"""XML-RPC: how it is called and how it answers."""

import pytest

from conformance.checks.iro.calls import GERMAN, addresses, arrived, international, job, yes
from conformance.control import Control
from conformance.drivers.iro import SIGNATURES, Answer, Fault
from conformance.drivers.iro_xmlrpc import IroXmlRpc, read, written
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

NAMES = tuple(SIGNATURES)

CALL = "<?xml version='1.0'?><methodCall><methodName>{}</methodName><params>{}</params></methodCall>"


@requirement("iro/xmlrpc/address")
def test_calls_are_taken_at_the_address(xmlrpc: IroXmlRpc) -> None:
    """The one method that needs nothing but a number."""
    yes(xmlrpc.telnumber([GERMAN]))


@requirement("iro/xmlrpc/methods")
@pytest.mark.parametrize("method", NAMES)
def test_every_method_is_known(xmlrpc: IroXmlRpc, method: str) -> None:
    """Called without anything: whatever is said, the method is not what is missing."""
    verify(xmlrpc.positional(method)).holds(
        lambda answer: not (isinstance(answer, Fault) and answer.code == 8001), "an answer of the method"
    )


@requirement("iro/xmlrpc/positional")
def test_parameters_are_told_apart_by_their_place(
    xmlrpc: IroXmlRpc, control: Control, numbers: Numbers
) -> None:
    """A mail, which has the most of them."""
    given = ("A subject", "A body", addresses(), "me@example.org", "default", "A group")
    id = job(xmlrpc.positional("mail", xmlrpc.key, *given))

    message = arrived(control, id)
    notes = message["extras"]
    verify([notes["subject"], message["text"], message["to"], message["from"], notes["info"]]).equals(
        ["A subject", "A body", addresses()[0], "me@example.org", "A group"]
    )


@requirement("iro/xmlrpc/defaults")
@pytest.mark.parametrize("given", [(), ("default",), ("default", "")], ids=["none", "route", "both"])
def test_parameters_may_be_left_off_from_the_end(
    xmlrpc: IroXmlRpc, numbers: Numbers, given: tuple[str, ...]
) -> None:
    """Of a text message."""
    job(xmlrpc.positional("sms", xmlrpc.key, "smslab check", international(numbers()), *given))


@requirement("iro/xmlrpc/post-only")
def test_a_page_is_not_to_be_had(xmlrpc: IroXmlRpc) -> None:
    """Told with the method that is understood."""
    reply = xmlrpc.client.request("GET", "/xmlrpc")

    verify((reply.status, reply.headers["Allow"])).equals((405, "POST"))


@requirement("iro/xmlrpc/post-only")
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_other_methods_are_refused(xmlrpc: IroXmlRpc, method: str) -> None:
    """Told with the method that is understood, or that there is nothing behind them anywhere."""
    reply = xmlrpc.client.request(method, "/xmlrpc")

    verify((reply.status, reply.headers["Allow"])).is_one_of((405, "POST"), (501, None))


@requirement("iro/xmlrpc/success-status")
@pytest.mark.parametrize("number", [GERMAN, "hallo"], ids=["result", "fault"])
def test_the_status_is_always_the_same(xmlrpc: IroXmlRpc, number: str) -> None:
    """For what succeeds and for what fails."""
    verify(xmlrpc.post(written("telnumber", [number])).status).equals(200)


@requirement("iro/xmlrpc/content-type")
@pytest.mark.parametrize("number", [GERMAN, "hallo"], ids=["result", "fault"])
def test_answers_are_labelled_as_xml(xmlrpc: IroXmlRpc, number: str) -> None:
    """Results and faults."""
    reply = xmlrpc.post(written("telnumber", [number]))

    verify(reply.headers["Content-Type"]).equals("text/xml; charset=utf-8")


@requirement("iro/xmlrpc/any-content-type")
@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "application/json", None],
    ids=["plain", "form", "json", "none"],
)
def test_what_a_request_calls_its_body_does_not_matter(xmlrpc: IroXmlRpc, kind: str | None) -> None:
    """Under names of all sorts and none."""
    headers = {"Content-Type": kind} if kind else {}

    yes(read(xmlrpc.post(written("telnumber", [GERMAN]), headers)))


@requirement("iro/xmlrpc/string-keys")
def test_the_keys_of_a_dict_are_strings(xmlrpc: IroXmlRpc, numbers: Numbers) -> None:
    """The id of a job, as its status has it."""
    id = job(xmlrpc.sms(international(numbers())))

    verify(xmlrpc.status(id)).holds(lambda value: list(value) == [str(id)], f"a dict with the key '{id}'")  # type: ignore[arg-type]


@requirement("iro/xmlrpc/integers")
@pytest.mark.parametrize("kind", ["int", "i4", "i8"])
def test_an_integer_may_be_written_in_several_ways(xmlrpc: IroXmlRpc, numbers: Numbers, kind: str) -> None:
    """The id of a job that is asked about."""
    id = job(xmlrpc.sms(international(numbers())))

    answer = _raw(xmlrpc, "status", f"<string>{xmlrpc.key}</string>", f"<{kind}>{id}</{kind}>")
    verify(answer).equals(xmlrpc.status(id))


@requirement("iro/xmlrpc/untyped")
def test_text_without_a_type_is_a_string(xmlrpc: IroXmlRpc) -> None:
    """An apikey and a type of message."""
    verify(_raw(xmlrpc, "routes", xmlrpc.key, "sms")).equals(xmlrpc.routes("sms"))


@requirement("iro/xmlrpc/nil")
def test_nil_leaves_a_gap(xmlrpc: IroXmlRpc, numbers: Numbers) -> None:
    """No job in particular, but in detail; no sender, but a route."""
    verify(xmlrpc.positional("status", xmlrpc.key, None, True)).equals(xmlrpc.status())
    job(xmlrpc.positional("mail", xmlrpc.key, "smslab", "smslab check", addresses(), None, "default"))


@requirement("iro/xmlrpc/no-nil-out")
@pytest.mark.parametrize(
    ("method", "given"),
    [("status", ()), ("bill", ()), ("routes", ("sms",)), ("defaultRoute", ("mail",))],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_no_answer_holds_nil(
    xmlrpc: IroXmlRpc, numbers: Numbers, method: str, given: tuple[str, ...]
) -> None:
    """Of a user who has sent something."""
    job(xmlrpc.sms(international(numbers())))
    reply = xmlrpc.post(written(method, xmlrpc.key, *given))

    verify(reply.text).holds(lambda text: "nil" not in text, "an answer without nil")


@requirement("iro/xmlrpc/base64-text")
def test_octets_where_text_belongs_are_utf8(xmlrpc: IroXmlRpc, control: Control, numbers: Numbers) -> None:
    """A text message that a client took for octets."""
    id = job(xmlrpc.sms(international(numbers()), "Grüße, γειά".encode()))

    verify(arrived(control, id)["text"]).equals("Grüße, γειά")


def _raw(xmlrpc: IroXmlRpc, method: str, *values: str) -> Answer:
    """What is said to values as they are written."""
    params = "".join(f"<param><value>{value}</value></param>" for value in values)
    return read(xmlrpc.post(CALL.format(method, params).encode()))
