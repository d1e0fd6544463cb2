"""Iro's methods over XML-RPC and SOAP, called by clients that others wrote."""

import xmlrpc.client
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from emulator.tests.clients.conftest import Space
from emulator.tests.clients.programs import node
from emulator.tests.clients.soap import Call, by_php, by_zeep

NODE = node("xmlrpc.js", "xmlrpc")

KEY = "demo-iro"
NUMBER = "+49 551 28293640"
ROUTES = ["smstrade", "sipgate_plus"]


@contextmanager
def over_python(space: Space) -> Iterator[Call]:
    def call(method: str, *arguments: Any) -> Any:
        try:
            return getattr(proxy, method)(*arguments)
        except xmlrpc.client.Fault as fault:
            return {"fault": {"code": fault.faultCode, "text": fault.faultString}}

    with xmlrpc.client.ServerProxy(f"{space.url}/xmlrpc") as proxy:
        yield call


@contextmanager
def over_node(space: Space) -> Iterator[Call]:
    with NODE.conversing(f"{space.url}/xmlrpc") as ask:
        yield lambda method, *arguments: ask([method, arguments])


@contextmanager
def php_without_wsdl(space: Space) -> Iterator[Call]:
    """PHP looks for a result within the element of the answer, and does not know the types of 1999."""
    space.begin(iro={"soap_result": "wrapped", "soap_schema": "2001"})
    yield by_php(f"{space.url}/soap", "urn:iro")


@contextmanager
def zeep_with_wsdl(space: Space) -> Iterator[Call]:
    call = by_zeep(f"{space.url}/soap?wsdl")

    def described(method: str, *arguments: Any) -> Any:
        return call(method, *({"item": one} if isinstance(one, list) else one for one in arguments))

    yield described


@pytest.fixture(params=[over_python, over_node, php_without_wsdl, zeep_with_wsdl])
def call(request: pytest.FixtureRequest, space: Space) -> Iterator[Call]:
    with request.param(space) as call:
        yield call


def test_a_job_has_a_number_of_its_own(call: Call, space: Space) -> None:
    first = call("sms", KEY, "Hello", [NUMBER], ROUTES, "spring")
    second = call("sms", KEY, "Γειά", [NUMBER, "0551-28293641"], ROUTES, "")

    assert isinstance(first, int)
    assert second != first
    assert sorted((one["to"], one["text"]) for one in space.messages()) == sorted(
        [("4955128293640", "Hello"), ("4955128293640", "Γειά"), ("4955128293641", "Γειά")]
    )


def test_numbers_are_checked(call: Call, space: Space) -> None:
    assert call("telnumber", [NUMBER, "0551-28293640"]) is True


@pytest.mark.parametrize("call", [over_python, over_node], indirect=True)
def test_a_job_is_followed_to_its_end(call: Call, space: Space) -> None:
    job = call("fax", KEY, "An offer", b64encode(b"%PDF-1.4").decode(), [NUMBER], "default", "")

    assert call("status", KEY, job) == {str(job): {"status": "init"}}
    space.advance(3600)
    assert call("status", KEY, job) == {str(job): {"status": "sended"}}


def test_a_wrong_key_is_a_fault(call: Call, space: Space) -> None:
    assert "API-Key is false." in call("routes", "nobody-has-this", "sms")["fault"].values()


def test_routes_are_a_list_of_names(call: Call, space: Space) -> None:
    assert "smstrade" in listed(call("routes", KEY, "sms"))


def listed(value: Any) -> list[str]:
    """The strings of an array, out of whatever a client makes of one."""
    inside = value if isinstance(value, list) else next(iter(dict(value).values()))
    return [str(one) for one in inside]
