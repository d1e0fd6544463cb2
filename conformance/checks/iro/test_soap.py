"""SOAP: how it is called and how it answers."""

import pytest

from conformance.checks.iro.calls import (
    GERMAN,
    NOBODY,
    SOON,
    STRANGER,
    addresses,
    billed,
    international,
    job,
    state,
    yes,
)
from conformance.clock import Clock
from conformance.drivers.http import Reply
from conformance.drivers.iro import Argument, Fault
from conformance.drivers.iro_soap import INTEGERS, IroSoap, answered, read, typed, value, written
from conformance.drivers.soap import ENCODING, wrapped
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

LABEL = 'text/xml; charset="UTF-8"'

SCHEMAS = ("http://www.w3.org/1999/XMLSchema", "http://www.w3.org/1999/XMLSchema-instance")

kinds_of_answer = pytest.mark.parametrize("number", [GERMAN, "hallo"], ids=["result", "fault"])


@requirement("iro/soap/address")
def test_calls_are_taken_at_the_address(soap: IroSoap) -> None:
    """The one method that needs nothing but a number."""
    yes(soap.telnumber([GERMAN]))


@requirement("iro/soap/no-action")
@pytest.mark.parametrize("action", [None, '""', '"urn:other#bill"', "nonsense"])
def test_the_action_is_not_looked_at(soap: IroSoap, action: str | None) -> None:
    """Left out, empty, of another method, no action at all."""
    headers = {"Content-Type": "text/xml"} | ({"SOAPAction": action} if action is not None else {})

    yes(read(soap.post(written("telnumber", [GERMAN]), headers)))


@requirement("iro/soap/local-name")
@pytest.mark.parametrize(
    "call",
    [
        "<routes>{}</routes>",
        '<routes xmlns="urn:anything">{}</routes>',
        '<x:routes xmlns:x="http://elsewhere.example/">{}</x:routes>',
    ],
    ids=["no-namespace", "default-namespace", "prefix"],
)
def test_the_namespace_of_a_call_means_nothing(soap: IroSoap, call: str) -> None:
    """None, a default one, one with a prefix."""
    arguments = f"<a>{soap.key}</a><b>sms</b>"

    verify(read(soap.post(wrapped(call.format(arguments)).encode()))).equals(soap.routes("sms"))


@requirement("iro/soap/document-order")
@pytest.mark.parametrize(
    "names", [("user", "typ"), ("typ", "user"), ("param0", "param1"), ("v", "v")], ids="-".join
)
def test_arguments_are_told_apart_by_their_place(soap: IroSoap, names: tuple[str, str]) -> None:
    """Under their own names, under each other's, under those that clients make up."""
    first, second = names
    call = f"<routes><{first}>{soap.key}</{first}><{second}>sms</{second}></routes>"

    verify(read(soap.post(wrapped(call).encode()))).equals(soap.routes("sms"))


@requirement("iro/soap/success")
def test_a_result_has_status_200(soap: IroSoap) -> None:
    """A list that is valid."""
    verify(_asked(soap, "telnumber", [GERMAN]).status).equals(200)


@requirement("iro/soap/content-type")
@kinds_of_answer
def test_answers_are_labelled_as_xml(soap: IroSoap, number: str) -> None:
    """With the quotation marks of the framework."""
    verify(_asked(soap, "telnumber", [number]).headers["Content-Type"]).equals(LABEL)


@requirement("iro/soap/response-element")
@pytest.mark.parametrize(
    ("method", "given"),
    [("telnumber", [[GERMAN]]), ("email", [addresses()]), ("defaultRoute", ["{key}", "sms"])],
    ids=["telnumber", "email", "defaultRoute"],
)
def test_the_value_stands_directly_in_one_element(soap: IroSoap, method: str, given: list[Argument]) -> None:
    """Named after the method, in no namespace, without an element for the value."""
    answer = answered(_asked(soap, method, *(soap.key if one == "{key}" else one for one in given)))

    verify(answer.tag).equals(f"{method}Response")
    verify(value(answer)).holds(lambda found: isinstance(found, bool | list), "the value itself")


