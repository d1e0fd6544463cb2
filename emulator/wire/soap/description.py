"""What a SOAP service offers, and its description in WSDL 1.1: RPC, encoded, over HTTP."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from emulator.wire.soap.answers import HEAD, SCHEMA
from emulator.wire.soap.envelope import ENCODING
from emulator.wire.xml import escaped

WSDL = "http://schemas.xmlsoap.org/wsdl/"

Kind: TypeAlias = "str | Struct"
"""The name of a type of XML Schema (`string`, `boolean`, `int`), or a type of the service's own."""


@dataclass(frozen=True, slots=True)
class Struct:
    """A type with members."""

    name: str
    members: "tuple[Parameter, ...]"


@dataclass(frozen=True, slots=True)
class Parameter:
    """An argument, or a member of a struct; `many` lets a member repeat."""

    name: str
    kind: Kind
    many: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """A method, its arguments in order, and the type of what it returns."""

    name: str
    parameters: tuple[Parameter, ...]
    returns: Kind = "string"

    @property
    def kinds(self) -> tuple[Kind, ...]:
        return (self.returns, *(parameter.kind for parameter in self.parameters))

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(parameter.name for parameter in self.parameters)


def wsdl(name: str, namespace: str, operations: Iterable[Operation], address: str) -> str:
    """The description of the service at an address."""
    offered, space = tuple(operations), escaped(namespace)
    bound = [_bound(operation, space) for operation in offered]
    return f"""{HEAD}<definitions name="{name}" targetNamespace="{space}" xmlns:tns="{space}"
    xmlns="{WSDL}" xmlns:soap="{WSDL}soap/" xmlns:xsd="{SCHEMA}">
  <types>
    <xsd:schema targetNamespace="{space}">{"".join(map(_defined, _structs(offered)))}
    </xsd:schema>
  </types>{"".join(map(_messages, offered))}
  <portType name="{name}PortType">{"".join(map(_abstract, offered))}
  </portType>
  <binding name="{name}Binding" type="tns:{name}PortType">
    <soap:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/>{"".join(bound)}
  </binding>
  <service name="{name}Service">
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


def _defined(struct: Struct) -> str:
    return f"""
      <xsd:complexType name="{struct.name}">
        <xsd:sequence>{"".join(map(_element, struct.members))}
        </xsd:sequence>
      </xsd:complexType>"""


def _element(member: Parameter) -> str:
    often = ' minOccurs="0" maxOccurs="unbounded"' if member.many else ""
    return f"""
          <xsd:element name="{member.name}" type="{_kind(member.kind)}"{often}/>"""


def _messages(operation: Operation) -> str:
    return f"""
  <message name="{operation.name}Request">{"".join(map(_part, operation.parameters))}
  </message>
  <message name="{operation.name}Response">{_part(Parameter("return", operation.returns))}
  </message>"""


def _part(parameter: Parameter) -> str:
    return f"""
    <part name="{parameter.name}" type="{_kind(parameter.kind)}"/>"""


def _abstract(operation: Operation) -> str:
    return f"""
    <operation name="{operation.name}">
      <input message="tns:{operation.name}Request"/>
      <output message="tns:{operation.name}Response"/>
    </operation>"""


def _bound(operation: Operation, space: str) -> str:
    body = f'<soap:body use="encoded" namespace="{space}" encodingStyle="{ENCODING}"/>'
    return f"""
    <operation name="{operation.name}">
      <soap:operation soapAction="{space}#{operation.name}" style="rpc"/>
      <input>{body}</input>
      <output>{body}</output>
    </operation>"""


def _kind(kind: Kind) -> str:
    return f"tns:{kind.name}" if isinstance(kind, Struct) else f"xsd:{kind}"
