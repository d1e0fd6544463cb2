"""What can be called at /soap, in WSDL 1.1, for clients that cannot do without.

Document style with literal parts: the value of an answer stands directly in its element, which no other style
can say. Since arguments are told apart by their place, none may be left out: what has a default can be nil.
"""

from collections.abc import Iterable

from emulator.providers.iro.methods import METHODS, Method, Parameter
from emulator.wire.xml import escaped

HTTP = "http://schemas.xmlsoap.org/soap/http"

TYPES = {
    "string": "xsd:string",
    "integer": "xsd:integer",
    "boolean": "xsd:boolean",
    "list": "tns:List",
    "string or list": "tns:List",
    "dict": "tns:Dict",
}
"""The words of the page and the types of the schema."""

NAMED_TYPES = """
      <xsd:complexType name="List">
        <xsd:sequence>
          <xsd:element name="item" type="xsd:string" minOccurs="0" maxOccurs="unbounded"/>
        </xsd:sequence>
      </xsd:complexType>
      <xsd:complexType name="Dict">
        <xsd:sequence>
          <xsd:any minOccurs="0" maxOccurs="unbounded" processContents="skip"/>
        </xsd:sequence>
      </xsd:complexType>"""


RESULT = "Result"
"""The element around the value in an answer, where there is one."""


def description(address: str, result: str) -> str:
    """The service at an address, its results "bare" or "wrapped"."""
    methods = METHODS.values()
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<wsdl:definitions name="Iro" targetNamespace="urn:iro" xmlns:tns="urn:iro"
    xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
    xmlns:xsd="http://www.w3.org/2001/XMLSchema">
  <wsdl:types>
    <xsd:schema targetNamespace="urn:iro">{NAMED_TYPES}{_all(_elements(method, result) for method in methods)}
    </xsd:schema>
  </wsdl:types>{_all(_messages(method.name) for method in methods)}
  <wsdl:portType name="IroPortType">{_all(_operation(method.name) for method in methods)}
  </wsdl:portType>
  <wsdl:binding name="IroBinding" type="tns:IroPortType">
    <soap:binding style="document" transport="{HTTP}"/>{_all(_bound(method.name) for method in methods)}
  </wsdl:binding>
  <wsdl:service name="Iro">
    <wsdl:port name="IroPort" binding="tns:IroBinding">
      <soap:address location="{escaped(address)}"/>
    </wsdl:port>
  </wsdl:service>
</wsdl:definitions>
"""


def _elements(method: Method, result: str) -> str:
    parameters, answer = _all(map(_parameter, method.parameters)), f"{method.name}Response"
    wrapped = _sequence(answer, _element(RESULT, method.returns))
    bare = f"""
      <xsd:element name="{answer}" type="{TYPES[method.returns]}"/>"""
    return _sequence(method.name, parameters) + (wrapped if result == "wrapped" else bare)


def _sequence(name: str, elements: str) -> str:
    return f"""
      <xsd:element name="{name}">
        <xsd:complexType>
          <xsd:sequence>{elements}
          </xsd:sequence>
        </xsd:complexType>
      </xsd:element>"""


def _parameter(parameter: Parameter) -> str:
    return _element(parameter.name, parameter.kind, ' nillable="true"' if parameter.optional else "")


def _element(name: str, kind: str, attributes: str = "") -> str:
    return f"""
            <xsd:element name="{name}" type="{TYPES[kind]}"{attributes}/>"""


def _messages(name: str) -> str:
    return f"""
  <wsdl:message name="{name}Request">
    <wsdl:part name="parameters" element="tns:{name}"/>
  </wsdl:message>
  <wsdl:message name="{name}Response">
    <wsdl:part name="parameters" element="tns:{name}Response"/>
  </wsdl:message>"""


def _operation(name: str) -> str:
    return f"""
    <wsdl:operation name="{name}">
      <wsdl:input message="tns:{name}Request"/>
      <wsdl:output message="tns:{name}Response"/>
    </wsdl:operation>"""


def _bound(name: str) -> str:
    return f"""
    <wsdl:operation name="{name}">
      <soap:operation soapAction="" style="document"/>
      <wsdl:input><soap:body use="literal"/></wsdl:input>
      <wsdl:output><soap:body use="literal"/></wsdl:output>
    </wsdl:operation>"""


def _all(texts: Iterable[str]) -> str:
    return "".join(texts)
