"""spyne, kept in one place: it finds the operation, reads the arguments by their types and calls."""

import collections.abc
import http.cookies
import itertools
import sys
import urllib.error
import urllib.parse
import urllib.request
import warnings
from collections.abc import Callable, Mapping
from functools import cache
from types import ModuleType
from typing import Any

from emulator.wire.soap.normal import NAMESPACE
from emulator.wire.soap.operations import Kind, Operation, Parameter, Struct

KINDS = {"string": "Unicode", "boolean": "Boolean"}
"""Types of XML Schema, and what spyne calls them."""

MOVED = "spyne.util.six.moves"

COUNT = itertools.count(1)

Handler = Callable[..., object]


class Behind:
    """An application of spyne. Thread-safe."""

    def __init__(self, handlers: Mapping[Operation, Handler]) -> None:
        self._spyne = spyne = imported()
        reading = spyne.protocol.soap.Soap11(huge_tree=True)  # the body was measured when it arrived
        reading.get_cls_attrs = cache(reading.get_cls_attrs)  # it measures its memory first, for a debug line
        methods = {
            operation.name: self._method(operation, handler) for operation, handler in handlers.items()
        }
        application = spyne.Application(
            [type("Operations", (spyne.Service,), methods)],
            NAMESPACE,
            name=f"Service{next(COUNT)}",  # spyne keeps a register of applications, and warns of equal names
            in_protocol=reading,
            out_protocol=spyne.protocol.soap.Soap11(),
        )
        self._server = spyne.server.ServerBase(application)

    def answer(self, octets: bytes, context: object) -> object:
        """What the handler of the call in a declared envelope returns. Raises what it raises."""
        arrived = self._spyne.MethodContext(self._server, self._spyne.MethodContext.SERVER)
        arrived.in_string, arrived.udc = [octets], context
        (call,) = self._server.generate_contexts(arrived)
        try:
            if call.in_error is None:
                self._server.get_in_object(call)
            if call.in_error is not None:
                raise call.in_error  # a mistake of ours: envelopes that come here are as declared
            # the next step of the server would take a refusal for a mistake of the handler, and log it
            return call.descriptor.service_class.call_wrapper(call)
        finally:
            for one in (arrived, call):
                vars(one).clear()  # they refer to themselves: large bodies are not left to the collector

    def _method(self, operation: Operation, handler: Handler) -> Any:
        """A method of the service. Its arguments are named to spyne: `from` can be no name in Python."""

        def run(call: Any, *values: object) -> object:
            given = zip(operation.parameters, values, strict=True)
            return handler(
                call.udc, {one.name: plain(value, one.kind) for one, value in given if value is not None}
            )

        run.__name__ = operation.name  # methods are told apart by it
        kinds = [self._kind(parameter.kind) for parameter in operation.parameters]
        return self._spyne.rpc(*kinds, _returns=self._kind(operation.returns), _args=operation.names)(run)

    def _kind(self, kind: Kind) -> Any:
        if not isinstance(kind, Struct):
            return getattr(self._spyne, KINDS[kind])
        members = {member.name: self._member(member) for member in kind.members}
        return self._spyne.ComplexModel.produce(NAMESPACE, kind.name, members)

    def _member(self, member: Parameter) -> Any:
        kind = self._kind(member.kind)
        return kind.customize(max_occurs="unbounded") if member.many else kind


def plain(value: Any, kind: Kind) -> object:
    """A struct of spyne as a mapping; all else as it is."""
    if value is None or not isinstance(kind, Struct):
        return value
    if isinstance(value, list):
        return [plain(one, kind) for one in value]
    return {member.name: plain(getattr(value, member.name), member.kind) for member in kind.members}


@cache
def imported() -> Any:
    """spyne, which warns while it is imported, and looks for modules where Python 3.12 no longer has them."""
    sys.modules.update(moved())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import spyne
        import spyne.protocol.soap
        import spyne.server
    # what would have found those modules; Python 3.11 warns of it at every later import
    sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__ != "spyne.util.six"]
    return spyne


def moved() -> dict[str, ModuleType]:
    """The standard modules that spyne looks for under names of six."""
    urls = package(f"{MOVED}.urllib", parse=urllib.parse, request=urllib.request, error=urllib.error)
    return {
        MOVED: package(MOVED, collections_abc=collections.abc, http_cookies=http.cookies, urllib=urls),
        f"{MOVED}.collections_abc": collections.abc,
        f"{MOVED}.http_cookies": http.cookies,
        f"{MOVED}.urllib": urls,
        **{
            f"{MOVED}.urllib.{name}": module
            for name, module in vars(urls).items()
            if isinstance(module, ModuleType)
        },
    }


def package(name: str, **modules: ModuleType) -> ModuleType:
    made = ModuleType(name)
    made.__path__ = []
    vars(made).update(modules)
    return made
