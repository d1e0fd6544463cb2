"""SOAP: the description of the service."""

from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import pytest

from conformance.bench import Place
from conformance.checks.isms.soap_calls import described, identifier, idle, refused
from conformance.drivers.http import Reply
from conformance.drivers.isms_soap import PATH, IsmsSoapDriver
from conformance.drivers.soap import ENCODING
from conformance.numbers import Numbers
from conformance.requirement import requirement
from conformance.verify import verify

WSDL = "{http://schemas.xmlsoap.org/wsdl/}"
SOAP = "{http://schemas.xmlsoap.org/wsdl/soap/}"
OVER_HTTP = "http://schemas.xmlsoap.org/soap/http"

ARGUMENTS = {
    "send": ["username", "password", "from", "to", "message", "coding", "flash"],
    "query": ["username", "password", "message_id", "mobile"],
}


@requirement("isms/soap/wsdl")
@pytest.mark.parametrize("address", ["/api/soap/sms.wsdl", "/api/soap/sms.wsdl.php"])
def test_the_service_is_described_in_wsdl(soap: IsmsSoapDriver, address: str) -> None:
    """At the addresses of the sister pages."""
    reply = soap.wsdl(address)

    verify(reply.status).equals(200)
    verify(described(reply).tag).equals(f"{WSDL}definitions")


@requirement("isms/soap/wsdl-asked")
@pytest.mark.parametrize("query", ["wsdl", "WSDL"])
def test_the_end_point_describes_itself(soap: IsmsSoapDriver, query: str) -> None:
    """In the same octets."""
    verify(soap.wsdl(f"{PATH}?{query}").text).equals(soap.wsdl().text)


@requirement("isms/soap/wsdl-location")
def test_the_end_point_is_named_as_its_reader_came(soap: IsmsSoapDriver, place: Place) -> None:
    """By the address of this check."""
    verify(locations(soap.wsdl())).equals([place.http("isms") + PATH])


@requirement("isms/soap/wsdl-location")
def test_the_end_point_has_the_name_its_reader_gave_it(soap: IsmsSoapDriver, place: Place) -> None:
    """By the Host of the request, port included."""
    reply = soap.client.request("GET", "/api/soap/sms.wsdl", headers={"Host": "gateway.example:8080"})

    base = urlsplit(place.http("isms"))
    verify(locations(reply)).equals([f"{base.scheme}://gateway.example:8080{base.path}{PATH}"])


@requirement("isms/soap/wsdl-contents")
@pytest.mark.parametrize("operation", ARGUMENTS)
def test_the_arguments_stand_in_the_order_of_the_page(soap: IsmsSoapDriver, operation: str) -> None:
    """With the message where the sister page has it; one string comes back."""
    description = described(soap.wsdl())

    found = [str(part.get("name")) for part in parts(description, operation, "input")]
    verify([name for name in found if name not in ("schedule", "dlr-url")]).equals(ARGUMENTS[operation])
    verify([str(part.get("type")) for part in parts(description, operation, "output")]).equals(["xsd:string"])


@requirement("isms/soap/wsdl-contents")
def test_calls_are_described_as_encoded_rpc(soap: IsmsSoapDriver) -> None:
    """Both operations, with their actions."""
    description = described(soap.wsdl())
    binding = next(description.iter(f"{SOAP}binding"))
    actions = {one.get("soapAction") for one in description.iter(f"{SOAP}operation")}
    bodies = {(one.get("use"), one.get("encodingStyle")) for one in description.iter(f"{SOAP}body")}

    verify((binding.get("style"), binding.get("transport"))).equals(("rpc", OVER_HTTP))
    verify(actions).holds(lambda found: found >= {"urn:sms#send", "urn:sms#query"}, "both actions")
    verify(bodies).equals({("encoded", ENCODING)})


@requirement("isms/soap/wsdl-extended")
def test_the_description_keeps_to_the_page(soap: IsmsSoapDriver) -> None:
    """Neither schedule nor dlr-url, under whatever sign between its words."""
    found = {str(part.get("name")) for part in described(soap.wsdl()).iter(f"{WSDL}part")}

    verify({name.replace("_", "-") for name in found} & {"schedule", "dlr-url"}).equals(set())


@requirement("isms/soap/delete-message")
def test_a_message_cannot_be_deleted(soap: IsmsSoapDriver, numbers: Numbers) -> None:
    """One that is waiting for its hour."""
    waiting = identifier(soap.send(to=numbers(), schedule="+1 hour"))
    login = idle(soap, "query")[:2]

    refused(soap.call("delete_message", [*login, ("id", waiting)]))


def locations(reply: Reply) -> list[str]:
    """The addresses of the end points."""
    return [address.get("location", "") for address in described(reply).iter(f"{SOAP}address")]


def parts(description: Element, operation: str, way: str) -> Iterator[Element]:
    """The parts of the message that goes into an operation, or comes out of it."""
    own = [one for one in description.iter(f"{WSDL}portType") for one in one if one.get("name") == operation]
    named = [str(each.get("message")).rpartition(":")[2] for one in own for each in one.iter(WSDL + way)]
    for message in description.iter(f"{WSDL}message"):
        if message.get("name") in named:
            yield from message.iter(f"{WSDL}part")
