"""Iro over SOAP: calls in the manner of RPC/encoded, answers without a wrapper around the value."""

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from conformance.drivers.http import Reply
from conformance.drivers.iro import Answer, Argument, Fault, Garbled, IroDriver, Value, placed

PATH = "/soap"
XML = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": '""'}

ENVELOPE = """\
<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope SOAP-ENV:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"
 xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"
 xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/"
 xmlns:xsd="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<SOAP-ENV:Body>
{call}
</SOAP-ENV:Body>
</SOAP-ENV:Envelope>
"""

INTEGERS = frozenset({"integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger"})
FRACTIONS = frozenset({"double", "float", "decimal"})
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class IroSoap(IroDriver):
    surface = "iro-soap"

    def ask(self, method: str, fields: Mapping[str, Argument]) -> Answer:
        return self.positional(method, *placed(method, fields))

    def positional(self, method: str, *arguments: Argument) -> Answer:
        """Any call, well formed or not in its number of arguments."""
        return read(self.post(written(method, arguments)))

    def post(self, body: bytes, headers: Mapping[str, str] = XML) -> Reply:
        return self.client.request("POST", PATH, body=body, headers=headers)


def written(method: str, arguments: Iterable[Argument]) -> bytes:
    """A call whose arguments are named by their places."""
    inside = "".join(_argument(f"v{place}", value) for place, value in enumerate(arguments, start=1))
    return ENVELOPE.format(call=f'<m:{method} xmlns:m="urn:iro">{inside}</m:{method}>').encode()


def read(reply: Reply) -> Answer:
    """The value or the fault of an answer; Garbled where it has neither."""
    answer = answered(reply)
    if _local(answer.tag) != "Fault":
        return value(answer)
    code = answer.findtext("faultcode", "").strip()
    return Fault(int(code) if code.isdecimal() else code, answer.findtext("faultstring", ""))


def answered(reply: Reply) -> Element:
    """The one element in the body of an answer."""
    try:
        envelope = ElementTree.fromstring(reply.body)
    except ElementTree.ParseError as slip:
        raise Garbled(f"no answer in SOAP: {slip}") from None
    bodies = [part for part in envelope if _local(part.tag) == "Body"]
    if _local(envelope.tag) != "Envelope" or len(bodies) != 1 or not len(bodies[0]):
        raise Garbled("an answer in XML that is no SOAP")
    return bodies[0][0]


def value(element: Element) -> Value:
    """By its type; without one it is a struct, or text where it has some."""
    kind = typed(element)
    text = element.text or ""
    if kind == "Array":
        return [value(entry) for entry in element]
    if kind in INTEGERS:
        return _number(int, text)
    if kind in FRACTIONS:
        return _number(float, text)
    if kind == "boolean":
        return text.strip() in ("1", "true", "True")
    if kind == "string" or (not len(element) and text.strip()):
        return text
    return {key(member.tag): value(member) for member in element}


def typed(element: Element) -> str:
    """The local name of its xsi:type, whichever the year of the namespace; "" without one."""
    kinds = [said for name, said in element.attrib.items() if name.endswith("XMLSchema-instance}type")]
    return kinds[0].rpartition(":")[2] if kinds else ""


def key(tag: str) -> str:
    """The key that an element name stands for."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), _local(tag))


def _number(kind: type[int] | type[float], text: str) -> int | float:
    try:
        return kind(text)
    except ValueError:
        raise Garbled(f"an answer in SOAP with {text!r} for a number") from None


def _argument(name: str, argument: Argument) -> str:
    if argument is None:
        return f'<{name} xsi:nil="true"/>'
    if isinstance(argument, list | tuple):
        items = "".join(_argument("item", one) for one in argument)
        array = f'xsi:type="SOAP-ENC:Array" SOAP-ENC:arrayType="xsd:string[{len(argument)}]"'
        return f"<{name} {array}>{items}</{name}>"
    if isinstance(argument, Mapping):
        return f"<{name}>{''.join(_argument(key, one) for key, one in argument.items())}</{name}>"
    kind, text = _scalar(argument)
    return f'<{name} xsi:type="{kind}">{escape(text)}</{name}>'


def _scalar(argument: Argument) -> tuple[str, str]:
    if isinstance(argument, bool):
        return "xsd:boolean", "true" if argument else "false"
    if isinstance(argument, int):
        return "xsd:int", str(argument)
    if isinstance(argument, bytes):
        return "SOAP-ENC:base64", b64encode(argument).decode()
    return "xsd:string", str(argument)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
