"""Signatures: which parameters a method has, and how what was given for them is read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from emulator.core.gateway import Gateway
from emulator.core.model import Login
from emulator.providers.iro.arguments import Arguments, Given, Reader
from emulator.providers.iro.faults import Invalid
from emulator.providers.iro.quirks import Quirks


class Parameter(NamedTuple):
    """A name of a signature, its type, and how what is given for it is read."""

    name: str
    kind: str
    read: Reader
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """A call that was understood: who makes it, and with what."""

    gateway: Gateway
    login: Login
    told: Arguments
    quirks: Quirks


@dataclass(frozen=True)
class Method:
    """A signature, what it does, the type of its answer, and the requirement that a success obeys."""

    name: str
    parameters: tuple[Parameter, ...]
    act: Callable[[Call], object]
    returns: str
    requirement: str

    @cached_property
    def known(self) -> frozenset[str]:
        return frozenset(parameter.name for parameter in self.parameters)

    @cached_property
    def required(self) -> frozenset[str]:
        return frozenset(parameter.name for parameter in self.parameters if not parameter.optional)

    def fits(self, given: Mapping[str, Given]) -> bool:
        """Whether these are arguments of the method: what it needs, and nothing that it does not know."""
        # req: iro/xmlrpc/argument-count iro/soap/argument-count iro/json/argument-names iro/xmlrpc/defaults
        return self.required <= given.keys() <= self.known

    def read(self, given: Mapping[str, Given], quirks: Quirks) -> Arguments:
        """What was given, in the order in which it is looked at. Raises Declined."""
        return Arguments(**dict(self._read(given, quirks)))

    def _read(self, given: Mapping[str, Given], quirks: Quirks) -> Iterator[tuple[str, Any]]:
        for parameter in reversed(self.parameters):  # req: iro/status/check-order
            name = parameter.name
            value = given.get(name)
            if value is not None:
                yield name, parameter.read(name, value, quirks)
            elif not parameter.optional:  # req: iro/xmlrpc/nil iro/soap/nil
                raise Invalid(name)


def named(
    parameters: Sequence[Parameter], given: Sequence[Given] | Mapping[str, Given]
) -> Mapping[str, Given]:
    """Arguments by name, also where they came by place; those too many under the number of their place."""
    # req: iro/xmlrpc/positional iro/soap/document-order iro/mail/frm-before-route iro/json/named
    if isinstance(given, Mapping):
        return given
    names = [parameter.name for parameter in parameters]
    return dict(zip([*names, *map(str, range(len(names), len(given)))], given, strict=False))