@requirement("iro/soap/response-type")
def test_a_scalar_says_what_it_is(soap: IroSoap) -> None:
    """And that it is the root."""
    answer = answered(_asked(soap, "telnumber", [GERMAN]))

    verify((typed(answer), answer.get(f"{{{ENCODING}}}root"))).equals(("boolean", "1"))


@requirement("iro/soap/schemas")
def test_the_schemas_are_those_of_1999(soap: IroSoap) -> None:
    """Both of them: of the types, and of the attribute that names one."""
    said = _asked(soap, "telnumber", [GERMAN]).text

    verify([schema for schema in SCHEMAS if f'"{schema}"' not in said]).equals([])


@requirement("iro/soap/integer")
def test_an_id_is_an_integer(soap: IroSoap, numbers: Numbers) -> None:
    """Of any size."""
    answer = answered(_asked(soap, "sms", soap.key, "smslab check", international(numbers())))

    verify(typed(answer)).is_one_of(*sorted(INTEGERS))


@requirement("iro/soap/keys")
def test_a_key_of_digits_is_escaped(soap: IroSoap, numbers: Numbers) -> None:
    """The id of a job: its first digit, and no other."""
    id = str(job(soap.sms(international(numbers()))))

    answer = answered(_asked(soap, "status", soap.key, int(id)))
    verify([entry.tag for entry in answer]).equals([f"_x{ord(id[0]):04x}_{id[1:]}"])


@requirement("iro/soap/keys")
def test_a_blank_in_a_key_is_escaped(soap: IroSoap, clock: Clock, numbers: Numbers) -> None:
    """The name of a billing group, as an element of the bill."""
    job(soap.sms(international(numbers()), info="smslab check"))
    clock.advance(SOON)

    verify(_groups(soap)).holds(lambda tags: "smslab_x0020_check" in tags, "an element smslab_x0020_check")


@requirement("iro/soap/empty-key")
def test_an_empty_key_has_an_element_too(soap: IroSoap, clock: Clock, numbers: Numbers) -> None:
    """The billing group without a name."""
    job(soap.sms(international(numbers())))
    clock.advance(SOON)

    verify(_groups(soap)).holds(lambda tags: "_x_" in tags, "an element _x_")


@requirement("iro/soap/lists-in")
@pytest.mark.parametrize("item", ["item", "SOAP-ENC:string", "recipients", "v1"])
def test_the_entries_of_a_list_may_have_any_name(soap: IroSoap, item: str) -> None:
    """A valid number behind an invalid one that has to be found."""
    entries = "".join(f"<{item}>{number}</{item}>" for number in (GERMAN, "hallo"))
    kind = 'xsi:type="SOAP-ENC:Array" SOAP-ENC:arrayType="xsd:string[2]"'
    call = f"<telnumber><recipients {kind}>{entries}</recipients></telnumber>"

    verify(read(soap.post(wrapped(call).encode()))).equals(Fault(702, "No valid telnumber: 'hallo'"))


@requirement("iro/soap/lists-out")
def test_a_list_comes_as_an_array(soap: IroSoap) -> None:
    """An element for each entry."""
    answer = answered(_asked(soap, "routes", soap.key, "sms"))

    verify((typed(answer), [typed(entry) for entry in answer])).holds(
        lambda kinds: kinds[0] == "Array" and set(kinds[1]) <= {"string"}, "an Array of strings"
    )


@requirement("iro/soap/lists-out")
def test_an_empty_list_is_an_array_too(soap: IroSoap, second: str) -> None:
    """The faxes of a user who may send none."""
    answer = answered(_asked(soap, "routes", second, "fax"))

    verify((typed(answer), len(answer))).equals(("Array", 0))


