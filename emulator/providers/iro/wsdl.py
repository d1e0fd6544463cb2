"""What can be called at /soap, in WSDL 1.1, for clients that cannot do without.

Elements in no namespace, for that is how the values of answers stand there. Since arguments are told apart by
their place, none may be left out: what has a default can be nil.
"""

from collections.abc import Iterable
from xml.sax.saxutils import quoteattr

from emulator.providers.iro.methods import METHODS, Method, Parameter

HTTP = "http://schemas.xmlsoap.org/soap/http"

TYPES = {
    "string": "xsd:string",
    "integer": "xsd:integer",
    "boolean": "xsd:boolean",
    "list": "List",
    "string or list": "List",
    "dict": "Dict",
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


def description(address: str) -> str:
    """The service at an address."""
    methods = METHODS.values()
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<wsdl:definitions name="Iro" targetNamespace="urn:iro" xmlns:tns="urn:iro"
    xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
    xmlns:xsd="http://www.w3.org/2001/XMLSchema">
  <wsdl:types>
    <xsd:schema>{NAMED_TYPES}{_all(_elements(method) for method in methods)}
    </xsd:schema>
  </wsdl:types>{_all(_messages(method.name) for method in methods)}
  <wsdl:portType name="IroPortType">{_all(_operation(method.name) for method in methods)}
  </wsdl:portType>
  <wsdl:binding name="IroBinding" type="tns:IroPortType">
    <soap:binding style="document" transport="{HTTP}"/>{_all(_bound(method.name) for method in methods)}
  </wsdl:binding>
  <wsdl:service name="Iro">
    <wsdl:port name="IroPort" binding="tns:IroBinding">
      <soap:address location={quoteattr(address)}/>
    </wsdl:port>
  </wsdl:service>
</wsdl:definitions>
"""


def _elements(method: Method) -> str:
    return f"""
      <xsd:element name="{method.name}">
        <xsd:complexType>
          <xsd:sequence>{_all(map(_parameter, method.parameters))}
          </xsd:sequence>
        </xsd:complexType>
      </xsd:element>
      <xsd:element name="{method.name}Response" type="{TYPES[method.returns]}"/>"""


def _parameter(parameter: Parameter) -> str:
    nillable = ' nillable="true"' if parameter.optional else ""
    return f"""
            <xsd:element name="{parameter.name}" type="{TYPES[parameter.kind]}"{nillable}/>"""


def _messages(name: str) -> str:
    return f"""
  <wsdl:message name="{name}Request">
    <wsdl:part name="parameters" element="{name}"/>
  </wsdl:message>
  <wsdl:message name="{name}Response">
    <wsdl:part name="parameters" element="{name}Response"/>
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
