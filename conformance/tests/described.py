"""SOAP services as their WSDL describes them, read by zeep; nothing is fetched from anywhere."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import zeep
from werkzeug.test import Client
from zeep.transports import Transport
from zeep.xsd import ComplexType

from conformance import places

BODY = "{http://schemas.xmlsoap.org/wsdl/soap/}body"
ADDRESS = "http://description.invalid/"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Service:
    """Where it is, what its description in specs/ is called, and where its own is to be had.

    `login` holds the arguments that say who calls.
    """

    name: str
    path: str
    wsdl: str
    namespace: str
    login: dict[str, str]

    @property
    def contract(self) -> Path:
        return places.specs() / f"{self.name}.wsdl"


SERVICES = [
    Service(
        name="isms-soap",
        path="/api/soap/sms.php",
        wsdl="/api/soap/sms.wsdl",
        namespace="urn:sms",
        login={"username": "demo", "password": "demo"},
    ),
    Service(
        name="iro-soap",
        path="/soap",
        wsdl="/soap?wsdl",
        namespace="urn:iro",
        login={"user": "demo-iro"},
    ),
]


class _Offline(Transport):
    """Hands out one text, and nothing else."""

    def __init__(self, text: bytes) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._text = text

    def load(self, url: str) -> bytes:
        assert url == ADDRESS, f"a reader would have to fetch {url}"
        return self._text


def read(text: bytes) -> Any:
    """The description as zeep understands it."""
    transport = _Offline(text)
    with transport.session:
        return zeep.Client(ADDRESS, transport=transport).wsdl  # type: ignore[no-untyped-call]


def served(service: Service, client: Client) -> bytes:
    """The description that the emulator gives out."""
    reply = client.get(service.wsdl)
    assert reply.status_code == 200
    octets: bytes = reply.get_data()
    return octets


def meaning(text: bytes) -> dict[str, Any]:
    """What a client makes of a description: ports, calls, types and encodings, but for addresses."""
    wsdl = read(text)
    ports = [(each.name, port) for each in wsdl.services.values() for port in each.ports.values()]
    calls = [call for _, port in ports for call in port.binding.all().values()]
    types: list[Any] = [each for each in wsdl.types.types if isinstance(each, ComplexType) and each.name]
    return {
        "ports": [(service, port.name) for service, port in ports],
        "bindings": [(str(port.binding.name), port.binding.transport) for _, port in ports],
        "calls": sorted((str(call), call.soapaction, call.style) for call in calls),
        "types": sorted(each.signature(wsdl.types) for each in types),
        "bodies": {tuple(sorted(body.items())) for body in fromstring(text).iter(BODY)},
    }


def operations(wsdl: Any) -> dict[str, list[tuple[str, Any]]]:
    """The arguments of every operation: names and elements with their types."""
    bindings = [port.binding for each in wsdl.services.values() for port in each.ports.values()]
    calls = {call.name: call for binding in bindings for call in binding.all().values()}
    return {name: call.input.body.type.elements for name, call in calls.items()}
