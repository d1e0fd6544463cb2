"""What can be called at /soap, as a description says it, for clients that cannot do without.

In document style: the value of an answer stands directly in its element, which no other style can say. Since
arguments are told apart by their place, none may be left out: what has a default can be nil.
"""

from emulator.providers.iro.methods import METHODS
from emulator.providers.iro.signatures import Method, Parameter
from emulator.wire import soap

NAMESPACE = "urn:iro"

RESULT = "Result"
"""The element around the value in an answer, where there is one."""

LIST = soap.Struct("List", (soap.Parameter("item", "string", many=True),))
DICT = soap.Struct("Dict", open=True)

KINDS = {"list": LIST, "string or list": LIST, "dict": DICT}
"""Words of the page for types; the others are names of the schema as well."""


def description(address: str, result: str) -> str:
    """The service at an address, its results "bare" or "wrapped"."""
    operations = [_operation(method, RESULT if result == "wrapped" else "") for method in METHODS.values()]
    return soap.wsdl("Iro", NAMESPACE, operations, address, service="Iro", style=soap.LITERAL)


def _operation(method: Method, result: str) -> soap.Operation:
    parameters = tuple(map(_parameter, method.parameters))
    return soap.Operation(method.name, parameters, _kind(method.returns), result)


def _parameter(parameter: Parameter) -> soap.Parameter:
    return soap.Parameter(parameter.name, _kind(parameter.kind), nillable=parameter.optional)


def _kind(word: str) -> soap.Kind:
    return KINDS.get(word, word)