@requirement("iro/soap/nil")
@pytest.mark.parametrize(
    "gap",
    [
        '<id xsi:nil="true"/>',
        '<id xsi:nil="1"/>',
        '<id xmlns:old="http://www.w3.org/1999/XMLSchema-instance" old:null="1"/>',
    ],
    ids=["2001", "2001-digit", "1999"],
)
def test_nil_leaves_a_gap(soap: IroSoap, numbers: Numbers, gap: str) -> None:
    """No job in particular, but in detail."""
    job(soap.sms(international(numbers())))
    call = f"<status><user>{soap.key}</user>{gap}<detailed>true</detailed></status>"

    verify(read(soap.post(wrapped(call).encode()))).equals(soap.status())


@requirement("iro/soap/fault-status")
@pytest.mark.parametrize(
    ("method", "given"),
    [("telnumber", [["hallo"]]), ("bill", [NOBODY]), ("bill", []), ("stop", [])],
    ids=["value", "apikey", "too-few", "unknown-method"],
)
def test_a_fault_has_status_500(soap: IroSoap, method: str, given: list[Argument]) -> None:
    """Whoever words it."""
    verify(_asked(soap, method, *given).status).equals(500)


@requirement("iro/soap/unknown-method")
@pytest.mark.parametrize("method", ["stop", "Status", "system.listMethods"])
def test_a_method_that_does_not_exist_is_told_so(soap: IroSoap, method: str) -> None:
    """By the framework."""
    verify(soap.positional(method, soap.key)).equals(Fault("SOAP-ENV:Client", f"Method {method} not found"))


@requirement("iro/soap/argument-count")
@pytest.mark.parametrize(
    ("method", "given"),
    [("bill", []), ("routes", ["{key}"]), ("bill", ["{key}", "x"]), ("telnumber", [[GERMAN], "x"])],
    ids=["no-user", "no-typ", "bill-and-more", "telnumber-and-more"],
)
def test_too_few_or_too_many_fail(soap: IroSoap, method: str, given: list[Argument]) -> None:
    """In the words of the framework."""
    arguments = [soap.key if one == "{key}" else one for one in given]

    verify(soap.positional(method, *arguments)).equals(Fault("SOAP-ENV:Server", f"Method {method} failed."))


@requirement("iro/soap/own-faults")
def test_own_errors_have_their_numbers(soap: IroSoap) -> None:
    """As text, where other faults have a word."""
    verify(soap.bill(user=NOBODY)).equals(STRANGER)


@requirement("iro/soap/unparseable")
@pytest.mark.parametrize(
    "body", [b"", b"hello", b"<Envelope>", b"<a/>"], ids=["nothing", "words", "unclosed", "other"]
)
def test_a_body_that_is_no_call_is_a_fault(soap: IroSoap, body: bytes) -> None:
    """The caller's."""
    reply = soap.post(body)

    verify(reply.status).equals(500)
    verify(read(reply)).holds(
        lambda fault: isinstance(fault, Fault) and fault.code == "SOAP-ENV:Client",
        "a fault with the code SOAP-ENV:Client",
    )


@requirement("iro/soap/wsdl")
def test_a_description_may_be_had(soap: IroSoap) -> None:
    """For clients that need one."""
    reply = soap.client.request("GET", "/soap?wsdl")

    verify(reply.status).equals(200)
    verify(reply.text).holds(lambda text: "definitions" in text and "defaultRoute" in text, "a WSDL")


@requirement("iro/soap/same-result")
def test_a_job_is_followed_here(soap: IroSoap, clock: Clock, numbers: Numbers) -> None:
    """From sending to the bill."""
    id = job(soap.sms(international(numbers())))
    clock.advance(SOON)

    verify(state(soap, id)).equals("sended")
    verify(billed(soap, "total")["anz"]).holds(lambda anz: anz >= 1, "a message or more")


def _asked(soap: IroSoap, method: str, *arguments: Argument) -> Reply:
    return soap.post(written(method, *arguments))


def _groups(soap: IroSoap) -> set[str]:
    """The elements below the offers of the bill."""
    return {group.tag for offer in answered(_asked(soap, "bill", soap.key)) for group in offer}
