"""Iro over XML-RPC."""

from collections.abc import Mapping
from typing import cast

from conformance.drivers import xmlrpc
from conformance.drivers.http import Reply
from conformance.drivers.iro import Answer, Argument, Fault, Garbled, IroDriver, Value, placed

PATH = "/xmlrpc"
XML = {"Content-Type": xmlrpc.TEXT_XML}


class IroXmlRpc(IroDriver):
    surface = "iro-xmlrpc"

    def ask(self, method: str, fields: Mapping[str, Argument]) -> Answer:
        return self.positional(method, *placed(method, fields))

    def positional(self, method: str, *arguments: Argument) -> Answer:
        """Any call, well formed or not in its number of arguments."""
        return read(self.post(written(method, *arguments)))

    def post(self, body: bytes, headers: Mapping[str, str] = XML) -> Reply:
        return self.client.request("POST", PATH, body=body, headers=headers)


def written(method: str, *arguments: Argument) -> bytes:
    """A call; octets go as base64, None as nil."""
    return xmlrpc.document(method, *arguments)


def read(reply: Reply) -> Answer:
    """The value or the fault of an answer; Garbled where it has neither."""
    try:
        answer = xmlrpc.read(reply.body)
    except xmlrpc.NoXmlRpc as slip:
        raise Garbled(str(slip)) from None
    return Fault(*answer) if isinstance(answer, xmlrpc.Fault) else cast(Value, answer)
