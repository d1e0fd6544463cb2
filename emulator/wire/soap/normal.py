"""Calls in the one form that their operation declares."""

from collections.abc import Mapping

from emulator.wire.soap.envelope import ENVELOPE, Unfit, entries
from emulator.wire.soap.operations import Operation, Parameter, Struct
from emulator.wire.values import Scalar, Value
from emulator.wire.xml import escaped

NAMESPACE = "urn:smslab"
"""Of declared envelopes; what clients see is another matter."""

HEAD, TAIL = f'<e:Envelope xmlns:e="{ENVELOPE}"><e:Body>', "</e:Body></e:Envelope>"


def declared(operation: Operation, arguments: Mapping[str, Value]) -> bytes:
    """The envelope of a call as its operation declares it. Raises Unfit for structs where texts belong."""
    inside = "".join(_element(parameter, arguments.get(parameter.name)) for parameter in operation.parameters)
    return f'{HEAD}<{operation.name} xmlns="{NAMESPACE}">{inside}</{operation.name}>{TAIL}'.encode()


def _element(parameter: Parameter, value: Value) -> str:
    if value is None:
        return ""
    if isinstance(parameter.kind, Struct):
        inside = _members(parameter, parameter.kind, value)
    elif isinstance(value, Scalar):
        inside = escaped(value)
    else:
        raise Unfit("Client", f"{parameter.name} is no {parameter.kind}")
    return f"<{parameter.name}>{inside}</{parameter.name}>"


def _members(parameter: Parameter, struct: Struct, value: Value) -> str:
    """The members of a struct. Where it has but one, the object around that may be missing."""
    first = struct.members[0].name
    if len(struct.members) == 1 and not (isinstance(value, dict) and first in value):
        value = {first: value}
    if not isinstance(value, dict):
        raise Unfit("Client", f"{parameter.name} is no {struct.name}")
    return "".join(
        _element(member, one)
        for member in struct.members
        for one in (entries(value.get(member.name)) if member.many else [value.get(member.name)])
    )
