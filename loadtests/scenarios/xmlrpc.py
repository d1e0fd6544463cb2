"""XML-RPC calls and their results, by the standard library."""

from __future__ import annotations

import xmlrpc.client
from collections.abc import Sequence
from xml.parsers.expat import ExpatError

from loadtests.scenarios.template import Refused, Reply, Request


def call(path: str, method: str, arguments: Sequence[object]) -> Request:
    body = xmlrpc.client.dumps(tuple(arguments), method)  # type: ignore[arg-type]  # its own values only
    return Request(path, body.encode(), "text/xml")


def result(reply: Reply) -> object:
    """Raises Refused in the words of a fault."""
    try:
        (value,), _ = xmlrpc.client.loads(reply.ok(), use_builtin_types=True)
    except xmlrpc.client.Fault as fault:
        raise Refused(f"fault {fault.faultCode}: {fault.faultString}") from None
    except (xmlrpc.client.Error, ExpatError, ValueError, TypeError, LookupError) as broken:
        raise Refused(f"no XML-RPC: {broken}"[:120]) from None
    return value
