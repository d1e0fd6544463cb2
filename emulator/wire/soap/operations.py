"""What a SOAP service offers: operations, what they are told and what they return."""

from dataclasses import dataclass
from typing import TypeAlias

Kind: TypeAlias = "str | Struct"
"""The name of a type of XML Schema (`string`, `boolean`, `int`), or a type of the service's own."""


@dataclass(frozen=True, slots=True)
class Struct:
    """A type with members; an open one may have any others beside them."""

    name: str
    members: "tuple[Parameter, ...]" = ()
    open: bool = False


@dataclass(frozen=True, slots=True)
class Parameter:
    """An argument, or a member of a struct; `many` lets a member repeat, `nillable` an argument be nil."""

    name: str
    kind: Kind
    many: bool = False
    nillable: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """A method, its arguments in order, and the type of what it returns.

    `result` is the element around the value in an answer; without one the value stands there directly.
    """

    name: str
    parameters: tuple[Parameter, ...]
    returns: Kind = "string"
    result: str = "return"

    @property
    def kinds(self) -> tuple[Kind, ...]:
        return (self.returns, *(parameter.kind for parameter in self.parameters))

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(parameter.name for parameter in self.parameters)

    @property
    def returned(self) -> Parameter:
        """The value of an answer, as if it were an argument."""
        return Parameter(self.result, self.returns)
