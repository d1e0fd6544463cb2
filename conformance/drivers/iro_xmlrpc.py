"""Iro over XML-RPC."""

from typing import cast

from conformance.drivers import xmlrpc
from conformance.drivers.http import Reply
from conformance.drivers.iro import Answer, Argument, Fault, Garbled, PlacedDriver, Value

PATH = "/xmlrpc"
XML = {"Content-Type": xmlrpc.TEXT_XML}


class IroXmlRpc(PlacedDriver):
    surface = "iro-xmlrpc"
    path, headers = PATH, XML

    def written(self, method: str, *arguments: Argument) -> bytes:
        return written(method, *arguments)

    def read(self, reply: Reply) -> Answer:
        return read(reply)


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
