"""Descriptions of services in WSDL 1.1, over HTTP."""

from collections.abc import Iterable
from typing import TypeAlias

from emulator.wire.soap.answers import HEAD, SCHEMA
from emulator.wire.soap.envelope import ENCODING
from emulator.wire.soap.operations import Kind, Operation, Parameter, Struct
from emulator.wire.xml import escaped

WSDL = "http://schemas.xmlsoap.org/wsdl/"

ANY = """
          <xsd:any minOccurs="0" maxOccurs="unbounded" processContents="skip"/>"""


class Encoded:
    """RPC style with encoded arguments: each is a part of its own."""

    name = "rpc"

    def elements(self, operation: Operation) -> str:
        return ""

    def request(self, operation: Operation) -> str:
        return "".join(map(_typed, operation.parameters))

    def response(self, operation: Operation) -> str:
        return _typed(operation.returned)

    def action(self, operation: Operation, space: str) -> str:
        return f"{space}#{operation.name}"

    def body(self, space: str) -> str:
        return f'<soap:body use="encoded" namespace="{space}" encodingStyle="{ENCODING}"/>'


class Literal:
    """Document style with literal parts: a call is an element of the schema, and so is its answer."""

    name = "document"

    def elements(self, operation: Operation) -> str:
        """Of the call and of its answer, in which a value may stand directly: no other style can say so."""
        asked, told = operation.name, f"{operation.name}Response"
        bare = _element(Parameter(told, operation.returns))
        answer = _wrapper(told, [operation.returned]) if operation.result else bare
        return _wrapper(asked, operation.parameters) + answer

    def request(self, operation: Operation) -> str:
        return _whole(operation.name)

    def response(self, operation: Operation) -> str:
        return _whole(f"{operation.name}Response")

    def action(self, operation: Operation, space: str) -> str:
        return ""

    def body(self, space: str) -> str:
        return '<soap:body use="literal"/>'


Style: TypeAlias = Encoded | Literal

ENCODED, LITERAL = Encoded(), Literal()


def wsdl(
    name: str,
    namespace: str,
    operations: Iterable[Operation],
    address: str,
    *,
    service: str = "",
    style: Style = ENCODED,
) -> str:
    """The description of the service at an address; it is called `nameService`, unless otherwise."""
    offered, space = tuple(operations), escaped(namespace)
    types = _all(map(_struct, _structs(offered))) + _all(map(style.elements, offered))
    bound = _all(_bound(operation, style, space) for operation in offered)
    return f"""{HEAD}<definitions name="{name}" targetNamespace="{space}" xmlns:tns="{space}"
    xmlns="{WSDL}" xmlns:soap="{WSDL}soap/"
    xmlns:xsd="{SCHEMA}">
  <types>
    <xsd:schema targetNamespace="{space}">{types}
    </xsd:schema>
  </types>{_all(_messages(operation, style) for operation in offered)}
  <portType name="{name}PortType">{_all(map(_abstract, offered))}
  </portType>
  <binding name="{name}Binding" type="tns:{name}PortType">
    <soap:binding style="{style.name}" transport="http://schemas.xmlsoap.org/soap/http"/>{bound}
  </binding>
  <service name="{service or f"{name}Service"}">
    <port name="{name}Port" binding="tns:{name}Binding">
      <soap:address location="{escaped(address)}"/>
    </port>
  </service>
</definitions>
"""


def _structs(operations: Iterable[Operation]) -> Iterable[Struct]:
    """Every named type once."""
    found: dict[str, Struct] = {}
    kinds = [kind for operation in operations for kind in operation.kinds]
    for kind in kinds:
        if isinstance(kind, Struct) and kind.name not in found:
            found[kind.name] = kind
            kinds += [member.kind for member in kind.members]  # the loop goes on through these
    return found.values()


def _struct(struct: Struct) -> str:
    return f"""
      <xsd:complexType name="{struct.name}">{_sequence(struct.members, ANY if struct.open else "")}
      </xsd:complexType>"""


def _wrapper(name: str, members: Iterable[Parameter]) -> str:
    return f"""
      <xsd:element name="{name}"><xsd:complexType>{_sequence(members)}
      </xsd:complexType></xsd:element>"""


def _sequence(members: Iterable[Parameter], further: str = "") -> str:
    return f"""
        <xsd:sequence>{_all(map(_element, members))}{further}
        </xsd:sequence>"""


def _element(member: Parameter) -> str:
    often = ' minOccurs="0" maxOccurs="unbounded"' if member.many else ""
    nil = ' nillable="true"' if member.nillable else ""
    return f"""
          <xsd:element name="{member.name}" type="{_kind(member.kind)}"{often}{nil}/>"""


def _messages(operation: Operation, style: Style) -> str:
    return f"""
  <message name="{operation.name}Request">{style.request(operation)}
  </message>
  <message name="{operation.name}Response">{style.response(operation)}
  </message>"""


def _typed(parameter: Parameter) -> str:
    return f"""
    <part name="{parameter.name}" type="{_kind(parameter.kind)}"/>"""


def _whole(element: str) -> str:
    return f"""
    <part name="parameters" element="tns:{element}"/>"""


def _abstract(operation: Operation) -> str:
    return f"""
    <operation name="{operation.name}">
      <input message="tns:{operation.name}Request"/>
      <output message="tns:{operation.name}Response"/>
    </operation>"""


def _bound(operation: Operation, style: Style, space: str) -> str:
    return f"""
    <operation name="{operation.name}">
      <soap:operation soapAction="{style.action(operation, space)}" style="{style.name}"/>
      <input>{style.body(space)}</input>
      <output>{style.body(space)}</output>
    </operation>"""


def _kind(kind: Kind) -> str:
    return f"tns:{kind.name}" if isinstance(kind, Struct) else f"xsd:{kind}"


def _all(texts: Iterable[str]) -> str:
    return "".join(texts)
