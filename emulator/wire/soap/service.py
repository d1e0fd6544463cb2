"""A service of SOAP: calls of any client are brought into the declared form, then spyne takes over."""

import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from emulator.wire.soap.envelope import Call, Unfit, named
from emulator.wire.soap.normal import declared
from emulator.wire.soap.operations import Operation

if TYPE_CHECKING:
    from emulator.wire.soap.behind import Behind

_beginning = threading.Lock()
"""One service at a time: while spyne is imported, warnings and finders are others for the whole process."""


class Service:
    """Operations and what answers them: functions of a context and the arguments by name.

    Arguments that are missing or nil are left out; structs are mappings. Thread-safe. spyne is imported for
    the first call: that takes a good part of a second.
    """

    def __init__(self, handlers: Mapping[Operation, Callable[..., object]]) -> None:
        self.operations = tuple(handlers)
        self._handlers = handlers
        self._named = {operation.name: operation for operation in handlers}
        self._behind: Behind | None = None

    def answer(self, call: Call, context: object, *, positional: bool = True) -> object:
        """What the operation returns. Raises what its handler raises, and Unfit where the call fits none."""
        operation = self._named.get(call.method)
        if operation is None:
            raise Unfit("Server", f"Function '{call.method}' doesn't exist")
        octets = declared(operation, named(call, operation.names, positional=positional))
        return (self._behind or self._begun()).answer(octets, context)

    def _begun(self) -> "Behind":
        with _beginning:
            if self._behind is None:
                from emulator.wire.soap.behind import Behind

                self._behind = Behind(self._handlers)
            return self._behind
