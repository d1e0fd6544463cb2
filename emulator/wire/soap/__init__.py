"""SOAP 1.1 over HTTP: any client's envelope as a call, answers, faults and descriptions as text."""

from emulator.wire.soap.answers import (
    SCHEMA,
    SCHEMA_1999,
    TYPE,
    declined,
    element_name,
    envelope,
    fault,
    response,
    written,
)
from emulator.wire.soap.description import LITERAL, wsdl
from emulator.wire.soap.envelope import Call, Unfit, call, entries, named
from emulator.wire.soap.operations import Kind, Operation, Parameter, Struct
from emulator.wire.soap.service import Service

__all__ = [
    "LITERAL", "SCHEMA", "SCHEMA_1999", "TYPE", "Call", "Kind", "Operation", "Parameter", "Service", "Struct",
    "Unfit", "call", "declined", "element_name", "entries", "envelope", "fault", "named", "response",
    "written", "wsdl",
]  # fmt: skip
