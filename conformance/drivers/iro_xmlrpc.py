"""Iro over XML-RPC."""

import xmlrpc.client
from collections.abc import Iterable, Mapping
from typing import Any, cast
from xml.parsers.expat import ExpatError

from conformance.drivers.http import Reply
from conformance.drivers.iro import Answer, Argument, Fault, Garbled, IroDriver, Value, placed

PATH = "/xmlrpc"
XML = {"Content-Type": "text/xml"}


class IroXmlRpc(IroDriver):
    surface = "iro-xmlrpc"

    def ask(self, method: str, fields: Mapping[str, Argument]) -> Answer:
        return self.positional(method, *placed(method, fields))

    def positional(self, method: str, *arguments: Argument) -> Answer:
        """Any call, well formed or not in its number of arguments."""
        return read(self.post(written(method, arguments)))

    def post(self, body: bytes, headers: Mapping[str, str] = XML) -> Reply:
        return self.client.request("POST", PATH, body=body, headers=headers)


def written(method: str, arguments: Iterable[Argument]) -> bytes:
    """A call; octets go as base64, None as nil."""
    return xmlrpc.client.dumps(tuple(cast(Any, arguments)), method, allow_none=True).encode()


def read(reply: Reply) -> Answer:
    """The value or the fault of an answer; Garbled where it has neither."""
    try:
        values, _ = xmlrpc.client.loads(reply.body, use_builtin_types=True)
    except xmlrpc.client.Fault as fault:
        return Fault(fault.faultCode, fault.faultString)
    except (ExpatError, xmlrpc.client.Error, ValueError, TypeError, KeyError, IndexError) as slip:
        raise Garbled(f"no answer in XML-RPC: {type(slip).__name__} {slip}".rstrip()) from None
    if len(values) != 1:
        raise Garbled(f"an answer in XML-RPC with {len(values)} values")
    return cast(Value, values[0])
