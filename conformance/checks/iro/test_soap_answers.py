"""SOAP: how it answers."""

import pytest

from conformance.bench import Place
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
)
from conformance.clock import Clock
from conformance.drivers.http import Reply
from conformance.drivers.iro import Argument
from conformance.drivers.iro_soap import INTEGERS, IroSoap, answered, typed, value, written
from conformance.drivers.soap import ENCODING
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

LABEL = 'text/xml; charset="UTF-8"'

SCHEMAS = ("http://www.w3.org/1999/XMLSchema", "http://www.w3.org/1999/XMLSchema-instance")

kinds_of_answer = pytest.mark.parametrize("number", [GERMAN, "hallo"], ids=["result", "fault"])


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
def test_an_id_is_an_integer(place: Place, soap: IroSoap, numbers: Numbers) -> None:
    """Of any size."""
    place.spend(1, 0)
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


@requirement("iro/soap/fault-status")
@pytest.mark.parametrize(
    ("method", "given"),
    [("telnumber", [["hallo"]]), ("bill", [NOBODY]), ("bill", []), ("stop", [])],
    ids=["value", "apikey", "too-few", "unknown-method"],
)
def test_a_fault_has_status_500(soap: IroSoap, method: str, given: list[Argument]) -> None:
    """Whoever words it."""
    verify(_asked(soap, method, *given).status).equals(500)


@requirement("iro/soap/own-faults")
def test_own_errors_have_their_numbers(soap: IroSoap) -> None:
    """As text, where other faults have a word."""
    verify(soap.bill(user=NOBODY)).equals(STRANGER)


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
