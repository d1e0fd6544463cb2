"""SOAP 1.1 calls, RPC/encoded as PHP and SOAPpy write them, and what is in an answer."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from loadtests.scenarios.template import Refused, Reply, Request

ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<SOAP-ENV:Envelope xmlns:SOAP-ENV="{ENVELOPE}" xmlns:xsd="http://www.w3.org/2001/XMLSchema" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/" '
    'SOAP-ENV:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><SOAP-ENV:Body>'
)
TAIL = "</SOAP-ENV:Body></SOAP-ENV:Envelope>\n"


def call(path: str, namespace: str, method: str, arguments: Mapping[str, object]) -> Request:
    inner = "".join(element(name, value) for name, value in arguments.items())
    body = f'{HEAD}<ns1:{method} xmlns:ns1="{namespace}">{inner}</ns1:{method}>{TAIL}'
    return Request(path, body.encode(), "text/xml; charset=utf-8")


def element(name: str, value: object) -> str:
    """Texts, truth values, lists of texts, and structures of these."""
    if isinstance(value, Mapping):
        inner = "".join(element(key, part) for key, part in value.items())
        return f'<{name} xsi:type="SOAP-ENC:Struct">{inner}</{name}>'
    if isinstance(value, list):
        inner = "".join(element("item", part) for part in value)
        kind = 'SOAP-ENC:arrayType="xsd:string[]" xsi:type="SOAP-ENC:Array"'
        return f"<{name} {kind}>{inner}</{name}>"
    if isinstance(value, bool):
        return f'<{name} xsi:type="xsd:boolean">{str(value).lower()}</{name}>'
    return f'<{name} xsi:type="xsd:string">{escape(str(value))}</{name}>'


def answer(reply: Reply) -> ElementTree.Element:
    """The first element of the body; raises Refused in the words of a fault."""
    try:
        content = ElementTree.fromstring(reply.text).find(f"{{{ENVELOPE}}}Body/*")
    except ElementTree.ParseError:
        content = None
    if content is None:
        raise Refused(f"HTTP {reply.status}, no SOAP")
    if content.tag == f"{{{ENVELOPE}}}Fault":
        raise Refused(f"fault {content.findtext('faultcode')}: {content.findtext('faultstring')}")
    return content
